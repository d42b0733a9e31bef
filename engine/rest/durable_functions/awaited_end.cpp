#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"
#include "engine/rest/durable_functions/parameters.h"

#include <algorithm>
#include <chrono>
#include <memory>

namespace engine {

namespace {

using Stopwatch = std::chrono::steady_clock;

/// Between two looks at least, whatever somebody asks for.
constexpr std::chrono::milliseconds shortest{10};

struct AwaitedEnd {
    Exchange &exchange;
    DurableContext context;
    InstanceId instance;
    Stopwatch::time_point until;
    std::chrono::milliseconds interval;
};

RestResponse startedAnswer(const HandedOut &out, const std::string &instance)
{
    RestResponse response = durableJson(202, checkStatusText(out, instance));
    response.headers.emplace_back("Location", statusQueryUri(out, instance));
    response.headers.emplace_back("Retry-After", "10");
    return response;
}

/// The bare output of what completed; the status of what ended otherwise, never as an error.
void answerEnded(const AwaitedEnd &awaited, const InstanceSummary &summary)
{
    if (summary.status == InstanceStatus::Completed)
        return awaited.exchange.answer(durableJson(200, summary.output.text()));
    durableAnswerStatus(awaited.exchange, awaited.context, awaited.instance, false);
}

void look(const std::shared_ptr<AwaitedEnd> &awaited, bool isLast);

void lookLater(const std::shared_ptr<AwaitedEnd> &awaited)
{
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(awaited->until - Stopwatch::now());
    awaited->exchange.later(std::min(awaited->interval, left), [awaited](bool serverEnds) {
        const auto &isAbandoned = awaited->exchange.request().isAbandoned;
        look(awaited, serverEnds || (isAbandoned && isAbandoned()));
    });
}

void look(const std::shared_ptr<AwaitedEnd> &awaited, bool isLast)
{
    awaited->context.door.queries.find(
        awaited->instance, awaited->exchange.then<InstanceSummary>([awaited, isLast](auto summary) {
            if (!summary && summary.error().code != ErrorCode::NotFound)
                return awaited->exchange.answer(durableError(summary.error()));
            if (summary && isFinished(summary->status))
                return answerEnded(*awaited, *summary);
            if (!isLast && Stopwatch::now() < awaited->until)
                return lookLater(awaited);
            awaited->exchange.answer(startedAnswer(
                handedOut(awaited->exchange, awaited->context), awaited->instance.value));
        }));
}

std::string inSeconds(std::chrono::milliseconds time)
{
    std::string text = std::to_string(std::chrono::duration<double>(time).count());
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

void durableAnswerStarted(
    Exchange &exchange, const DurableContext &context, const InstanceId &instance)
{
    const auto timeout = durableSeconds(exchange.query(), "timeout");
    const auto interval = durableSeconds(exchange.query(), "pollingInterval");
    if (!timeout || !interval)
        return exchange.answer(startedAnswer(handedOut(exchange, context), instance.value));
    if (*interval > *timeout)
        return exchange.answer(
            durableBadArgument("Total timeout " + inSeconds(*timeout) +
                               " should be bigger than retry timeout " + inSeconds(*interval)));
    AwaitedEnd awaited{exchange, context, instance, Stopwatch::now() + *timeout,
        std::max(*interval, shortest)};
    look(std::make_shared<AwaitedEnd>(std::move(awaited)), false);
}

} // namespace engine

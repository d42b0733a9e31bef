#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"

#include <chrono>

namespace engine {

namespace {

using std::chrono::seconds;

constexpr NumberParameter leaseSeconds{
    .name = "lease", .least = 1, .most = 24 * 60 * 60, .otherwise = 60};
constexpr NumberParameter waitSeconds{.name = "wait", .least = 0, .most = 60, .otherwise = 0};
constexpr NumberParameter mostAtOnce{.name = "most", .least = 1, .most = 100, .otherwise = 1};

std::string jsonOf(const LeasedWork &work)
{
    JsonObjectWriter body;
    body.text("lease", work.lease)
        .time("until", work.until)
        .text("key", work.key)
        .text("instance", work.instance.value)
        .number("attempt", work.attempt)
        .value("input", work.input);
    return std::move(body).finish();
}

Result<FetchWork> fetchRequest(const Exchange &exchange)
{
    if (auto known = onlyParameters(exchange.query(), {"lease", "wait", "most"}); !known)
        return known.error();
    const auto lease = numberParameter(exchange.query(), leaseSeconds);
    const auto wait = numberParameter(exchange.query(), waitSeconds);
    const auto most = numberParameter(exchange.query(), mostAtOnce);
    for (const auto *number : {&lease, &wait, &most})
        if (!*number)
            return number->error();
    return FetchWork{
        exchange.parameter("activity"), std::size_t(*most), seconds(*lease), seconds(*wait)};
}

void fetch(Exchange &exchange, const V1Context &context)
{
    auto request = fetchRequest(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.work.fetch(
        *std::move(request), exchange.then<std::vector<LeasedWork>>([&exchange](auto work) {
            if (!work)
                return exchange.answer(problemAnswer(work.error()));
            JsonArrayWriter list;
            for (const LeasedWork &one : *work)
                list.add(jsonOf(one));
            JsonObjectWriter body;
            body.raw("work", std::move(list).finish());
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

void prolong(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"lease"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    const auto by = numberParameter(exchange.query(), leaseSeconds);
    if (!by)
        return exchange.answer(problemAnswer(by.error()));
    context.door.work.prolong(
        {exchange.parameter("activity"), exchange.parameter("lease"), seconds(*by)},
        exchange.then<Instant>([&exchange](auto until) {
            if (!until)
                return exchange.answer(problemAnswer(until.error()));
            JsonObjectWriter body;
            body.time("until", *until);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

/// The body is the result; without one it is null.
Result<std::variant<JsonText, Failure>> resultFrom(
    const std::string &body, const JsonLimits &limits)
{
    if (body.empty())
        return std::variant<JsonText, Failure>(JsonText());
    auto text = JsonText::parse(body, limits);
    if (!text)
        return text.error();
    return std::variant<JsonText, Failure>(*std::move(text));
}

/// `{"message", "type", "details", "retriable"}`; only the message must be there.
Result<std::variant<JsonText, Failure>> failureFrom(
    const std::string &body, const JsonLimits &limits)
{
    const auto object = readObject(body, limits, {"message", "type", "details", "retriable"});
    if (!object)
        return object.error();
    auto message = (*object)->text("message");
    auto type = (*object)->optionalText("type");
    const auto retriable =
        (*object)->has("retriable") ? (*object)->boolean("retriable") : Result(true);
    if (!message)
        return message.error();
    if (!type)
        return type.error();
    if (!retriable)
        return retriable.error();
    return std::variant<JsonText, Failure>(Failure{.type = type->value_or("WorkerError"),
        .message = *std::move(message),
        .details = object->payload("details"),
        .retriable = *retriable});
}

/// Answers 202 when the outcome is on disk.
template<auto outcomeFrom>
void finish(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto outcome = outcomeFrom(exchange.request().body, context.payload);
    if (!outcome)
        return exchange.answer(problemAnswer(outcome.error()));
    context.door.work.finish(
        {exchange.parameter("activity"), exchange.parameter("lease"), *std::move(outcome)},
        acceptedThen(exchange));
}

} // namespace

void addWorkRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string_view pattern, auto handle) {
        router.add(
            "POST", pattern, [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("api/v1/work/{activity}", fetch);
    add("api/v1/work/{activity}/{lease}/heartbeat", prolong);
    add("api/v1/work/{activity}/{lease}/complete", finish<resultFrom>);
    add("api/v1/work/{activity}/{lease}/fail", finish<failureFrom>);
}

} // namespace engine

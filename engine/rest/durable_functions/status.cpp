#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"
#include "engine/rest/durable_functions/parameters.h"
#include "engine/rest/durable_functions/status_body.h"
#include "engine/rest/history_pages.h"
#include "engine/wire/json_writer.h"

#include <algorithm>

namespace engine {

namespace {

constexpr int mostOnAPage = 1000;
constexpr std::string_view tokenHeader = "x-ms-continuation-token";

DurableStatusParts statusParts(const UrlQuery &query)
{
    return {.input = durableFlag(query, "showInput", true),
        .history = durableFlag(query, "showHistory", false),
        .historyOutput = durableFlag(query, "showHistoryOutput", false)};
}

RestResponse statusAnswer(
    const Exchange &exchange, const InstanceSummary &summary, bool failedIsError, std::string body)
{
    if (!isFinished(summary.status)) {
        RestResponse response = durableJson(202, std::move(body));
        response.headers.emplace_back(
            "Location", "http://" + exchange.request().host + exchange.request().target);
        response.headers.emplace_back("Retry-After", "5");
        return response;
    }
    const bool isError = failedIsError && summary.status == InstanceStatus::Failed;
    return durableJson(isError ? 500 : 200, std::move(body));
}

ListRequest listRequest(const Exchange &exchange, InstanceFilter filter)
{
    ListRequest request{.filter = std::move(filter)};
    if (const auto top = durableNumber(exchange.query(), "top"); top && *top > 0)
        request.limit = std::min(*top, mostOnAPage);
    if (const std::string *token = exchange.header(tokenHeader))
        request.after = *token;
    return request;
}

RestResponse pageAnswer(const InstancePage &page, const DurableStatusParts &parts)
{
    JsonArrayWriter list;
    for (const InstanceSummary &summary : page.instances)
        list.add(durableStatusText(summary, parts));
    RestResponse response = durableJson(200, std::move(list).finish());
    response.headers.emplace_back(tokenHeader, page.next);
    return response;
}

} // namespace

void durableAnswerStatus(Exchange &exchange, const DurableContext &context,
    const InstanceId &instance, bool failedIsError)
{
    const DurableStatusParts parts = statusParts(exchange.query());
    const auto answer = [&exchange, parts, failedIsError](
                            const InstanceSummary &summary, const std::vector<HistoryEvent> &events) {
        exchange.answer(statusAnswer(
            exchange, summary, failedIsError, durableStatusText(summary, parts, events)));
    };
    if (parts.history)
        return readWholeHistory(exchange, context.door, instance, [&exchange, answer](auto history) {
            if (!history)
                return exchange.answer(durableError(history.error()));
            answer(history->summary, history->events);
        });
    context.door.queries.find(
        instance, exchange.then<InstanceSummary>([&exchange, answer](auto summary) {
            if (!summary)
                return exchange.answer(durableError(summary.error()));
            answer(*summary, {});
        }));
}

void durableStatus(Exchange &exchange, const DurableContext &context)
{
    durableAnswerStatus(exchange, context, {exchange.parameter("id")},
        durableFlag(exchange.query(), "returnInternalServerErrorOnFailure", false));
}

RestResponse durableEmptyList() { return pageAnswer({}, {}); }

void durableList(Exchange &exchange, const DurableContext &context)
{
    DurableStatusParts parts = statusParts(exchange.query());
    parts.history = false;
    DurableFilter wanted = durableFilter(exchange.query());
    if (wanted.matchesNothing)
        return exchange.answer(pageAnswer({}, parts));
    context.door.queries.list(listRequest(exchange, std::move(wanted.filter)),
        exchange.then<InstancePage>([&exchange, parts](auto page) {
            exchange.answer(page ? pageAnswer(*page, parts) : durableError(page.error()));
        }));
}

} // namespace engine

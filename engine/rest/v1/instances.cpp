#include "engine/base/clock.h"
#include "engine/history/history_json.h"
#include "engine/rest/history_pages.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/order_body.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/instance_json.h"
#include "engine/wire/json_writer.h"

#include <limits>

namespace engine {

namespace {

constexpr int mostInstances = 1000;
constexpr int mostEvents = 1000;

Result<StartRequest> startRequest(const Exchange &exchange, const JsonLimits &limits)
{
    const auto object = readObject(
        exchange.request().body, limits, {"flow", "version", "instance", "input"});
    if (!object)
        return object.error();
    auto flow = (*object)->text("flow");
    if (!flow)
        return flow.error();
    auto version = (*object)->optionalInteger("version");
    if (!version)
        return version.error();
    if (*version && (**version < 1 || **version > std::numeric_limits<int>::max()))
        return Error{ErrorCode::InvalidArgument, "'version' must be a positive number", "/version"};
    auto instance = (*object)->optionalText("instance");
    if (!instance)
        return instance.error();
    StartRequest request{
        .flow = {*flow}, .input = object->payload("input"), .source = exchange.source()};
    if (*version)
        request.version = static_cast<int>(**version);
    request.instance = {instance->value_or(std::string())};
    return request;
}

void startInstance(Exchange &exchange, const V1Context &context)
{
    auto request = startRequest(exchange, context.payload);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.instances.start(
        *std::move(request), startedThen(exchange));
}

RestResponse pageAnswer(const InstancePage &page)
{
    JsonArrayWriter list;
    for (const InstanceSummary &summary : page.instances)
        list.add(toJsonText(summary));
    JsonObjectWriter body;
    body.raw("instances", std::move(list).finish());
    body.textOrNull("next", page.next);
    return jsonAnswer(200, std::move(body).finish());
}

Result<ListRequest> listRequest(const UrlQuery &query)
{
    if (auto known = onlyParameters(query, {"query", "status", "flow", "waiting", "idPrefix", "text",
                                               "createdFrom", "createdTo", "limit", "after"});
        !known)
        return known.error();
    auto filter = instanceFilter(query);
    if (!filter)
        return filter.error();
    auto limit = numberParameter(
        query, {.name = "limit", .least = 1, .most = mostInstances, .otherwise = 100});
    if (!limit)
        return limit.error();
    auto wanted = instanceQueryFrom(query.value("query"), SystemClock().now());
    if (!wanted)
        return wanted.error();
    return ListRequest{*std::move(filter), query.value("after"), static_cast<int>(*limit),
        *std::move(wanted)};
}

void listInstances(Exchange &exchange, const V1Context &context)
{
    auto request = listRequest(exchange.query());
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.queries.list(
        *std::move(request), exchange.then<InstancePage>([&exchange](auto page) {
            exchange.answer(page ? pageAnswer(*page) : problemAnswer(page.error()));
        }));
}

void showInstance(Exchange &exchange, const V1Context &context)
{
    readWholeHistory(exchange, context.door, {exchange.parameter("id")}, [&exchange](auto history) {
        if (!history)
            return exchange.answer(problemAnswer(history.error()));
        RunProgress progress;
        advance(progress, history->events);
        exchange.answer(jsonAnswer(200, toJsonText(history->summary, progress)));
    });
}

RestResponse historyAnswer(const InstanceHistory &history)
{
    JsonArrayWriter events;
    for (const HistoryEvent &event : history.events)
        events.add(toJsonText(event));
    JsonObjectWriter body;
    body.text("instance", history.summary.instance.value)
        .number("run", history.summary.run.value)
        .raw("events", std::move(events).finish());
    if (history.next == 0)
        body.null("next");
    else
        body.number("next", history.next);
    return jsonAnswer(200, std::move(body).finish());
}

void showHistory(Exchange &exchange, const V1Context &context)
{
    const UrlQuery &query = exchange.query();
    if (auto known = onlyParameters(query, {"from", "limit"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto from = numberParameter(
        query, {.name = "from", .most = std::numeric_limits<std::int64_t>::max(), .otherwise = 1});
    if (!from)
        return exchange.answer(problemAnswer(from.error()));
    auto limit =
        numberParameter(query, {.name = "limit", .least = 1, .most = mostEvents, .otherwise = 200});
    if (!limit)
        return exchange.answer(problemAnswer(limit.error()));
    context.door.queries.history({{exchange.parameter("id")}, *from, static_cast<int>(*limit)},
        exchange.then<InstanceHistory>([&exchange](auto history) {
            exchange.answer(history ? historyAnswer(*history) : problemAnswer(history.error()));
        }));
}

void terminateInstance(Exchange &exchange, const V1Context &context)
{
    auto order = orderBody(exchange.request().body, context.payload, OrderWith::SubFlows);
    if (!order)
        return exchange.answer(problemAnswer(order.error()));
    context.door.instances.terminate({{exchange.parameter("id")}, order->reason, exchange.source(),
                                         order->keepSubFlows},
        acceptedThen(exchange));
}

} // namespace

void addInstanceRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const V1Context &)) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("POST", "api/v1/instances", startInstance);
    add("GET", "api/v1/instances", listInstances);
    add("GET", "api/v1/instances/{id}", showInstance);
    add("GET", "api/v1/instances/{id}/history", showHistory);
    add("POST", "api/v1/instances/{id}/terminate", terminateInstance);
}

} // namespace engine

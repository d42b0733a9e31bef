#include "engine/rest/event_refusal.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/cloud_event.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/event_json.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

RaiseRequest raiseRequest(const Exchange &exchange, EventBody body)
{
    RaiseRequest request{.instance = {exchange.parameter("id")},
        .name = exchange.parameter("name"),
        .payload = std::move(body.payload),
        .eventId = std::move(body.eventId),
        .source = exchange.source()};
    if (exchange.query().has("branch"))
        request.branch = BranchPath{exchange.query().value("branch")};
    return request;
}

void raiseEvent(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"branch"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto body = eventBody(exchange, context.payload);
    if (!body)
        return refuseEvent(exchange, context.door, {exchange.parameter("id")}, body.error(),
            [&exchange](const Error &error) { exchange.answer(problemAnswer(error)); });
    context.door.instances.raise(raiseRequest(exchange, *std::move(body)), acceptedThen(exchange));
}

/// Whom it reached: what did not happen is left out.
void correlateEvent(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"key"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto body = eventBody(exchange, context.payload);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    CorrelateRequest request{.name = exchange.parameter("name"),
        .payload = std::move(body->payload),
        .eventId = std::move(body->eventId),
        .source = exchange.source()};
    if (exchange.query().has("key"))
        request.key = exchange.query().value("key");
    context.door.instances.correlate(
        std::move(request), exchange.then<Correlated>([&exchange](auto correlated) {
            if (!correlated)
                return exchange.answer(problemAnswer(correlated.error()));
            exchange.answer(
                jsonAnswer(202, toJsonText(correlated->reached, correlated->duplicate)));
        }));
}

void listCorrelated(Exchange &exchange, const V1Context &context)
{
    constexpr int most = 1000;
    if (auto known = onlyParameters(exchange.query(), {"after", "limit"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto limit = numberParameter(
        exchange.query(), {.name = "limit", .least = 1, .most = most, .otherwise = 100});
    if (!limit)
        return exchange.answer(problemAnswer(limit.error()));
    context.door.queries.correlated({exchange.query().value("after"), static_cast<int>(*limit)},
        exchange.then<CorrelatedPage>([&exchange](auto page) {
            if (!page)
                return exchange.answer(problemAnswer(page.error()));
            JsonArrayWriter list;
            for (const CorrelatedEvent &event : page->events)
                list.add(toJsonText(event));
            JsonObjectWriter body;
            body.raw("events", std::move(list).finish()).textOrNull("next", page->next);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

} // namespace

void addEventRoutes(Router &router, const V1Context &context)
{
    router.add("POST", "api/v1/events/{name}",
        [context](Exchange &exchange) { correlateEvent(exchange, context); }, Right::Raise);
    router.add("GET", "api/v1/events",
        [context](Exchange &exchange) { listCorrelated(exchange, context); });
    router.add("POST", "api/v1/instances/{id}/events/{name}",
        [context](Exchange &exchange) { raiseEvent(exchange, context); }, Right::Raise);
    // By the address that `callbackUrl` of a flow gave out; access has looked at the code.
    router.add("POST", "api/v1/callbacks/{id}/{code}/{name}",
        [context](Exchange &exchange) { raiseEvent(exchange, context); }, Right::Raise);
}

} // namespace engine

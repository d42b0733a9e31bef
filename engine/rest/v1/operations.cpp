#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/order_body.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/event_json.h"
#include "engine/wire/json_writer.h"

#include <charconv>
#include <limits>

namespace engine {

namespace {

using Operation = void (OperationsDoor::*)(OperationRequest, Completion<Acceptance>);

/// suspend, resume, retry.
void order(Exchange &exchange, const V1Context &context, Operation operation)
{
    auto body = orderBody(exchange.request().body, context.payload);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    (context.door.operations.*operation)(
        {{exchange.parameter("id")}, body->reason, exchange.source()}, acceptedThen(exchange));
}

/// As the one that the body names, or as a new one.
void restart(Exchange &exchange, const V1Context &context)
{
    auto body = orderBody(exchange.request().body, context.payload, OrderWith::Instance);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    context.door.operations.restart(
        {{exchange.parameter("id")}, {body->instance}, body->reason, exchange.source()},
        startedThen(exchange));
}

Result<KeptEventRequest> keptRequest(const Exchange &exchange)
{
    const std::string written = exchange.parameter("seq");
    KeptEventRequest request{.instance = {exchange.parameter("id")}, .source = exchange.source()};
    const char *end = written.data() + written.size();
    const auto [stop, fault] = std::from_chars(written.data(), end, request.event);
    if (fault != std::errc{} || stop != end)
        return Error{ErrorCode::InvalidArgument,
            "'" + written + "' is no number of a kept event; GET the instance or /api/v1/events lists them", {}};
    return request;
}

void deleteKept(Exchange &exchange, const V1Context &context)
{
    auto request = keptRequest(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    if (auto known = onlyParameters(exchange.query(), {"reason"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    request->reason = exchange.query().value("reason");
    context.door.operations.deleteKept(*std::move(request), acceptedThen(exchange));
}

void handOn(Exchange &exchange, const V1Context &context)
{
    auto request = keptRequest(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    auto body = orderBody(exchange.request().body, context.payload, OrderWith::Instance);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    if (body->instance.empty())
        return exchange.answer(problemAnswer({ErrorCode::InvalidArgument,
            "'instance' is missing: say who gets the event", "/instance"}));
    request->to = {body->instance};
    request->reason = body->reason;
    context.door.operations.handOn(*std::move(request), acceptedThen(exchange));
}

void explainEvents(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"event", "kept"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto kept = numberParameter(exchange.query(),
        {.name = "kept", .most = std::numeric_limits<std::int64_t>::max(), .otherwise = 0});
    if (!kept)
        return exchange.answer(problemAnswer(kept.error()));
    context.door.queries.explain(
        {{exchange.parameter("id")}, exchange.query().value("event"), *kept},
        exchange.then<std::vector<EventVerdict>>([&exchange](auto verdicts) {
            if (!verdicts)
                return exchange.answer(problemAnswer(verdicts.error()));
            JsonArrayWriter list;
            for (const EventVerdict &verdict : *verdicts)
                list.add(toJsonText(verdict));
            JsonObjectWriter body;
            body.raw("events", std::move(list).finish());
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

} // namespace

void addOperationRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern, auto handle) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    const auto addOrder = [&](std::string_view pattern, Operation operation) {
        add("POST", pattern, [operation](Exchange &exchange, const V1Context &where) {
            order(exchange, where, operation);
        });
    };
    addOrder("api/v1/instances/{id}/suspend", &OperationsDoor::suspend);
    addOrder("api/v1/instances/{id}/resume", &OperationsDoor::resume);
    addOrder("api/v1/instances/{id}/retry", &OperationsDoor::retry);
    addOrder("api/v1/instances/{id}/rewind", &OperationsDoor::rewind);
    add("POST", "api/v1/instances/{id}/restart", restart);
    add("DELETE", "api/v1/instances/{id}/kept/{seq}", deleteKept);
    add("POST", "api/v1/instances/{id}/kept/{seq}", handOn);
    add("DELETE", "api/v1/events/kept/{seq}", deleteKept); // under its key, for no instance yet
    add("POST", "api/v1/events/kept/{seq}", handOn);
    add("GET", "api/v1/instances/{id}/explain", explainEvents);
}

} // namespace engine

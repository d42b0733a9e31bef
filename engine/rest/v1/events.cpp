#include "engine/rest/event_refusal.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/cloud_event.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

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

} // namespace

void addEventRoutes(Router &router, const V1Context &context)
{
    router.add("POST", "api/v1/instances/{id}/events/{name}",
        [context](Exchange &exchange) { raiseEvent(exchange, context); });
    // By the address that `callbackUrl` of a flow gave out; access has looked at the code.
    router.add("POST", "api/v1/callbacks/{id}/{code}/{name}",
        [context](Exchange &exchange) { raiseEvent(exchange, context); });
}

} // namespace engine

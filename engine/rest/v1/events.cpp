#include "engine/rest/event_refusal.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

namespace engine {

namespace {

RaiseRequest raiseRequest(const Exchange &exchange, JsonText payload)
{
    RaiseRequest request{.instance = {exchange.parameter("id")},
        .name = exchange.parameter("name"),
        .payload = std::move(payload),
        .source = exchange.source()};
    if (const std::string *id = exchange.header("Idempotency-Key"); id && !id->empty())
        request.eventId = *id;
    if (exchange.query().has("branch"))
        request.branch = BranchPath{exchange.query().value("branch")};
    return request;
}

void raiseEvent(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"branch"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    const std::string &body = exchange.request().body;
    auto payload = body.empty() ? Result(JsonText()) : JsonText::parse(body, context.payload);
    if (!payload)
        return refuseEvent(exchange, context.door, {exchange.parameter("id")}, payload.error(),
            [&exchange](const Error &error) { exchange.answer(problemAnswer(error)); });
    context.door.instances.raise(raiseRequest(exchange, *std::move(payload)),
        exchange.then<Acceptance>([&exchange](auto accepted) {
            exchange.answer(
                accepted ? acceptedAnswer(202, *accepted) : problemAnswer(accepted.error()));
        }));
}

} // namespace

void addEventRoutes(Router &router, const V1Context &context)
{
    router.add("POST", "api/v1/instances/{id}/events/{name}",
        [context](Exchange &exchange) { raiseEvent(exchange, context); });
}

} // namespace engine

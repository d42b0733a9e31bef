#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

/// Who shows no key learns whether we serve, and nothing else.
RestResponse healthAnswer(const EngineHealth &health, const std::string &hub, bool hasKey)
{
    if (!health.running)
        return problemAnswer(
            503, hasKey && !health.problem.empty() ? health.problem : "the engine does not run");
    JsonObjectWriter body;
    body.text("status", "running");
    if (hasKey)
        body.text("hub", hub).number("live", health.live);
    if (hasKey && !health.damage.empty())
        body.text("damage", health.damage);
    return jsonAnswer(200, std::move(body).finish());
}

} // namespace

void addHealthRoutes(Router &router, const V1Context &context)
{
    router.add("GET", "api/v1/health", [context](Exchange &exchange) {
        context.door.queries.health(
            exchange.then<EngineHealth>([&exchange, hub = context.hub](auto health) {
                const bool hasKey = !exchange.request().key.empty();
                exchange.answer(
                    health ? healthAnswer(*health, hub, hasKey) : problemAnswer(health.error()));
            }));
    });
}

} // namespace engine

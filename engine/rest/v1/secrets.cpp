#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

SecretsDoor::Answered<void> nameThen(Exchange &exchange)
{
    return exchange.then<void>([&exchange](auto done) {
        if (!done)
            return exchange.answer(problemAnswer(done.error()));
        JsonObjectWriter body;
        body.text("name", exchange.parameter("name"));
        exchange.answer(jsonAnswer(200, std::move(body).finish()));
    });
}

/// Names alone: a value never comes out again.
void list(Exchange &exchange, const V1Context &context)
{
    context.door.secrets.names(
        exchange.then<std::vector<std::string>>([&exchange](auto names) {
            if (!names)
                return exchange.answer(problemAnswer(names.error()));
            JsonObjectWriter body;
            body.raw("secrets", JsonText::ofStrings(*names).text());
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

/// `{"value": "…"}`
void put(Exchange &exchange, const V1Context &context)
{
    const auto object = readObject(exchange.request().body, context.payload, {"value"});
    if (!object)
        return exchange.answer(problemAnswer(object.error()));
    auto value = (*object)->text("value");
    if (!value)
        return exchange.answer(problemAnswer(value.error()));
    context.door.secrets.put(
        exchange.parameter("name"), *std::move(value), exchange.source(), nameThen(exchange));
}

void remove(Exchange &exchange, const V1Context &context)
{
    context.door.secrets.remove(
        exchange.parameter("name"), exchange.source(), nameThen(exchange));
}

} // namespace

void addSecretRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](const char *method, std::string_view pattern, auto handle) {
        addGuardedRoute(router, context, method, pattern, handle);
    };
    add("GET", "api/v1/secrets", list);
    add("PUT", "api/v1/secrets/{name}", put);
    add("DELETE", "api/v1/secrets/{name}", remove);
}

} // namespace engine

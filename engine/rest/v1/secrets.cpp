#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/parameters.h"
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
    const auto add = [&](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const V1Context &)) {
        const auto handler = [context, handle](Exchange &exchange) {
            if (auto known = onlyParameters(exchange.query(), {}); !known)
                return exchange.answer(problemAnswer(known.error()));
            handle(exchange, context);
        };
        // Also the names are nothing for a key that only reads.
        router.add(std::move(method), pattern, handler, Right::Change);
    };
    add("GET", "api/v1/secrets", list);
    add("PUT", "api/v1/secrets/{name}", put);
    add("DELETE", "api/v1/secrets/{name}", remove);
}

} // namespace engine

#include "engine/rest/access.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/key_scope.h"

namespace engine {

namespace {

/// `secret`: the key itself, the one time that it is shown; or empty.
std::string toText(const AccessKey &key, const std::string &secret)
{
    JsonObjectWriter object;
    object.text("label", key.label)
        .text("scope", scopeText(key.scope, key.webhook))
        .time("at", key.at);
    if (!secret.empty())
        object.text("key", secret);
    return std::move(object).finish();
}

Completion<AccessKey> keyThen(Exchange &exchange, int status, const std::string &secret)
{
    return exchange.then<AccessKey>([&exchange, status, secret](auto key) {
        exchange.answer(
            key ? jsonAnswer(status, toText(*key, secret)) : problemAnswer(key.error()));
    });
}

/// `{"label": "shop", "scope": "raise-only"}`; nobody gets a key that opens everything by leaving out what it opens.
Result<MakeKey> makeRequest(const Exchange &exchange, const JsonLimits &limits)
{
    const auto object = readObject(exchange.request().body, limits, {"label", "scope"});
    if (!object)
        return object.error();
    auto label = (*object)->text("label");
    if (!label)
        return label.error();
    auto word = (*object)->text("scope");
    if (!word)
        return word.error();
    auto scope = scopeFromText(*word);
    if (!scope)
        return Error{ErrorCode::InvalidArgument,
            "'scope' must be full, raise-only, read-only, or webhook: with the path of a webhook, as in "
            "webhook:shop/{order}", "/scope"};
    return MakeKey{*std::move(label), scope->scope, {}, exchange.source(),
        std::move(scope->webhook)};
}

void make(Exchange &exchange, const V1Context &context)
{
    auto request = makeRequest(exchange, context.payload);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    const std::string secret = newAccessKey();
    request->digest = digestOfKey(secret);
    context.door.keys.make(*std::move(request), keyThen(exchange, 201, secret));
}

void rotate(Exchange &exchange, const V1Context &context)
{
    const std::string secret = newAccessKey();
    context.door.keys.rotate(exchange.parameter("label"), digestOfKey(secret), exchange.source(),
        keyThen(exchange, 200, secret));
}

void revoke(Exchange &exchange, const V1Context &context)
{
    context.door.keys.revoke(
        exchange.parameter("label"), exchange.source(), keyThen(exchange, 200, {}));
}

/// The one in the file stands first.
void list(Exchange &exchange, const V1Context &context)
{
    JsonArrayWriter all;
    all.add(R"({"label":"default","scope":"full","at":null})");
    for (const AccessKey &key : context.door.keys.keys())
        all.add(toText(key, {}));
    JsonObjectWriter body;
    body.raw("keys", std::move(all).finish());
    exchange.answer(jsonAnswer(200, std::move(body).finish()));
}

} // namespace

void addKeyRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](const char *method, std::string_view pattern, auto handle) {
        addGuardedRoute(router, context, method, pattern, handle);
    };
    add("GET", "api/v1/keys", list);
    add("POST", "api/v1/keys", make);
    add("POST", "api/v1/keys/{label}/rotate", rotate);
    add("DELETE", "api/v1/keys/{label}", revoke);
}

} // namespace engine

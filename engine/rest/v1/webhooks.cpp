#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/event_json.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

/// The longest path of a webhook.
constexpr int mostSegments = 8;
/// `api/v1/webhooks` is in front of it.
constexpr std::ptrdiff_t segmentsBefore = 3;

std::string toText(const WebhookDefinition &webhook)
{
    JsonObjectWriter object;
    object.text("path", webhook.path).time("at", webhook.at).value("webhook", webhook.text);
    return std::move(object).finish();
}

Completion<WebhookDefinition> definitionThen(Exchange &exchange)
{
    return exchange.then<WebhookDefinition>([&exchange](auto webhook) {
        exchange.answer(
            webhook ? jsonAnswer(200, toText(*webhook)) : problemAnswer(webhook.error()));
    });
}

void put(Exchange &exchange, const V1Context &context)
{
    auto body = JsonText::parse(exchange.request().body, context.payload);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    context.door.webhooks.put(*std::move(body), exchange.source(), definitionThen(exchange));
}

void remove(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"path"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.webhooks.remove(
        exchange.query().value("path"), exchange.source(), definitionThen(exchange));
}

void list(Exchange &exchange, const V1Context &context)
{
    context.door.webhooks.list(
        exchange.then<std::vector<WebhookDefinition>>([&exchange](auto webhooks) {
            if (!webhooks)
                return exchange.answer(problemAnswer(webhooks.error()));
            JsonArrayWriter all;
            for (const WebhookDefinition &webhook : *webhooks)
                all.add(toText(webhook));
            JsonObjectWriter body;
            body.raw("webhooks", std::move(all).finish());
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

/// Whoever is refused hears 401: the signature is the key. One who comes with a key for another webhook
/// hears 403, as with any key that does not reach.
void receive(Exchange &exchange, const V1Context &context)
{
    const RestRequest &request = exchange.request();
    auto segments = decodedPath(request.target);
    segments.erase(segments.begin(), segments.begin() + segmentsBefore);
    WebhookRequest call{
        std::move(segments), request.headers, exchange.query().parameters(), request.body,
        request.webhook};
    const bool hasKey = !request.webhook.empty();
    context.door.webhooks.receive(
        std::move(call), exchange.then<WebhookAnswer>([&exchange, hasKey](auto answer) {
            if (!answer && answer.error().code == ErrorCode::NotAllowed && !hasKey)
                return exchange.answer(problemAnswer(401, answer.error().message));
            if (!answer)
                return exchange.answer(problemAnswer(answer.error()));
            if (!answer->raised)
                return exchange.answer({204, {}, {}});
            exchange.answer(jsonAnswer(202, toJsonText(answer->reached, answer->duplicate)));
        }));
}

} // namespace

void addWebhookRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const V1Context &)) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    std::string path = "api/v1/webhooks";
    add("PUT", path, put);
    add("GET", path, list);
    add("DELETE", path, remove);
    for (int segment = 1; segment <= mostSegments; ++segment) {
        path += "/{" + std::to_string(segment) + "}";
        router.add("POST", path,
            [context](Exchange &exchange) { receive(exchange, context); }, Right::CallWebhook);
    }
}

bool isWebhookCall(const RestRequest &request)
{
    const auto path = decodedPath(request.target);
    return request.method == "POST" && path.size() > std::size_t(segmentsBefore) &&
           path[0] == "api" && path[1] == "v1" && path[2] == "webhooks";
}

} // namespace engine

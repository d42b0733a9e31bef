#include "engine/webhooks/webhook_event.h"

#include "engine/history/correlation_key.h"
#include "engine/webhooks/signature.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace engine {
namespace {

std::string lowered(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

/// Empty if there is none.
std::string headerOf(const WebhookCall &call, const std::string &name)
{
    for (const auto &[key, value] : call.headers)
        if (lowered(key) == name)
            return value;
    return {};
}

JsonText objectOf(const std::map<std::string, std::string> &members)
{
    std::string text = "{";
    for (const auto &[key, value] : members)
        text += (text.size() > 1 ? "," : "") + JsonText::ofString(key).text() + ":" +
                JsonText::ofString(value).text();
    return JsonText::trusted(text + "}");
}

/// What the expressions read, and how they are asked.
class CallScope
{
public:
    CallScope(const Webhook &webhook, const WebhookCall &call, JsonText body,
        Expressions &expressions, Instant now)
        : m_expressions(expressions)
        , m_now(now)
    {
        std::map<std::string, std::string> headers;
        for (const auto &[name, value] : call.headers)
            headers.emplace(lowered(name), value);
        auto path =
            matchPath(webhook.path, call.segments).value_or(std::map<std::string, std::string>());
        path.erase("token");
        headers.erase(webhook.header); // nobody is to read the token
        m_values["body"] = std::move(body);
        m_values["headers"] = objectOf(headers);
        m_values["query"] = objectOf({call.query.begin(), call.query.end()});
        m_values["path"] = objectOf(path);
    }

    const JsonText &body() const { return m_values.at("body"); }

    Result<JsonText> value(const Expression &expression, const char *member)
    {
        const Scope scope{
            .value =
                [this](std::string_view name) {
                    const auto found = m_values.find(name);
                    return found == m_values.end() ? std::optional<JsonText>() : found->second;
                },
            .step = [](std::string_view) { return std::optional<JsonText>(); },
            .itemNames = {"body", "headers", "query", "path"},
            .now = m_now,
            .seed = 0,
        };
        auto value = m_expressions.evaluate(expression.source, scope, {});
        if (!value)
            return Error{ErrorCode::InvalidArgument,
                "the webhook's '" + std::string(member) + "': " + value.error().message,
                "/" + std::string(member)};
        return value;
    }

    /// A text, or a number as text; nothing if it is `null`.
    Result<std::optional<std::string>> text(const Expression &expression, const char *member)
    {
        const auto given = value(expression, member);
        if (!given)
            return given.error();
        if (given->isNull())
            return std::optional<std::string>();
        const auto key = keyFrom(*given);
        if (!key)
            return Error{ErrorCode::InvalidArgument,
                "the webhook's '" + std::string(member) + "': " + whyNoKey(*given),
                "/" + std::string(member)};
        return key;
    }

private:
    Expressions &m_expressions;
    Instant m_now;
    std::map<std::string, JsonText, std::less<>> m_values;
};

/// As an expression, literals too.
Expression expressionOf(const Template &value)
{
    if (value.pieces.size() == 1 && std::holds_alternative<Expression>(value.pieces.front()))
        return std::get<Expression>(value.pieces.front());
    return {value.written.text()};
}

/// The id that the scheme gives each delivery.
std::optional<Expression> deliveryId(WebhookScheme scheme)
{
    switch (scheme) {
    case WebhookScheme::GitHub: return Expression{"headers['x-github-delivery']"};
    case WebhookScheme::Stripe: return Expression{"body.id"};
    case WebhookScheme::Token: break;
    }
    return {};
}

Result<std::string> needed(CallScope &scope, const Expression &expression, const char *member)
{
    auto text = scope.text(expression, member);
    if (!text)
        return text.error();
    if (!*text)
        return Error{ErrorCode::InvalidArgument,
            "the webhook's '" + std::string(member) + "' gives nothing for this call",
            "/" + std::string(member)};
    return **std::move(text);
}

} // namespace

Result<void> checkCaller(
    const Webhook &webhook, const std::string &secret, const WebhookCall &call, Instant now)
{
    switch (webhook.scheme) {
    case WebhookScheme::GitHub:
        return checkGitHubSignature(secret, call.body, headerOf(call, "x-hub-signature-256"));
    case WebhookScheme::Stripe:
        return checkStripeSignature(secret, call.body, headerOf(call, "stripe-signature"), now);
    case WebhookScheme::Token: break;
    }
    if (!webhook.header.empty())
        return checkToken(secret, headerOf(call, webhook.header));
    auto path =
        matchPath(webhook.path, call.segments).value_or(std::map<std::string, std::string>());
    return checkToken(secret, path["token"]);
}

Result<std::optional<WebhookEvent>> eventOf(const Webhook &webhook, const WebhookCall &call,
    Expressions &expressions, const JsonLimits &limits, Instant now)
{
    auto body = call.body.empty() ? Result(JsonText()) : JsonText::parse(call.body, limits);
    if (!body)
        return body.error();
    CallScope scope(webhook, call, *std::move(body), expressions, now);
    auto name = scope.text(expressionOf(webhook.event), "event");
    if (!name)
        return name.error();
    if (!*name)
        return std::optional<WebhookEvent>();
    WebhookEvent event{.name = **std::move(name), .payload = scope.body()};
    if (webhook.instance) {
        auto instance = needed(scope, *webhook.instance, "instance");
        if (!instance)
            return instance.error();
        event.instance = {*std::move(instance)};
    }
    if (webhook.key) {
        auto key = needed(scope, *webhook.key, "key");
        if (!key)
            return key.error();
        event.key = *std::move(key);
    }
    if (webhook.payload) {
        auto payload = scope.value(*webhook.payload, "payload");
        if (!payload)
            return payload.error();
        event.payload = *std::move(payload);
    }
    if (const auto &id = webhook.eventId ? webhook.eventId : deliveryId(webhook.scheme)) {
        auto given = scope.text(*id, "eventId");
        if (!given)
            return given.error();
        event.eventId = *std::move(given);
    }
    return std::optional(std::move(event));
}

} // namespace engine

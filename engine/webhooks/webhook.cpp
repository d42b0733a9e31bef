#include "engine/webhooks/webhook.h"

#include "engine/base/json_read.h"

#include <algorithm>

namespace engine {
namespace {

constexpr std::size_t longestPath = 200;

Error wrong(std::string what, std::string pointer)
{
    return {ErrorCode::InvalidArgument, std::move(what), std::move(pointer)};
}

bool isName(const std::string &segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

Result<WebhookScheme> schemeFrom(const std::string &text)
{
    if (text == "github")
        return WebhookScheme::GitHub;
    if (text == "stripe")
        return WebhookScheme::Stripe;
    if (text == "token")
        return WebhookScheme::Token;
    return wrong("'scheme' must be 'github', 'stripe' or 'token'", "/scheme");
}

/// With its `=` or without.
std::optional<Expression> expressionFrom(const std::optional<std::string> &written)
{
    if (!written)
        return {};
    return Expression{written->starts_with('=') ? written->substr(1) : *written};
}

Result<void> checkToken(const Webhook &webhook)
{
    const auto segments = segmentsOf(webhook.path);
    const bool inPath = std::ranges::find(segments, "{token}") != segments.end();
    if (webhook.scheme != WebhookScheme::Token && !webhook.header.empty())
        return wrong("'header' is for the scheme 'token' alone", "/header");
    if (webhook.scheme == WebhookScheme::Token && inPath != webhook.header.empty())
        return wrong(
            "say where the token stands: in a 'header', or in the segment {token} of the path; "
            "not in both",
            "/header");
    return {};
}

} // namespace

Result<void> checkWebhookPath(const std::string &path)
{
    const auto segments = segmentsOf(path);
    const auto isRight = [](const std::string &segment) {
        const std::string inner = isName(segment) ? segment.substr(1, segment.size() - 2) : segment;
        return !inner.empty() && std::ranges::all_of(inner, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_' || c == '.';
        });
    };
    if (path.size() > longestPath || segments.empty() || !std::ranges::all_of(segments, isRight))
        return wrong("'path' must be one or more segments of letters, digits, - _ . with / between "
                     "them; one in "
                     "braces is a name, as in shop/{order}",
            "/path");
    return {};
}

Result<Webhook> webhookFrom(const JsonText &text)
{
    const nlohmann::json tree = text.tree();
    auto object = JsonObjectReader::open(tree);
    if (!object)
        return object.error();
    if (auto known = object->onlyKeys({"path", "scheme", "secret", "header", "event", "instance",
            "key", "payload", "eventId"});
        !known)
        return known.error();
    std::map<std::string, std::optional<std::string>> members;
    for (const char *key :
        {"path", "scheme", "secret", "header", "event", "instance", "key", "payload", "eventId"}) {
        auto member = object->optionalText(key);
        if (!member)
            return member.error();
        members[key] = *std::move(member);
    }
    for (const char *key : {"path", "scheme", "secret", "event"})
        if (!members[key] || members[key]->empty())
            return wrong("'" + std::string(key) + "' is missing", "/" + std::string(key));
    const auto scheme = schemeFrom(*members["scheme"]);
    if (!scheme)
        return scheme.error();
    Webhook webhook{.path = *members["path"],
        .scheme = *scheme,
        .secret = *members["secret"],
        .header = members["header"].value_or(""),
        .event = templateFrom(JsonText::ofString(*members["event"])),
        .instance = expressionFrom(members["instance"]),
        .key = expressionFrom(members["key"]),
        .payload = expressionFrom(members["payload"]),
        .eventId = expressionFrom(members["eventId"])};
    std::ranges::transform(webhook.header, webhook.header.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    if (webhook.instance && webhook.key)
        return wrong("give 'instance' or 'key', not both", "/key");
    if (auto path = checkWebhookPath(webhook.path); !path)
        return path.error();
    if (auto token = checkToken(webhook); !token)
        return token.error();
    return webhook;
}

std::vector<std::string> segmentsOf(const std::string &path)
{
    std::vector<std::string> segments{{}};
    for (const char letter : path) {
        if (letter == '/')
            segments.emplace_back();
        else
            segments.back() += letter;
    }
    return segments;
}

std::optional<std::map<std::string, std::string>> matchPath(
    const std::string &pattern, const std::vector<std::string> &segments)
{
    const auto parts = segmentsOf(pattern);
    std::map<std::string, std::string> values;
    if (parts.size() != segments.size())
        return {};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (isName(parts[i]))
            values[parts[i].substr(1, parts[i].size() - 2)] = segments[i];
        else if (parts[i] != segments[i])
            return {};
    }
    return values;
}

} // namespace engine

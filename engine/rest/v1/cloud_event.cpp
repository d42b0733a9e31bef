#include "engine/rest/v1/cloud_event.h"

#include "engine/base/json_read.h"
#include "engine/history/json_slices.h"

#include <nlohmann/json.hpp>

#include <array>

namespace engine {

namespace {

constexpr std::string_view version = "1.0";

/// The value of a header that says something.
std::optional<std::string> headerOf(const Exchange &exchange, std::string_view name)
{
    const std::string *value = exchange.header(name);
    return value && !value->empty() ? std::optional(*value) : std::nullopt;
}

bool isStructured(const Exchange &exchange)
{
    const auto type = headerOf(exchange, "Content-Type").value_or("");
    return sameText(type.substr(0, type.find_first_of("; \t")), "application/cloudevents+json");
}

Error noCloudEvent(const std::string &what, std::string pointer)
{
    return {ErrorCode::InvalidArgument, "this is no CloudEvent 1.0: " + what, std::move(pointer)};
}

/// The bytes of `data`: a tree would lose the digits of large numbers.
JsonText dataOf(const JsonText &body)
{
    for (const MemberSlice &member : membersOf(body.text()).value_or(std::vector<MemberSlice>()))
        if (member.key == "data")
            return JsonText::trusted(std::string(member.value));
    return {};
}

Result<EventBody> structured(const JsonText &body)
{
    const nlohmann::json tree = body.tree();
    auto object = JsonObjectReader::open(tree);
    if (!object)
        return object.error();
    for (const char *required : std::array{"specversion", "id", "source", "type"}) {
        const auto text = object->optionalText(required);
        if (!text || !*text || (*text)->empty())
            return noCloudEvent("'" + std::string(required) + "' must be a text",
                "/" + std::string(required));
    }
    if (tree.at("specversion") != version)
        return noCloudEvent("'specversion' must be \"1.0\"", "/specversion");
    if (tree.contains("data_base64"))
        return noCloudEvent("'data_base64' is no JSON; send 'data'", "/data_base64");
    return EventBody{dataOf(body), tree.at("id").get<std::string>()};
}

/// Values of headers have percent escapes for what a header cannot hold.
Result<std::string> idInHeaders(const Exchange &exchange)
{
    for (const char *required : std::array{"ce-specversion", "ce-id", "ce-source", "ce-type"}) {
        if (!headerOf(exchange, required))
            return noCloudEvent("the header '" + std::string(required) + "' is missing", {});
    }
    if (headerOf(exchange, "ce-specversion") != version)
        return noCloudEvent("the header 'ce-specversion' must be 1.0", {});
    return urlDecoded(*headerOf(exchange, "ce-id"), PlusSign::Plus);
}

} // namespace

Result<EventBody> eventBody(const Exchange &exchange, const JsonLimits &limits)
{
    const std::string &text = exchange.request().body;
    auto payload = text.empty() ? Result(JsonText()) : JsonText::parse(text, limits);
    if (!payload)
        return payload.error();
    EventBody body{*payload, {}};
    if (isStructured(exchange)) {
        auto event = structured(*payload);
        if (!event)
            return event.error();
        body = *std::move(event);
    } else if (headerOf(exchange, "ce-specversion")) {
        auto id = idInHeaders(exchange);
        if (!id)
            return id.error();
        body.eventId = *std::move(id);
    }
    if (auto key = headerOf(exchange, "Idempotency-Key"))
        body.eventId = std::move(key);
    return body;
}

} // namespace engine

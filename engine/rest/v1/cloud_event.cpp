#include "engine/rest/v1/cloud_event.h"

#include "engine/base/json_read.h"
#include "engine/history/json_slices.h"

#include <nlohmann/json.hpp>

#include <array>

namespace engine {

namespace {

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
    if (tree.contains("data_base64"))
        return noCloudEvent("'data_base64' is no JSON; send 'data'", "/data_base64");
    return EventBody{dataOf(body), tree.at("id").get<std::string>()};
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
        body.eventId = headerOf(exchange, "ce-id");
        if (!body.eventId)
            return noCloudEvent("the header 'ce-id' is missing", {});
    }
    if (auto key = headerOf(exchange, "Idempotency-Key"))
        body.eventId = std::move(key);
    return body;
}

} // namespace engine

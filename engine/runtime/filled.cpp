#include "engine/runtime/filled.h"

#include "engine/base/json_scan.h"
#include "engine/runtime/instance_ids.h"

#include <utility>

namespace engine {
namespace {

Failure validationError(const Place &place, const std::string &what)
{
    return {.type = "ValidationError",
        .message = "step '" + place.step.value + "': '" + std::string(place.field) + "' " + what,
        .retriable = false};
}

} // namespace

std::variant<JsonText, Failure> fillOr(
    Deciding &deciding, const std::optional<Template> &value, const Place &place)
{
    return value ? deciding.fill(*value, place) : JsonText();
}

std::variant<std::string, Failure> textFrom(
    Deciding &deciding, const Template &value, const Place &place)
{
    auto filled = deciding.fill(value, place);
    if (auto *failure = std::get_if<Failure>(&filled))
        return std::move(*failure);
    const std::string &json = std::get<JsonText>(filled).text();
    if (!json.starts_with('"'))
        return validationError(place, "must be a string; it is " + json.substr(0, 40));
    std::string text = unquoted(json);
    if (text.empty())
        return validationError(place, "is empty");
    return text;
}

std::variant<InstanceId, Failure> instanceIdFrom(
    Deciding &deciding, const Template &value, const Place &place)
{
    auto text = textFrom(deciding, value, place);
    if (auto *failure = std::get_if<Failure>(&text))
        return std::move(*failure);
    InstanceId id{std::get<std::string>(std::move(text))};
    if (const auto right = checkInstanceId(id); !right)
        return validationError(place, "cannot be used: " + right.error().message);
    return id;
}

} // namespace engine

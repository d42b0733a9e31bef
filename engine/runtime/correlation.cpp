#include "engine/runtime/correlation.h"

#include <set>
#include <utility>

namespace engine {
namespace {

Result<JsonText> evaluated(const BareEvent &event, const std::string &source)
{
    const Scope scope{
        .value =
            [&event](std::string_view name) {
                return name == "event" ? std::optional(event.payload) : std::nullopt;
            },
        .step = [](std::string_view) { return std::optional<JsonText>(); },
        .itemNames = {},
        .now = event.now,
        .seed = 0,
    };
    return event.expressions.evaluate(source, scope, {});
}

} // namespace

Result<JsonText> filledIn(const BareEvent &event, const Template &value)
{
    if (value.pieces.size() == 1 && std::holds_alternative<Expression>(value.pieces.front()))
        return evaluated(event, std::get<Expression>(value.pieces.front()).source);
    if (value.pieces.empty())
        return value.written;
    std::string text;
    for (const auto &piece : value.pieces) {
        if (const auto *literal = std::get_if<std::string>(&piece)) {
            text += *literal;
            continue;
        }
        const auto filled = evaluated(event, std::get<Expression>(piece).source);
        if (!filled)
            return filled.error();
        text += filled->text();
        if (text.size() > JsonLimits().bytes)
            return Error{
                ErrorCode::InvalidArgument, "it is longer than 1 MiB when it is filled in", {}};
    }
    return JsonText::trusted(std::move(text));
}

Result<std::vector<EventKey>> keysOf(const BareEvent &event,
    const std::optional<std::string> &given, const std::vector<CorrelatingFlow> &flows)
{
    std::set<std::string> asked;
    std::vector<EventKey> keys;
    std::string fault;
    for (const CorrelatingFlow &one : flows) {
        const std::string &source = one.event->correlate->event.source;
        if (!asked.insert(source).second)
            continue;
        const auto value = given ? Result(JsonText::ofString(*given)) : evaluated(event, source);
        const auto key = value ? keyFrom(*value) : std::nullopt;
        if (key)
            keys.push_back({source, *key});
        else if (fault.empty())
            fault = (given ? "the key" : "'" + source + "'") + std::string(": ") +
                    (value ? whyNoKey(*value) : value.error().message);
    }
    if (keys.empty())
        return Error{ErrorCode::InvalidArgument,
            "the event '" + flows.front().event->name + "' has no key: " + fault, {}};
    return keys;
}

std::string keyList(const std::vector<EventKey> &keys)
{
    std::string text;
    for (const EventKey &one : keys)
        text += (text.empty() ? "'" : ", '") + one.key + "'";
    return text;
}

RaiseEvent eventUnder(const RaiseCorrelated &event, const std::string &key)
{
    return {event.name, event.payload, event.eventId, {}, event.source, key};
}

} // namespace engine

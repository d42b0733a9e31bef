#include "engine/model/ordered_json.h"

#include "engine/model/written_json.h"

namespace engine {
namespace {

OrderedJson orderedFrom(std::string_view text, const WrittenValue &written)
{
    OrderedJson value{.kind = written.kind, .scalar = {}};
    if (written.kind != JsonKind::Object && written.kind != JsonKind::Array)
        value.scalar = written.in(text);
    for (const WrittenMember &member : written.members)
        value.members.emplace_back(member.key, orderedFrom(text, member.value));
    return value;
}

std::string keyText(const std::string &key) { return JsonText::ofString(key).text() + ": "; }

/// Adds `value` in one line; stops and says no once the text is longer than `room`.
bool appendInline(std::string &text, const OrderedJson &value, std::size_t room)
{
    const bool object = value.kind == JsonKind::Object;
    if (value.block && !value.members.empty())
        return false;
    if (!object && value.kind != JsonKind::Array) {
        text += value.scalar;
        return text.size() <= room;
    }
    const bool spaced = object && !value.members.empty();
    text += object ? "{" : "[";
    text += spaced ? " " : "";
    bool first = true;
    for (const auto &[key, member] : value.members) {
        text += first ? "" : ", ";
        text += object ? keyText(key) : std::string();
        if (!appendInline(text, member, room))
            return false;
        first = false;
    }
    text += spaced ? " " : "";
    text += object ? "}" : "]";
    return text.size() <= room;
}

} // namespace

OrderedJson orderedObject() { return {.kind = JsonKind::Object, .scalar = {}}; }

OrderedJson orderedArray() { return {.kind = JsonKind::Array, .scalar = {}}; }

OrderedJson orderedString(std::string_view value)
{
    return {.kind = JsonKind::String, .scalar = JsonText::ofString(value).text()};
}

OrderedJson orderedNumber(std::string text)
{
    return {.kind = JsonKind::Number, .scalar = std::move(text)};
}

OrderedJson orderedJson(std::string_view text)
{
    const auto written = writtenJson(text);
    return written ? orderedFrom(text, *written) : OrderedJson{};
}

std::string printed(
    const OrderedJson &value, const JsonStyle &style, const std::string &indent, std::size_t column)
{
    const bool object = value.kind == JsonKind::Object;
    std::string text;
    // One column is kept for a comma. A scalar cannot be broken, so it may be longer.
    const std::size_t room = column < widestLine ? widestLine - 1 - column : 0;
    if (appendInline(text, value, room) || (!object && value.kind != JsonKind::Array) ||
        value.members.empty())
        return text;
    text = object ? "{" : "[";
    const std::string inner = indent + style.unit;
    bool first = true;
    for (const auto &[key, member] : value.members) {
        const std::string before = object ? keyText(key) : std::string();
        text += (first ? "" : ",") + style.newline + inner + before;
        text += printed(member, style, inner, inner.size() + before.size());
        first = false;
    }
    return text + style.newline + indent + (object ? "}" : "]");
}

} // namespace engine

#pragma once

#include "engine/model/flow.h"
#include "engine/model/ordered_json.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// An object of a flow file in the making: members in the order in which they are added; what says
/// nothing is left out.
class JsonFields
{
public:
    void add(std::string_view key, OrderedJson value)
    {
        m_object.members.emplace_back(key, std::move(value));
    }
    void json(std::string_view key, const JsonText &value) { add(key, orderedJson(value.text())); }
    void text(std::string_view key, const std::string &value)
    {
        if (!value.empty())
            add(key, orderedString(value));
    }
    void step(std::string_view key, const StepId &step) { text(key, step.value); }
    void value(std::string_view key, const std::optional<Template> &value)
    {
        if (value)
            json(key, value->written);
    }
    /// A text that must be there; left out while it is empty.
    void needed(std::string_view key, const Template &value)
    {
        if (value.written.text() != R"("")")
            json(key, value.written);
    }
    void optional(std::string_view key, const std::optional<JsonText> &value)
    {
        if (value)
            json(key, *value);
    }
    void number(std::string_view key, int value)
    {
        add(key, orderedNumber(std::to_string(value)));
    }
    void optional(std::string_view key, std::optional<int> value)
    {
        if (value)
            number(key, *value);
    }
    void flag(std::string_view key, bool value)
    {
        add(key, {.kind = JsonKind::Boolean, .scalar = value ? "true" : "false"});
    }
    void duration(std::string_view key, const std::optional<Duration> &duration)
    {
        if (duration)
            text(key, toText(*duration));
    }
    void expression(std::string_view key, const Expression &expression)
    {
        add(key, orderedString("=" + expression.source));
    }
    void object(std::string_view key, OrderedJson object)
    {
        if (!object.members.empty())
            add(key, std::move(object));
    }
    void unknown(const std::vector<UnknownMember> &members)
    {
        for (const UnknownMember &member : members)
            json(member.key, member.value);
    }

    OrderedJson done() { return std::move(m_object); }

private:
    OrderedJson m_object = orderedObject();
};

} // namespace engine

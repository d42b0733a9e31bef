#pragma once

#include "engine/model/flow.h"
#include "engine/model/flow_reader.h"
#include "engine/model/written_json.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// What the readers of one flow file share.
struct Reading {
    std::string_view text;
    LineMap lines;
    std::vector<Problem> problems;
};

/// Reads the fields of one object of a flow file. What has the wrong form becomes a problem and is
/// left out; what nobody asked for is what rest() gives.
class FieldReader
{
public:
    /// All outlive the reader. `step` is whom the problems are about; `object` is an object.
    FieldReader(
        Reading &reading, const WrittenValue &object, std::string pointer, StepId step = {});

    /// nullptr: absent.
    const WrittenValue *find(std::string_view key);
    bool has(std::string_view key) const { return findMember(*m_object, key) != nullptr; }

    /// Empty if absent.
    std::string text(std::string_view key);
    StepId stepId(std::string_view key) { return {text(key)}; }
    std::vector<std::string> texts(std::string_view key);
    std::optional<JsonText> json(std::string_view key);
    /// A literal or expression of any type.
    std::optional<Template> value(std::string_view key);
    /// A string, perhaps an expression.
    std::optional<Template> textValue(std::string_view key);
    /// Always an expression, with its `=` or without.
    std::optional<Expression> expression(std::string_view key);
    std::optional<Duration> duration(std::string_view key);
    /// A whole number from 1 to 1,000,000.
    std::optional<int> count(std::string_view key);
    std::optional<double> number(std::string_view key);
    std::optional<bool> flag(std::string_view key);
    /// The members of an object field, each key once.
    std::vector<std::pair<std::string, const WrittenValue *>> members(std::string_view key);
    /// The same, each as literal or expression.
    std::vector<std::pair<std::string, Template>> values(std::string_view key);
    /// The same, each as the id of a step.
    std::vector<std::pair<std::string, StepId>> stepIds(std::string_view key);

    /// The members that nobody asked for.
    std::vector<UnknownMember> rest() const;
    /// Makes a problem of each of them, where the value has no place to keep them.
    void refuseRest();

    /// Error about member `key`, or about the object itself if it is empty. Valid until the next.
    Problem &problem(std::string id, std::string_view key, std::string sentence,
        std::vector<std::string> arguments = {});
    void wrongType(std::string_view key, std::string_view expected);
    std::string pointerTo(std::string_view key) const;
    JsonText jsonOf(const WrittenValue &value) const;
    std::string textOf(const WrittenValue &value) const;

private:
    const WrittenValue *find(std::string_view key, JsonKind kind, std::string_view expected);
    /// What was asked for and is not there.
    std::vector<std::string> known() const;

    Reading *m_reading;
    const WrittenValue *m_object;
    std::string m_pointer;
    StepId m_step;
    std::vector<std::string_view> m_asked;
};

} // namespace engine

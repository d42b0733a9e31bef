#include "engine/model/field_reader.h"

#include "engine/base/json_pointer.h"
#include "engine/model/nearest_name.h"
#include "engine/model/time_mends.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace engine {

FieldReader::FieldReader(
    Reading &reading, const WrittenValue &object, std::string pointer, StepId step)
    : m_reading(&reading)
    , m_object(&object)
    , m_pointer(std::move(pointer))
    , m_step(std::move(step))
{}

const WrittenValue *FieldReader::find(std::string_view key)
{
    m_asked.push_back(key);
    return findMember(*m_object, key);
}

const WrittenValue *FieldReader::find(
    std::string_view key, JsonKind kind, std::string_view expected)
{
    const WrittenValue *value = find(key);
    if (value && value->kind != kind) {
        wrongType(key, expected);
        return nullptr;
    }
    return value;
}

JsonText FieldReader::jsonOf(const WrittenValue &value) const
{
    return JsonText::trusted(std::string(value.in(m_reading->text)));
}

std::string FieldReader::textOf(const WrittenValue &value) const
{
    return unquoted(value.in(m_reading->text));
}

std::string FieldReader::text(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::String, "a string");
    return value ? textOf(*value) : std::string();
}

std::vector<std::string> FieldReader::texts(std::string_view key)
{
    std::vector<std::string> result;
    const WrittenValue *list = find(key, JsonKind::Array, "a list of strings");
    if (!list)
        return result;
    for (const WrittenMember &member : list->members) {
        if (member.value.kind != JsonKind::String) {
            wrongType(key, "a list of strings");
            return {};
        }
        result.push_back(textOf(member.value));
    }
    return result;
}

std::optional<JsonText> FieldReader::json(std::string_view key)
{
    const WrittenValue *value = find(key);
    return value ? std::optional(jsonOf(*value)) : std::nullopt;
}

std::optional<Template> FieldReader::value(std::string_view key)
{
    const WrittenValue *value = find(key);
    return value ? std::optional(templateFrom(jsonOf(*value))) : std::nullopt;
}

std::optional<Template> FieldReader::textValue(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::String, "a string");
    return value ? std::optional(templateFrom(jsonOf(*value))) : std::nullopt;
}

std::optional<Expression> FieldReader::expression(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::String, "an expression in a string");
    if (!value)
        return {};
    std::string source = textOf(*value);
    if (source.starts_with('='))
        source.erase(0, 1);
    return Expression{std::move(source)};
}

std::optional<Duration> FieldReader::duration(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::String, "an ISO 8601 duration in a string");
    if (!value)
        return {};
    const auto duration = durationFromText(textOf(*value));
    if (!duration) {
        Problem &wrong = problem(
            "wrong-duration", key, "'%1': %2.", {std::string(key), duration.error().message});
        wrong.mend = mendOfDuration(pointerTo(key), textOf(*value));
        return {};
    }
    return *duration;
}

std::optional<int> FieldReader::count(std::string_view key)
{
    constexpr int most = 1'000'000;
    const std::string expected = "a whole number from 1 to " + std::to_string(most);
    const WrittenValue *value = find(key, JsonKind::Number, expected);
    if (!value)
        return {};
    const std::string_view digits = value->in(m_reading->text);
    int count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc{} || end != digits.data() + digits.size() || count < 1 || count > most) {
        wrongType(key, expected);
        return {};
    }
    return count;
}

std::optional<double> FieldReader::number(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::Number, "a number");
    if (!value)
        return {};
    const std::string_view digits = value->in(m_reading->text);
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::optional<bool> FieldReader::flag(std::string_view key)
{
    const WrittenValue *value = find(key, JsonKind::Boolean, "true or false");
    if (!value)
        return {};
    return value->in(m_reading->text) == "true";
}

std::vector<std::pair<std::string, const WrittenValue *>> FieldReader::members(std::string_view key)
{
    std::vector<std::pair<std::string, const WrittenValue *>> result;
    const WrittenValue *object = find(key, JsonKind::Object, "an object");
    if (!object)
        return result;
    std::set<std::string_view> seen;
    for (const WrittenMember &member : object->members)
        if (seen.insert(member.key).second)
            result.emplace_back(member.key, &member.value);
    return result;
}

std::vector<std::pair<std::string, Template>> FieldReader::values(std::string_view key)
{
    std::vector<std::pair<std::string, Template>> result;
    for (const auto &[name, value] : members(key))
        result.emplace_back(name, templateFrom(jsonOf(*value)));
    return result;
}

std::vector<std::pair<std::string, StepId>> FieldReader::stepIds(std::string_view key)
{
    std::vector<std::pair<std::string, StepId>> result;
    for (const auto &[name, value] : members(key)) {
        if (value->kind == JsonKind::String)
            result.emplace_back(name, StepId{textOf(*value)});
        else
            problem("wrong-type", key, "'%1' of '%2' must be the id of a step in a string.",
                {name, std::string(key)});
    }
    return result;
}

std::vector<UnknownMember> FieldReader::rest() const
{
    std::vector<UnknownMember> rest;
    for (const WrittenMember &member : m_object->members)
        if (std::ranges::find(m_asked, member.key) == m_asked.end())
            rest.push_back({member.key, jsonOf(member.value)});
    return rest;
}

void FieldReader::refuseRest()
{
    for (const UnknownMember &member : rest())
        problem("unknown-member", member.key, "'%1' is not known here.", {member.key}).mend =
            mendOfUnknown(pointerTo(member.key), member.key, known());
}

std::vector<std::string> FieldReader::known() const
{
    std::vector<std::string> known;
    for (const std::string_view key : m_asked)
        if (!has(key))
            known.emplace_back(key);
    return known;
}

Problem &FieldReader::problem(
    std::string id, std::string_view key, std::string sentence, std::vector<std::string> arguments)
{
    Problem problem{Severity::Error, std::move(id), std::move(sentence), std::move(arguments),
        m_step, key.empty() ? m_pointer : pointerTo(key), 0};
    if (const auto line = m_reading->lines.find(problem.pointer); line != m_reading->lines.end())
        problem.line = line->second;
    m_reading->problems.push_back(std::move(problem));
    return m_reading->problems.back();
}

void FieldReader::wrongType(std::string_view key, std::string_view expected)
{
    problem("wrong-type", key, "'%1' must be %2.", {std::string(key), std::string(expected)});
}

std::string FieldReader::pointerTo(std::string_view key) const
{
    return childPointer(m_pointer, key);
}

} // namespace engine

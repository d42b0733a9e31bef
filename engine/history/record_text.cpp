#include "engine/history/record_text.h"

#include "engine/base/enum_names.h"
#include "engine/history/json_slices.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace engine {
namespace {

constexpr EnumNames<TimerPurpose, 6> purposes{{
    {TimerPurpose::Step, "step"},
    {TimerPurpose::Timeout, "timeout"},
    {TimerPurpose::Retry, "retry"},
    {TimerPurpose::Due, "due"},
    {TimerPurpose::Reminder, "reminder"},
    {TimerPurpose::Escalation, "escalation"},
}};

constexpr EnumNames<TaskEnd, 3> taskEnds{{
    {TaskEnd::Decided, "decided"},
    {TaskEnd::Due, "due"},
    {TaskEnd::Withdrawn, "withdrawn"},
}};

/// Payloads were held to their limits when they came in, and results are built around them: reading
/// back what was stored must never be stricter.
constexpr JsonLimits storedLimits{.bytes = std::numeric_limits<std::size_t>::max(), .depth = 1000};

/// No character that JSON escapes and none whose UTF-8 would have to be checked.
bool isPlain(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

/// `token` with its quotes.
std::optional<std::string> stringOf(std::string_view token)
{
    if (token.size() < 2 || token.front() != '"' || token.back() != '"')
        return std::nullopt;
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (isPlain(inner))
        return std::string(inner);
    const auto tree = nlohmann::json::parse(token, nullptr, false);
    if (!tree.is_string())
        return std::nullopt;
    return tree.get<std::string>();
}

} // namespace

std::string_view toText(TimerPurpose purpose) { return nameOf(purposes, purpose); }

std::optional<TimerPurpose> timerPurposeFromText(std::string_view text)
{
    return valueNamed(purposes, text);
}

std::string_view toText(TaskEnd end) { return nameOf(taskEnds, end); }

std::optional<TaskEnd> taskEndFromText(std::string_view text)
{
    return valueNamed(taskEnds, text);
}

RecordWriter::RecordWriter(std::string &out, std::string_view type)
    : m_out(out)
{
    m_out += '{';
    if (!type.empty())
        field("type", std::string(type));
}

void RecordWriter::writeKey(std::string_view key)
{
    if (!m_empty)
        m_out += ',';
    m_empty = false;
    ((m_out += '"') += key) += "\":";
}

void RecordWriter::write(const std::string &text)
{
    if (isPlain(text))
        ((m_out += '"') += text) += '"';
    else
        m_out += JsonText::ofString(text).text();
}

void RecordWriter::write(std::int64_t number)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number);
    m_out.append(digits.begin(), end.ptr);
}

void RecordWriter::write(const std::vector<std::string> &texts)
{
    char before = '[';
    for (const std::string &text : texts) {
        m_out += std::exchange(before, ',');
        write(text);
    }
    m_out += texts.empty() ? "[]" : "]";
}

void RecordWriter::write(const std::vector<std::pair<std::string, JsonText>> &values)
{
    char before = '{';
    for (const auto &[name, value] : values) {
        m_out += std::exchange(before, ',');
        write(name);
        m_out += ':';
        write(value);
    }
    m_out += values.empty() ? "{}" : "}";
}

void RecordWriter::write(const std::variant<JsonText, Failure> &outcome)
{
    RecordWriter inner(m_out);
    if (const auto *failure = std::get_if<Failure>(&outcome))
        inner.field("failure", *failure);
    else
        inner.field("result", std::get<JsonText>(outcome));
    inner.close();
}

RecordReader::RecordReader(std::string_view object)
{
    const auto members = membersOf(object);
    if (!members) {
        m_fault = "is no JSON object";
        return;
    }
    m_members.reserve(members->size());
    for (const MemberSlice &member : *members)
        m_members.push_back({member.key, member.value});
}

std::string RecordReader::type()
{
    std::string type;
    field("type", type);
    return type;
}

std::optional<std::string> RecordReader::fault() const
{
    if (!m_fault.empty())
        return m_fault;
    const auto left = std::ranges::find(m_members, false, &Member::taken);
    if (left == m_members.end())
        return std::nullopt;
    return "'" + std::string(left->key) + "' is not known here or is there twice";
}

std::optional<std::string_view> RecordReader::take(std::string_view key)
{
    const auto member = std::ranges::find(m_members, key, &Member::key);
    if (member == m_members.end())
        return std::nullopt;
    member->taken = true;
    return member->value;
}

void RecordReader::note(std::string_view key, Fault fault)
{
    if (!fault.empty() && m_fault.empty())
        m_fault = "'" + std::string(key) + "' " + std::string(fault);
}

RecordReader::Fault RecordReader::read(std::string_view text, std::string &value)
{
    auto read = stringOf(text);
    if (!read)
        return "must be a string";
    value = std::move(*read);
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, std::int64_t &value)
{
    const char *end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    if (fault != std::errc{} || stop != end || std::to_string(value) != text)
        return "must be an integer";
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, int &value)
{
    std::int64_t wide = 0;
    const Fault fault = read(text, wide);
    if (!fault.empty())
        return fault;
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max())
        return "is out of range";
    value = static_cast<int>(wide);
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, bool &value)
{
    if (text != "true" && text != "false")
        return "must be true or false";
    value = text == "true";
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, JsonText &value)
{
    auto read = JsonText::parse(text, storedLimits);
    if (!read)
        return "is no JSON value";
    value = *std::move(read);
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, Instant &value)
{
    std::int64_t milliseconds = 0;
    const Fault fault = read(text, milliseconds);
    value = Instant{Milliseconds{milliseconds}};
    return fault;
}

RecordReader::Fault RecordReader::read(std::string_view text, TimerPurpose &value)
{
    const auto name = stringOf(text);
    const auto purpose = timerPurposeFromText(name.value_or(std::string()));
    if (!purpose)
        return "must be 'step', 'timeout', 'retry', 'due', 'reminder' or 'escalation'";
    value = *purpose;
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, TaskEnd &value)
{
    const auto name = stringOf(text);
    const auto end = taskEndFromText(name.value_or(std::string()));
    if (!end)
        return "must be 'decided', 'due' or 'withdrawn'";
    value = *end;
    return {};
}

RecordReader::Fault RecordReader::read(std::string_view text, std::vector<std::string> &values)
{
    const auto elements = elementsOf(text);
    if (!elements)
        return "must be a list";
    for (const std::string_view element : *elements) {
        if (!read(element, values.emplace_back()).empty())
            return "must be a list of strings";
    }
    return {};
}

RecordReader::Fault RecordReader::read(
    std::string_view text, std::vector<std::pair<std::string, JsonText>> &values)
{
    const auto members = membersOf(text);
    if (!members)
        return "must be an object";
    for (const MemberSlice &member : *members) {
        const std::string_view token(member.key.data() - 1, member.key.size() + 2);
        auto &[name, value] = values.emplace_back();
        if (!read(token, name).empty() || !read(member.value, value).empty())
            return "holds what is no JSON";
    }
    return {};
}

RecordReader::Fault RecordReader::read(
    std::string_view text, std::variant<JsonText, Failure> &outcome)
{
    RecordReader inner(text);
    if (inner.m_members.size() == 1 && inner.m_members.front().key == "failure")
        inner.field("failure", outcome.emplace<Failure>());
    else
        inner.field("result", outcome.emplace<JsonText>());
    return inner.fault() ? Fault("must hold a result or a failure") : Fault();
}

RecordReader::Fault RecordReader::read(std::string_view text, Source &source)
{
    RecordReader inner(text);
    visitFields(inner, source);
    return inner.fault() ? Fault("must hold 'via' and perhaps 'who'") : Fault();
}

RecordReader::Fault RecordReader::read(std::string_view text, Failure &failure)
{
    RecordReader inner(text);
    visitFields(inner, failure);
    return inner.fault() ? Fault("must hold 'type', 'message' and 'retriable'") : Fault();
}

RecordReader::Fault RecordReader::read(std::string_view text, Parent &parent)
{
    RecordReader inner(text);
    visitFields(inner, parent);
    return inner.fault() ? Fault("must hold 'instance', 'run' and 'subFlow'") : Fault();
}

RecordReader::Fault RecordReader::read(std::string_view text, StartInstance &start)
{
    RecordReader inner(text);
    visitFields(inner, start);
    return inner.fault() ? Fault("must hold 'flow', 'input' and 'source'") : Fault();
}

} // namespace engine

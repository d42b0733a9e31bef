#include "engine/history/history_json.h"

#include "engine/base/calendar.h"
#include "engine/history/json_slices.h"
#include "engine/history/record_text.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace engine {
namespace {

/// A blank fact of that name, or nothing.
template<std::size_t Index = 0>
std::optional<Fact> blankFact(std::string_view name)
{
    if constexpr (Index < std::variant_size_v<Fact>) {
        static const Fact blank(std::in_place_index<Index>);
        return typeName(blank) == name ? blank : blankFact<Index + 1>(name);
    } else {
        return std::nullopt;
    }
}

Error damaged(std::size_t index, const std::string &what)
{
    return {ErrorCode::Damaged, "fact " + std::to_string(index + 1) + " of the row: " + what, {}};
}

Result<Fact> factFromText(std::string_view text, std::size_t index)
{
    RecordReader reader(text);
    const std::string type = reader.type();
    auto fact = blankFact(type);
    if (!fact)
        return damaged(index,
            reader.fault() && type.empty() ? *reader.fault() : "unknown type '" + type + "'");
    std::visit([&reader](auto &record) { visitFields(reader, record); }, *fact);
    if (const auto fault = reader.fault())
        return damaged(index, type + ": " + *fault);
    return *std::move(fact);
}

/// Writes a fact for API and windows: times as ISO 8601, payloads byte for byte.
class ShownWriter
{
public:
    explicit ShownWriter(std::string &text)
        : m_text(text)
    {}

    template<typename T>
    void field(std::string_view key, const T &value)
    {
        if (m_text.back() != '{')
            m_text += ',';
        m_text.append(1, '"').append(key).append("\":");
        write(value);
    }

    template<typename T>
    void optional(std::string_view key, const T &value)
    {
        if (value != T{})
            field(key, value);
    }

private:
    void write(std::int64_t number) { m_text += std::to_string(number); }
    void write(int number) { m_text += std::to_string(number); }
    void write(bool flag) { m_text += flag ? "true" : "false"; }
    void write(std::string_view text) { m_text += JsonText::ofString(text).text(); }
    void write(const std::string &text) { write(std::string_view(text)); }
    void write(const JsonText &value) { m_text += value.text(); }
    void write(Instant instant) { write(toText(instant)); }
    void write(TimerPurpose purpose) { write(toText(purpose)); }
    void write(TaskEnd end) { write(toText(end)); }
    void write(const std::vector<std::string> &texts) { write(JsonText::ofStrings(texts)); }

    template<typename Kind>
    void write(const Id<Kind> &id)
    {
        write(id.value);
    }

    template<typename T>
    void write(const std::optional<T> &value)
    {
        write(*value);
    }

    void write(const std::vector<std::pair<std::string, JsonText>> &values)
    {
        m_text += '{';
        for (const auto &[name, value] : values) {
            if (m_text.back() != '{')
                m_text += ',';
            write(name);
            m_text += ':';
            write(value);
        }
        m_text += '}';
    }

    template<typename Record>
    requires std::same_as<Record, Source> || std::same_as<Record, Failure> ||
             std::same_as<Record, Parent>
    void write(const Record &record)
    {
        m_text += '{';
        visitFields(*this, record);
        m_text += '}';
    }

    std::string &m_text;
};

} // namespace

std::string factsToText(const std::vector<Fact> &facts)
{
    std::string text;
    char before = '[';
    for (const Fact &fact : facts) {
        text += std::exchange(before, ',');
        RecordWriter writer(text, typeName(fact));
        std::visit([&writer](const auto &record) { visitFields(writer, record); }, fact);
        writer.close();
    }
    text += facts.empty() ? "[]" : "]";
    return text;
}

Result<std::vector<Fact>> factsFromText(std::string_view text, int version)
{
    if (version != historyVersion)
        return Error{ErrorCode::Damaged,
            "history of version " + std::to_string(version) + "; this program reads version " +
                std::to_string(historyVersion),
            {}};
    const auto elements = elementsOf(text);
    if (!elements)
        return Error{ErrorCode::Damaged, "the facts are no JSON list", {}};
    std::vector<Fact> facts;
    facts.reserve(elements->size());
    for (const std::string_view element : *elements) {
        auto fact = factFromText(element, facts.size());
        if (!fact)
            return fact.error();
        facts.push_back(*std::move(fact));
    }
    return facts;
}

std::string toJsonText(const HistoryEvent &event)
{
    std::string text = "{";
    ShownWriter writer(text);
    writer.field("sequence", event.sequence);
    writer.field("at", event.at);
    writer.field("type", typeName(event.fact));
    std::visit([&writer](const auto &fact) { visitFields(writer, fact); }, event.fact);
    return text + '}';
}

nlohmann::json toJson(const HistoryEvent &event)
{
    return nlohmann::json::parse(toJsonText(event));
}

} // namespace engine

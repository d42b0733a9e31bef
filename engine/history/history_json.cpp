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

/// Builds the tree of a fact for API and windows: times as ISO 8601.
class TreeBuilder
{
public:
    explicit TreeBuilder(nlohmann::json &tree)
        : m_tree(tree)
    {}

    template<typename T>
    void field(const char *key, const T &value)
    {
        m_tree[key] = treeOf(value);
    }

    template<typename T>
    void optional(const char *key, const T &value)
    {
        if (value != T{})
            field(key, value);
    }

private:
    static nlohmann::json treeOf(const auto &plain) { return plain; }
    static nlohmann::json treeOf(const JsonText &value) { return value.tree(); }
    static nlohmann::json treeOf(Instant instant) { return toText(instant); }
    static nlohmann::json treeOf(TimerPurpose purpose) { return toText(purpose); }
    static nlohmann::json treeOf(TaskEnd end) { return toText(end); }

    template<typename Kind>
    static nlohmann::json treeOf(const Id<Kind> &id)
    {
        return id.value;
    }

    template<typename T>
    static nlohmann::json treeOf(const std::optional<T> &value)
    {
        return treeOf(*value);
    }

    static nlohmann::json treeOf(const std::vector<std::pair<std::string, JsonText>> &values)
    {
        nlohmann::json tree = nlohmann::json::object();
        for (const auto &[name, value] : values)
            tree[name] = value.tree();
        return tree;
    }

    template<typename Record>
    requires std::same_as<Record, Source> || std::same_as<Record, Failure> ||
             std::same_as<Record, Parent>
    static nlohmann::json treeOf(const Record &record)
    {
        nlohmann::json tree = nlohmann::json::object();
        TreeBuilder inner(tree);
        visitFields(inner, record);
        return tree;
    }

    nlohmann::json &m_tree;
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

nlohmann::json toJson(const HistoryEvent &event)
{
    nlohmann::json tree = {
        {"sequence", event.sequence}, {"at", toText(event.at)}, {"type", typeName(event.fact)}};
    TreeBuilder builder(tree);
    std::visit([&builder](const auto &record) { visitFields(builder, record); }, event.fact);
    return tree;
}

} // namespace engine

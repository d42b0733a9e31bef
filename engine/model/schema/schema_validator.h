#pragma once

#include "engine/model/schema/schema.h"
#include "engine/model/schema/schema_pattern.h"
#include "engine/model/schema/schema_resources.h"
#include "engine/model/schema/schema_values.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// One validation of one value against one schema. What it may cost is limited, whatever the
/// schema.
class SchemaValidator
{
public:
    /// Both outlive the validator.
    SchemaValidator(const nlohmann::json &schema, const nlohmann::json &value);

    std::vector<SchemaFault> run();

private:
    using json = nlohmann::json;

    /// What a schema has looked at, for `unevaluated…`.
    struct Seen {
        bool allProperties = false;
        std::set<std::string> properties;
        bool allItems = false;
        std::set<std::size_t> items;
    };
    /// What one schema says of one value.
    struct Outcome {
        std::vector<SchemaFault> faults; ///< no more than anybody reads
        Seen seen;

        bool valid() const { return faults.empty(); }
        void add(const std::string &pointer, std::string message);
    };
    struct Place {
        const json &value;
        std::string pointer;
    };

    Outcome evaluate(const json &schema, const Place &place);
    /// Adds what `schema` says of `place` to the outcome.
    void require(const json &schema, const Place &place, Outcome &outcome);
    /// Adds what `schema` says of a part of the value.
    void requirePart(const json &schema, const Place &part, Outcome &outcome);
    void add(const Seen &seen, Outcome &outcome);
    void keywords(const json &schema, const Place &place, Outcome &outcome);
    void enumeration(const json &schema, const Place &place, Outcome &outcome);
    void references(const json &schema, const Place &place, Outcome &outcome);
    void combinations(const json &schema, const Place &place, Outcome &outcome);
    void oneOf(const json &branches, const Place &place, Outcome &outcome);
    void anyOf(const json &branches, const Place &place, Outcome &outcome);
    void condition(const json &schema, const Place &place, Outcome &outcome);
    void string(const json &schema, const Place &place, Outcome &outcome);
    bool matches(const std::string &pattern, const std::string &text, Outcome &outcome,
        const std::string &pointer);

    // schema_structures.cpp
    void object(const json &schema, const Place &place, Outcome &outcome);
    void properties(const json &schema, const Place &place, Outcome &outcome);
    bool patternProperties(
        const json &patterns, const std::string &key, const Place &part, Outcome &outcome);
    void dependencies(const json &schema, const Place &place, Outcome &outcome);
    void array(const json &schema, const Place &place, Outcome &outcome);
    void contains(const json &schema, const Place &place, Outcome &outcome);
    void unevaluated(const json &schema, const Place &place, Outcome &outcome);

    /// False once all that the value is worth is spent.
    bool spend(std::size_t looks);
    /// Ends the validation: the value counts as wrong, even inside of a `not`.
    void stop(const std::string &pointer, std::string why);

    const json &m_value;
    SchemaResources m_resources;
    const json &m_root;
    std::vector<std::string> m_scope; ///< URIs of the resources entered, outermost first
    const json *m_target = nullptr;   ///< what comes next, where its own base is entered already
    std::map<std::string, SchemaPattern> m_patterns;
    std::map<const json *, SortedValues> m_enumerations;
    int m_depth = 0;
    std::size_t m_looksLeft;
    std::optional<SchemaFault> m_stopped; ///< why there is no verdict
};

} // namespace engine

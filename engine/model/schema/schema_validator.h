#pragma once

#include "engine/model/schema/schema.h"
#include "engine/model/schema/schema_pattern.h"
#include "engine/model/schema/schema_resources.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// One validation of one value against one schema.
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

        void add(const Seen &other);
    };
    struct Outcome {
        std::vector<SchemaFault> faults;
        Seen seen;

        bool valid() const { return faults.empty(); }
    };
    struct Place {
        const json &value;
        std::string pointer;
    };

    Outcome evaluate(const json &schema, const Place &place);
    void keywords(const json &schema, const Place &place, Outcome &outcome);
    void references(const json &schema, const Place &place, Outcome &outcome);
    void combinations(const json &schema, const Place &place, Outcome &outcome);
    void condition(const json &schema, const Place &place, Outcome &outcome);
    void oneOf(const json &branches, const Place &place, Outcome &outcome);
    void anyOf(const json &branches, const Place &place, Outcome &outcome);
    void object(const json &schema, const Place &place, Outcome &outcome);
    void properties(const json &schema, const Place &place, Outcome &outcome);
    void dependencies(const json &schema, const Place &place, Outcome &outcome);
    void array(const json &schema, const Place &place, Outcome &outcome);
    void contains(const json &schema, const Place &place, Outcome &outcome);
    void unevaluated(const json &schema, const Place &place, Outcome &outcome);
    void string(const json &schema, const Place &place, Outcome &outcome);
    /// Adds what `schema` says of `place` to the outcome.
    void require(const json &schema, const Place &place, Outcome &outcome);
    bool matches(const std::string &pattern, const std::string &text, Outcome &outcome,
        const std::string &pointer);

    const json &m_value;
    SchemaResources m_resources;
    const json &m_root;
    std::vector<std::string> m_scope; ///< URIs of the resources entered, outermost first
    const json *m_target = nullptr; ///< what comes next, where its own base is entered already
    std::map<std::string, SchemaPattern> m_patterns;
    int m_depth = 0;
    int m_looksLeft;
    bool m_exhausted = false;
};

} // namespace engine

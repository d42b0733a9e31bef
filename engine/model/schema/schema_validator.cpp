#include "engine/model/schema/schema_validator.h"

#include "engine/model/schema/schema_assertions.h"
#include "engine/model/schema/schema_members.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace engine {
namespace {

using nlohmann::json;

/// Deep enough for any schema that ends; a value is 64 deep at most.
constexpr int deepest = 400;
/// Schemas that refer to themselves many times over cost more than any value is worth: so many
/// looks at each part of the value, and some for the schema itself.
constexpr std::size_t looksAtAPart = 50;
constexpr std::size_t looksAnyway = 20'000;
constexpr std::size_t mostLooks = 1'000'000;
/// Copying a note of what was seen costs less than a look.
constexpr std::size_t notesInALook = 8;
constexpr std::size_t mostFaults = 100;

std::size_t partsOf(const json &value)
{
    std::size_t parts = 1;
    if (value.is_structured())
        for (const json &part : value)
            parts += partsOf(part);
    return parts;
}

std::size_t looksFor(const json &value)
{
    return std::min(looksAnyway + partsOf(value) * looksAtAPart, mostLooks);
}

} // namespace

void SchemaValidator::Outcome::add(const std::string &pointer, std::string message)
{
    if (faults.size() < mostFaults)
        faults.push_back({pointer, std::move(message)});
}

SchemaValidator::SchemaValidator(const json &schema, const json &value)
    : m_value(value)
    , m_resources(schema)
    , m_root(schema)
    , m_looksLeft(looksFor(value))
{}

std::vector<SchemaFault> SchemaValidator::run()
{
    m_scope = {SchemaResources::baseOf(m_root, {})};
    m_target = &m_root;
    auto faults = evaluate(m_root, {m_value, {}}).faults;
    if (m_stopped)
        return {*m_stopped};
    return faults;
}

void SchemaValidator::stop(const std::string &pointer, std::string why)
{
    if (!m_stopped)
        m_stopped = {pointer, std::move(why)};
}

bool SchemaValidator::spend(std::size_t looks)
{
    if (looks > m_looksLeft)
        stop({}, "The schema refers to itself so often, or compares so much, that it cannot be "
                 "checked.");
    else
        m_looksLeft -= looks;
    return !m_stopped;
}

SchemaValidator::Outcome SchemaValidator::evaluate(const json &schema, const Place &place)
{
    Outcome outcome;
    const bool isTarget = std::exchange(m_target, nullptr) == &schema;
    if (!spend(1))
        return outcome;
    if (schema.is_boolean() && !schema.get<bool>())
        outcome.add(place.pointer, faultSentence(place.pointer, "is not allowed here"));
    if (!schema.is_object())
        return outcome;
    if (m_depth >= deepest) {
        stop({}, "The schema refers to itself without an end.");
        return outcome;
    }
    ++m_depth;
    const std::string base =
        isTarget ? m_scope.back() : SchemaResources::baseOf(schema, m_scope.back());
    const bool entered = base != m_scope.back();
    if (entered)
        m_scope.push_back(base);
    keywords(schema, place, outcome);
    if (entered)
        m_scope.pop_back();
    --m_depth;
    if (!outcome.valid())
        outcome.seen = {};
    return outcome;
}

void SchemaValidator::require(const json &schema, const Place &place, Outcome &outcome)
{
    Outcome inner = evaluate(schema, place);
    for (SchemaFault &fault : inner.faults)
        outcome.add(fault.pointer, std::move(fault.message));
    add(inner.seen, outcome);
}

void SchemaValidator::requirePart(const json &schema, const Place &part, Outcome &outcome)
{
    for (SchemaFault &fault : evaluate(schema, part).faults)
        outcome.add(fault.pointer, std::move(fault.message));
}

void SchemaValidator::add(const Seen &seen, Outcome &outcome)
{
    spend((seen.properties.size() + seen.items.size()) / notesInALook);
    outcome.seen.allProperties = outcome.seen.allProperties || seen.allProperties;
    outcome.seen.properties.insert(seen.properties.begin(), seen.properties.end());
    outcome.seen.allItems = outcome.seen.allItems || seen.allItems;
    outcome.seen.items.insert(seen.items.begin(), seen.items.end());
}

void SchemaValidator::keywords(const json &schema, const Place &place, Outcome &outcome)
{
    references(schema, place, outcome);
    for (const std::string &fault : assertionFaults(schema, place.value))
        outcome.add(place.pointer, faultSentence(place.pointer, fault));
    enumeration(schema, place, outcome);
    combinations(schema, place, outcome);
    condition(schema, place, outcome);
    if (place.value.is_string())
        string(schema, place, outcome);
    if (place.value.is_object())
        object(schema, place, outcome);
    if (place.value.is_array())
        array(schema, place, outcome);
    // What a schema that does not fit has seen is forgotten, so all of it would be refused again.
    if (outcome.valid())
        unevaluated(schema, place, outcome);
}

void SchemaValidator::enumeration(const json &schema, const Place &place, Outcome &outcome)
{
    const json *allowed = listOf(schema, "enum");
    if (!allowed)
        return;
    const SortedValues &values = m_enumerations.try_emplace(allowed, *allowed).first->second;
    if (!values.contains(place.value))
        outcome.add(place.pointer,
            faultSentence(place.pointer,
                "must be one of " + shortText(*allowed) + ", and is " + shortText(place.value)));
}

void SchemaValidator::references(const json &schema, const Place &place, Outcome &outcome)
{
    for (const char *keyword : {"$ref", "$dynamicRef"}) {
        const json *reference = textOf(schema, keyword);
        if (!reference)
            continue;
        const auto &uri = reference->get_ref<const std::string &>();
        const auto target = keyword == std::string_view("$ref")
                                ? m_resources.target(m_scope.back(), uri)
                                : m_resources.dynamicTarget(m_scope.back(), uri, m_scope);
        if (!target.schema) {
            outcome.add(place.pointer, "The schema refers to '" + uri + "', which is not in it.");
            continue;
        }
        m_scope.push_back(target.base);
        m_target = target.schema;
        require(*target.schema, place, outcome);
        m_scope.pop_back();
    }
}

void SchemaValidator::combinations(const json &schema, const Place &place, Outcome &outcome)
{
    if (const json *branches = listOf(schema, "allOf"))
        for (const json &branch : *branches)
            require(branch, place, outcome);
    if (const json *branches = listOf(schema, "anyOf"))
        anyOf(*branches, place, outcome);
    if (const json *branches = listOf(schema, "oneOf"))
        oneOf(*branches, place, outcome);
    if (const json *refused = memberOf(schema, "not"))
        if (evaluate(*refused, place).valid())
            outcome.add(place.pointer, faultSentence(place.pointer, "is just what 'not' excludes"));
}

void SchemaValidator::anyOf(const json &branches, const Place &place, Outcome &outcome)
{
    bool any = false;
    for (const json &branch : branches) {
        const Outcome inner = evaluate(branch, place);
        any = any || inner.valid();
        add(inner.seen, outcome);
    }
    if (!any)
        outcome.add(
            place.pointer, faultSentence(place.pointer, "fits none of the schemas of 'anyOf'"));
}

void SchemaValidator::oneOf(const json &branches, const Place &place, Outcome &outcome)
{
    int fitting = 0;
    for (const json &branch : branches) {
        const Outcome inner = evaluate(branch, place);
        fitting += inner.valid() ? 1 : 0;
        add(inner.seen, outcome);
    }
    if (fitting != 1)
        outcome.add(place.pointer,
            faultSentence(place.pointer,
                "must fit one schema of 'oneOf', and fits " + std::to_string(fitting)));
}

void SchemaValidator::condition(const json &schema, const Place &place, Outcome &outcome)
{
    const json *question = memberOf(schema, "if");
    if (!question)
        return;
    const Outcome answer = evaluate(*question, place);
    add(answer.seen, outcome);
    if (const json *branch = memberOf(schema, answer.valid() ? "then" : "else"))
        require(*branch, place, outcome);
}

bool SchemaValidator::matches(const std::string &source, const std::string &text, Outcome &outcome,
    const std::string &pointer)
{
    if (!spend(1))
        return false;
    const SchemaPattern &pattern = m_patterns.try_emplace(source, source).first->second;
    const auto match = pattern.match(text);
    if (!pattern.problem().empty())
        outcome.add(pointer,
            "The pattern '" + source + "' of the schema is wrong: " + pattern.problem() + ".");
    if (match == SchemaPattern::Match::TooCostly)
        stop(pointer,
            faultSentence(pointer, "takes too long to compare with the pattern " + source));
    return match == SchemaPattern::Match::Yes;
}

void SchemaValidator::string(const json &schema, const Place &place, Outcome &outcome)
{
    const auto &text = place.value.get_ref<const std::string &>();
    const auto fault = [&](const std::string &says) {
        outcome.add(place.pointer, faultSentence(place.pointer, says));
    };
    const auto length = static_cast<double>(characterCount(text));
    if (const auto least = limitOf(schema, "minLength"); least && length < *least)
        fault("must have at least " + amount(*least) + " characters, and has " + amount(length));
    if (const auto most = limitOf(schema, "maxLength"); most && length > *most)
        fault("must have at most " + amount(*most) + " characters, and has " + amount(length));
    const json *pattern = textOf(schema, "pattern");
    const std::size_t before = outcome.faults.size();
    if (pattern && !matches(*pattern, text, outcome, place.pointer) &&
        outcome.faults.size() == before)
        fault("must match the pattern " + pattern->get<std::string>());
}

} // namespace engine

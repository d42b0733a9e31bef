#include "engine/model/schema/schema_validator.h"

#include "engine/base/json_pointer.h"
#include "engine/model/schema/schema_assertions.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

using nlohmann::json;

/// Deep enough for any schema that ends; a value is 64 deep at most.
constexpr int deepest = 400;
/// Schemas that refer to themselves many times over cost more than any value is worth: so many
/// looks at each part of the value, and some for the schema itself.
constexpr int looksAtAPart = 50;
constexpr int looksAnyway = 20'000;
constexpr int mostLooks = 1'000'000;

int partsOf(const json &value)
{
    int parts = 1;
    if (value.is_structured())
        for (const json &part : value)
            parts += partsOf(part);
    return parts;
}

std::string sentence(const std::string &pointer, const std::string &says)
{
    return (pointer.empty() ? "The value" : "'" + pointer + "'") + " " + says + ".";
}

const json *member(const json &schema, const char *keyword)
{
    const auto found = schema.find(keyword);
    return found == schema.end() ? nullptr : &*found;
}

const json *listMember(const json &schema, const char *keyword)
{
    const json *found = member(schema, keyword);
    return found && found->is_array() ? found : nullptr;
}

const json *mapMember(const json &schema, const char *keyword)
{
    const json *found = member(schema, keyword);
    return found && found->is_object() ? found : nullptr;
}

const json *textMember(const json &schema, const char *keyword)
{
    const json *found = member(schema, keyword);
    return found && found->is_string() ? found : nullptr;
}

/// Sorted, so that a thousand items do not cost a million comparisons.
bool hasEqualItems(const json &list)
{
    std::vector<const json *> items;
    for (const json &item : list)
        items.push_back(&item);
    std::ranges::sort(items, [](const json *one, const json *other) { return *one < *other; });
    return std::ranges::adjacent_find(items,
               [](const json *one, const json *other) { return *one == *other; }) != items.end();
}

std::string amount(double count)
{
    return shortText(count == static_cast<double>(static_cast<long long>(count))
                         ? json(static_cast<long long>(count))
                         : json(count));
}

} // namespace

void SchemaValidator::Seen::add(const Seen &other)
{
    allProperties = allProperties || other.allProperties;
    properties.insert(other.properties.begin(), other.properties.end());
    allItems = allItems || other.allItems;
    items.insert(other.items.begin(), other.items.end());
}

SchemaValidator::SchemaValidator(const json &schema, const json &value)
    : m_value(value)
    , m_resources(schema)
    , m_root(schema)
    , m_looksLeft(
          std::min(looksAnyway + std::min(partsOf(value), mostLooks) * looksAtAPart, mostLooks))
{}

std::vector<SchemaFault> SchemaValidator::run()
{
    m_scope = {SchemaResources::baseOf(m_root, {})};
    m_target = &m_root;
    auto faults = evaluate(m_root, {m_value, {}}).faults;
    if (m_exhausted)
        return {{"", "The schema refers to itself so often that it cannot be checked."}};
    return faults;
}

SchemaValidator::Outcome SchemaValidator::evaluate(const json &schema, const Place &place)
{
    Outcome outcome;
    if (schema.is_boolean() && !schema.get<bool>())
        outcome.faults.push_back({place.pointer, sentence(place.pointer, "is not allowed here")});
    if (!schema.is_object() || m_exhausted)
        return outcome;
    if (m_depth >= deepest || --m_looksLeft < 0) {
        m_exhausted = true;
        return outcome;
    }
    ++m_depth;
    const bool isTarget = std::exchange(m_target, nullptr) == &schema;
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

void SchemaValidator::keywords(const json &schema, const Place &place, Outcome &outcome)
{
    references(schema, place, outcome);
    for (const std::string &fault : assertionFaults(schema, place.value))
        outcome.faults.push_back({place.pointer, sentence(place.pointer, fault)});
    combinations(schema, place, outcome);
    condition(schema, place, outcome);
    if (place.value.is_string())
        string(schema, place, outcome);
    if (place.value.is_object())
        object(schema, place, outcome);
    if (place.value.is_array())
        array(schema, place, outcome);
    unevaluated(schema, place, outcome);
}

void SchemaValidator::require(const json &schema, const Place &place, Outcome &outcome)
{
    Outcome inner = evaluate(schema, place);
    std::ranges::move(inner.faults, std::back_inserter(outcome.faults));
    outcome.seen.add(inner.seen);
}

void SchemaValidator::references(const json &schema, const Place &place, Outcome &outcome)
{
    for (const char *keyword : {"$ref", "$dynamicRef"}) {
        const json *reference = textMember(schema, keyword);
        if (!reference)
            continue;
        const auto &uri = reference->get_ref<const std::string &>();
        const auto target = keyword == std::string_view("$ref")
                                ? m_resources.target(m_scope.back(), uri)
                                : m_resources.dynamicTarget(m_scope.back(), uri, m_scope);
        if (!target.schema) {
            outcome.faults.push_back(
                {place.pointer, "The schema refers to '" + uri + "', which is not in it."});
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
    if (const json *branches = listMember(schema, "allOf"))
        for (const json &branch : *branches)
            require(branch, place, outcome);
    if (const json *branches = listMember(schema, "anyOf"))
        anyOf(*branches, place, outcome);
    if (const json *branches = listMember(schema, "oneOf"))
        oneOf(*branches, place, outcome);
    if (const json *refused = member(schema, "not"))
        if (evaluate(*refused, place).valid())
            outcome.faults.push_back(
                {place.pointer, sentence(place.pointer, "is just what 'not' excludes")});
}

void SchemaValidator::anyOf(const json &branches, const Place &place, Outcome &outcome)
{
    bool any = false;
    for (const json &branch : branches) {
        const Outcome inner = evaluate(branch, place);
        any = any || inner.valid();
        outcome.seen.add(inner.seen);
    }
    if (!any)
        outcome.faults.push_back(
            {place.pointer, sentence(place.pointer, "fits none of the schemas of 'anyOf'")});
}

void SchemaValidator::oneOf(const json &branches, const Place &place, Outcome &outcome)
{
    int fitting = 0;
    for (const json &branch : branches) {
        const Outcome inner = evaluate(branch, place);
        fitting += inner.valid() ? 1 : 0;
        outcome.seen.add(inner.seen);
    }
    if (fitting != 1)
        outcome.faults.push_back(
            {place.pointer, sentence(place.pointer, "must fit one schema of 'oneOf', and fits " +
                                                        std::to_string(fitting))});
}

void SchemaValidator::condition(const json &schema, const Place &place, Outcome &outcome)
{
    const json *question = member(schema, "if");
    if (!question)
        return;
    const Outcome answer = evaluate(*question, place);
    outcome.seen.add(answer.seen);
    if (const json *branch = member(schema, answer.valid() ? "then" : "else"))
        require(*branch, place, outcome);
}

bool SchemaValidator::matches(const std::string &source, const std::string &text, Outcome &outcome,
    const std::string &pointer)
{
    const SchemaPattern &pattern = m_patterns.try_emplace(source, source).first->second;
    const auto match = pattern.match(text);
    if (!pattern.problem().empty())
        outcome.faults.push_back({pointer,
            "The pattern '" + source + "' of the schema is wrong: " + pattern.problem() + "."});
    else if (match == SchemaPattern::Match::TooCostly)
        outcome.faults.push_back(
            {pointer, sentence(pointer, "takes too long to compare with the pattern " + source)});
    return match == SchemaPattern::Match::Yes;
}

void SchemaValidator::string(const json &schema, const Place &place, Outcome &outcome)
{
    const auto &text = place.value.get_ref<const std::string &>();
    const auto fault = [&](const std::string &says) {
        outcome.faults.push_back({place.pointer, sentence(place.pointer, says)});
    };
    const auto length = static_cast<double>(characterCount(text));
    if (const auto least = limitOf(schema, "minLength"); least && length < *least)
        fault("must have at least " + amount(*least) + " characters, and has " + amount(length));
    if (const auto most = limitOf(schema, "maxLength"); most && length > *most)
        fault("must have at most " + amount(*most) + " characters, and has " + amount(length));
    const json *pattern = textMember(schema, "pattern");
    const std::size_t before = outcome.faults.size();
    if (pattern && !matches(*pattern, text, outcome, place.pointer) &&
        outcome.faults.size() == before)
        fault("must match the pattern " + pattern->get<std::string>());
}

void SchemaValidator::object(const json &schema, const Place &place, Outcome &outcome)
{
    const auto fault = [&](const std::string &says) {
        outcome.faults.push_back({place.pointer, sentence(place.pointer, says)});
    };
    const auto size = static_cast<double>(place.value.size());
    if (const auto least = limitOf(schema, "minProperties"); least && size < *least)
        fault("must have at least " + amount(*least) + " members, and has " + amount(size));
    if (const auto most = limitOf(schema, "maxProperties"); most && size > *most)
        fault("must have at most " + amount(*most) + " members, and has " + amount(size));
    if (const json *required = listMember(schema, "required"))
        for (const json &key : *required)
            if (key.is_string() && !place.value.contains(key.get<std::string>()))
                fault("needs the member '" + key.get<std::string>() + "'");
    if (const json *names = member(schema, "propertyNames"))
        for (const auto &[key, value] : place.value.items()) {
            const json name = key;
            if (!evaluate(*names, {name, {}}).valid())
                fault("has a member '" + key + "', whose name is not allowed");
        }
    dependencies(schema, place, outcome);
    properties(schema, place, outcome);
}

void SchemaValidator::properties(const json &schema, const Place &place, Outcome &outcome)
{
    const json *named = mapMember(schema, "properties");
    const json nothing = json::object();
    const json *patterns = mapMember(schema, "patternProperties");
    if (!patterns)
        patterns = &nothing;
    const json *others = member(schema, "additionalProperties");
    for (const auto &[key, value] : place.value.items()) {
        const Place inner{value, childPointer(place.pointer, key)};
        bool known = false;
        if (named && named->contains(key)) {
            known = true;
            outcome.seen.properties.insert(key);
            const Outcome result = evaluate((*named)[key], inner);
            outcome.faults.insert(outcome.faults.end(), result.faults.begin(), result.faults.end());
        }
        for (const auto &[pattern, one] : patterns->items()) {
            if (!matches(pattern, key, outcome, place.pointer))
                continue;
            known = true;
            outcome.seen.properties.insert(key);
            const Outcome result = evaluate(one, inner);
            outcome.faults.insert(outcome.faults.end(), result.faults.begin(), result.faults.end());
        }
        if (known || !others)
            continue;
        outcome.seen.properties.insert(key);
        const Outcome result = evaluate(*others, inner);
        outcome.faults.insert(outcome.faults.end(), result.faults.begin(), result.faults.end());
    }
}

void SchemaValidator::dependencies(const json &schema, const Place &place, Outcome &outcome)
{
    if (const json *lists = mapMember(schema, "dependentRequired"))
        for (const auto &[key, needed] : lists->items())
            for (const json &other : place.value.contains(key) ? needed : json::array())
                if (other.is_string() && !place.value.contains(other.get<std::string>()))
                    outcome.faults.push_back({place.pointer,
                        sentence(place.pointer, "needs the member '" + other.get<std::string>() +
                                                    "', because it has '" + key + "'")});
    if (const json *schemas = mapMember(schema, "dependentSchemas"))
        for (const auto &[key, one] : schemas->items())
            if (place.value.contains(key))
                require(one, place, outcome);
}

void SchemaValidator::array(const json &schema, const Place &place, Outcome &outcome)
{
    const auto fault = [&](const std::string &says) {
        outcome.faults.push_back({place.pointer, sentence(place.pointer, says)});
    };
    const auto size = static_cast<double>(place.value.size());
    if (const auto least = limitOf(schema, "minItems"); least && size < *least)
        fault("must have at least " + amount(*least) + " items, and has " + amount(size));
    if (const auto most = limitOf(schema, "maxItems"); most && size > *most)
        fault("must have at most " + amount(*most) + " items, and has " + amount(size));
    const json *unique = member(schema, "uniqueItems");
    if (unique && *unique == true && hasEqualItems(place.value))
        fault("must not have equal items");

    const json *first = listMember(schema, "prefixItems");
    const json *rest = member(schema, "items");
    for (std::size_t i = 0; i < place.value.size(); ++i) {
        const json *one = first && i < first->size() ? &(*first)[i] : rest;
        if (!one)
            continue;
        outcome.seen.items.insert(i);
        const Outcome result = evaluate(*one, {place.value[i], childPointer(place.pointer, i)});
        outcome.faults.insert(outcome.faults.end(), result.faults.begin(), result.faults.end());
    }
    outcome.seen.allItems = outcome.seen.allItems || rest;
    contains(schema, place, outcome);
}

void SchemaValidator::contains(const json &schema, const Place &place, Outcome &outcome)
{
    const json *wanted = member(schema, "contains");
    if (!wanted)
        return;
    double count = 0;
    for (std::size_t i = 0; i < place.value.size(); ++i) {
        if (!evaluate(*wanted, {place.value[i], childPointer(place.pointer, i)}).valid())
            continue;
        outcome.seen.items.insert(i);
        ++count;
    }
    const double least = limitOf(schema, "minContains").value_or(1);
    const auto most = limitOf(schema, "maxContains");
    if (count < least || (most && count > *most))
        outcome.faults.push_back({place.pointer,
            sentence(place.pointer,
                "must have " +
                    (count < least ? "at least " + amount(least) : "at most " + amount(*most)) +
                    " items that fit 'contains', and has " + amount(count))});
}

void SchemaValidator::unevaluated(const json &schema, const Place &place, Outcome &outcome)
{
    const json *members =
        place.value.is_object() ? member(schema, "unevaluatedProperties") : nullptr;
    if (members && !outcome.seen.allProperties) {
        for (const auto &[key, value] : place.value.items())
            if (!outcome.seen.properties.contains(key)) {
                const Outcome result =
                    evaluate(*members, {value, childPointer(place.pointer, key)});
                outcome.faults.insert(
                    outcome.faults.end(), result.faults.begin(), result.faults.end());
            }
        outcome.seen.allProperties = true;
    }
    const json *items = place.value.is_array() ? member(schema, "unevaluatedItems") : nullptr;
    if (items && !outcome.seen.allItems) {
        for (std::size_t i = 0; i < place.value.size(); ++i)
            if (!outcome.seen.items.contains(i)) {
                const Outcome result =
                    evaluate(*items, {place.value[i], childPointer(place.pointer, i)});
                outcome.faults.insert(
                    outcome.faults.end(), result.faults.begin(), result.faults.end());
            }
        outcome.seen.allItems = true;
    }
}

} // namespace engine

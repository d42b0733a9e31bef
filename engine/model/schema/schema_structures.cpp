#include "engine/model/schema/schema_validator.h"

#include "engine/base/json_pointer.h"
#include "engine/model/schema/schema_members.h"

#include <nlohmann/json.hpp>

namespace engine {
namespace {

/// A look into the value's members costs less than a schema.
constexpr std::size_t notesInALook = 8;

} // namespace

void SchemaValidator::object(const json &schema, const Place &place, Outcome &outcome)
{
    const auto fault = [&](const std::string &says) {
        outcome.add(place.pointer, faultSentence(place.pointer, says));
    };
    const auto size = static_cast<double>(place.value.size());
    if (const auto least = limitOf(schema, "minProperties"); least && size < *least)
        fault("must have at least " + amount(*least) + " members, and has " + amount(size));
    if (const auto most = limitOf(schema, "maxProperties"); most && size > *most)
        fault("must have at most " + amount(*most) + " members, and has " + amount(size));
    if (const json *required = listOf(schema, "required");
        required && spend(required->size() / notesInALook))
        for (const json &key : *required)
            if (key.is_string() && !place.value.contains(key.get_ref<const std::string &>()))
                fault("needs the member '" + key.get<std::string>() + "'");
    if (const json *names = memberOf(schema, "propertyNames"))
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
    const json *named = mapOf(schema, "properties");
    const json *patterns = mapOf(schema, "patternProperties");
    const json *others = memberOf(schema, "additionalProperties");
    for (const auto &[key, value] : place.value.items()) {
        const Place part{value, childPointer(place.pointer, key)};
        bool known = false;
        if (named && named->contains(key)) {
            known = true;
            requirePart((*named)[key], part, outcome);
        }
        if (patterns)
            known = patternProperties(*patterns, key, part, outcome) || known;
        if (!known && others)
            requirePart(*others, part, outcome);
        if (known || others)
            outcome.seen.properties.insert(key);
    }
}

bool SchemaValidator::patternProperties(
    const json &patterns, const std::string &key, const Place &part, Outcome &outcome)
{
    bool known = false;
    for (const auto &[pattern, schema] : patterns.items()) {
        if (!matches(pattern, key, outcome, part.pointer))
            continue;
        known = true;
        requirePart(schema, part, outcome);
    }
    return known;
}

void SchemaValidator::dependencies(const json &schema, const Place &place, Outcome &outcome)
{
    if (const json *lists = mapOf(schema, "dependentRequired"))
        for (const auto &[key, needed] : lists->items()) {
            if (!needed.is_array() || !place.value.contains(key))
                continue;
            spend(needed.size() / notesInALook);
            for (const json &other : needed)
                if (other.is_string() &&
                    !place.value.contains(other.get_ref<const std::string &>()))
                    outcome.add(place.pointer, faultSentence(place.pointer,
                                                   "needs the member '" + other.get<std::string>() +
                                                       "', because it has '" + key + "'"));
        }
    if (const json *schemas = mapOf(schema, "dependentSchemas"))
        for (const auto &[key, one] : schemas->items())
            if (place.value.contains(key))
                require(one, place, outcome);
}

void SchemaValidator::array(const json &schema, const Place &place, Outcome &outcome)
{
    const auto fault = [&](const std::string &says) {
        outcome.add(place.pointer, faultSentence(place.pointer, says));
    };
    const auto size = static_cast<double>(place.value.size());
    if (const auto least = limitOf(schema, "minItems"); least && size < *least)
        fault("must have at least " + amount(*least) + " items, and has " + amount(size));
    if (const auto most = limitOf(schema, "maxItems"); most && size > *most)
        fault("must have at most " + amount(*most) + " items, and has " + amount(size));
    const json *unique = memberOf(schema, "uniqueItems");
    if (unique && *unique == true && spend(place.value.size()) &&
        SortedValues(place.value).hasEqual())
        fault("must not have equal items");

    const json *first = listOf(schema, "prefixItems");
    const json *rest = memberOf(schema, "items");
    for (std::size_t i = 0; i < place.value.size(); ++i) {
        const json *one = first && i < first->size() ? &(*first)[i] : rest;
        if (!one)
            break;
        outcome.seen.items.insert(i);
        requirePart(*one, {place.value[i], childPointer(place.pointer, i)}, outcome);
    }
    outcome.seen.allItems = outcome.seen.allItems || rest;
    contains(schema, place, outcome);
}

void SchemaValidator::contains(const json &schema, const Place &place, Outcome &outcome)
{
    const json *wanted = memberOf(schema, "contains");
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
    if (count >= least && (!most || count <= *most))
        return;
    outcome.add(place.pointer,
        faultSentence(place.pointer,
            "must have " +
                (count < least ? "at least " + amount(least) : "at most " + amount(*most)) +
                " items that fit 'contains', and has " + amount(count)));
}

void SchemaValidator::unevaluated(const json &schema, const Place &place, Outcome &outcome)
{
    const json *members =
        place.value.is_object() ? memberOf(schema, "unevaluatedProperties") : nullptr;
    if (members && !outcome.seen.allProperties) {
        for (const auto &[key, value] : place.value.items())
            if (!outcome.seen.properties.contains(key))
                requirePart(*members, {value, childPointer(place.pointer, key)}, outcome);
        outcome.seen.allProperties = true;
    }
    const json *items = place.value.is_array() ? memberOf(schema, "unevaluatedItems") : nullptr;
    if (items && !outcome.seen.allItems) {
        for (std::size_t i = 0; i < place.value.size(); ++i)
            if (!outcome.seen.items.contains(i))
                requirePart(*items, {place.value[i], childPointer(place.pointer, i)}, outcome);
        outcome.seen.allItems = true;
    }
}

} // namespace engine

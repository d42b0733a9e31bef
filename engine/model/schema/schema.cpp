#include "engine/model/schema/schema.h"

#include "engine/base/json_pointer.h"
#include "engine/model/schema/schema_pattern.h"
#include "engine/model/schema/schema_resources.h"
#include "engine/model/schema/schema_validator.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace engine {
namespace {

using nlohmann::json;

bool isSchema(const json &value) { return value.is_object() || value.is_boolean(); }

bool isTextList(const json &value)
{
    return value.is_array() &&
           std::ranges::all_of(value, [](const json &item) { return item.is_string(); });
}

bool isType(const json &value)
{
    constexpr std::array<std::string_view, 7> types{
        "null", "boolean", "integer", "number", "string", "array", "object"};
    return value.is_string() &&
           std::ranges::find(types, value.get_ref<const std::string &>()) != types.end();
}

bool isCount(const json &value)
{
    return value.is_number() && value.get<double>() >= 0 &&
           value.get<double>() == static_cast<double>(static_cast<long long>(value.get<double>()));
}

struct KeywordForm {
    std::string_view keyword;
    std::string_view expected;
    bool (*holds)(const json &);
};

bool isText(const json &value) { return value.is_string(); }
bool isNumber(const json &value) { return value.is_number(); }
bool isPositive(const json &value) { return value.is_number() && value.get<double>() > 0; }
bool isFlag(const json &value) { return value.is_boolean(); }
bool isList(const json &value) { return value.is_array(); }
bool isTypes(const json &value)
{
    return isType(value) ||
           (value.is_array() && !value.empty() && std::ranges::all_of(value, isType));
}
bool isMapOfTextLists(const json &value)
{
    return value.is_object() && std::ranges::all_of(value, isTextList);
}

constexpr std::array<KeywordForm, 23> forms{{
    {"type", "one of null, boolean, integer, number, string, array, object, or a list of them",
        isTypes},
    {"enum", "a list", isList},
    {"multipleOf", "a number above 0", isPositive},
    {"maximum", "a number", isNumber},
    {"exclusiveMaximum", "a number", isNumber},
    {"minimum", "a number", isNumber},
    {"exclusiveMinimum", "a number", isNumber},
    {"maxLength", "a whole number from 0", isCount},
    {"minLength", "a whole number from 0", isCount},
    {"maxItems", "a whole number from 0", isCount},
    {"minItems", "a whole number from 0", isCount},
    {"maxContains", "a whole number from 0", isCount},
    {"minContains", "a whole number from 0", isCount},
    {"maxProperties", "a whole number from 0", isCount},
    {"minProperties", "a whole number from 0", isCount},
    {"uniqueItems", "true or false", isFlag},
    {"required", "a list of strings", isTextList},
    {"dependentRequired", "an object of lists of strings", isMapOfTextLists},
    {"pattern", "a string", isText},
    {"$ref", "a string", isText},
    {"$dynamicRef", "a string", isText},
    {"$id", "a string", isText},
    {"$anchor", "a string", isText},
}};

/// Walks a schema and says what is malformed.
class SchemaInspector
{
public:
    explicit SchemaInspector(const json &root)
        : m_resources(root)
    {}

    void inspect(const json &schema, const std::string &pointer, const std::string &outer)
    {
        if (!isSchema(schema)) {
            add(pointer, "A schema must be an object, true or false.");
            return;
        }
        if (schema.is_boolean())
            return;
        const std::string base = SchemaResources::baseOf(schema, outer);
        for (const auto &[keyword, value] : schema.items())
            inspectKeyword(keyword, value, childPointer(pointer, keyword), base);
        forEachSubschema(schema, pointer,
            [&](const json &inner, const std::string &place) { inspect(inner, place, base); });
    }

    std::vector<SchemaFault> faults() { return std::move(m_faults); }

private:
    void add(const std::string &pointer, std::string message)
    {
        m_faults.push_back({pointer, std::move(message)});
    }

    void inspectKeyword(const std::string &keyword, const json &value, const std::string &pointer,
        const std::string &base)
    {
        const auto form = std::ranges::find(forms, keyword, &KeywordForm::keyword);
        if (form != forms.end() && !form->holds(value))
            return add(pointer, "'" + keyword + "' must be " + std::string(form->expected) + ".");
        if (subschemaForm(keyword) == SubschemaForm::List && !value.is_array())
            return add(pointer, "'" + keyword + "' must be a list of schemas.");
        if (subschemaForm(keyword) == SubschemaForm::Map && !value.is_object())
            return add(pointer, "'" + keyword + "' must be an object of schemas.");
        if (keyword == "pattern")
            inspectPattern(value.get<std::string>(), pointer);
        if (keyword == "patternProperties")
            for (const auto &[pattern, inner] : value.items())
                inspectPattern(pattern, childPointer(pointer, pattern));
        if ((keyword == "$ref" || keyword == "$dynamicRef") &&
            !m_resources.target(base, value.get_ref<const std::string &>()).schema)
            add(pointer, "'" + value.get<std::string>() +
                             "' is not in this schema; others are not fetched.");
    }

    void inspectPattern(const std::string &source, const std::string &pointer)
    {
        if (const SchemaPattern pattern(source); !pattern.problem().empty())
            add(pointer, "'" + source + "' is no regular expression: " + pattern.problem() + ".");
    }

    SchemaResources m_resources;
    std::vector<SchemaFault> m_faults;
};

} // namespace

std::vector<SchemaFault> validate(const JsonText &schema, const JsonText &value)
{
    const json schemaTree = schema.tree();
    const json valueTree = value.tree();
    return SchemaValidator(schemaTree, valueTree).run();
}

std::vector<SchemaFault> schemaProblems(const JsonText &schema)
{
    const json tree = schema.tree();
    SchemaInspector inspector(tree);
    inspector.inspect(tree, {}, {});
    return inspector.faults();
}

} // namespace engine

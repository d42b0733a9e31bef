#include "engine/model/schema/schema.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>

// Prints pairs of a schema and a value with our verdict, a line each: `pairs SEED COUNT`.

namespace {

using nlohmann::json;

class Generator
{
public:
    explicit Generator(std::uint64_t seed)
        : m_random(seed)
    {}

    json schema()
    {
        m_mayRefer = false; // or a definition could be its own
        json definitions = {{"a", inner(2)}, {"b", inner(1)},
            {"list", {{"type", json::array({"array", "object", "string", "null"})},
                         {"items", {{"$ref", "#/$defs/list"}}},
                         {"additionalProperties", {{"$dynamicRef", "#node"}}}}},
            {"named", {{"$anchor", "named"}, {"maxLength", 2}, {"maxProperties", 2}}},
            {"own", {{"$id", "http://signalbox.test/own"}, {"$dynamicAnchor", "node"},
                        {"minItems", 1}, {"items", {{"$dynamicRef", "#node"}}}}}};
        m_mayRefer = true;
        json root = object(3);
        root["$defs"] = std::move(definitions);
        root["$dynamicAnchor"] = "node"; // at the root, where ajv looks for it
        return root;
    }

    json value(int depth = 3)
    {
        switch (below(depth > 0 ? 9 : 6)) {
        case 0: return nullptr;
        case 1: return below(2) == 1;
        case 2: return number();
        case 3: return static_cast<int>(below(4));
        case 4:
        case 5: return text();
        case 6: return list(depth);
        default: return members(depth);
        }
    }

private:
    std::uint64_t below(std::uint64_t end) { return m_random() % end; }
    bool rarely() { return below(4) == 0; }

    json number()
    {
        constexpr std::array<double, 8> numbers{-2, -1, 0, 0.5, 1, 1.5, 3, 10};
        return numbers[below(numbers.size())];
    }
    json text()
    {
        constexpr std::array<const char *, 8> texts{"", "a", "ab", "abc", "b", "ä", "😀😀", "1 a"};
        return texts[below(texts.size())];
    }
    std::string key()
    {
        constexpr std::array<const char *, 5> keys{"a", "b", "c", "ab", "ä"};
        return keys[below(keys.size())];
    }
    std::string pattern()
    {
        constexpr std::array<const char *, 6> patterns{
            "^a", "b$", "^[a-c]+$", "\\p{L}", "^.$", "\\s|^ä$"};
        return patterns[below(patterns.size())];
    }
    json list(int depth)
    {
        json items = json::array();
        for (auto count = below(4); count > 0; --count)
            items.push_back(value(depth - 1));
        return items;
    }
    json members(int depth)
    {
        json object = json::object();
        for (auto count = below(4); count > 0; --count)
            object[key()] = value(depth - 1);
        return object;
    }
    json keys()
    {
        json list = json::array();
        for (auto count = 1 + below(2); count > 0; --count)
            if (const json one = key(); std::ranges::find(list, one) == list.end())
                list.push_back(one);
        return list;
    }
    json type()
    {
        constexpr std::array<const char *, 7> types{
            "null", "boolean", "integer", "number", "string", "array", "object"};
        json first = types[below(types.size())];
        const json second = types[below(types.size())];
        return first == second || below(2) == 0 ? first : json::array({first, second});
    }
    json inner(int depth)
    {
        if (depth <= 0 || rarely())
            return below(8) > 0 ? json(below(4) > 0) : json{{"type", type()}};
        return object(depth);
    }
    json some(int depth)
    {
        json schemas = json::array();
        for (auto count = 1 + below(3); count > 0; --count)
            schemas.push_back(inner(depth));
        return schemas;
    }
    json named(int depth, const std::function<std::string()> &name)
    {
        json schemas = json::object();
        for (auto count = 1 + below(2); count > 0; --count)
            schemas[name()] = inner(depth);
        return schemas;
    }
    json object(int depth)
    {
        json schema = json::object();
        for (auto count = 1 + below(3); count > 0; --count)
            add(schema, depth - 1);
        return schema;
    }

    void add(json &schema, int depth)
    {
        const auto size = [this] { return json(below(3)); };
        const auto keyName = [this] { return key(); };
        const auto patternName = [this] { return pattern(); };
        switch (below(40)) {
        case 0: schema["type"] = type(); break;
        case 1: schema["enum"] = json::array({value(1), value(1), text()}); break;
        case 2: schema["const"] = value(1); break;
        case 3: schema["minimum"] = number(); break;
        case 4: schema["maximum"] = number(); break;
        case 5: schema["exclusiveMinimum"] = number(); break;
        case 6: schema["exclusiveMaximum"] = number(); break;
        case 7: schema["multipleOf"] = below(2) == 0 ? 0.5 : 2; break;
        case 8: schema["minLength"] = size(); break;
        case 9: schema["maxLength"] = size(); break;
        case 10: schema["pattern"] = pattern(); break;
        case 11: schema["minItems"] = size(); break;
        case 12: schema["maxItems"] = size(); break;
        case 13: schema["uniqueItems"] = below(3) > 0; break;
        case 14: schema["minProperties"] = size(); break;
        case 15: schema["maxProperties"] = size(); break;
        case 16: schema["required"] = keys(); break;
        case 17: schema["dependentRequired"] = {{key(), keys()}}; break;
        case 18: schema["dependentSchemas"] = {{key(), inner(depth)}}; break;
        case 19: schema["propertyNames"] = {{"pattern", pattern()}}; break;
        case 20:
        case 21: schema["properties"] = named(depth, keyName); break;
        case 22: schema["patternProperties"] = named(depth, patternName); break;
        case 23: schema["additionalProperties"] = inner(depth); break;
        case 24:
        case 25: schema["prefixItems"] = some(depth); break;
        case 26: schema["items"] = inner(depth); break;
        case 27: addContains(schema, depth); break;
        case 28: schema["allOf"] = some(depth); break;
        case 29: schema["anyOf"] = some(depth); break;
        case 30: schema["oneOf"] = some(depth); break;
        case 31: schema["not"] = inner(depth); break;
        case 32:
        case 33: addCondition(schema, depth); break;
        case 34:
        case 35: addReference(schema); break;
        case 36:
        case 37: schema["unevaluatedProperties"] = inner(0); break;
        case 38: schema["unevaluatedItems"] = inner(0); break;
        default: addNotes(schema); break;
        }
    }
    void addContains(json &schema, int depth)
    {
        schema["contains"] = inner(depth);
        if (rarely())
            schema["minContains"] = below(3);
        if (rarely())
            schema["maxContains"] = 1 + below(2);
    }
    void addCondition(json &schema, int depth)
    {
        schema["if"] = inner(depth);
        schema["then"] = inner(depth);
        if (below(2) == 0)
            schema["else"] = inner(depth);
    }
    void addReference(json &schema)
    {
        if (!m_mayRefer)
            return;
        constexpr std::array<const char *, 5> references{"#/$defs/a", "#/$defs/b", "#/$defs/list",
            "#named", "http://signalbox.test/own"};
        schema["$ref"] = references[below(references.size())];
    }
    void addNotes(json &schema)
    {
        schema["title"] = text();
        schema["format"] = "date";
        schema["default"] = value(0);
        schema["x-note"] = {{"type", "nonsense"}};
    }

    std::mt19937_64 m_random;
    bool m_mayRefer = false;
};

/// Of some values, one that fits where `wanted` does.
json valueFor(const json &schema, bool wanted, Generator &generator, bool &valid)
{
    json value;
    for (int tries = 0; tries < 20; ++tries) {
        value = generator.value();
        valid = engine::validate(engine::JsonText::of(schema), engine::JsonText::of(value)).empty();
        if (valid == wanted)
            break;
    }
    return value;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: pairs SEED COUNT\n";
        return 2;
    }
    Generator generator(std::strtoull(argv[1], nullptr, 10));
    for (int left = std::atoi(argv[2]); left > 0; --left) {
        const json schema = generator.schema();
        bool valid = false;
        const json value = valueFor(schema, left % 2 == 0, generator, valid);
        std::cout << json{{"schema", schema}, {"value", value}, {"valid", valid}}.dump() << '\n';
    }
}

#include "app/widgets/schema_example.h"

#include <nlohmann/json.hpp>

namespace app {
namespace {

/// A value of the type that `schema` names.
nlohmann::json emptyValue(const nlohmann::json &schema)
{
    if (!schema.is_object())
        return nullptr;
    for (const char *given : {"const", "default"})
        if (const auto value = schema.find(given); value != schema.end())
            return *value;
    if (const auto choices = schema.find("enum");
        choices != schema.end() && choices->is_array() && !choices->empty())
        return choices->front();
    const auto type = schema.find("type");
    const std::string name =
        type != schema.end() && type->is_string() ? type->get<std::string>() : "";
    if (name == "string")
        return "";
    if (name == "number" || name == "integer")
        return 0;
    if (name == "boolean")
        return false;
    if (name == "array")
        return nlohmann::json::array();
    return name == "object" ? nlohmann::json::object() : nlohmann::json();
}

} // namespace

engine::JsonText exampleOf(const engine::JsonText &schema)
{
    const nlohmann::json tree = schema.tree();
    if (!tree.is_object())
        return {};
    if (const auto examples = tree.find("examples");
        examples != tree.end() && examples->is_array() && !examples->empty())
        return engine::JsonText::of(examples->front());
    nlohmann::json value = emptyValue(tree);
    const auto properties = tree.find("properties");
    const auto required = tree.find("required");
    if (!value.is_object() || required == tree.end() || !required->is_array())
        return engine::JsonText::of(value);
    for (const nlohmann::json &name : *required) {
        if (!name.is_string())
            continue;
        const bool known =
            properties != tree.end() && properties->is_object() && properties->contains(name);
        value[name.get<std::string>()] =
            known ? emptyValue(properties->at(name.get<std::string>())) : nlohmann::json();
    }
    return engine::JsonText::of(value);
}

} // namespace app

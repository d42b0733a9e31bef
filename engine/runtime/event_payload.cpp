#include "engine/runtime/event_payload.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace engine {
namespace {

/// The boolean or number that `text` holds.
std::optional<nlohmann::json> scalarIn(const std::string &text)
{
    const auto parsed = JsonText::parse(text);
    if (!parsed)
        return {};
    const nlohmann::json value = parsed->tree();
    if (value.is_boolean() || value.is_number())
        return value;
    return {};
}

/// `payload` with the strings at fault replaced by what they hold.
JsonText converted(const JsonText &payload, const std::vector<SchemaFault> &faults)
{
    nlohmann::json tree = payload.tree();
    for (const SchemaFault &fault : faults) {
        const nlohmann::json::json_pointer pointer(fault.pointer);
        if (!tree.contains(pointer) || !tree[pointer].is_string())
            continue;
        if (auto scalar = scalarIn(tree[pointer].get<std::string>()))
            tree[pointer] = *std::move(scalar);
    }
    return JsonText::of(tree);
}

} // namespace

CheckedPayload checkPayload(const EventDeclaration *declaration, const JsonText &payload)
{
    if (!declaration || !declaration->schema)
        return {payload, {}};
    auto faults = validate(*declaration->schema, payload);
    if (faults.empty() || !declaration->convert)
        return {payload, std::move(faults)};
    JsonText other = converted(payload, faults);
    if (other != payload && validate(*declaration->schema, other).empty())
        return {std::move(other), {}};
    return {payload, std::move(faults)};
}

std::string sentence(const std::vector<SchemaFault> &faults)
{
    std::string text;
    for (const SchemaFault &fault : faults) {
        if (!text.empty())
            text += "; ";
        text += fault.message;
    }
    return text;
}

} // namespace engine

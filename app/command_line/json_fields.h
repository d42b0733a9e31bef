#pragma once

#include "engine/base/joined.h"

#include <nlohmann/json.hpp>

#include <string>

namespace app {

/// A member as text: strings bare, `null` and what is missing empty, all else as JSON.
inline std::string field(const nlohmann::json &object, const char *name)
{
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

/// A list of names as it stands in a sentence.
inline std::string joinedField(const nlohmann::json &object, const char *name)
{
    return engine::joined(object.at(name).get<std::vector<std::string>>());
}

} // namespace app

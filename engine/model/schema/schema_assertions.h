#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace engine {

/// What the keywords `type`, `const` and those of numbers have against `value`: one sentence for
/// each, without its place.
std::vector<std::string> assertionFaults(const nlohmann::json &schema, const nlohmann::json &value);
/// Characters, not bytes.
std::size_t characterCount(const std::string &text);

} // namespace engine

#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace engine {

/// What the keywords `type`, `enum`, `const` and those of numbers have against `value`: one
/// sentence for each, without its place.
std::vector<std::string> assertionFaults(const nlohmann::json &schema, const nlohmann::json &value);
/// Characters, not bytes.
std::size_t characterCount(const std::string &text);
/// The member as a number that a size can be compared with; nothing if it is none.
std::optional<double> limitOf(const nlohmann::json &schema, const char *keyword);
/// The value in a message: its JSON, cut where it is long.
std::string shortText(const nlohmann::json &value);

} // namespace engine

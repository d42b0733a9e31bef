#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace engine {

/// The member of a schema; nullptr if it is absent.
const nlohmann::json *memberOf(const nlohmann::json &schema, const char *keyword);
/// The same; nullptr also where it is no list, no object, no string.
const nlohmann::json *listOf(const nlohmann::json &schema, const char *keyword);
const nlohmann::json *mapOf(const nlohmann::json &schema, const char *keyword);
const nlohmann::json *textOf(const nlohmann::json &schema, const char *keyword);
/// The member as a number that a size can be compared with; nothing if it is none.
std::optional<double> limitOf(const nlohmann::json &schema, const char *keyword);

/// "'/a' must be …." A fault at a place.
std::string faultSentence(const std::string &pointer, const std::string &says);
/// A size in a message.
std::string amount(double count);
/// A value in a message: its JSON, cut where it is long.
std::string shortText(const nlohmann::json &value);

} // namespace engine

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// Events that are kept under their keys, a line each.
std::string correlatedText(const nlohmann::json &body);
/// The log of events that reached nobody, a line each.
std::string undeliveredText(const nlohmann::json &body);
/// The events that an instance keeps, of its whole body.
std::string keptOfInstanceText(const nlohmann::json &instance);
/// Why events were taken or not: an event, and below it the waits that it was offered to.
std::string verdictsText(const nlohmann::json &body);
/// Whom an event reached that was raised for whoever waits under its key.
std::string reachedText(const std::string &event, const nlohmann::json &answer);

} // namespace app

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// The keys of the port, a line each.
std::string keysText(const nlohmann::json &body);
/// The key alone, so that a script can take it.
std::string newKeyText(const nlohmann::json &key);
std::string revokedText(const nlohmann::json &key);

} // namespace app

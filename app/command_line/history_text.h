#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// A page of a history, a fact a line.
std::string historyText(const nlohmann::json &page);

} // namespace app

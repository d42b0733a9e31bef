#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace app {

/// An instance of /api/v1 for people: what it is, waits for, keeps, and how it ended.
std::string instanceText(const nlohmann::json &instance);
/// A page of instances as a table.
std::string instancesText(const nlohmann::json &page);

} // namespace app

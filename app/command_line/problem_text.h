#pragma once

#include "engine/model/problem.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace app {

/// `file:line: step: text`, one line a problem; warnings and hints say that they are.
std::string problemText(const std::string &file, const std::vector<engine::Problem> &problems);
/// The same of the problems that /api/v1 answered.
std::string problemText(const std::string &file, const nlohmann::json &problems);

} // namespace app

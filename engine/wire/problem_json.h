#pragma once

#include "engine/model/problem.h"

#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// `error`, `warning` or `hint`.
std::string_view toText(Severity severity);
/// A list of problems as /api/v1 answers it.
std::string toJsonText(const std::vector<Problem> &problems);

} // namespace engine

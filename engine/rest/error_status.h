#pragma once

#include "engine/base/error.h"

#include <string_view>

namespace engine {

/// The HTTP status that tells a caller of `code`.
int statusOf(ErrorCode code);
/// The stable word for `code` in the `type` of a problem: `not-found`, `finished`, …
std::string_view wordOf(ErrorCode code);
/// What HTTP calls a status, as in `Not Found`.
std::string_view reasonOf(int status);

} // namespace engine

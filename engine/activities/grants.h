#pragma once

#include "engine/activities/activity.h"

#include <optional>
#include <string>

namespace engine {

/// Why `request` may not reach `target` (a host, a program, a connection), or nothing: it was
/// granted (semantics 5.6). What a flow works out while it runs must not lead where nobody allowed.
std::optional<Failure> refusal(const ActivityRequest &request, const std::string &target);

} // namespace engine

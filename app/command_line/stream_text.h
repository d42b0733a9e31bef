#pragma once

#include "app/command_line/server_events.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// An event of /api/v1/stream in a line: time, instance, what, and its place. `data` is that of the event.
std::string streamLine(const ServerEvent &event, const nlohmann::json &data);
/// The same for programs: `{"id", "event", "data"}`.
std::string streamJsonLine(const ServerEvent &event);

} // namespace app

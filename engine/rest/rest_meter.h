#pragma once

#include "engine/door/meters_door.h"

#include <cstdint>
#include <map>

namespace engine {

/// What the port counts about itself. Server's thread.
struct RestMeter {
    std::map<int, std::int64_t> answers; ///< by status
    TimeHistogram time; ///< from the last byte of a request to its answer, of those that were let in
};

} // namespace engine

#pragma once

#include "engine/base/clock.h"
#include "engine/history/message.h"

#include <cstdint>
#include <string>

namespace engine {

/// An event that reached nobody (semantics 2.6).
struct UndeliveredEvent {
    std::int64_t id = 0; ///< ascending; given by the store, whatever a turn says
    InstanceId instance; ///< for which it was meant
    RaiseEvent event;
    std::string reason; ///< `unknown instance`, `finished instance`, `invalid payload: …`, …
    Instant at{};

    bool operator==(const UndeliveredEvent &) const = default;
};

} // namespace engine

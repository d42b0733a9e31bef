#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"

#include <string>
#include <vector>

namespace engine {

// Why events did or did not match (semantics 2.9).

/// What an open wait says to an event.
struct WaitVerdict {
    Sequence wait = 0;
    BranchPath branch;
    StepId step;
    std::vector<std::string> names; ///< that it still wants
    bool matches = false;
    std::string why; ///< a sentence

    bool operator==(const WaitVerdict &) const = default;
};

/// What became of an event.
struct EventVerdict {
    Sequence event = 0; ///< 0: one that does not exist yet
    std::string name;
    Instant at{};    ///< when it came
    bool kept = false;
    std::string why; ///< a sentence: who took it, or why nobody did
    std::vector<WaitVerdict> waits; ///< every open wait, if the event is kept or is yet to come

    bool operator==(const EventVerdict &) const = default;
};

} // namespace engine

#pragma once

#include "designer/canvas/edge_id.h"
#include "engine/base/clock.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace designer {

/// Where an instance stands with one step.
enum class StepState { NotReached, Passed, Running, Waiting, Suspended, Failed, Skipped };

/// What an instance did with one step. Texts are made from it by the canvas, so that they count.
struct StepMark {
    StepState state = StepState::NotReached;
    int passes = 0;                       ///< how often it was left
    int tokens = 0;                       ///< how many branches stand on it
    int attempt = 0;                      ///< of an activity; 0 for other steps
    int taken = 0;                        ///< of an all-of or n-of wait: events taken so far
    engine::Milliseconds spent{0};        ///< in all finished visits
    std::optional<engine::Instant> since; ///< where a branch stands: when it came
    std::optional<engine::Instant> until; ///< when its timer, timeout or next attempt is due
    std::string failureType;

    bool operator==(const StepMark &) const = default;
};

/// How far one instance is. Steps and ways that are not named were not reached.
struct RunOverlay {
    std::unordered_map<engine::StepId, StepMark> steps;
    std::unordered_map<EdgeId, int> ways; ///< how often each was taken

    bool operator==(const RunOverlay &) const = default;
};

/// How many instances of the flow stand on a step.
struct LiveCount {
    int waiting = 0;
    int running = 0;

    bool operator==(const LiveCount &) const = default;
};

using LiveCounts = std::unordered_map<engine::StepId, LiveCount>;

} // namespace designer

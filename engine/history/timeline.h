#pragma once

#include "engine/history/history_event.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

/// One visit of a branch to a step: from when it was entered until it was left.
struct StepVisit {
    Sequence sequence = 0; ///< of its StepEntered
    BranchPath branch;
    StepId step;
    Instant begin{};
    std::optional<Instant> end; ///< nothing: it stands there
    /// `running`, `done`, `failed`; `skipped` or `moved` by an operator; `canceled`: the region, the handler
    /// or the run around it ended first; `rewound`: it does not count any more (semantics 9.2).
    std::string outcome;
    std::string way; ///< as in StepLeft; empty unless it was left that way
    StepId to;
    int attempts = 0;                   ///< of its activity, so far; 0: it has none
    std::string activity;
    std::vector<std::string> waitedFor; ///< events, each once
    std::vector<InstanceId> subFlows;
    std::optional<Instant> until;       ///< when its timer, timeout or next attempt is or was due
    std::optional<Failure> failure;     ///< of the visit, or of the last attempt so far

    bool operator==(const StepVisit &) const = default;
};

/// The visits in a whole history, in the order in which they began.
std::vector<StepVisit> timelineOf(const std::vector<HistoryEvent> &events);

} // namespace engine

#pragma once

#include "engine/history/history_event.h"
#include "engine/history/instance_status.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace engine {

enum class StepProgress { NotReached, Passed, Running, Waiting, Failed };

/// One step of a run as a picture shows it. Steps that were never entered are not listed.
struct StepTrace {
    StepId step;
    StepProgress progress = StepProgress::NotReached;
    int passes = 0; ///< how often it was left
    int tokens = 0; ///< how many branches stand on it
    int attempt = 0; ///< of the running activity, or of the one that follows; 0 for other steps
    Milliseconds spent{0}; ///< in all finished visits
    std::optional<Instant> since; ///< where a branch stands: when it came
    std::optional<Instant> until; ///< when its timer, timeout or next attempt is due
    std::vector<std::string> waitsFor; ///< open event names, each once
    std::vector<InstanceId> subFlows;  ///< instances whose end or start it waits for
    int taken = 0;                     ///< of an all-of or n-of wait: events taken so far
    std::string failureType; ///< of its last attempt or visit, if that failed

    bool operator==(const StepTrace &) const = default;
};

/// How often a way out was taken; `way` as in StepLeft. An interrupt leads from `!/EVENT`, or, if a
/// parallel step declares it, from `!/STEP/EVENT`, by `next` to its handler.
struct WayTrace {
    StepId from;
    std::string way;
    StepId to;
    int times = 0;

    bool operator==(const WayTrace &) const = default;
};

/// An event that no step has asked for yet.
struct KeptEvent {
    Sequence event = 0;
    std::string name;
    JsonText payload;
    std::optional<std::string> eventId;
    Instant at{};

    bool operator==(const KeptEvent &) const = default;
};

/// Where a branch stands (semantics 7.4). One around a region stands on the step that opened it.
struct BranchTrace {
    BranchPath branch;
    StepId step;
    Instant since{};

    bool operator==(const BranchTrace &) const = default;
};

/// What advance() remembers between two calls: what is open, and where things stand in the lists.
/// Of no use to anybody else.
struct ProgressMemory {
    struct Token {
        StepId step;
        Instant since{};
        bool operator==(const Token &) const = default;
    };
    struct Wait {
        StepId step;
        std::vector<std::string> names; ///< still wanted
        bool collects = false;
        int taken = 0;
        bool operator==(const Wait &) const = default;
    };
    struct Task {
        StepId step;
        int attempt = 1;
        bool operator==(const Task &) const = default;
    };
    struct Timer {
        StepId step;
        Instant fireAt{};
        bool operator==(const Timer &) const = default;
    };
    struct Region {
        StepId step;
        BranchPath inside; ///< what the paths of its branches begin with
        bool operator==(const Region &) const = default;
    };
    /// Of an interrupt, while it runs.
    struct Handler {
        BranchPath branch;
        Sequence region = 0;
        std::optional<BranchPath> only;
        bool operator==(const Handler &) const = default;
    };
    std::map<Sequence, Handler> handlers; ///< by InterruptBegan
    std::map<BranchPath, Token> tokens;
    std::map<Sequence, Region> regions;
    std::map<Sequence, Wait> waits;
    std::map<Sequence, Task> tasks;
    struct SubFlow {
        StepId step;
        InstanceId instance;
        bool operator==(const SubFlow &) const = default;
    };
    std::map<Sequence, Timer> timers;
    std::map<Sequence, SubFlow> subFlows;
    std::map<StepId, std::size_t> stepPlaces;
    std::map<std::tuple<StepId, std::string, StepId>, std::size_t> wayPlaces;

    bool operator==(const ProgressMemory &) const = default;
};

/// How far a run is: a fold of its facts for windows and for REST. Can always be thrown away.
struct RunProgress {
    InstanceStatus status = InstanceStatus::Pending;
    std::vector<StepTrace> steps; ///< in the order in which they were first entered
    std::vector<WayTrace> ways;
    std::vector<KeptEvent> kept;
    Sequence seen = 0; ///< last fact folded in
    ProgressMemory memory;

    bool operator==(const RunProgress &) const = default;
};

/// Folds `events` in. Those up to `progress.seen` are skipped, so pages may overlap. A step is Failed
/// if its last visit ended with a failure, handled or not; one that the end of the run cut off is
/// NotReached unless an earlier visit passed it.
void advance(RunProgress &progress, const std::vector<HistoryEvent> &events);

/// The live branches that stand on a step, by their paths.
std::vector<BranchTrace> branchesOf(const RunProgress &progress);

} // namespace engine

#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/history/instance_summary.h"
#include "engine/history/task_summary.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// What happened to a task.
struct TaskNews {
    TaskId task;
    std::string what; ///< `opened`, `answered`, `claimed`, `reassigned`, `commented`, `reminded`, `escalated`, `closed`
    Sequence fact = 0; ///< which fact of the history says so
    Instant at{};

    bool operator==(const TaskNews &) const = default;
};

/// What a commit did to one run.
struct InstanceChange {
    std::int64_t id = 0; ///< ascending without gaps, in the order of the commits, for ever
    RunKey run;
    Sequence from = 0; ///< of the facts that were added; 0: none
    Sequence to = 0;
    InstanceId purged; ///< who was removed; empty: nobody
    std::optional<InstanceSummary> now; ///< as it is by now; nothing: the run is not there any more
    std::vector<TaskNews> tasks;

    bool operator==(const InstanceChange &) const = default;
};

struct ChangesRequest {
    static constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();
    std::int64_t after = newest; ///< the last change that is known; `newest`: only where the log ends
    int limit = 100;
};

struct Changes {
    std::vector<InstanceChange> changes; ///< oldest first
    std::int64_t first = 1; ///< the oldest that is remembered; `last + 1` if there is none
    std::int64_t last = 0;  ///< the newest that there was
    std::int64_t epoch = 1; ///< the numbers of another one say nothing here
};

/// All changes of all instances, in the order of the commits. Any thread.
class ChangesDoor
{
public:
    virtual ~ChangesDoor() = default;
    virtual void changes(
        ChangesRequest request, std::function<void(Result<Changes>)> answered) = 0;
    /// Calls `committed` after each commit, on the engine thread, as long as what this answers lives. It
    /// may only post.
    virtual std::shared_ptr<void> watch(std::function<void()> committed) = 0;
};

} // namespace engine

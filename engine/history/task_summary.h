#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// Names a task for ever: its run, and the Sequence of its TaskOpened there.
struct TaskId {
    RunKey run;
    Sequence task = 0;

    auto operator<=>(const TaskId &) const = default;
};

/// `17-5`.
std::string toText(const TaskId &id);
std::optional<TaskId> taskIdFromText(std::string_view text);

/// An open task as an inbox shows it.
struct TaskSummary {
    TaskId id;
    InstanceId instance;
    FlowId flow;
    int version = 0;
    BranchPath branch;
    StepId step;
    std::string title;
    std::vector<std::string> assignees; ///< none: whoever comes
    Instant openedAt{};
    std::optional<Instant> dueAt;
    std::string claimedBy; ///< empty: nobody
    std::string askedBy;   ///< whose question stands open, or empty
    int answers = 0;       ///< so many it has taken

    bool operator==(const TaskSummary &) const = default;
};

/// Which open tasks are shown; what is empty does not narrow it down.
struct TaskFilter {
    std::string assignee; ///< asks this one by name, without regard to the case of ASCII letters
    FlowId flow;
    InstanceId instance;
    std::optional<Instant> dueBefore;

    bool operator==(const TaskFilter &) const = default;
};

bool matches(const TaskFilter &filter, const TaskSummary &task);

/// Tasks by when they are due, those without a time last, then by age. `next` is where the next page
/// begins, or empty.
struct TaskPage {
    std::vector<TaskSummary> tasks;
    std::string next;
    std::int64_t open = 0; ///< in all, whatever the filter
};

} // namespace engine

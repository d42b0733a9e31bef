#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/source.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

// What happens to a task, which is what a person has to answer (semantics 6). In all of them `task` is
// the Sequence of its TaskOpened; `by` is the name of a person.

/// An approval asks. As an open wait it takes the events of its name that are answers to it.
struct TaskOpened {
    BranchPath branch;
    StepId step;
    std::string event; ///< in the flow's spelling
    std::string title;
    std::string text;
    std::vector<std::string> assignees; ///< in the order of the flow; none: whoever comes
    std::string key; ///< under which it waits for answers (semantics 10.1), or empty
    bool operator==(const TaskOpened &) const = default;
};

/// The task took `event` as an answer, which is kept no longer; comment and data are in its payload.
struct TaskAnswered {
    Sequence task = 0;
    Sequence event = 0;
    std::string by;
    std::string outcome; ///< in the flow's spelling
    bool operator==(const TaskAnswered &) const = default;
};

/// Why a task is no longer open.
enum class TaskEnd {
    Decided,  ///< by its answers
    Due,      ///< its time was up
    Withdrawn ///< the instance went on or ended without it
};

/// It can no longer be answered (semantics 6.4).
struct TaskClosed {
    Sequence task = 0;
    TaskEnd end = TaskEnd::Decided;
    std::string reason; ///< of Withdrawn
    bool operator==(const TaskClosed &) const = default;
};

/// Only `by` answers it from now on; nobody: whoever may.
struct TaskClaimed {
    Sequence task = 0;
    std::string by;
    Source source;
    bool operator==(const TaskClaimed &) const = default;
};

/// These are asked from now on, those who have answered among them.
struct TaskReassigned {
    Sequence task = 0;
    std::vector<std::string> assignees;
    std::string reason;
    Source source;
    bool operator==(const TaskReassigned &) const = default;
};

/// Something was said that decides nothing; a question stands open until somebody says more.
struct TaskCommented {
    Sequence task = 0;
    std::string by;
    std::string text;
    bool question = false;
    Source source;
    bool operator==(const TaskCommented &) const = default;
};

/// Those who have not answered are reminded, for the `number`th time.
struct TaskReminded {
    Sequence task = 0;
    int number = 1;
    bool operator==(const TaskReminded &) const = default;
};

/// The `level`th escalation (from 1): these are asked from now on.
struct TaskEscalated {
    Sequence task = 0;
    int level = 1;
    std::vector<std::string> assignees;
    bool operator==(const TaskEscalated &) const = default;
};

} // namespace engine

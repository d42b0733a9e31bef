#pragma once

#include "engine/history/history_event.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

// What the indexes hold of a run; the key of each is (run, sequence). Everything here can be
// rebuilt from the history, and every store derives it by the one function below.

struct TimerRow {
    Sequence timer = 0;
    Instant fireAt{};
    Sequence retryOf = 0; ///< the task that waits for it, or 0

    bool operator==(const TimerRow &) const = default;
};

struct WaitRow {
    Sequence wait = 0;
    BranchPath branch;
    StepId step;
    std::vector<std::string> names;
    int needed = 1;

    bool operator==(const WaitRow &) const = default;
};

struct KeptEventRow {
    Sequence event = 0;
    std::string name; ///< as sent
    std::optional<std::string> eventId;

    bool operator==(const KeptEventRow &) const = default;
};

/// An open task; `run`, instance and flow stand elsewhere.
struct TaskRow {
    Sequence task = 0;
    BranchPath branch;
    StepId step;
    std::string title;
    std::vector<std::string> assignees;
    Instant openedAt{};
    std::optional<Instant> dueAt;
    std::string claimedBy;
    std::string askedBy;
    int answers = 0;

    bool operator==(const TaskRow &) const = default;
};

/// Something waits for events of a name under a key (semantics 10.1): a wait, a task, interrupts.
struct KeyRow {
    Sequence wait = 0;
    std::string name; ///< folded
    std::string key;
    Instant openedAt{};

    bool operator==(const KeyRow &) const = default;
};

/// It does so no longer.
struct KeyGone {
    Sequence wait = 0;
    std::string name; ///< folded; empty: under all names

    bool operator==(const KeyGone &) const = default;
};

/// An event was accepted under an id (semantics 2.5).
struct EventIdRow {
    std::string name; ///< folded
    std::string eventId;

    bool operator==(const EventIdRow &) const = default;
};

/// Something that happened to a task which an earlier row opened.
struct TaskChange {
    Sequence task = 0;
    Fact fact;

    bool operator==(const TaskChange &) const = default;
};

/// Carries the fact over into the task's row.
void apply(TaskRow &row, const Fact &fact);

/// What a row of history changes in the indexes of its run. What opens and closes within the row is
/// in neither list.
struct IndexChanges {
    std::vector<TimerRow> timersSet;
    std::vector<Sequence> timersGone;
    std::vector<Sequence> workOpened;
    std::vector<Sequence> workClosed;
    std::vector<WaitRow> waitsOpened;
    std::vector<Sequence> waitsClosed;
    std::vector<KeptEventRow> eventsKept;
    std::vector<Sequence> eventsTaken; ///< or deleted, or handed on
    std::vector<TaskRow> tasksOpened;
    std::vector<TaskChange> tasksChanged; ///< in order
    std::vector<Sequence> tasksClosed;
    std::vector<KeyRow> keysOpened;
    std::vector<KeyGone> keysClosed; ///< also of waits that have none: a row does not know
    std::vector<EventIdRow> eventIds; ///< also of a run that ended
    bool runEnded = false; ///< nothing else of the run stays in any index; all other lists are empty

    bool operator==(const IndexChanges &) const = default;
};

IndexChanges indexChanges(const HistoryRow &row);
/// IndexChanges::eventIds alone.
std::vector<EventIdRow> eventIdsIn(const HistoryRow &row);

} // namespace engine

#pragma once

#include "engine/history/task_summary.h"
#include "engine/store/index_changes.h"
#include "engine/store/store.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace engine {

// What every store asks in the same words.

/// WrongState unless the row follows a history of `length` facts and the summary is of its end.
Result<void> checkCommit(const InstanceCommit &commit, Sequence length);
/// WrongState: a version of a flow never changes (semantics 1.1).
Error versionExists(const StoredFlow &flow);
/// The opaque place in a list after `run`.
std::string placeAfter(RunKey run);
/// The run of a place; nothing for the beginning. InvalidArgument if it is none.
Result<std::optional<RunKey>> runOfPlace(const std::string &place);
/// What stands for the time of a task that is never due: it comes after all others.
inline constexpr std::int64_t neverDue = std::numeric_limits<std::int64_t>::max();
/// By what tasks are ordered first: milliseconds, or neverDue.
std::int64_t dueOrder(const std::optional<Instant> &dueAt);

/// Where a page of tasks begins: after the one with these values.
struct TaskPlace {
    std::int64_t dueAt = 0; ///< as dueOrder()
    TaskId id;

    auto operator<=>(const TaskPlace &) const = default;
};

TaskPlace placeOf(const TaskSummary &task);
/// The opaque place in a list after `task`, and back as runOfPlace().
std::string placeAfter(const TaskSummary &task);
Result<std::optional<TaskPlace>> taskPlace(const std::string &place);
/// A row of the index with whose it is.
TaskSummary summaryOf(
    const TaskRow &row, RunKey run, InstanceId instance, FlowId flow, int version);
/// Cuts what was read beyond a page off again, and says where the next one begins.
TaskPage pageOf(std::vector<TaskSummary> tasks, std::size_t limit, std::int64_t open);

/// The number of the entry that a page of the audit log begins behind; nothing for the beginning.
/// InvalidArgument if it is none.
Result<std::optional<std::int64_t>> auditPlace(const std::string &place);
/// Cuts what was read beyond a page off again, and says where the next one begins.
AuditPage pageOf(std::vector<AuditEntry> entries, std::size_t limit);

/// InvalidArgument unless it is at least 1.
Result<void> checkLimit(int limit);

} // namespace engine

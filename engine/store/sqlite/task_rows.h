#pragma once

#include "engine/history/task_summary.h"
#include "engine/store/commit_rules.h"
#include "engine/store/index_changes.h"
#include "engine/store/sqlite/sqlite_statement.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace engine {

/// Writes table task, as index_changes says. Refusals stay in the session.
class TaskTable
{
public:
    explicit TaskTable(SqliteSession &session);

    void apply(RunKey run, const IndexChanges &changes);
    void forget(RunKey run);
    void clear();

private:
    void write(RunKey run, const TaskRow &row);

    SqliteStatement m_write;
    SqliteStatement m_read;
    SqliteStatement m_remove;
    SqliteStatement m_forget;
    SqliteStatement m_clear;
};

/// Reads open tasks with whose they are. Refusals stay in the session.
class TaskRows
{
public:
    explicit TaskRows(SqliteSession &session);

    /// At most `count` after `place`, in the order of TaskPage.
    std::vector<TaskSummary> read(
        const TaskFilter &filter, const std::optional<TaskPlace> &place, std::size_t count);
    std::int64_t count();

private:
    SqliteStatement m_page;
    SqliteStatement m_count;
};

} // namespace engine

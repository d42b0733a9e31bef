#pragma once

#include "engine/history/history_event.h"
#include "engine/store/sqlite/correlation_rows.h"
#include "engine/store/sqlite/duplicate_rows.h"
#include "engine/store/sqlite/snapshot_rows.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/sqlite/task_rows.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace engine {

/// Writes tables timer, work, wait, kept_event, task, wait_key and duplicate as index_changes says.
/// Refusals stay in the session.
class IndexTables
{
public:
    explicit IndexTables(SqliteSession &session);

    void apply(const HistoryRow &row, const InstanceId &instance);
    /// All but duplicates, which live on when a run has ended.
    void forget(RunKey run);
    void clear();
    /// What was applied since the last commit did not happen.
    void undo() { m_standing.clear(); }
    DuplicateTable &duplicates() { return m_duplicates; }
    SnapshotTable &snapshots() { return m_snapshots; }

private:
    /// A table whose rows are named by run and number.
    class RunTable
    {
    public:
        RunTable(SqliteSession &session, const std::string &name, const char *insert);

        /// How many there were.
        std::ptrdiff_t remove(RunKey run, const std::vector<Sequence> &rows);
        void forget(RunKey run) { m_forget.execute(run); }
        void clear() { m_clear.execute(); }

        SqliteStatement add;

    private:
        SqliteSession &m_session;
        SqliteStatement m_remove;
        SqliteStatement m_forget;
        SqliteStatement m_clear;
    };
    /// How many rows of a run stand in the tables.
    struct Standing {
        std::ptrdiff_t timers = 0;
        std::ptrdiff_t work = 0;
        std::ptrdiff_t waits = 0;
        std::ptrdiff_t keptEvents = 0;
        bool hadTasks = false;
    };

    Standing &standingOf(const HistoryRow &row);
    void end(const HistoryRow &row);

    /// Of runs that were seen from their first row on: the end of one that left nothing in a table need
    /// not look there.
    std::unordered_map<RunKey, Standing> m_standing;
    Standing m_unknown; ///< what is counted of all others
    RunTable m_timers;
    RunTable m_work;
    RunTable m_waits;
    RunTable m_keptEvents;
    TaskTable m_tasks;
    KeyTables m_keys;
    DuplicateTable m_duplicates;
    SnapshotTable m_snapshots;
};

} // namespace engine

#pragma once

#include "engine/history/history_event.h"
#include "engine/store/sqlite/correlation_rows.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/sqlite/task_rows.h"

namespace engine {

/// Writes tables timer, work, wait, kept_event, task and wait_key as index_changes says. Refusals stay in the
/// session.
class IndexTables
{
public:
    explicit IndexTables(SqliteSession &session);

    void apply(const HistoryRow &row);
    void forget(RunKey run);
    void clear();

private:
    SqliteStatement m_addTimer;
    SqliteStatement m_addWork;
    SqliteStatement m_addWait;
    SqliteStatement m_addKeptEvent;
    SqliteStatement m_removeTimer;
    SqliteStatement m_removeWork;
    SqliteStatement m_removeWait;
    SqliteStatement m_removeKeptEvent;
    SqliteStatement m_forgetTimers;
    SqliteStatement m_forgetWork;
    SqliteStatement m_forgetWaits;
    SqliteStatement m_forgetKeptEvents;
    SqliteStatement m_clearTimers;
    SqliteStatement m_clearWork;
    SqliteStatement m_clearWaits;
    SqliteStatement m_clearKeptEvents;
    TaskTable m_tasks;
    KeyTables m_keys;
};

} // namespace engine

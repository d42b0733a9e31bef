#pragma once

#include "engine/history/logged_change.h"
#include "engine/store/sqlite/sqlite_statement.h"

#include <cstdint>
#include <vector>

namespace engine {

/// Writes table change: one row a turn, whose id is the number of its last change, so that following
/// all changes costs a commit one row at the end of a table. Refusals stay in the session.
class ChangeTable
{
public:
    explicit ChangeTable(SqliteSession &session);

    /// Appends the changes of a turn, without their ids; forgets the oldest now and then.
    void add(const std::vector<LoggedChange> &changes);

private:
    SqliteSession &m_session;
    SqliteStatement m_last;
    SqliteStatement m_add;
    SqliteStatement m_forget;
};

/// Reads it. Refusals stay in the session.
class ChangeRows
{
public:
    explicit ChangeRows(SqliteSession &session);

    ChangeLogPage after(std::int64_t id, int limit);

private:
    std::vector<LoggedChange> changesIn(const SqliteStatement &row);

    SqliteSession &m_session;
    SqliteStatement m_last;
    SqliteStatement m_first;
    SqliteStatement m_after;
};

} // namespace engine

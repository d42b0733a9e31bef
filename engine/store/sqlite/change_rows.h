#pragma once

#include "engine/base/result.h"
#include "engine/history/logged_change.h"
#include "engine/store/sqlite/sqlite_connection.h"
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

/// Gives the numbers of the changes their epoch, unless they have one: a new database has none, nor has one
/// that was put back from a backup.
Result<void> nameEpoch(SqliteConnection &connection);
/// Takes it away, from a copy that is to count on by itself.
Result<void> forgetEpoch(SqliteConnection &connection);

/// Reads it. Refusals stay in the session.
class ChangeRows
{
public:
    explicit ChangeRows(SqliteSession &session);

    ChangeLogPage after(std::int64_t id, int limit);

private:
    std::vector<LoggedChange> changesIn(const SqliteStatement &row);

    SqliteSession &m_session;
    SqliteStatement m_epoch;
    SqliteStatement m_last;
    SqliteStatement m_first;
    SqliteStatement m_after;
};

} // namespace engine

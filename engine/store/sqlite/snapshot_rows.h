#pragma once

#include "engine/store/sqlite/any_row.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/store.h"

#include <optional>
#include <string>

namespace engine {

/// Writes and reads table snapshot: the last one of a run (semantics 11.6). Refusals stay in the
/// session.
class SnapshotTable
{
public:
    explicit SnapshotTable(SqliteSession &session);

    /// After the row that it is of; empty: the run needs none any more. Left out as long as what was
    /// added to history since the last one is less than it would be, so that all of them together
    /// cost no more than history does.
    void write(RunKey run, Sequence length, const std::string &state);
    void forget(RunKey run);
    void clear();
    /// Nothing if there is none, or if it is damaged: an index is never missed.
    std::optional<Snapshot> find(RunKey run);

private:
    AnyRow m_any;
    SqliteStatement m_added;
    SqliteStatement m_write;
    SqliteStatement m_forget;
    SqliteStatement m_clear;
    SqliteStatement m_find;
};

} // namespace engine

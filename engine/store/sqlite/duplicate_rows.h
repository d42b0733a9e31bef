#pragma once

#include "engine/store/index_changes.h"
#include "engine/store/sqlite/any_row.h"
#include "engine/store/sqlite/sqlite_statement.h"

#include <optional>
#include <string>

namespace engine {

/// Writes and reads table duplicate: under which ids events were accepted (semantics 2.5). Who uses
/// none costs no statement. Refusals stay in the session.
class DuplicateTable
{
public:
    explicit DuplicateTable(SqliteSession &session);

    void apply(RunKey run, const InstanceId &instance, const std::vector<EventIdRow> &accepted);
    /// `instance` may be empty: nobody knows any more whose run it was.
    void forget(RunKey run, const InstanceId &instance);
    void clear();
    /// The first run of the instance that accepted such an event; `name` is folded.
    std::optional<RunKey> find(
        const InstanceId &instance, const std::string &name, const std::string &eventId);
    /// Whether there can be any.
    bool hasAny() { return m_any.isThere(); }

private:
    AnyRow m_any;
    SqliteStatement m_add;
    SqliteStatement m_forget;
    SqliteStatement m_forgetRun;
    SqliteStatement m_clear;
    SqliteStatement m_find;
};

} // namespace engine

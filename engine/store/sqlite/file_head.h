#pragma once

#include "engine/store/sqlite/sqlite_connection.h"

namespace engine {

// Without its first page and those of its list of tables, nothing in a database can be found. They hardly
// ever change, so a copy of them stands beside it (`-head`), for the day when one of them is damaged.

/// Brings the copy up to date, if it is not. Best effort: without one, damage there is said and no more.
/// Right after the database was opened, by whom alone writes to it.
void keepHead(SqliteConnection &connection);

/// Whether a page of `file` is damaged that was kept of this very file. Reads those pages and no more.
bool isHeadDamaged(const QString &file);

/// Puts the kept pages of `file` into `copy`, a copy of it, where those are damaged. False if there are
/// none that belong to this very file.
bool restoreHead(const QString &file, const QString &copy);

} // namespace engine

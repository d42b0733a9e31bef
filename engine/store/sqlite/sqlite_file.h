#pragma once

#include "engine/base/result.h"
#include "engine/store/sqlite/sqlite_connection.h"

#include <memory>
#include <string>

namespace engine {

/// A connection for writing to the database of a data directory, which is made if there is none and
/// brought to the newest format. Errors as SqliteStore::open.
Result<std::unique_ptr<SqliteConnection>> openForWriting(const std::string &directory);
/// A connection for reading; the database must have been opened for writing before.
Result<std::unique_ptr<SqliteConnection>> openForReading(const std::string &directory);

/// Whether a file is one of SQLite, as far as its first page says. Errors as SqliteStore::open.
Result<void> checkHeader(const QString &path);

} // namespace engine

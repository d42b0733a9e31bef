#pragma once

#include "engine/base/result.h"

#include <QStringList>

#include <array>

namespace engine {

/// The tables that are made from history and can be made again (semantics 11.6); snapshots are made
/// again when it is time for the next one. Every other table
/// is truth.
inline constexpr std::array indexTableNames{"instance", "instance_payload", "instance_count",
    "timer", "work", "wait", "wait_key", "kept_event", "task", "duplicate",
    "snapshot"};

class SqliteConnection;

/// Of what this program writes; `pragma user_version` of a file says its own.
extern const int newestFormat;

/// Brings the schema to the newest version, in one transaction. WrongState if the file is of a
/// newer program (semantics 11.5), Damaged if it is no database of ours; then nothing is changed.
Result<void> migrate(SqliteConnection &connection);

/// Whether a database is one that this program can read; nothing is changed. Damaged if its list of
/// tables cannot be read.
Result<bool> isOurs(SqliteConnection &connection);
/// Tables and indexes that a database of the newest format has to have and this one has not.
QStringList missingParts(SqliteConnection &connection);

} // namespace engine

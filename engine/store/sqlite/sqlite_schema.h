#pragma once

#include "engine/base/result.h"

namespace engine {

class SqliteConnection;

/// Brings the schema to the newest version, in one transaction. WrongState if the file is of a
/// newer program (semantics 11.5), Damaged if it is no database of ours; then nothing is changed.
Result<void> migrate(SqliteConnection &connection);

} // namespace engine

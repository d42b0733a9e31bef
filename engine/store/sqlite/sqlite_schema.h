#pragma once

#include "engine/base/result.h"

#include <array>

namespace engine {

/// The tables that are made from history and can be made again (semantics 11.6). Every other table
/// is truth.
inline constexpr std::array indexTableNames{"instance", "instance_payload", "instance_count",
    "timer", "work", "wait", "kept_event", "task"};

class SqliteConnection;

/// Brings the schema to the newest version, in one transaction. WrongState if the file is of a
/// newer program (semantics 11.5), Damaged if it is no database of ours; then nothing is changed.
Result<void> migrate(SqliteConnection &connection);

} // namespace engine

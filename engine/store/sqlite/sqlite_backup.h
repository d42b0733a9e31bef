#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>

namespace engine {

/// Copies the database of a data directory, which may be in use, to the new file `target`: the
/// state of one commit, compact, on disk when this answers (semantics 11.5). Answers its size in
/// bytes. InvalidArgument if the path is not absolute or its directory does not exist,
/// AlreadyExists if there is something under that name, Unavailable or Damaged as
/// SqliteStore::open; then there is no new file. Any thread; takes as long as the database is
/// large.
Result<std::int64_t> backUpDatabase(const std::string &directory, const std::string &target);

} // namespace engine

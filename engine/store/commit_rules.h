#pragma once

#include "engine/store/store.h"

#include <optional>
#include <string>

namespace engine {

// What every store asks in the same words.

/// WrongState unless the row follows a history of `length` facts and the summary is of its end.
Result<void> checkCommit(const InstanceCommit &commit, Sequence length);
/// WrongState: a version of a flow never changes (semantics 1.1).
Error versionExists(const StoredFlow &flow);
/// The opaque place in a list after `run`.
std::string placeAfter(RunKey run);
/// The run of a place; nothing for the beginning. InvalidArgument if it is none.
Result<std::optional<RunKey>> runOfPlace(const std::string &place);
/// InvalidArgument unless it is at least 1.
Result<void> checkLimit(int limit);

} // namespace engine

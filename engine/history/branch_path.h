#pragma once

#include "engine/base/ids.h"

#include <optional>

namespace engine {

// How branches are named: `""` is the main one, `parallelStep/firstStep` or `forEachStep/index` one
// of a region, `!Event/n` the n-th handler of an interrupt, nested by `/` (semantics 7.4). Step ids and
// events that interrupt contain no `/`.

/// What all the paths in a region begin with that stands on `step` of `branch`.
BranchPath insideOf(const BranchPath &branch, const StepId &step);
/// Whether `path` is `around` or a branch inside it.
bool isWithin(const BranchPath &path, const BranchPath &around);
/// The branch around `path`; nothing around the main branch.
std::optional<BranchPath> enclosing(const BranchPath &path);

} // namespace engine

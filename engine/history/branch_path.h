#pragma once

#include "engine/base/ids.h"

#include <optional>

namespace engine {

// How branches are named: `""` is the main one, `parallelStep/firstStep` or `forEachStep/index` one
// of a region, nested by `/` (semantics 7.4). Step ids contain no `/`.

/// What all the paths in a region begin with that stands on `step` of `branch`.
BranchPath insideOf(const BranchPath &branch, const StepId &step);
/// The branch around `path`; nothing around the main branch.
std::optional<BranchPath> enclosing(const BranchPath &path);

} // namespace engine

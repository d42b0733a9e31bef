#pragma once

#include "engine/runtime/deciding.h"

#include <vector>

namespace engine {

// A region is one activation of a parallel or for-each step with its branches, up to its join
// (semantics 7.2 to 7.5).

/// `branch` stands on `step` and waits for `branches` branches, `atOnce` at the same time; `items`
/// are those of a for-each. With none to wait for it is over at once.
void openRegion(Deciding &deciding, RegionOpened opened);
/// Sends the next branch of a region on its way that has room for one.
void openNextBranch(Deciding &deciding, Sequence region);
/// Whether the branch is on its way to the join of its own region.
bool isAtItsJoin(const Deciding &deciding, const BranchState &branch);
/// It has come there: the region is joined if it is the last one needed.
void completeBranch(Deciding &deciding, const BranchPath &branch);
/// The branch has left its last step with `failure`: the region fails if too few can still come.
void endFailedBranch(Deciding &deciding, const BranchPath &branch, const Failure &failure);

/// The region fails as a whole, whatever its branches do (semantics 8.4).
void failRegion(Deciding &deciding, Sequence region, Failure failure);

} // namespace engine

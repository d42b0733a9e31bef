#include "engine/runtime/regions.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ParallelStep &body)
{
    const int branches = int(body.branches.size());
    openRegion(deciding, {branch, step.id, branches, branches, {}});
}

/// The branches have met; what they gave lies ready as the one outcome of the branch.
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const JoinStep &body)
{
    const auto &outcomes = deciding.state().branches.at(branch).outcomes;
    invariant(!outcomes.empty(),
        "flow: a way leads to the join '" + step.id.value + "' from outside of its region");
    deciding.leave({.branch = branch,
        .step = step.id,
        .way = "next",
        .to = body.next,
        .resultOf = outcomes.front().fact});
}

} // namespace engine

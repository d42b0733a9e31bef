#include "engine/runtime/summary.h"

#include "engine/base/joined.h"

#include <cstdint>

namespace engine {
namespace {

/// The first branch that stands for itself: no region is open on it.
BranchPath firstOfAll(const InstanceState &state)
{
    BranchPath path;
    auto branch = state.branches.begin();
    while (branch != state.branches.end() && branch->second.around != 0) {
        const BranchPath inside = insideOf(branch->first, branch->second.step);
        branch = state.branches.lower_bound(inside);
        if (branch == state.branches.end() || !branch->first.value.starts_with(inside.value))
            break; // none of its branches has opened yet
        path = branch->first;
    }
    return path;
}

/// Of those that no interrupt halts, if there are; so a handler stands for what it halts.
BranchPath firstStanding(const InstanceState &state)
{
    if (!state.interrupts.empty()) {
        for (const auto &[path, branch] : state.branches) {
            if (branch.around == 0 && !isHalted(state, path))
                return path;
        }
    }
    return firstOfAll(state);
}

/// Whether a branch does something or is about to: not all of it stands and waits.
bool isBusy(const InstanceState &state)
{
    return !state.onTheirWay.empty() || !state.opening.empty() ||
           int(state.tasks.size()) > state.pausedTasks;
}

/// Where the first branch stands, and how many others there are: a list shows one line. Costs what
/// is open in that branch, not what the instance is large.
void describePlace(const InstanceState &state, InstanceSummary &summary)
{
    if (state.branches.empty())
        return;
    const BranchPath path = firstStanding(state);
    const BranchState &branch = state.branches.at(path);
    summary.standsAt = branch.step;
    summary.standsSince = branch.since;
    for (const Sequence open : openAt(state, path)) {
        if (const auto wait = state.waits.find(open); wait != state.waits.end())
            summary.standsOn = joined(wait->second.names);
        if (const auto timer = state.timers.find(open); timer != state.timers.end())
            summary.standsUntil = timer->second.fireAt;
    }
    if (summary.standsOn.empty())
        summary.standsOn = branch.step.value;
    // Branches around a region stand for those inside it.
    const auto others =
        std::int64_t(state.branches.size()) - std::int64_t(state.regions.size()) - 1;
    if (others > 0)
        summary.standsOn += " +" + std::to_string(others);
}

} // namespace

InstanceSummary summaryOf(const InstanceState &state)
{
    InstanceSummary summary{
        .instance = state.instance,
        .run = state.run,
        .flow = state.flow,
        .version = state.version,
        .status = state.status,
        .waiting = state.status == InstanceStatus::Running && !isBusy(state),
        .createdAt = state.createdAt,
        .changedAt = state.changedAt,
        .finishedAt = state.finishedAt,
        .length = state.length,
        .decisions = state.decisions,
        .input = state.input,
        .customStatus = state.customStatus,
        .output = state.output,
        .parent = state.parent ? state.parent->instance : InstanceId(),
        .errorType = state.errorType,
    };
    describePlace(state, summary);
    return summary;
}

} // namespace engine

#include "engine/model/flow.h"
#include "engine/runtime/folds.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Whoever tries to answer one of the tasks that the failure closed is told so.
void closeApprovals(InstanceState &state, Instant at)
{
    for (const auto &[task, approval] : state.approvals) {
        const auto wait = state.waits.find(task);
        const bool named = wait != state.waits.end() && !wait->second.names.empty();
        state.closedApprovals[task] = {TaskEnd::Withdrawn, "the instance failed", {}, {},
            named ? wait->second.names.front() : std::string(), at};
    }
    state.approvals.clear();
}

/// A branch that failed in a region which is open again: it runs again as soon as there is room.
void runAgain(InstanceState &state, const BranchRewound &fact)
{
    for (auto &[sequence, region] : state.regions) {
        const std::string inside = insideOf(region.branch, region.step).value;
        const auto failed = std::ranges::find_if(region.failed, [&](const auto &one) {
            return inside + region.results.at(one.first).name == fact.branch.value;
        });
        if (failed == region.failed.end())
            continue;
        BranchState &branch = region.again[failed->first] = std::move(failed->second);
        region.failed.erase(failed);
        branch.step = fact.to;
        branch.rewinds = fact.subFlow;
        std::erase_if(
            region.errors, [&](const BranchError &one) { return one.branch == fact.branch; });
        return noteRoom(state, sequence, region);
    }
    invariant(false, "history: a branch was rewound that is not there");
}

} // namespace

/// The state is the one before the failure; what was open in it was closed by that.
void applyTo(InstanceState &state, Sequence, Instant at, const InstanceRewound &fact)
{
    invariant(state.suspended == 0, "history: it failed while everything halted");
    if (fact.parent)
        state.parent = fact.parent;
    closeApprovals(state, at);
    state.waits.clear();
    state.waitsByName.clear();
    state.tasks.clear();
    state.timers.clear();
    state.subFlows.clear();
    state.correlations.clear();
    state.open.clear();
    state.pausedTasks = 0;
    state.yielded = false;
    moved(state);
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchRewound &fact)
{
    const auto found = state.branches.find(fact.branch);
    if (found == state.branches.end())
        return runAgain(state, fact);
    BranchState &branch = found->second;
    invariant(branch.around == fact.region, "history: a region is not open that was");
    if (fact.region != 0)
        return;
    state.onTheirWay.erase(branch.setOut);
    state.haltedOnTheirWay.erase(branch.setOut);
    if (branch.entered) {
        branch.outcomes.clear();
        branch.collects = false;
        branch.answers.clear();
    }
    branch.rewinds = fact.subFlow;
    sendOut(state, fact.branch, fact.to, sequence, at);
}

void applyTo(InstanceState &state, Sequence, Instant, const EventKeptAgain &fact)
{
    if (!fact.payload) {
        invariant(state.kept.contains(fact.event), "history: an event is not kept that was");
        return;
    }
    std::string name = foldedEventName(fact.name);
    state.keptByName.emplace(name, fact.event);
    ++state.keptCounts[name];
    state.kept[fact.event] = {std::move(name), fact.name, *fact.payload, fact.eventId, fact.branch,
        fact.source, fact.raisedAt, 0, fact.key, {}};
}

} // namespace engine

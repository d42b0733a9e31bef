#include "engine/runtime/folds.h"

#include "engine/history/branch_path.h"
#include "engine/history/json_slices.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

OpenRegion &regionOf(InstanceState &state, Sequence region)
{
    return knownIn(state.regions, region, "history: a fact names a region that is not open");
}

/// Takes a branch that has come to its end out of its region, which it answers.
OpenRegion &endBranch(InstanceState &state, const BranchPath &path)
{
    const auto found = state.branches.find(path);
    invariant(found != state.branches.end() && found->second.region != 0,
        "history: a branch ended that is not live");
    const Sequence sequence = found->second.region;
    OpenRegion &region = regionOf(state, sequence);
    --region.live;
    removeHandlers(state, [&path](const OpenInterrupt &one) { return one.only == path; });
    removeBranch(state, path);
    noteRoom(state, sequence, region);
    return region;
}

/// What the step that it left last gave (semantics 7.5).
JsonText resultOf(const BranchState &branch)
{
    const auto step = branch.steps.find(branch.left);
    return step == branch.steps.end() ? JsonText() : step->second.result.value_or(JsonText());
}

JsonText resultOf(const OpenRegion &region)
{
    std::string text = region.isList ? "[" : "{";
    for (const BranchResult &result : region.results) {
        if (!region.isList && !result.value)
            continue;
        if (text.size() > 1)
            text += ',';
        if (!region.isList)
            text += JsonText::ofString(result.name).text() + ':';
        text += result.value ? result.value->text() : "null";
    }
    for (int missing = int(region.results.size()); region.isList && missing < region.branches;
         ++missing)
        text += text.size() > 1 ? ",null" : "null";
    return JsonText::trusted(text += region.isList ? ']' : '}');
}

/// A branch that failed runs again, if it is one.
bool openAgain(InstanceState &state, OpenRegion &region, Sequence sequence, Instant at,
    const BranchOpened &fact)
{
    const std::string inside = insideOf(region.branch, region.step).value;
    const auto again = std::ranges::find_if(region.again, [&](const auto &one) {
        return inside + region.results.at(one.first).name == fact.branch.value;
    });
    if (again == region.again.end())
        return false;
    state.branches[fact.branch] = std::move(again->second);
    region.again.erase(again);
    sendOut(state, fact.branch, fact.to, sequence, at);
    return true;
}

} // namespace

OpenRegion closeRegion(InstanceState &state, Sequence sequence)
{
    OpenRegion region = std::move(regionOf(state, sequence));
    removeHandlers(
        state, [sequence](const OpenInterrupt &one) { return one.region == sequence; });
    removeBranches(state, insideOf(region.branch, region.step).value);
    state.regions.erase(sequence);
    noteOpening(state, sequence, false);
    branchOf(state, region.branch).around = 0;
    return region;
}

void noteRoom(InstanceState &state, Sequence sequence, const OpenRegion &region)
{
    const bool another = int(region.results.size()) < region.branches || !region.again.empty();
    noteOpening(state, sequence, another && region.live < region.atOnce);
}

void moved(InstanceState &state)
{
    state.stepsWithoutWait = 0;
    state.lastMoved = state.length;
}

/// Everything that only a live instance needs goes; a finished one may stay in memory for long.
BranchState &branchOf(InstanceState &state, const BranchPath &path)
{
    return knownIn(state.branches, path, "history: a fact names a branch that is not live");
}

void sendOut(
    InstanceState &state, const BranchPath &path, const StepId &step, Sequence sequence, Instant at)
{
    BranchState &branch = state.branches[path];
    branch.step = step;
    branch.entered = false;
    branch.since = at;
    branch.setOut = sequence;
    (isHalted(state, path) ? state.haltedOnTheirWay : state.onTheirWay).emplace(sequence, path);
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const RegionOpened &fact)
{
    BranchState &branch = branchOf(state, fact.branch);
    invariant(branch.entered && branch.step == fact.step && branch.around == 0,
        "history: a region opened where its branch does not stand");
    OpenRegion region{.branch = fact.branch,
        .step = fact.step,
        .isList = fact.items.has_value(),
        .branches = fact.branches,
        .atOnce = fact.atOnce,
        .inLoop = branch.inLoop || branch.goesRound};
    if (fact.items) {
        const auto items = elementsOf(fact.items->text());
        invariant(items && int(items->size()) == fact.branches, "history: a for-each of no list");
        for (const std::string_view item : *items)
            region.items.push_back(JsonText::trusted(std::string(item)));
    }
    branch.around = sequence;
    noteRoom(state, sequence, state.regions[sequence] = std::move(region));
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchOpened &fact)
{
    OpenRegion &region = regionOf(state, fact.region);
    invariant(!state.branches.contains(fact.branch), "history: a branch opened twice");
    if (!openAgain(state, region, sequence, at, fact)) {
        BranchState &branch = state.branches[fact.branch];
        branch.region = fact.region;
        branch.place = region.results.size();
        branch.inLoop = region.inLoop;
        sendOut(state, fact.branch, fact.to, sequence, at);
        region.results.push_back({fact.branch.value.substr(fact.branch.value.rfind('/') + 1), {}});
    }
    ++region.live;
    noteRoom(state, fact.region, region);
    state.yielded = false;
}

void applyTo(InstanceState &state, Sequence, Instant, const BranchCompleted &fact)
{
    const BranchState &branch = branchOf(state, fact.branch);
    const std::size_t place = branch.place;
    JsonText result = resultOf(branch);
    OpenRegion &region = endBranch(state, fact.branch);
    region.results[place].value = std::move(result);
    ++region.completed;
    state.yielded = false;
}

void applyTo(InstanceState &state, Sequence, Instant, const BranchFailed &fact)
{
    BranchState branch = branchOf(state, fact.branch);
    invariant(branch.error.has_value(), "history: a branch failed without an error");
    OpenRegion &region = endBranch(state, fact.branch);
    region.errors.push_back({fact.branch, *branch.error});
    region.failed[branch.place] = std::move(branch);
}

void applyTo(InstanceState &state, Sequence, Instant, const RegionJoined &fact)
{
    const OpenRegion region = closeRegion(state, fact.region);
    // For the join, which the branch is on its way to.
    branchOf(state, region.branch).outcomes.push_back({fact.region, {}, resultOf(region)});
}

void applyTo(InstanceState &state, Sequence, Instant, const RegionFailed &fact)
{
    closeRegion(state, fact.region);
}

} // namespace engine

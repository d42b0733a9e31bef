#include "engine/history/branch_path.h"
#include "engine/runtime/folds.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace engine {
namespace {

/// Whether `branch` lies in the handler of another interrupt of all of a region's branches.
bool isBeside(const InstanceState &state, Sequence region, const BranchPath &branch)
{
    return std::ranges::any_of(state.interrupts, [&](const auto &one) {
        const OpenInterrupt &other = one.second;
        return other.region == region && !other.only && isWithin(branch, other.handler);
    });
}

/// What halts moves no more, and what may go on is on its way again.
void sortHalted(InstanceState &state)
{
    const auto sort = [&state](auto &from, auto &to, bool halted, const auto &branchOfEntry) {
        for (auto one = from.begin(); one != from.end();) {
            const auto next = std::next(one);
            if (isHalted(state, branchOfEntry(*one)) == halted)
                to.insert(from.extract(one));
            one = next;
        }
    };
    const auto onItsWay = [](const auto &entry) -> const BranchPath & { return entry.second; };
    sort(state.onTheirWay, state.haltedOnTheirWay, true, onItsWay);
    sort(state.haltedOnTheirWay, state.onTheirWay, false, onItsWay);
    const auto sortRegions = [&state](auto &from, auto &to, bool halted) {
        for (auto one = from.begin(); one != from.end();) {
            const auto next = std::next(one);
            const bool isNow = state.haltedRegions.contains(*one) ||
                               isHalted(state, state.regions.at(*one).branch);
            if (isNow == halted)
                to.insert(from.extract(one));
            one = next;
        }
    };
    sortRegions(state.opening, state.haltedOpening, true);
    sortRegions(state.haltedOpening, state.opening, false);
}

/// Takes the interrupt out, with the branches of its handler.
OpenInterrupt removeInterrupt(InstanceState &state, Sequence sequence)
{
    OpenInterrupt removed = std::move(knownIn(
        state.interrupts, sequence, "history: a fact names an interrupt that does not run"));
    state.interrupts.erase(sequence);
    std::erase_if(state.haltedBranches, [&](const auto &one) { return one.second == sequence; });
    std::erase_if(state.haltedRegions, [&](const auto &one) { return one.second == sequence; });
    removeBranch(state, removed.handler);
    return removed;
}

void removeOne(InstanceState &state, std::map<BranchPath, BranchState>::iterator branch)
{
    state.onTheirWay.erase(branch->second.setOut);
    state.haltedOnTheirWay.erase(branch->second.setOut);
    if (const Sequence around = branch->second.around) {
        state.regions.erase(around);
        noteOpening(state, around, false);
    }
    state.branches.erase(branch);
}

} // namespace

void noteOpening(InstanceState &state, Sequence region, bool hasRoom)
{
    const auto open = state.regions.find(region);
    const bool halted = open != state.regions.end() &&
                        (state.haltedRegions.contains(region) || isHalted(state, open->second.branch));
    state.opening.erase(region);
    state.haltedOpening.erase(region);
    if (hasRoom)
        (halted ? state.haltedOpening : state.opening).insert(region);
}

void removeBranch(InstanceState &state, const BranchPath &path)
{
    removeBranches(state, path.value + '/');
    if (const auto branch = state.branches.find(path); branch != state.branches.end())
        removeOne(state, branch);
}

void removeBranches(InstanceState &state, const std::string &beginning)
{
    removeHandlers(state, [&](const OpenInterrupt &one) {
        return one.handler.value.starts_with(beginning);
    });
    auto branch = state.branches.lower_bound({beginning});
    while (branch != state.branches.end() && branch->first.value.starts_with(beginning))
        removeOne(state, branch++);
}

void removeHandlers(
    InstanceState &state, const std::function<bool(const OpenInterrupt &)> &isFor)
{
    if (state.interrupts.empty())
        return;
    const auto next = [&] {
        return std::ranges::find_if(
            state.interrupts, [&](const auto &one) { return isFor(one.second); });
    };
    // One may hold another, so each is looked for anew.
    for (auto one = next(); one != state.interrupts.end(); one = next())
        removeInterrupt(state, one->first);
}

bool isHalted(const InstanceState &state, const BranchPath &branch)
{
    if (state.haltedBranches.empty() && state.haltedRegions.empty())
        return false;
    // Of all that stands still, most does because the whole instance does.
    const auto whole = state.haltedBranches.find(BranchPath());
    if (whole != state.haltedBranches.end() &&
        !isWithin(branch, state.interrupts.at(whole->second).handler))
        return true;
    std::vector<Sequence> handled; // those whose handlers it lies in
    const auto halts = [&handled](const auto &halted, const auto &key) {
        const auto found = halted.find(key);
        return found != halted.end() && std::ranges::find(handled, found->second) == handled.end();
    };
    for (std::optional<BranchPath> at = branch; at; at = enclosing(*at)) {
        const auto known = state.branches.find(*at);
        Sequence region = 0;
        if (known != state.branches.end() && known->second.handler != 0) {
            handled.push_back(known->second.handler);
            const auto own = state.interrupts.find(known->second.handler);
            if (own != state.interrupts.end() && !own->second.only)
                region = own->second.region;
        } else if (known != state.branches.end()) {
            region = known->second.region;
        }
        if (halts(state.haltedBranches, *at) || (region != 0 && halts(state.haltedRegions, region)))
            return true;
    }
    return false;
}

bool interrupts(
    const InstanceState &state, const OpenInterrupt &interrupt, const BranchPath &branch)
{
    if (isWithin(branch, interrupt.handler))
        return false;
    if (interrupt.only)
        return isWithin(branch, *interrupt.only);
    if (interrupt.region == 0)
        return true;
    const auto region = state.regions.find(interrupt.region);
    if (region == state.regions.end())
        return false;
    const BranchPath inside = insideOf(region->second.branch, region->second.step);
    return branch.value.starts_with(inside.value) || isBeside(state, interrupt.region, branch);
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const InterruptBegan &fact)
{
    UntakenEvent &event =
        knownIn(state.kept, fact.event, "history: an event interrupts that is not kept");
    invariant(!state.branches.contains(fact.branch), "history: a handler began twice");
    ++state.interruptCounts[event.name];
    state.interrupts[sequence] = {fact.name, std::move(event.payload), fact.branch, fact.region,
        fact.only, fact.beside, fact.since == 0 ? sequence : fact.since};
    takeEvent(state, fact.event);
    state.branches[fact.branch].handler = sequence;
    state.underWay = true;
    if (!fact.beside) {
        const bool isFirst =
            fact.region == 0 || fact.only
                ? state.haltedBranches.emplace(fact.only.value_or(BranchPath()), sequence).second
                : state.haltedRegions.emplace(fact.region, sequence).second;
        invariant(isFirst, "history: what an interrupt halts was halted before");
    }
    sendOut(state, fact.branch, fact.to, sequence, at);
    if (!fact.beside)
        sortHalted(state);
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const InterruptEnded &fact)
{
    const OpenInterrupt ended = removeInterrupt(state, fact.interrupt);
    if (fact.failure && ended.only)
        branchOf(state, *ended.only).error = fact.failure;
    if (!ended.beside)
        sortHalted(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const InterruptDropped &fact)
{
    takeEvent(state, fact.event);
}

} // namespace engine

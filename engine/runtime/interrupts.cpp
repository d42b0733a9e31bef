#include "engine/runtime/interrupts.h"

#include "engine/runtime/regions.h"
#include "engine/runtime/steps/open_waits.h"

#include <algorithm>
#include <set>
#include <utility>

namespace engine {
namespace {

/// What an event would interrupt.
struct Target {
    const Interrupt *interrupt = nullptr;
    StepId step;                    ///< that declares it; empty: the flow
    Sequence region = 0;            ///< 0: the whole instance
    std::optional<BranchPath> only; ///< one branch of the region
    BranchPath inside;              ///< the branch that the handler is inside of
    int depth = -1;                 ///< how many branches are around; -1: the whole instance
};

int depthOf(const BranchPath &path)
{
    int depth = 0;
    for (std::optional<BranchPath> at = enclosing(path); at; at = enclosing(*at))
        ++depth;
    return depth;
}

/// The branch of the region that the event is for, if it fits: nothing for all of them.
std::optional<std::optional<BranchPath>> fitting(
    const InstanceState &state, Sequence sequence, const std::optional<BranchPath> &named)
{
    const OpenRegion &region = state.regions.at(sequence);
    if (!named || *named == region.branch)
        return std::optional<BranchPath>();
    const auto branch = state.branches.find(*named);
    if (branch != state.branches.end() && branch->second.region == sequence)
        return named;
    return {};
}

/// Whether the interrupts of the region, or of the whole instance, are for the event (semantics 10.1).
bool fitsKeyOf(const InstanceState &state, Sequence region, const UntakenEvent &event)
{
    return event.key.empty() ||
           std::ranges::any_of(state.correlations, [&](const auto &one) {
               return one.second.region == region && fitsKey(one.second.keys, event.name, event.key);
           });
}

/// All activations of interrupts that the event fits, best first.
std::vector<Target> targetsOf(const Deciding &deciding, const UntakenEvent &event)
{
    std::vector<Target> targets;
    const InstanceState &state = deciding.state();
    const auto declared = deciding.flow().interrupts().find(event.name);
    if (declared == deciding.flow().interrupts().end())
        return targets;
    for (const DeclaredInterrupt &one : declared->second) {
        if (one.step.empty()) {
            if ((!event.branch || event.branch->empty()) && fitsKeyOf(state, 0, event))
                targets.push_back({&one.interrupt});
            continue;
        }
        for (const auto &[sequence, region] : state.regions) {
            if (region.step != one.step || !fitsKeyOf(state, sequence, event))
                continue;
            if (const auto only = fitting(state, sequence, event.branch))
                targets.push_back({&one.interrupt, one.step, sequence, *only,
                    only->value_or(region.branch), depthOf(region.branch)});
        }
    }
    std::ranges::stable_sort(targets, {},
        [](const Target &target) { return std::pair(-target.depth, target.region); });
    if (!targets.empty()) {
        const StepId innermost = targets.front().step;
        std::erase_if(
            targets, [&](const Target &target) { return target.step != innermost; });
    }
    return targets;
}

/// Whether a handler of this interrupt runs there.
bool runs(const InstanceState &state, const Target &target)
{
    return std::ranges::any_of(state.interrupts, [&target](const auto &one) {
        const OpenInterrupt &open = one.second;
        return open.region == target.region && open.only == target.only &&
               open.name == target.interrupt->event;
    });
}

/// Whether a handler can begin there: nothing halts it, and none of its like runs.
bool isFree(const InstanceState &state, const Target &target)
{
    const bool halted =
        isHalted(state, target.inside) ||
        (!target.only && target.region != 0 && state.haltedRegions.contains(target.region));
    return !halted && !runs(state, target);
}

/// Kept events that are the same interrupt for the same branch.
std::vector<Sequence> likesOf(const InstanceState &state, Sequence event)
{
    std::vector<Sequence> likes;
    const UntakenEvent &one = state.kept.at(event);
    for (auto kept = firstOf(state.keptByName, one.name);
         kept != state.keptByName.end() && kept->first == one.name; ++kept) {
        if (kept->second != event && state.kept.at(kept->second).branch == one.branch)
            likes.push_back(kept->second);
    }
    return likes;
}

void drop(Deciding &deciding, Sequence event, Sequence newer, std::string why)
{
    const UntakenEvent &kept = deciding.state().kept.at(event);
    deciding.logEvent(kept, "dropped interrupt: " + std::move(why));
    deciding.add(InterruptDropped{event, newer});
}

void begin(Deciding &deciding, Sequence event, const Target &target)
{
    const InstanceState &state = deciding.state();
    const UntakenEvent &kept = state.kept.at(event);
    const auto count = state.interruptCounts.find(kept.name);
    const int number = (count == state.interruptCounts.end() ? 0 : count->second) + 1;
    const std::string last = "!" + target.interrupt->event + "/" + std::to_string(number);
    const BranchPath branch{target.inside.empty() ? last : target.inside.value + "/" + last};
    auto failure = badPayload(deciding, kept);
    deciding.add(InterruptBegan{.event = event,
        .name = target.interrupt->event,
        .branch = branch,
        .to = target.interrupt->next,
        .region = target.region,
        .only = target.only,
        .beside = !target.interrupt->blocking,
        .since = deciding.offeringSince()});
    if (target.interrupt->blocking)
        pauseClocks(deciding);
    if (failure)
        failHandler(deciding, branch, *std::move(failure));
}

/// What becomes of one kept event now. Whether it stays kept, and so would all its likes that come
/// after it.
bool offer(Deciding &deciding, Sequence event)
{
    const InstanceState &state = deciding.state();
    const std::vector<Target> targets = targetsOf(deciding, state.kept.at(event));
    if (targets.empty())
        return true;
    const InterruptMode mode = targets.front().interrupt->mode;
    const std::vector<Sequence> likes =
        mode == InterruptMode::Queue ? std::vector<Sequence>() : likesOf(state, event);
    if (mode == InterruptMode::Latest && !likes.empty() && likes.back() > event) {
        drop(deciding, event, likes.back(), "a later one came before it could begin");
        return false;
    }
    const auto free = std::ranges::find_if(
        targets, [&state](const Target &target) { return isFree(state, target); });
    if (free != targets.end()) {
        begin(deciding, event, *free);
        return false;
    }
    const bool waits = !likes.empty() && likes.front() < event;
    const bool allRun = std::ranges::all_of(
        targets, [&state](const Target &target) { return runs(state, target); });
    if (mode == InterruptMode::Drop && (waits || allRun)) {
        drop(deciding, event, 0,
            waits ? "another one of it waits" : "the handler of another one of it runs");
    }
    return mode == InterruptMode::Queue;
}

/// All kept events that interrupt somewhere in the flow, in the order of acceptance.
std::vector<Sequence> keptInterrupts(const Deciding &deciding)
{
    const InstanceState &state = deciding.state();
    std::vector<Sequence> events;
    for (const auto &[name, interrupts] : deciding.flow().interrupts()) {
        for (auto kept = firstOf(state.keptByName, name);
             kept != state.keptByName.end() && kept->first == name; ++kept)
            events.push_back(kept->second);
    }
    std::ranges::sort(events);
    return events;
}

std::vector<std::string> namesOf(const std::vector<Interrupt> &interrupts)
{
    std::vector<std::string> names;
    for (const Interrupt &interrupt : interrupts)
        names.push_back(interrupt.event);
    return names;
}

/// Those of one scope, whose names and keys `opened` has.
std::optional<Failure> open(Deciding &deciding, CorrelationOpened opened, const StepId &step)
{
    auto keys = deciding.keysOf(opened.names, opened.branch, step);
    if (auto *failure = std::get_if<Failure>(&keys))
        return std::move(*failure);
    opened.keys = std::get<std::vector<std::string>>(std::move(keys));
    if (!opened.keys.empty())
        deciding.add(std::move(opened));
    return {};
}

} // namespace

bool offerInterrupt(Deciding &deciding, Sequence event)
{
    const InstanceState &state = deciding.state();
    if (!deciding.flow().interrupts().contains(state.kept.at(event).name))
        return false;
    const std::vector<Target> targets = targetsOf(deciding, state.kept.at(event));
    const bool replaces =
        !targets.empty() && targets.front().interrupt->mode == InterruptMode::Latest;
    // Those that wait already give way.
    for (const Sequence older : replaces ? likesOf(state, event) : std::vector<Sequence>())
        offer(deciding, older);
    offer(deciding, event);
    return true;
}

void offerKeptInterrupts(Deciding &deciding)
{
    if (deciding.flow().interrupts().empty())
        return;
    const InstanceState &state = deciding.state();
    std::set<std::pair<std::string, std::optional<BranchPath>>> stuck;
    for (const Sequence event : keptInterrupts(deciding)) {
        const auto kept = state.kept.find(event);
        if (kept == state.kept.end())
            continue;
        const std::pair like(kept->second.name, kept->second.branch);
        if (!stuck.contains(like) && offer(deciding, event))
            stuck.insert(like);
    }
}

bool mayInterrupt(const Deciding &deciding, const StepId &id)
{
    if (deciding.state().kept.empty())
        return false;
    const Step *step = deciding.flow().step(id);
    const auto *parallel = step ? std::get_if<ParallelStep>(&step->body) : nullptr;
    return parallel && !parallel->interrupts.empty();
}

std::vector<BranchPath> handlersOf(const InstanceState &state, Sequence region)
{
    std::vector<BranchPath> handlers;
    for (const auto &[sequence, interrupt] : state.interrupts) {
        if (interrupt.region == region && !interrupt.only)
            handlers.push_back(interrupt.handler);
    }
    return handlers;
}

void endHandler(Deciding &deciding, const BranchPath &branch)
{
    const InstanceState &state = deciding.state();
    std::optional<BranchPath> at = branch;
    while (at && state.branches.at(*at).handler == 0)
        at = enclosing(*at);
    invariant(at.has_value(), "flow: a step 'resume' was reached outside of all handlers");
    const Sequence sequence = state.branches.at(*at).handler;
    const OpenInterrupt ended = state.interrupts.at(sequence);
    deciding.closeBranch(ended.handler);
    deciding.add(InterruptEnded{sequence});
    if (ended.beside)
        return offerKeptInterrupts(deciding);
    // Whatever halts again at once has not seen what came meanwhile.
    deciding.setOfferingSince(ended.since);
    offerKeptInterrupts(deciding);
    restartClocks(deciding);
    offerHeldEvents(deciding, ended);
    deciding.setOfferingSince(0);
}

void failHandler(Deciding &deciding, const BranchPath &branch, Failure failure)
{
    const Sequence sequence = deciding.state().branches.at(branch).handler;
    const OpenInterrupt failed = deciding.state().interrupts.at(sequence);
    deciding.closeBranch(failed.handler);
    deciding.add(InterruptEnded{sequence, failure});
    if (failed.only) {
        const BranchPath only = *failed.only;
        deciding.closeBranch(only);
        return endFailedBranch(deciding, only, failure);
    }
    if (failed.region != 0)
        return failRegion(deciding, failed.region, std::move(failure));
    deciding.closeEverything();
    deciding.add(ExecutionCompleted{.failure = std::move(failure)});
}

bool openCorrelation(Deciding &deciding)
{
    const auto &interrupts = deciding.flow().flow().interrupts;
    if (interrupts.empty() || !deciding.flow().correlates() || !deciding.state().correlations.empty())
        return true;
    auto failure = open(deciding, {.names = namesOf(interrupts)}, {});
    if (!failure)
        return true;
    deciding.closeEverything();
    deciding.add(ExecutionCompleted{.failure = std::move(failure)});
    return false;
}

std::optional<Failure> openCorrelation(Deciding &deciding, Sequence region)
{
    const OpenRegion &opened = deciding.state().regions.at(region);
    const Step *step = deciding.flow().step(opened.step);
    const auto *parallel = step ? std::get_if<ParallelStep>(&step->body) : nullptr;
    if (!parallel || parallel->interrupts.empty() || !deciding.flow().correlates())
        return {};
    return open(deciding,
        {.branch = opened.branch, .region = region, .names = namesOf(parallel->interrupts)},
        opened.step);
}

void closeCorrelation(Deciding &deciding, Sequence region)
{
    const auto &open = deciding.state().correlations;
    const auto found = std::ranges::find_if(
        open, [region](const auto &one) { return one.second.region == region; });
    if (found != open.end())
        deciding.add(CorrelationClosed{found->first});
}

} // namespace engine

#include "engine/model/flow.h"
#include "engine/runtime/folds.h"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

std::map<std::string, std::string> keysByName(
    const std::vector<std::string> &names, const std::vector<std::string> &keys)
{
    std::map<std::string, std::string> byName;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].empty())
            byName.emplace(foldedEventName(names.at(i)), keys[i]);
    }
    return byName;
}

} // namespace

UntakenEvent takeEvent(InstanceState &state, Sequence event)
{
    const auto kept = state.kept.find(event);
    invariant(kept != state.kept.end(), "history: a fact names an event that is not kept");
    UntakenEvent taken = std::move(kept->second);
    state.keptByName.erase({taken.name, event});
    if (--state.keptCounts.at(taken.name) == 0)
        state.keptCounts.erase(taken.name);
    state.kept.erase(kept);
    return taken;
}

void removeWait(InstanceState &state, Sequence wait)
{
    const OpenWait &open = knownIn(state.waits, wait, "history: closed a wait that is not open");
    for (const std::string &name : open.names)
        state.waitsByName.erase({foldedEventName(name), wait});
    state.open.erase({open.branch, wait});
    state.waits.erase(wait);
}

void applyTo(InstanceState &, Sequence, Instant, const EventSent &) {}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventRaised &fact)
{
    std::string name = foldedEventName(fact.name);
    state.keptByName.emplace(name, sequence);
    ++state.keptCounts[name];
    state.kept[sequence] = {
        std::move(name), fact.name, fact.payload, fact.eventId, fact.branch, fact.source,
        fact.raisedAt.value_or(at), fact.task, fact.key, {}};
}

void applyTo(InstanceState &state, Sequence, Instant, const EventTaken &fact)
{
    UntakenEvent &event =
        knownIn(state.kept, fact.event, "history: took an event that is not kept");
    OpenWait &wait = knownIn(state.waits, fact.wait, "history: took an event for no open wait");
    const auto name = std::ranges::find_if(
        wait.names, [&](const std::string &wanted) { return sameEventName(wanted, event.name); });
    invariant(name != wait.names.end(), "history: a wait took an event that it does not want");
    branchOf(state, wait.branch)
        .outcomes.push_back({fact.event, *name, std::move(event.payload)});
    if (wait.needed > 0)
        --wait.needed;
    if (!wait.collects) {
        wait.names.erase(name);
        state.waitsByName.erase({event.name, fact.wait});
    }
    takeEvent(state, fact.event);
    moved(state);
}

void applyTo(InstanceState &, Sequence, Instant, const EventIgnored &) {}

void applyTo(InstanceState &state, Sequence, Instant, const EventDeleted &fact)
{
    takeEvent(state, fact.event);
}

void applyTo(InstanceState &state, Sequence, Instant, const EventHandedOn &fact)
{
    takeEvent(state, fact.event);
}

void applyTo(InstanceState &state, Sequence, Instant, const WhereFailed &fact)
{
    const OpenWait &wait = knownIn(state.waits, fact.wait, "history: `where` of no open wait failed");
    knownIn(state.kept, fact.event, "history: `where` failed over an event that is not kept")
        .whereFailures[wait.step] = fact.message;
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const WaitOpened &fact)
{
    for (const std::string &name : fact.names)
        state.waitsByName.emplace(foldedEventName(name), sequence);
    if (fact.collects)
        branchOf(state, fact.branch).collects = true;
    state.waits[sequence] = {
        fact.branch, fact.step, fact.names, fact.needed, fact.collects, 0, {},
        keysByName(fact.names, fact.keys)};
    state.open.emplace(fact.branch, sequence);
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const CorrelationOpened &fact)
{
    state.correlations[sequence] = {fact.branch, fact.region, keysByName(fact.names, fact.keys)};
    state.open.emplace(fact.branch, sequence);
}

void applyTo(InstanceState &state, Sequence, Instant, const CorrelationClosed &fact)
{
    const OpenCorrelation &open = knownIn(
        state.correlations, fact.correlation, "history: closed a correlation that is not open");
    state.open.erase({open.branch, fact.correlation});
    state.correlations.erase(fact.correlation);
}

void applyTo(InstanceState &state, Sequence, Instant, const WaitClosed &fact)
{
    removeWait(state, fact.wait);
}

} // namespace engine

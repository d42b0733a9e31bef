#include "engine/runtime/event_matching.h"

#include "engine/model/flow.h"

namespace engine {
namespace {

/// Whether it may take the event at all: it is on its branch, stands under its key, or, if the event
/// answers a task, it is that one.
bool isFor(const UntakenEvent &event, Sequence wait, const OpenWait &open)
{
    return (event.task == 0 || event.task == wait) &&
           (!event.branch || *event.branch == open.branch) &&
           fitsKey(open.keys, event.name, event.key);
}

/// The kept event of `name` that follows `after`.
std::optional<Sequence> nextKept(
    const InstanceState &state, const std::string &name, Sequence after)
{
    const auto found = state.keptByName.upper_bound({name, after});
    if (found == state.keptByName.end() || found->first != name)
        return {};
    return found->second;
}

/// The oldest kept event after `after` whose name `wait` wants.
std::optional<Sequence> nextWanted(const InstanceState &state, const OpenWait &wait, Sequence after)
{
    std::optional<Sequence> oldest;
    for (const std::string &name : wait.names) {
        const auto kept = nextKept(state, foldedEventName(name), after);
        if (kept && (!oldest || *kept < *oldest))
            oldest = kept;
    }
    return oldest;
}

} // namespace

std::optional<Sequence> waitFor(const InstanceState &state, Sequence event, const Passes &passes)
{
    const UntakenEvent &offered = state.kept.at(event);
    for (auto one = firstOf(state.waitsByName, offered.name);
         one != state.waitsByName.end() && one->first == offered.name; ++one) {
        const OpenWait &wait = state.waits.at(one->second);
        if (isFor(offered, one->second, wait) && !isHalted(state, wait.branch) &&
            passes(one->second, event))
            return one->second;
    }
    return {};
}

std::optional<Sequence> keptFor(
    const InstanceState &state, Sequence wait, Sequence after, const Passes &passes)
{
    const OpenWait &open = state.waits.at(wait);
    auto event = nextWanted(state, open, after);
    while (event && !(isFor(state.kept.at(*event), wait, open) && passes(wait, *event)))
        event = nextWanted(state, open, *event);
    return event;
}

} // namespace engine

#include "engine/runtime/steps/open_waits.h"

#include <utility>

namespace engine {
namespace {

const CollectStep &bodyOf(const Deciding &deciding, const OpenWait &open)
{
    return std::get<CollectStep>(stepOf(deciding, open).body);
}

/// Whether `until.when` holds for the events taken so far.
std::variant<bool, Failure> isEnough(Deciding &deciding, const OpenWait &open)
{
    const CollectStep &body = bodyOf(deciding, open);
    if (body.count && open.needed == 0)
        return true;
    if (!body.when)
        return false;
    const JsonText events = listOf(deciding.state().branches.at(open.branch).outcomes);
    auto value = deciding.evaluate(
        *body.when, {open.branch, open.step, "when", nullptr, &events});
    if (auto *failure = std::get_if<Failure>(&value))
        return std::move(*failure);
    return std::get<JsonText>(value).text() == "true";
}

/// Takes what is kept, oldest first. Whether it was enough.
bool collectKept(Deciding &deciding, Sequence wait)
{
    const Passes passes = passesWhere(deciding);
    Sequence after = 0;
    while (const auto event = keptFor(deciding.state(), wait, after, passes)) {
        after = *event;
        if (collectEvent(deciding, wait, *event))
            return true;
    }
    return false;
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const CollectStep &body)
{
    auto keys = deciding.keysOf({body.event}, branch, step.id);
    if (auto *failure = std::get_if<Failure>(&keys))
        return deciding.failStep(branch, step, std::move(*failure));
    const Sequence wait = deciding.add(WaitOpened{branch, step.id, {body.event},
        body.count.value_or(0), true, std::get<std::vector<std::string>>(std::move(keys))});
    if (!collectKept(deciding, wait) && body.timeout)
        startTimeout(deciding, wait, *body.timeout);
}

bool collectEvent(Deciding &deciding, Sequence wait, Sequence event)
{
    auto failure = badPayload(deciding, deciding.state().kept.at(event));
    deciding.add(EventTaken{event, wait});
    const OpenWait open = deciding.state().waits.at(wait);
    std::variant<bool, Failure> enough = false;
    if (failure)
        enough = *std::move(failure);
    else
        enough = isEnough(deciding, open);
    if (auto *fault = std::get_if<Failure>(&enough)) {
        closeWait(deciding, wait);
        deciding.failStep(open.branch, stepOf(deciding, open), std::move(*fault));
        return true;
    }
    if (!std::get<bool>(enough))
        return false;
    finishCollect(deciding, wait);
    return true;
}

void finishCollect(Deciding &deciding, Sequence wait)
{
    const OpenWait open = deciding.state().waits.at(wait);
    closeWait(deciding, wait);
    deciding.leave({.branch = open.branch,
        .step = open.step,
        .way = "next",
        .to = bodyOf(deciding, open).next,
        .resultOf = wait});
}

} // namespace engine

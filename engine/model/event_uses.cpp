#include "engine/model/event_uses.h"

#include <algorithm>

namespace engine {
namespace {

bool waitsFor(const Step &step, std::string_view event)
{
    if (const auto *collect = std::get_if<CollectStep>(&step.body))
        return sameEventName(collect->event, event);
    const auto *wait = std::get_if<WaitStep>(&step.body);
    return wait && std::ranges::any_of(wait->events,
                       [event](const auto &one) { return sameEventName(one.first, event); });
}

bool isAnsweredBy(const Step &step, std::string_view event)
{
    const auto *approval = std::get_if<ApprovalStep>(&step.body);
    return approval && sameEventName(eventOf(*approval), event);
}

} // namespace

const Step *firstWaiting(const Flow &flow, std::string_view event)
{
    const auto found = std::ranges::find_if(
        flow.steps, [event](const Step &step) { return waitsFor(step, event); });
    return found == flow.steps.end() ? nullptr : &*found;
}

bool answersOnly(const Flow &flow, std::string_view event)
{
    const auto scopes = interruptScopes(flow);
    return !firstWaiting(flow, event) &&
           std::ranges::none_of(scopes,
               [event](const auto &scope) { return findInterrupt(scope.interrupts, event); }) &&
           std::ranges::any_of(
               flow.steps, [event](const Step &step) { return isAnsweredBy(step, event); });
}

} // namespace engine

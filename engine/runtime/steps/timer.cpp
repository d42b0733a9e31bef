#include "engine/runtime/due_time.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const TimerStep &body)
{
    invariant(
        body.after || body.at, "flow: timer '" + step.id.value + "' has neither after nor at");
    const std::string_view field = body.after ? "after" : "at";
    auto written = deciding.fill(body.after ? *body.after : *body.at, {branch, step.id, field});
    if (auto *failure = std::get_if<Failure>(&written))
        return deciding.failStep(branch, step, std::move(*failure));
    auto due = dueTime(std::get<JsonText>(written), deciding.now(), field);
    if (auto *failure = std::get_if<Failure>(&due))
        return deciding.failStep(branch, step, std::move(*failure));
    deciding.createTimer({branch, step.id, TimerPurpose::Step, std::get<Instant>(due)});
}

void passTimer(Deciding &deciding, const OpenTimer &timer)
{
    const Step *step = deciding.flow().step(timer.step);
    invariant(step && std::holds_alternative<TimerStep>(step->body),
        "flow: a timer fired for step '" + timer.step.value + "', which is no timer");
    deciding.leave({.branch = timer.branch,
        .step = timer.step,
        .way = "next",
        .to = std::get<TimerStep>(step->body).next,
        .result = JsonText::trusted("{\"firedAt\":\"" + toText(deciding.now()) + "\"}")});
}

} // namespace engine

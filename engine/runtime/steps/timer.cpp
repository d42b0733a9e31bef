#include "engine/runtime/due_time.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

namespace {

using Due = std::variant<Instant, Failure>;

/// `written` filled in and read as `read` says.
template<typename Read>
Due dueAt(Deciding &deciding, const Template &written, const Place &place, Read read)
{
    auto filled = deciding.fill(written, place);
    if (auto *failure = std::get_if<Failure>(&filled))
        return std::move(*failure);
    return read(std::get<JsonText>(filled));
}

Due dueTimeOf(Deciding &deciding, const TimerStep &body, const BranchPath &branch, const StepId &step)
{
    const Instant now = deciding.now();
    if (body.after) {
        return dueAt(deciding, *body.after, {branch, step, "after"},
            [now](const JsonText &text) { return dueTime(text, now, "after"); });
    }
    if (body.at) {
        return dueAt(deciding, *body.at, {branch, step, "at"},
            [&](const JsonText &text) { return dateIn(text, now, body.zone); });
    }
    return dueAt(deciding, templateFrom(JsonText::ofString(*body.cron)), {branch, step, "cron"},
        [&](const JsonText &text) { return cronTime(text, now, body.zone); });
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const TimerStep &body)
{
    invariant(body.after || body.at || body.cron,
        "flow: timer '" + step.id.value + "' has neither after nor at nor cron");
    auto due = dueTimeOf(deciding, body, branch, step.id);
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

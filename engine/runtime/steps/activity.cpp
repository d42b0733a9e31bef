#include "engine/runtime/retries.h"
#include "engine/runtime/steps/steps.h"
#include "engine/runtime/work_step.h"

#include <utility>

namespace engine {
namespace {

Failure notAllowed(const Deciding &deciding, const std::string &activity)
{
    return {.type = "NotAllowed",
        .message = "flow '" + deciding.state().flow.value + "' may not run activity '" + activity +
                   "': allow it when deploying in the window, or start with --allow " + activity,
        .retriable = false};
}

WorkStep bodyOf(const Deciding &deciding, const StepId &id)
{
    const auto body = workStep(deciding.flow().step(id));
    invariant(body.has_value(), "flow: a result came for step '" + id.value + "', which has none");
    return *body;
}

/// The task has had its last attempt.
void failTask(Deciding &deciding, Sequence task, int attempt, Failure failure)
{
    const OpenTask work = deciding.state().tasks.at(task);
    deciding.add(TaskFailed{task, attempt, failure});
    deciding.failStep(work.branch, *deciding.flow().step(work.step), std::move(failure));
}

void failAttempt(Deciding &deciding, const ActivityFinished &finished, const Failure &failure)
{
    const OpenTask work = deciding.state().tasks.at(finished.task);
    const auto next = nextAttempt(bodyOf(deciding, work.step).retry,
        {finished.attempt, work.scheduledAt, deciding.now()}, failure);
    if (!next)
        return failTask(deciding, finished.task, finished.attempt, failure);
    deciding.add(TaskAttemptFailed{finished.task, finished.attempt, failure});
    deciding.createTimer({work.branch, work.step, TimerPurpose::Retry, *next, finished.task});
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ActivityStep &body)
{
    auto with = deciding.fill(body.with, {branch, step.id, "with"});
    if (auto *failure = std::get_if<Failure>(&with))
        return deciding.failStep(branch, step, std::move(*failure));
    schedule(deciding,
        {branch, step.id, body.activity, std::get<JsonText>(std::move(with))});
}

void schedule(Deciding &deciding, TaskScheduled work)
{
    const std::string activity = work.activity;
    const Sequence task = deciding.add(std::move(work));
    if (!deciding.flow().allows(activity))
        return failTask(deciding, task, 0, notAllowed(deciding, activity));
    deciding.runAttempt(task);
}

void finishAttempt(Deciding &deciding, const ActivityFinished &finished)
{
    const auto found = deciding.state().tasks.find(finished.task);
    if (found == deciding.state().tasks.end() || found->second.attempt != finished.attempt ||
        found->second.retryTimer != 0)
        return deciding.receive(Reception::Ignored);
    if (deciding.state().suspended != 0 || isHalted(deciding.state(), found->second.branch))
        return deciding.receive(Reception::Held);
    if (const auto *failure = std::get_if<Failure>(&finished.outcome))
        return failAttempt(deciding, finished, *failure);
    const OpenTask work = found->second;
    const StepId next = bodyOf(deciding, work.step).next;
    const Sequence completed = deciding.add(
        TaskCompleted{finished.task, finished.attempt, std::get<JsonText>(finished.outcome)});
    deciding.leave({.branch = work.branch,
        .step = work.step,
        .way = "next",
        .to = next,
        .resultOf = completed});
}

void retryAttempt(Deciding &deciding, const OpenTimer &timer)
{
    const OpenTask &work = deciding.state().tasks.at(timer.about);
    if (deciding.flow().allows(work.activity))
        return deciding.runAttempt(timer.about);
    // Allowed when it began, but the program was started again without.
    failTask(deciding, timer.about, work.attempt - 1, notAllowed(deciding, work.activity));
}

} // namespace engine

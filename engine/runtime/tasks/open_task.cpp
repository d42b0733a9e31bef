#include "engine/runtime/tasks/open_task.h"

#include "engine/history/task_summary.h"
#include "engine/model/flow.h"
#include "engine/runtime/tasks/policy.h"

#include <utility>

namespace engine {
namespace {

const std::vector<Answer> &answersOf(const Deciding &deciding, const OpenApproval &open)
{
    return deciding.state().branches.at(open.branch).answers;
}

bool failsOnBadPayload(const Deciding &deciding, std::string_view event)
{
    const EventDeclaration *declaration = findEvent(deciding.flow().flow(), event);
    return declaration && declaration->onInvalid == "fail";
}

/// Why the task does not take a payload as an answer; nothing: it does.
std::optional<Error> whyNot(
    const Deciding &deciding, Sequence task, const JsonText &payload, const Source &source)
{
    const StandingTask one = standingTask(deciding, task);
    return whyNoAnswer(one.body, one.open, answersOf(deciding, one.open), payload, source);
}

/// Kept answers that only this task could have taken.
std::vector<Sequence> boundTo(const InstanceState &state, Sequence task)
{
    std::vector<Sequence> bound;
    for (const auto &[event, kept] : state.kept) {
        if (kept.task == task)
            bound.push_back(event);
    }
    return bound;
}

} // namespace

StandingTask standingTask(const Deciding &deciding, Sequence task)
{
    const auto open = deciding.state().approvals.find(task);
    invariant(open != deciding.state().approvals.end(), "task: it is not open");
    const Step *step = deciding.flow().step(open->second.step);
    const auto *body = step ? std::get_if<ApprovalStep>(&step->body) : nullptr;
    invariant(body != nullptr, "flow: step '" + open->second.step.value + "' asks and is no approval");
    return {task, open->second, *step, *body};
}

bool takesAnswer(const Deciding &deciding, Sequence task, const UntakenEvent &event)
{
    const auto error = whyNot(deciding, task, event.payload, event.source);
    return !error || (error->code == ErrorCode::InvalidArgument &&
                         failsOnBadPayload(deciding, event.name));
}

bool decideTask(Deciding &deciding, Sequence task)
{
    const StandingTask one = standingTask(deciding, task);
    const std::string decided =
        decidedBy(one.body, one.open.assignees, answersOf(deciding, one.open));
    const ApprovalOutcome *outcome =
        decided.empty() ? nullptr : findOutcome(one.body, decided);
    if (!outcome)
        return false;
    closeTask(deciding, task, TaskEnd::Decided);
    leaveByOutcome(deciding, one, *outcome);
    return true;
}

void leaveByOutcome(Deciding &deciding, const StandingTask &one, const ApprovalOutcome &outcome)
{
    deciding.leave({.branch = one.open.branch,
        .step = one.step.id,
        .way = "outcome:" + outcome.name,
        .to = outcome.next,
        .resultOf = one.task});
}

void closeTask(Deciding &deciding, Sequence task, TaskEnd end, const std::string &reason)
{
    const OpenApproval open = deciding.state().approvals.at(task);
    for (const Sequence timer :
        {deciding.state().waits.at(task).timer, open.reminder, open.escalation}) {
        if (timer != 0)
            deciding.cancelTimer(timer);
    }
    deciding.add(TaskClosed{task, end, reason});
    for (const Sequence event : boundTo(deciding.state(), task))
        deciding.add(EventDeleted{event, "task " + toText(TaskId{deciding.state().run, task}) + " was closed before it",
            {"instance", deciding.state().instance.value}});
}

std::optional<Error> whyNoAnswer(
    const Deciding &deciding, const RaiseEvent &event, const JsonText &payload)
{
    const InstanceState &state = deciding.state();
    const std::string name = foldedEventName(event.name);
    std::optional<Error> first;
    for (auto one = firstOf(state.waitsByName, name);
         one != state.waitsByName.end() && one->first == name; ++one) {
        const auto task = state.approvals.find(one->second);
        if (task == state.approvals.end())
            return {}; // a wait takes it, or another one may
        if (isHalted(state, task->second.branch))
            return {}; // it is kept until that goes on
        if (event.branch && *event.branch != task->second.branch)
            continue;
        auto error = whyNot(deciding, one->second, payload, event.source);
        if (!error || failsOnBadPayload(deciding, name))
            return {};
        if (!first)
            first = std::move(error);
    }
    return first;
}

} // namespace engine

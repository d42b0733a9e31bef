#include "engine/runtime/tasks/task_orders.h"

#include "engine/base/calendar.h"
#include "engine/history/task_summary.h"
#include "engine/model/flow.h"
#include "engine/runtime/tasks/open_task.h"
#include "engine/runtime/tasks/policy.h"

#include <utility>

namespace engine {
namespace {

/// As lists name it.
std::string named(const InstanceState &state, Sequence task)
{
    return "task " + toText(TaskId{state.run, task});
}

Error closedError(const InstanceState &state, Sequence task, const ClosedApproval &closed)
{
    const std::string at = toText(closed.at);
    switch (closed.end) {
    case TaskEnd::Decided:
        return {ErrorCode::WrongState,
            named(state, task) + " is decided: " + closed.by + " answered " + closed.outcome +
                " at " + at,
            {}};
    case TaskEnd::Due:
        return {ErrorCode::Finished,
            named(state, task) + " can no longer be answered: it was due at " + at, {}};
    case TaskEnd::Withdrawn: break;
    }
    return {ErrorCode::Finished,
        named(state, task) + " can no longer be answered since " + at + ": " + closed.reason, {}};
}

/// The task if it is open, else nothing, and the answer is given.
std::optional<StandingTask> openTask(Deciding &deciding, Sequence task)
{
    const InstanceState &state = deciding.state();
    if (state.approvals.contains(task))
        return standingTask(deciding, task);
    const auto closed = state.closedApprovals.find(task);
    deciding.refuse(closed != state.closedApprovals.end()
                        ? closedError(state, task, closed->second)
                        : Error{ErrorCode::NotFound,
                              "instance '" + state.instance.value + "' has no " + named(state, task), {}});
    return {};
}

/// Whether nothing may move it now: the instance is suspended, or an interrupt halts its branch.
bool stands(const Deciding &deciding, const StandingTask &one)
{
    return deciding.state().suspended != 0 || isHalted(deciding.state(), one.open.branch);
}

/// What it has taken, and, while nothing moves, what is kept for it until the instance goes on.
std::vector<Answer> allAnswers(const Deciding &deciding, const StandingTask &one)
{
    const InstanceState &state = deciding.state();
    std::vector<Answer> answers = state.branches.at(one.open.branch).answers;
    for (const auto &[event, kept] : state.kept) {
        if (kept.task != one.task || !stands(deciding, one))
            continue;
        const auto given = answerFrom(one.body, kept.payload, kept.source);
        if (const auto *answer = std::get_if<GivenAnswer>(&given))
            answers.push_back({event, answer->by, answer->outcome->name, answer->comment,
                answer->data, kept.raisedAt});
    }
    return answers;
}

/// Whether what is kept for it decides it as soon as it goes on; then that is why nobody else can.
std::optional<Error> whyDecided(const StandingTask &one, const std::vector<Answer> &answers)
{
    if (decidedBy(one.body, one.open.assignees, answers).empty())
        return {};
    return Error{ErrorCode::WrongState,
        answers.back().by + " answered " + answers.back().outcome + " at " +
            toText(answers.back().at) + ", which counts when the instance goes on",
        {}};
}

/// Why the task takes no answer of that person; nothing: it does.
std::optional<Error> whyNot(const Deciding &deciding, const StandingTask &one, const std::string &by)
{
    const std::vector<Answer> answers = allAnswers(deciding, one);
    if (auto decided = whyDecided(one, answers))
        return decided;
    return whyMayNot(one.body, one.open, answers, by);
}

Error emptyText(const char *member)
{
    return {ErrorCode::InvalidArgument, std::string("'") + member + "' is empty; say something",
        std::string("/") + member};
}

/// For the audit log.
JsonText assigned(const People &people)
{
    return JsonText::trusted("{\"assignees\":" + JsonText::ofStrings(people).text() + "}");
}

} // namespace

void answerTask(Deciding &deciding, const AnswerTask &message)
{
    const auto one = openTask(deciding, message.task);
    if (!one)
        return;
    JsonText payload =
        payloadOfAnswer(message.outcome, message.comment, message.data, message.by);
    auto given = answerFrom(one->body, payload, message.source);
    if (auto *error = std::get_if<Error>(&given))
        return deciding.refuse(std::move(*error));
    if (auto error = whyNot(deciding, *one, std::get<GivenAnswer>(given).by))
        return deciding.refuse(*std::move(error));
    const Sequence raised = deciding.add(EventRaised{eventOf(one->body), std::move(payload), message.eventId,
        one->open.branch, message.source, {}, message.task});
    if (!stands(deciding, *one))
        takeAnswer(deciding, message.task, raised);
}

void claimTask(Deciding &deciding, const ClaimTask &message)
{
    const auto one = openTask(deciding, message.task);
    if (!one)
        return;
    const std::string by = actor(message.by, message.source);
    const std::string &holder = one->open.claimedBy;
    if (message.gives && holder.empty())
        return deciding.refuse(
            {ErrorCode::WrongState, named(deciding.state(), message.task) + " is claimed by nobody", {}});
    if (message.gives) {
        deciding.add(TaskClaimed{message.task, {}, message.source});
        return;
    }
    if (one->body.policy != PolicyMode::First)
        return deciding.refuse({ErrorCode::WrongState,
            named(deciding.state(), message.task) +
                " asks several people, each for themselves; it cannot be claimed",
            {}});
    if (!holder.empty() && !sameEventName(holder, by))
        return deciding.refuse({ErrorCode::WrongState,
            holder + " has claimed " + named(deciding.state(), message.task) + " at " +
                toText(one->open.claimedAt),
            {}});
    if (auto decided = whyDecided(*one, allAnswers(deciding, *one)))
        return deciding.refuse(*std::move(decided));
    if (holder.empty())
        deciding.add(TaskClaimed{message.task, by, message.source});
}

void reassignTask(Deciding &deciding, const ReassignTask &message)
{
    const auto one = openTask(deciding, message.task);
    if (!one)
        return;
    const std::vector<Answer> answers = allAnswers(deciding, *one);
    if (message.to.empty() || isAmong(message.to, {}))
        return deciding.refuse({ErrorCode::InvalidArgument,
            "say in 'to' who is asked from now on; every name must say something", "/to"});
    if (!message.from.empty() && !isAmong(stillAsked(one->open.assignees, answers), message.from))
        return deciding.refuse({ErrorCode::InvalidArgument,
            message.from + " is not asked, or has answered already", "/from"});
    const People before = one->open.assignees;
    People people = exchanged(before, answers, message.from, message.to);
    if (const std::string why = whyTooFew(one->body, people); !why.empty())
        return deciding.refuse({ErrorCode::InvalidArgument, why, "/to"});
    deciding.audit({.source = message.source,
        .operation = "reassign",
        .about = "task/" + std::to_string(message.task),
        .before = assigned(before),
        .after = assigned(people),
        .reason = message.reason});
    deciding.add(TaskReassigned{message.task, std::move(people), message.reason, message.source});
    if (!stands(deciding, *one))
        decideTask(deciding, message.task);
}

void commentTask(Deciding &deciding, const CommentTask &message)
{
    if (!openTask(deciding, message.task))
        return;
    if (message.text.empty())
        return deciding.refuse(emptyText("text"));
    deciding.add(TaskCommented{message.task, actor(message.by, message.source), message.text,
        message.question, message.source});
}

} // namespace engine

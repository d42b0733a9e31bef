#include "engine/base/calendar.h"
#include "engine/history/json_slices.h"
#include "engine/model/flow.h"
#include "engine/runtime/folds.h"
#include "engine/runtime/tasks/answer.h"

#include <utility>

namespace engine {
namespace {

OpenApproval &approvalOf(InstanceState &state, Sequence task)
{
    return knownIn(state.approvals, task, "history: a fact names a task that is not open");
}

std::string quoted(const std::string &text)
{
    return text.empty() ? "null" : JsonText::ofString(text).text();
}

/// The members that an answer and the result of its approval share.
std::string membersOf(const Answer &answer, const std::string &outcome)
{
    return "\"outcome\":" + quoted(outcome) + ",\"comment\":" + answer.comment.text() +
           ",\"by\":" + quoted(answer.by) + ",\"at\":" + quoted(toText(answer.at)) +
           ",\"data\":" + answer.data.text();
}

} // namespace

void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskOpened &fact)
{
    state.waitsByName.emplace(foldedEventName(fact.event), sequence);
    state.waits[sequence] = {fact.branch, fact.step, {fact.event}, 1, false, 0, {}};
    if (!fact.key.empty())
        state.waits[sequence].keys.emplace(foldedEventName(fact.event), fact.key);
    state.open.emplace(fact.branch, sequence);
    state.approvals[sequence] = {
        .branch = fact.branch, .step = fact.step, .assignees = fact.assignees, .openedAt = at};
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskAnswered &fact)
{
    const OpenApproval &approval = approvalOf(state, fact.task);
    const UntakenEvent event = takeEvent(state, fact.event);
    AnswerParts parts = answerParts(event.payload);
    branchOf(state, approval.branch)
        .answers.push_back({fact.event, fact.by, fact.outcome, std::move(parts.comment),
            std::move(parts.data), event.raisedAt});
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant at, const TaskClosed &fact)
{
    const OpenApproval &approval = approvalOf(state, fact.task);
    ClosedApproval closed{.end = fact.end,
        .reason = fact.reason,
        .event = knownIn(state.waits, fact.task, "history: a task without its wait").names.front(),
        .at = at};
    if (const auto &answers = branchOf(state, approval.branch).answers; !answers.empty()) {
        closed.by = answers.back().by;
        closed.outcome = answers.back().outcome;
        closed.at = fact.end == TaskEnd::Decided ? answers.back().at : at;
    }
    removeWait(state, fact.task);
    state.approvals.erase(fact.task);
    state.closedApprovals[fact.task] = std::move(closed);
}

void applyTo(InstanceState &state, Sequence, Instant at, const TaskClaimed &fact)
{
    OpenApproval &approval = approvalOf(state, fact.task);
    approval.claimedBy = fact.by;
    approval.claimedAt = at;
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskReassigned &fact)
{
    OpenApproval &approval = approvalOf(state, fact.task);
    approval.assignees = fact.assignees;
    approval.claimedBy.clear();
}

/// Nothing depends on what was said; inboxes read it from their index.
void applyTo(InstanceState &state, Sequence, Instant, const TaskCommented &fact)
{
    approvalOf(state, fact.task);
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskReminded &fact)
{
    approvalOf(state, fact.task).reminded = fact.number;
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskEscalated &fact)
{
    OpenApproval &approval = approvalOf(state, fact.task);
    approval.assignees = fact.assignees;
    approval.level = fact.level;
}

void noteTaskTimer(InstanceState &state, Sequence timer, const OpenTimer &open, bool stands)
{
    const auto approval = state.approvals.find(open.about);
    if (approval == state.approvals.end())
        return;
    if (open.purpose == TimerPurpose::Reminder)
        approval->second.reminder = stands ? timer : 0;
    if (open.purpose == TimerPurpose::Escalation)
        approval->second.escalation = stands ? timer : 0;
}

JsonText resultOfApproval(const std::vector<Answer> &answers, const ClosedApproval &closed,
    const std::string &outcome, Instant at)
{
    const bool byAnswer = closed.end == TaskEnd::Decided && !answers.empty();
    std::string text = '{' + membersOf(byAnswer ? answers.back() : Answer{.at = at}, outcome);
    text += ",\"answers\":[";
    for (const Answer &answer : answers) {
        text += text.back() == '[' ? "{" : ",{";
        text += membersOf(answer, answer.outcome);
        text += '}';
    }
    return JsonText::trusted(text += "]}");
}

} // namespace engine

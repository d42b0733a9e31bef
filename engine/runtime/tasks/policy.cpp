#include "engine/runtime/tasks/policy.h"

#include "engine/base/calendar.h"
#include "engine/base/joined.h"
#include "engine/model/flow.h"
#include "engine/runtime/tasks/answer.h"

#include <algorithm>
#include <cstddef>

namespace engine {
namespace {

const Answer *answerOf(const std::vector<Answer> &answers, std::string_view name)
{
    const auto found = std::ranges::find_if(
        answers, [name](const Answer &answer) { return sameEventName(answer.by, name); });
    return found == answers.end() ? nullptr : &*found;
}

OutcomeKind kindOf(const ApprovalStep &approval, const Answer &answer)
{
    const ApprovalOutcome *outcome = findOutcome(approval, answer.outcome);
    return outcome ? outcome->kind : OutcomeKind::Neutral;
}

int countOf(
    const ApprovalStep &approval, const std::vector<Answer> &answers, OutcomeKind kind)
{
    return int(std::ranges::count_if(
        answers, [&](const Answer &answer) { return kindOf(approval, answer) == kind; }));
}

/// The outcome of that kind that was given most often, of equals the one given last; empty: none.
std::string mostGiven(
    const ApprovalStep &approval, const std::vector<Answer> &answers, OutcomeKind kind)
{
    std::string most;
    std::ptrdiff_t often = 0;
    for (const Answer &answer : answers) {
        if (kindOf(approval, answer) != kind)
            continue;
        const auto given = std::ranges::count(answers, answer.outcome, &Answer::outcome);
        if (given >= often) {
            most = answer.outcome;
            often = given;
        }
    }
    return most;
}

int needed(const ApprovalStep &approval, const People &assignees)
{
    return approval.policy == PolicyMode::Count ? approval.count : int(assignees.size());
}

/// Whether enough cannot agree any more. Nobody knows who may still come where nobody is named: there
/// one who says no is enough.
bool isLost(
    const ApprovalStep &approval, const People &assignees, const std::vector<Answer> &answers)
{
    if (assignees.empty())
        return countOf(approval, answers, OutcomeKind::Negative) > 0;
    return countOf(approval, answers, OutcomeKind::Positive) +
               int(stillAsked(assignees, answers).size()) <
           needed(approval, assignees);
}

} // namespace

People stillAsked(const People &assignees, const std::vector<Answer> &answers)
{
    People asked;
    std::ranges::copy_if(assignees, std::back_inserter(asked),
        [&](const std::string &name) { return !answerOf(answers, name); });
    return asked;
}

std::optional<Error> whyMayNot(const ApprovalStep &approval, const OpenApproval &task,
    const std::vector<Answer> &answers, const std::string &by)
{
    if (!task.claimedBy.empty() && !sameEventName(task.claimedBy, by))
        return Error{ErrorCode::WrongState,
            task.claimedBy + " has claimed it at " + toText(task.claimedAt) +
                "; it must be given back first",
            {}};
    if (const Answer *earlier = answerOf(answers, by))
        return Error{ErrorCode::WrongState,
            by + " has answered already: " + earlier->outcome + ", at " + toText(earlier->at), {}};
    if (approval.policy == PolicyMode::First || task.assignees.empty())
        return {};
    const People asked = stillAsked(task.assignees, answers);
    if (approval.policy == PolicyMode::InTurn && !sameEventName(asked.front(), by))
        return Error{ErrorCode::NotAllowed,
            "it is the turn of " + asked.front() + ", not of " + by, "/by"};
    if (!isAmong(asked, by))
        return Error{ErrorCode::NotAllowed,
            by + " is not asked; it waits for " + joined(asked) +
                ". One of them must answer, or it must be reassigned",
            "/by"};
    return {};
}

std::optional<Error> whyNoAnswer(const ApprovalStep &approval, const OpenApproval &task,
    const std::vector<Answer> &answers, const JsonText &payload, const Source &source)
{
    auto given = answerFrom(approval, payload, source);
    if (auto *error = std::get_if<Error>(&given))
        return std::move(*error);
    return whyMayNot(approval, task, answers, std::get<GivenAnswer>(given).by);
}

std::string decidedBy(
    const ApprovalStep &approval, const People &assignees, const std::vector<Answer> &answers)
{
    if (answers.empty())
        return {};
    if (approval.policy == PolicyMode::First)
        return answers.back().outcome;
    if (countOf(approval, answers, OutcomeKind::Positive) >= needed(approval, assignees))
        return mostGiven(approval, answers, OutcomeKind::Positive);
    if (!isLost(approval, assignees, answers))
        return {};
    const std::string no = mostGiven(approval, answers, OutcomeKind::Negative);
    return no.empty() ? mostGiven(approval, answers, OutcomeKind::Neutral) : no;
}

std::string whyTooFew(const ApprovalStep &approval, const People &assignees)
{
    const bool asksAll =
        approval.policy == PolicyMode::Everyone || approval.policy == PolicyMode::InTurn;
    if (asksAll && assignees.empty())
        return "nobody is named in 'assignees', so nobody can agree";
    if (approval.policy == PolicyMode::Count && !assignees.empty() &&
        approval.count > int(assignees.size()))
        return std::to_string(approval.count) + " must agree, but only " +
               std::to_string(assignees.size()) + " are asked: " + joined(assignees);
    return {};
}

People exchanged(const People &assignees, const std::vector<Answer> &answers,
    std::string_view from, const People &to)
{
    People people;
    bool placed = false;
    for (const std::string &name : assignees) {
        const bool leaves = from.empty() ? !answerOf(answers, name) : sameEventName(name, from);
        if (!leaves)
            people = withOthers(std::move(people), {name});
        else if (!std::exchange(placed, true))
            people = withOthers(std::move(people), to);
    }
    return placed ? people : withOthers(std::move(people), to);
}

People withOthers(People assignees, const People &others)
{
    for (const std::string &name : others) {
        if (!isAmong(assignees, name))
            assignees.push_back(name);
    }
    return assignees;
}

bool isAmong(const People &people, std::string_view name)
{
    return std::ranges::any_of(
        people, [name](const std::string &one) { return sameEventName(one, name); });
}

} // namespace engine

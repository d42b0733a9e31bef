#pragma once

#include "engine/history/record_kind.h"
#include "engine/runtime/instance_state.h"

#include <tuple>

namespace engine {

// The members of an InstanceState and of all that is in it, in their order, for the codec of
// snapshots. Each list is taken apart by a structured binding: a member that is added to a struct and
// not here does not compile. Whoever changes one raises `stateVersion` (state_text.h).

auto fieldsOf(Either<Source> auto &one)
{
    auto &[via, who] = one;
    return std::tie(via, who);
}

auto fieldsOf(Either<Failure> auto &one)
{
    auto &[type, message, details, retriable] = one;
    return std::tie(type, message, details, retriable);
}

auto fieldsOf(Either<Parent> auto &one)
{
    auto &[instance, run, subFlow, detached] = one;
    return std::tie(instance, run, subFlow, detached);
}

auto fieldsOf(Either<StepMemory> auto &one)
{
    auto &[entered, result] = one;
    return std::tie(entered, result);
}

auto fieldsOf(Either<Outcome> auto &one)
{
    auto &[fact, name, value] = one;
    return std::tie(fact, name, value);
}

auto fieldsOf(Either<Answer> auto &one)
{
    auto &[event, by, outcome, comment, data, at] = one;
    return std::tie(event, by, outcome, comment, data, at);
}

auto fieldsOf(Either<BranchState> auto &one)
{
    auto &[step, entered, since, setOut, left, steps, outcomes, collects, answers, error, region,
        place, handler, around, goesRound, inLoop, rewinds] = one;
    return std::tie(step, entered, since, setOut, left, steps, outcomes, collects, answers, error,
        region, place, handler, around, goesRound, inLoop, rewinds);
}

auto fieldsOf(Either<BranchResult> auto &one)
{
    auto &[name, value] = one;
    return std::tie(name, value);
}

auto fieldsOf(Either<BranchError> auto &one)
{
    auto &[branch, failure] = one;
    return std::tie(branch, failure);
}

auto fieldsOf(Either<OpenRegion> auto &one)
{
    auto &[branch, step, isList, items, branches, atOnce, live, completed, results, errors, inLoop,
        failed, again] = one;
    return std::tie(branch, step, isList, items, branches, atOnce, live, completed, results, errors,
        inLoop, failed, again);
}

auto fieldsOf(Either<OpenInterrupt> auto &one)
{
    auto &[name, payload, handler, region, only, beside, since] = one;
    return std::tie(name, payload, handler, region, only, beside, since);
}

auto fieldsOf(Either<OpenWait> auto &one)
{
    auto &[branch, step, names, needed, collects, timer, paused, keys] = one;
    return std::tie(branch, step, names, needed, collects, timer, paused, keys);
}

auto fieldsOf(Either<OpenApproval> auto &one)
{
    auto &[branch, step, assignees, claimedBy, claimedAt, reminder, escalation, reminded, level,
        openedAt] = one;
    return std::tie(branch, step, assignees, claimedBy, claimedAt, reminder, escalation, reminded,
        level, openedAt);
}

auto fieldsOf(Either<ClosedApproval> auto &one)
{
    auto &[end, reason, by, outcome, event, at] = one;
    return std::tie(end, reason, by, outcome, event, at);
}

auto fieldsOf(Either<OpenTask> auto &one)
{
    auto &[branch, step, activity, input, scheduledAt, attempt, retryTimer] = one;
    return std::tie(branch, step, activity, input, scheduledAt, attempt, retryTimer);
}

auto fieldsOf(Either<OpenTimer> auto &one)
{
    auto &[branch, step, purpose, fireAt, about] = one;
    return std::tie(branch, step, purpose, fireAt, about);
}

auto fieldsOf(Either<OpenCorrelation> auto &one)
{
    auto &[branch, region, keys] = one;
    return std::tie(branch, region, keys);
}

auto fieldsOf(Either<OpenSubFlow> auto &one)
{
    auto &[branch, step, instance, flow, detached] = one;
    return std::tie(branch, step, instance, flow, detached);
}

auto fieldsOf(Either<UntakenEvent> auto &one)
{
    auto &[name, sent, payload, eventId, branch, source, raisedAt, task, key, whereFailures] = one;
    return std::tie(
        name, sent, payload, eventId, branch, source, raisedAt, task, key, whereFailures);
}

auto fieldsOf(Either<Variable> auto &one)
{
    auto &[value, appended] = one;
    return std::tie(value, appended);
}

auto fieldsOf(Either<InstanceState> auto &one)
{
    auto &[instance, run, flow, version, input, parent, previous, status, createdAt, changedAt,
        finishedAt, length, decisions, output, errorType, customStatus, variables, branches, regions,
        opening, onTheirWay, interrupts, interruptCounts, haltedBranches, haltedRegions,
        haltedOnTheirWay, haltedOpening, waits, approvals, closedApprovals, tasks, timers, subFlows,
        correlations, kept, waitsByName, keptByName, keptCounts, open, pausedTasks, stepsWithoutWait,
        lastMoved, yielded, underWay, suspended] = one;
    return std::tie(instance, run, flow, version, input, parent, previous, status, createdAt,
        changedAt, finishedAt, length, decisions, output, errorType, customStatus, variables,
        branches, regions, opening, onTheirWay, interrupts, interruptCounts, haltedBranches,
        haltedRegions, haltedOnTheirWay, haltedOpening, waits, approvals, closedApprovals, tasks,
        timers, subFlows, correlations, kept, waitsByName, keptByName, keptCounts, open, pausedTasks,
        stepsWithoutWait, lastMoved, yielded, underWay, suspended);
}

/// A struct that is written field by field.
template<typename T>
concept Fielded = requires(const T &one) { fieldsOf(one); };

} // namespace engine

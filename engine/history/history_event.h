#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/parent.h"
#include "engine/history/source.h"
#include "engine/history/task_facts.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace engine {

// The vocabulary of Durable Task, plus what a flow adds. Fields named after a fact (`timer`, `task`,
// `wait`, `event`) hold the Sequence of that fact.

struct ExecutionStarted {
    InstanceId instance;
    FlowId flow;
    int version = 0;
    JsonText input;
    Source source;
    std::optional<Parent> parent;
    RunKey previous;                  ///< the run that this one continues as new, or 0
    std::optional<Instant> createdAt; ///< of the instance, if that was an earlier run
    bool operator==(const ExecutionStarted &) const = default;
};

/// The instance ended by itself: `failure` is set if it failed.
struct ExecutionCompleted {
    JsonText output;
    std::optional<Failure> failure;
    bool operator==(const ExecutionCompleted &) const = default;
};

struct ExecutionTerminated {
    std::string reason;
    Source source;
    bool operator==(const ExecutionTerminated &) const = default;
};

/// The run ended and the next one of the same instance began, in one commit (semantics 7.7).
struct ExecutionContinuedAsNew {
    JsonText input; ///< of the next run
    bool operator==(const ExecutionContinuedAsNew &) const = default;
};

/// Event ids that earlier runs of the instance accepted (semantics 7.7). In old histories alone: they
/// stand in an index that all runs of an instance share.
struct EventIdsCarried {
    std::vector<std::string> keys; ///< length of the folded name, `:`, folded name, event id
    bool operator==(const EventIdsCarried &) const = default;
};

/// From here on nothing moves; what arrives is kept (semantics 9.1).
struct ExecutionSuspended {
    std::string reason;
    Source source;
    bool operator==(const ExecutionSuspended &) const = default;
};

struct ExecutionResumed {
    std::string reason;
    Source source;
    bool operator==(const ExecutionResumed &) const = default;
};

struct StepEntered {
    BranchPath branch;
    StepId step;
    bool operator==(const StepEntered &) const = default;
};

/// The branch left `step` by `way` towards `to` (empty after end and fail). The result is what
/// `steps.X` reads from now on; not stored again where another fact holds it (`resultOf`).
struct StepLeft {
    BranchPath branch;
    StepId step;
    /// `next`, `timeout`, `otherwise`, `event:NAME`, `case:N` (from 1), `error:KEY`, `join` (of a
    /// parallel or for-each step, when its branches have met), `end`, `fail`, `continueAsNew`
    std::string way;
    StepId to;
    std::optional<JsonText> result;
    /// The EventRaised, TaskCompleted or SubFlowCompleted whose payload is the result (wrapped as `{event, data}` on
    /// `event:NAME`), or the WaitOpened whose taken events are it (by name, or as a list if it
    /// collects), or the RegionOpened whose branches' results are it, or 0.
    Sequence resultOf = 0;
    /// On `error:KEY` (a key of the step's `onError`) and `fail`: what `error` reads from now on.
    std::optional<Failure> failure;
    bool operator==(const StepLeft &) const = default;
};

/// An activity is to run. Its idempotency key is `run/sequence` of this fact (semantics 5.1).
struct TaskScheduled {
    BranchPath branch;
    StepId step;
    std::string activity;
    JsonText input;
    bool operator==(const TaskScheduled &) const = default;
};

/// One attempt failed and another will follow at the time of `retryTimer`.
struct TaskAttemptFailed {
    Sequence task = 0;
    int attempt = 0;
    Failure failure;
    bool operator==(const TaskAttemptFailed &) const = default;
};

struct TaskCompleted {
    Sequence task = 0;
    int attempt = 1;
    JsonText result;
    bool operator==(const TaskCompleted &) const = default;
};

/// The last attempt failed, or none could start.
struct TaskFailed {
    Sequence task = 0;
    int attempt = 1;
    Failure failure;
    bool operator==(const TaskFailed &) const = default;
};

/// The work is no longer wanted; a late result is ignored.
struct TaskCanceled {
    Sequence task = 0;
    bool operator==(const TaskCanceled &) const = default;
};

/// An instance of another flow is to start (semantics 7). Its id is fixed here, so that it is the same
/// one however often the start is tried.
struct SubFlowScheduled {
    BranchPath branch;
    StepId step;
    InstanceId instance;
    FlowId flow;
    std::optional<int> version; ///< the newest if not given
    JsonText input;
    bool detached = false; ///< the step goes on when the instance has started
    bool operator==(const SubFlowScheduled &) const = default;
};

/// The instance ended well, or, if it is detached, it has started.
struct SubFlowCompleted {
    Sequence subFlow = 0;
    JsonText result;
    bool operator==(const SubFlowCompleted &) const = default;
};

/// The instance could not start, failed, or was terminated.
struct SubFlowFailed {
    Sequence subFlow = 0;
    Failure failure;
    bool operator==(const SubFlowFailed &) const = default;
};

/// Nobody waits for the instance any more: it is told to terminate, unless it may live on.
struct SubFlowCanceled {
    Sequence subFlow = 0;
    bool livesOn = false;
    bool operator==(const SubFlowCanceled &) const = default;
};

/// An event was sent to another instance, under the event id `run/sequence` of this fact (semantics
/// 7.8).
struct EventSent {
    BranchPath branch;
    StepId step;
    InstanceId instance;
    std::string name;
    JsonText payload;
    bool operator==(const EventSent &) const = default;
};

/// What a timer is for: a timer step, the timeout of a wait, the next attempt of an activity; of a task
/// when it is due, is recalled to those who are asked, is escalated.
enum class TimerPurpose { Step, Timeout, Retry, Due, Reminder, Escalation };

struct TimerCreated {
    BranchPath branch;
    StepId step;
    TimerPurpose purpose = TimerPurpose::Step;
    Instant fireAt{};
    Sequence about = 0; ///< the wait of a Timeout, the activity of a Retry, the task of the last three
    bool operator==(const TimerCreated &) const = default;
};

struct TimerFired {
    Sequence timer = 0;
    bool operator==(const TimerFired &) const = default;
};

struct TimerCanceled {
    Sequence timer = 0;
    bool operator==(const TimerCanceled &) const = default;
};

/// The clock of a timeout stops: what is left of it at this moment begins again with the next
/// TimerCreated about the same wait (semantics 3.8).
struct TimerPaused {
    Sequence timer = 0;
    bool operator==(const TimerPaused &) const = default;
};

/// An event was accepted (semantics 2.8). It is kept until a later fact takes it.
struct EventRaised {
    std::string name; ///< as sent
    JsonText payload;
    std::optional<std::string> eventId;
    std::optional<BranchPath> branch;
    Source source;
    std::optional<Instant> raisedAt; ///< if it was kept by an earlier run: when that accepted it
    Sequence task = 0;               ///< only this task may take it, as an answer; 0: whoever wants it
    std::string key;                 ///< only waits under it may take it (semantics 10.1); empty: all
    bool operator==(const EventRaised &) const = default;
};

/// `wait` took `event`, which is kept no longer (semantics 2.4).
struct EventTaken {
    Sequence event = 0;
    Sequence wait = 0;
    /// The name for which the wait stands under its key no longer; empty if it has none, or goes on.
    std::string name;
    bool operator==(const EventTaken &) const = default;
};

/// An event was accepted whose payload is wrong and whose declaration wants such events ignored: it
/// went to the log of undelivered events (semantics 2.2).
struct EventIgnored {
    std::string name; ///< as sent
    std::optional<std::string> eventId;
    std::string reason;
    Source source;
    bool operator==(const EventIgnored &) const = default;
};

/// Somebody took a kept event away (semantics 2.3).
struct EventDeleted {
    Sequence event = 0;
    std::string reason;
    Source source;
    bool operator==(const EventDeleted &) const = default;
};

/// Somebody sent a kept event to another instance (semantics 2.3).
struct EventHandedOn {
    Sequence event = 0;
    InstanceId to;
    std::string reason;
    Source source;
    bool operator==(const EventHandedOn &) const = default;
};

/// `where` of `wait` could not be evaluated over `event`, which is no match (semantics 2.4). Only
/// the first time for each step and event, however often the step waits.
struct WhereFailed {
    Sequence wait = 0;
    Sequence event = 0;
    std::string message;
    bool operator==(const WhereFailed &) const = default;
};

/// The step stands still until enough of `names` have come (semantics 3.1).
struct WaitOpened {
    BranchPath branch;
    StepId step;
    std::vector<std::string> names; ///< in the flow's spelling
    int needed = 1;                 ///< how many of them
    /// It takes events of its one name into a list (semantics 3.6); `needed` 0: without a count.
    bool collects = false;
    /// Under what keys it waits: that of each name, empty if the name has none (semantics 10.1). None
    /// at all if no name has one.
    std::vector<std::string> keys;
    bool operator==(const WaitOpened &) const = default;
};

struct WaitClosed {
    Sequence wait = 0;
    bool operator==(const WaitClosed &) const = default;
};

struct VariablesSet {
    std::vector<std::pair<std::string, JsonText>> values;
    std::vector<std::pair<std::string, JsonText>> appended; ///< the item alone (semantics 7.8)
    bool operator==(const VariablesSet &) const = default;
};

struct CustomStatusSet {
    JsonText status;
    bool operator==(const CustomStatusSet &) const = default;
};

/// A parallel or for-each step begins its branches: a new activation, also when the same step is
/// entered again (semantics 7.4). `branch` stands on `step` until RegionJoined or RegionFailed.
struct RegionOpened {
    BranchPath branch;
    StepId step;
    int branches = 0; ///< that are to run in all
    int atOnce = 0;   ///< of them at the same time
    /// The list of a for-each, stored once for all its branches; nothing for a parallel step.
    std::optional<JsonText> items;
    bool operator==(const RegionOpened &) const = default;
};

/// `branch` sets out from the region's step by `way` (`branch:N` or `do`) towards `to`.
struct BranchOpened {
    Sequence region = 0;
    BranchPath branch;
    std::string way;
    StepId to;
    bool operator==(const BranchOpened &) const = default;
};

/// `branch` has come to the join. Its result is that of the step it left last (semantics 7.5).
struct BranchCompleted {
    BranchPath branch;
    bool operator==(const BranchCompleted &) const = default;
};

/// `branch` failed and nobody in it handled that; why is in the StepLeft before.
struct BranchFailed {
    BranchPath branch;
    bool operator==(const BranchFailed &) const = default;
};

/// Enough branches have come: the branches that are left, with all inside them, are cancelled
/// (semantics 7.5). The join's StepLeft names this region as its result.
struct RegionJoined {
    Sequence region = 0;
    bool operator==(const RegionJoined &) const = default;
};

/// Too many branches have failed: the others are cancelled, and the region's step fails
/// (semantics 7.2).
struct RegionFailed {
    Sequence region = 0;
    bool operator==(const RegionFailed &) const = default;
};

/// `event` interrupts: its handler begins at `to`, and unless it runs beside, what it interrupts
/// halts until InterruptEnded (semantics 8.1). The event is kept no longer.
struct InterruptBegan {
    Sequence event = 0;
    std::string name;  ///< in the flow's spelling
    BranchPath branch; ///< of the handler: `!Event/n` inside what it interrupts (semantics 7.4)
    StepId to;
    Sequence region = 0;            ///< whose branches it interrupts; 0: the whole instance
    std::optional<BranchPath> only; ///< of the region: the one branch that the event named
    bool beside = false;            ///< nothing halts
    /// Later events were offered to no wait that halts here; 0: events after this fact.
    Sequence since = 0;
    bool operator==(const InterruptBegan &) const = default;
};

/// The handler is done, and what halted goes on; `failure`: it failed, and so does what it
/// interrupted (semantics 8.4).
struct InterruptEnded {
    Sequence interrupt = 0;
    std::optional<Failure> failure;
    bool operator==(const InterruptEnded &) const = default;
};

/// An event that interrupts does not wait its turn, as its interrupt's mode says, and went to the log
/// of undelivered events (semantics 8.2).
struct InterruptDropped {
    Sequence event = 0;
    Sequence newer = 0; ///< the event that waits instead of it; 0: none, its like runs or waits
    bool operator==(const InterruptDropped &) const = default;
};

/// The run had failed and tries again (semantics 9.2): the facts after `to` up to this one do not count
/// any more, and nothing that was open then is open. What follows says where its branches go.
struct InstanceRewound {
    std::string reason;
    Source source;
    Sequence to = 0;
    std::optional<Parent> parent; ///< the sub-flow step that waits for it now, if one does again
    bool operator==(const InstanceRewound &) const = default;
};

/// `branch`, live or failed, goes to `to` again. Of one that stands on a region's step, or has begun
/// as the handler of an interrupt, it says so.
struct BranchRewound {
    BranchPath branch;
    StepId to;
    Sequence region = 0;  ///< is open on it again: it stays where it is
    Sequence handles = 0; ///< the InterruptBegan whose handler it is
    InstanceId subFlow;   ///< of the sub-flow step that it goes to: rewound instead of started
    bool operator==(const BranchRewound &) const = default;
};

/// `event` is kept although the run has failed meanwhile. With a payload: it was taken by a wait that
/// begins anew, and given back.
struct EventKeptAgain {
    Sequence event = 0;
    std::string name; ///< as sent
    std::optional<std::string> eventId;
    std::optional<JsonText> payload;
    std::optional<BranchPath> branch;
    Source source;
    Instant raisedAt{};
    std::string key; ///< under which it was raised (semantics 10.1); or empty
    bool operator==(const EventKeptAgain &) const = default;
};

/// An operator set variables (semantics 9.5).
struct VariablesEdited {
    std::vector<std::pair<std::string, JsonText>> values;
    std::string reason;
    Source source;
    bool operator==(const VariablesEdited &) const = default;
};

/// An operator stood in for the event or the time that `step` waited for (semantics 9.5). What was open
/// is closed, and the StepLeft that follows has the result.
struct StepSkipped {
    BranchPath branch;
    StepId step;
    std::string reason;
    Source source;
    bool operator==(const StepSkipped &) const = default;
};

/// An operator sent `branch` from `from`, on which it stood, to `to` (semantics 9.5). `from` has no
/// result of this visit.
struct BranchMoved {
    BranchPath branch;
    StepId from;
    StepId to;
    std::string reason;
    Source source;
    bool operator==(const BranchMoved &) const = default;
};

/// Interrupts of the instance, or of the branches of a region, stand under keys from now on (semantics
/// 10.1).
struct CorrelationOpened {
    BranchPath branch;              ///< that stands on the region's step; the main one for the instance
    Sequence region = 0;            ///< 0: the whole instance
    std::vector<std::string> names; ///< in the flow's spelling
    std::vector<std::string> keys;  ///< of each name
    bool operator==(const CorrelationOpened &) const = default;
};

struct CorrelationClosed {
    Sequence correlation = 0;
    bool operator==(const CorrelationClosed &) const = default;
};

/// The decision stopped here after its limit and goes on by a message to itself (semantics 1.6).
struct DecisionYielded {
    bool operator==(const DecisionYielded &) const = default;
};

using Fact = std::variant<ExecutionStarted, ExecutionCompleted, ExecutionTerminated, StepEntered,
    StepLeft, TaskScheduled, TaskAttemptFailed, TaskCompleted, TaskFailed, TaskCanceled,
    TimerCreated, TimerFired, TimerCanceled, EventRaised, EventTaken, WaitOpened, WaitClosed,
    VariablesSet, CustomStatusSet, DecisionYielded, ExecutionSuspended, ExecutionResumed,
    TimerPaused, EventIgnored, EventDeleted, EventHandedOn, WhereFailed, RegionOpened, BranchOpened,
    BranchCompleted, BranchFailed, RegionJoined, RegionFailed,
    ExecutionContinuedAsNew, EventIdsCarried, SubFlowScheduled, SubFlowCompleted, SubFlowFailed,
    SubFlowCanceled, EventSent, TaskOpened, TaskAnswered, TaskClosed, TaskClaimed, TaskReassigned,
    TaskCommented, TaskReminded, TaskEscalated, InterruptBegan, InterruptEnded, InterruptDropped,
    InstanceRewound, BranchRewound, EventKeptAgain, VariablesEdited, StepSkipped, BranchMoved,
    CorrelationOpened, CorrelationClosed>;

/// A fact, in past tense, numbered within its run, for ever.
struct HistoryEvent {
    Sequence sequence = 0;
    Instant at{}; ///< `now` of its decision
    Fact fact;

    bool operator==(const HistoryEvent &) const = default;
};

/// What one decision added: one row of table `history`. The key is (run, sequence of the first fact).
struct HistoryRow {
    RunKey run;
    Sequence first = 0;
    Instant at{};            ///< `now` of the decision
    std::vector<Fact> facts; ///< never empty; numbered from `first`

    bool operator==(const HistoryRow &) const = default;
};

/// The stable name of a fact: `EventRaised`, `TimerCreated`, …
std::string_view typeName(const Fact &fact);
/// The facts of `row` with their numbers and time.
std::vector<HistoryEvent> eventsOf(const HistoryRow &row);

} // namespace engine

#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/branch_path.h"
#include "engine/history/history_event.h"
#include "engine/history/instance_status.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// What a branch remembers of a step that it entered.
struct StepMemory {
    Sequence entered = 0;           ///< its last StepEntered
    std::optional<JsonText> result; ///< what `steps.X` reads; nothing until it is left

    bool operator==(const StepMemory &) const = default;
};

/// A payload that came in for the step a branch stands on: the stuff its result is made of.
struct Outcome {
    Sequence fact = 0; ///< EventRaised or TaskCompleted
    std::string name;  ///< of the event, as the wait spells it
    JsonText value;

    bool operator==(const Outcome &) const = default;
};

/// An answer that a task took.
struct Answer {
    Sequence event = 0;
    std::string by;
    std::string outcome; ///< as the flow spells it
    JsonText comment;    ///< a string, or `null`
    JsonText data;
    Instant at{};

    bool operator==(const Answer &) const = default;
};

/// A line of execution (semantics 7.4).
struct BranchState {
    StepId step;          ///< where it stands or goes to; empty: to the flow's first step
    bool entered = false; ///< false: it is on its way
    Instant since{};      ///< when it came there
    Sequence setOut = 0;  ///< the fact that sent it on its way
    StepId left;          ///< the step it left last; empty if that failed or there was none
    std::map<StepId, StepMemory> steps;
    std::vector<Outcome> outcomes; ///< until the step is left
    bool collects = false;         ///< outcomes are a list (semantics 3.6)
    std::vector<Answer> answers;   ///< to its task, until the step is left
    std::optional<Failure> error;  ///< what `error` reads
    Sequence region = 0; ///< the RegionOpened that it is a branch of; 0: the main one, a handler
    std::size_t place = 0;         ///< which of its region's branches it is, from 0
    Sequence handler = 0;          ///< the InterruptBegan that it handles, or 0
    Sequence around = 0;           ///< the region whose branches it waits for, or 0
    bool goesRound = false;        ///< its step was entered before without a wait between
    bool inLoop = false;           ///< so was a step around it
    InstanceId rewinds; ///< the sub-flow that the step it goes to rewinds instead of starting one

    bool operator==(const BranchState &) const = default;
};

/// What came of a branch.
struct BranchResult {
    std::string name;              ///< last part of its path
    std::optional<JsonText> value; ///< nothing until it has come to the join

    bool operator==(const BranchResult &) const = default;
};

/// A branch that failed, and why.
struct BranchError {
    BranchPath branch;
    Failure failure;

    bool operator==(const BranchError &) const = default;
};

/// One activation of a parallel or for-each step: from its RegionOpened until its join or its
/// failure.
struct OpenRegion {
    BranchPath branch; ///< that stands on the step
    StepId step;
    bool isList = false;         ///< of a for-each: the result is a list
    std::vector<JsonText> items; ///< of a for-each
    int branches = 0;            ///< in all
    int atOnce = 0;
    int live = 0;
    int completed = 0;
    std::vector<BranchResult> results; ///< of the branches that were opened, in their order
    std::vector<BranchError> errors;   ///< in the order in which they came
    bool inLoop = false;
    std::map<std::size_t, BranchState> failed; ///< as they were, by place: they may be rewound
    std::map<std::size_t, BranchState> again;  ///< of those: to run again as soon as there is room

    bool operator==(const OpenRegion &) const = default;
};

/// An interrupt whose handler runs (semantics 8.1).
struct OpenInterrupt {
    std::string name;
    JsonText payload;   ///< what `event` reads in the handler
    BranchPath handler; ///< path of its branch
    Sequence region = 0; ///< whose branches it interrupts; 0: the whole instance
    std::optional<BranchPath> only; ///< of the region: this branch alone
    bool beside = false; ///< nothing halts
    Sequence since = 0;  ///< later events were offered to no wait that halts

    bool operator==(const OpenInterrupt &) const = default;
};

struct OpenWait {
    BranchPath branch;
    StepId step;
    std::vector<std::string> names; ///< not taken yet, in the flow's spelling
    int needed = 1;                 ///< how many are still to come
    bool collects = false;          ///< the one name again and again; `needed` 0: without a count
    Sequence timer = 0;             ///< its timeout, or 0
    std::optional<Milliseconds> paused; ///< what is left of its timeout while the clock stands still
    std::map<std::string, std::string> keys = {}; ///< under which it waits, by folded name

    bool operator==(const OpenWait &) const = default;
};

/// What a person has to answer. The wait of the same number takes the answers; those that it took
/// are in its branch.
struct OpenApproval {
    BranchPath branch;
    StepId step;
    std::vector<std::string> assignees; ///< also those who have answered
    std::string claimedBy;              ///< empty: nobody
    Instant claimedAt{};
    Sequence reminder = 0;   ///< the timer of the next one, or 0
    Sequence escalation = 0; ///< the timer of the next level, or 0
    int reminded = 0;        ///< how often
    int level = 0;           ///< of escalation that was reached
    Instant openedAt{};

    bool operator==(const OpenApproval &) const = default;
};

/// A task that can no longer be answered, for whoever tries (semantics 6.6).
struct ClosedApproval {
    TaskEnd end = TaskEnd::Decided;
    std::string reason;
    std::string by;      ///< who answered last, or empty
    std::string outcome; ///< of that answer
    std::string event;   ///< whose payloads were answers
    Instant at{};

    bool operator==(const ClosedApproval &) const = default;
};

/// An activity without a last word.
struct OpenTask {
    BranchPath branch;
    StepId step;
    std::string activity;
    JsonText input;
    Instant scheduledAt{};
    int attempt = 1;         ///< that runs, or that runs when `retryTimer` has fired
    Sequence retryTimer = 0; ///< 0: an attempt is running

    bool operator==(const OpenTask &) const = default;
};

struct OpenTimer {
    BranchPath branch;
    StepId step;
    TimerPurpose purpose = TimerPurpose::Step;
    Instant fireAt{};
    Sequence about = 0;

    bool operator==(const OpenTimer &) const = default;
};

/// Interrupts that stand under keys (semantics 10.1).
struct OpenCorrelation {
    BranchPath branch;
    Sequence region = 0;                     ///< 0: of the whole instance
    std::map<std::string, std::string> keys; ///< by folded name

    bool operator==(const OpenCorrelation &) const = default;
};

/// An instance of another flow whose start or end the step waits for.
struct OpenSubFlow {
    BranchPath branch;
    StepId step;
    InstanceId instance;
    FlowId flow;
    bool detached = false;

    bool operator==(const OpenSubFlow &) const = default;
};

/// An event that nobody has taken (semantics 2.3).
struct UntakenEvent {
    std::string name; ///< folded
    std::string sent; ///< name as sent
    JsonText payload;
    std::optional<std::string> eventId;
    std::optional<BranchPath> branch;
    Source source;
    Instant raisedAt{};
    Sequence task = 0; ///< only this task may take it; 0: whoever wants it
    std::string key; ///< only what stands under it may take it; empty: whatever wants it
    std::map<StepId, std::string> whereFailures; ///< why the `where` of a step could not be evaluated

    bool operator==(const UntakenEvent &) const = default;
};

/// A variable; appending to a list stores the item alone (semantics 7.8).
struct Variable {
    JsonText value;
    std::vector<JsonText> appended;

    bool operator==(const Variable &) const = default;
};

/// The variable with everything that was appended to it.
JsonText valueOf(const Variable &variable);
/// Whether items can be appended: it is a list, or `null`, which then becomes one.
bool isList(const Variable &variable);

/// Who goes by an event name: the wait or the untaken event of that number. Ordered by name, then
/// age.
using ByName = std::set<std::pair<std::string, Sequence>>;

/// What a history amounts to: the fold of its facts, and nothing that is not in them. Can always be
/// thrown away. An instance that is over keeps only what its list row and late answers to its tasks need.
struct InstanceState {
    InstanceId instance;
    RunKey run;
    FlowId flow;
    int version = 0;
    JsonText input;
    std::optional<Parent> parent;
    RunKey previous; ///< the run that this one continues as new, or 0
    InstanceStatus status = InstanceStatus::Pending;
    Instant createdAt{};
    Instant changedAt{};
    std::optional<Instant> finishedAt;
    Sequence length = 0; ///< number of facts
    int decisions = 0;   ///< number of rows
    JsonText output;     ///< or the failure's message, or the reason of the termination
    std::string errorType;
    JsonText customStatus;
    std::map<std::string, Variable, std::less<>> variables;

    std::map<BranchPath, BranchState> branches;
    std::map<Sequence, OpenRegion> regions;
    std::set<Sequence> opening;                ///< regions that have room for another branch
    std::map<Sequence, BranchPath> onTheirWay; ///< by BranchState::setOut: first come, first moved
    std::map<Sequence, OpenInterrupt> interrupts;
    std::map<std::string, int> interruptCounts;      ///< how many began, by folded name
    std::map<BranchPath, Sequence> haltedBranches;   ///< with all inside, by what interrupt
    std::map<Sequence, Sequence> haltedRegions;      ///< all branches of the region, by what interrupt
    std::map<Sequence, BranchPath> haltedOnTheirWay; ///< as onTheirWay: they go on when they may
    std::set<Sequence> haltedOpening;                ///< as opening
    std::map<Sequence, OpenWait> waits;
    std::map<Sequence, OpenApproval> approvals; ///< each is one of the waits too
    std::map<Sequence, ClosedApproval> closedApprovals; ///< also after the end
    std::map<Sequence, OpenTask> tasks;
    std::map<Sequence, OpenTimer> timers;
    std::map<Sequence, OpenSubFlow> subFlows;
    std::map<Sequence, OpenCorrelation> correlations;
    std::map<Sequence, UntakenEvent> kept;
    ByName waitsByName; ///< each open wait under each folded name that it still wants
    ByName keptByName;
    std::map<std::string, std::size_t> keptCounts; ///< how many of keptByName have that name
    std::set<std::pair<BranchPath, Sequence>>
        open; ///< every wait, activity, timer, sub-flow and correlation by its branch
    int pausedTasks = 0; ///< activities between two attempts

    /// Since something from outside moved it (semantics 7.1). In a branch that goes round nowhere,
    /// what it enters for the first time does not count: a for-each over many items is no loop.
    int stepsWithoutWait = 0;
    Sequence lastMoved = 0;   ///< the fact that did
    bool yielded = false;     ///< it goes on by a message to itself (semantics 1.6)
    bool underWay = false;    ///< it has entered a step or a handler; until then no event is offered
    Sequence suspended = 0;   ///< its ExecutionSuspended: later events were offered to no wait yet

    bool operator==(const InstanceState &) const = default;
};

/// A state on its way from the cache through a decision and back. It stays where it is in memory: to
/// move its many parts at each of these doors would cost more than most decisions.
using OwnedState = std::unique_ptr<InstanceState>;

/// Folds in one fact. BrokenInvariant if it cannot follow: the history is damaged or we are wrong.
void apply(InstanceState &state, Sequence sequence, Instant at, const Fact &fact);
/// Folds in what one decision added.
void apply(InstanceState &state, const HistoryRow &row);
/// The state that `rows`, all of one run and oldest first, amount to. BrokenInvariant as above.
InstanceState replay(const std::vector<HistoryRow> &rows);
/// The state that `rows` make of the one before them.
InstanceState replay(InstanceState before, const std::vector<HistoryRow> &rows);
/// The same as the first, but for the facts after `last`.
InstanceState replay(const std::vector<HistoryRow> &rows, Sequence last);

bool isFinished(const InstanceState &state);
/// Whether an interrupt halts the branch, itself or one around it (semantics 8.1).
bool isHalted(const InstanceState &state, const BranchPath &branch);
/// Whether `branch` is a part of what `interrupt` interrupts; its own handler is not.
bool interrupts(
    const InstanceState &state, const OpenInterrupt &interrupt, const BranchPath &branch);
/// The payloads as a list: what a collect step amounts to.
JsonText listOf(const std::vector<Outcome> &outcomes);
/// The open waits, activities, timers and sub-flows of all branches whose path begins with `beginning`, oldest
/// first.
std::vector<Sequence> openWithin(const InstanceState &state, const BranchPath &beginning);
/// Those of one branch.
std::vector<Sequence> openAt(const InstanceState &state, const BranchPath &branch);
/// Whether an event that was raised under `key` is for what stands under `keys`: it is if it has none, and
/// if its name stands under the same one (semantics 10.1).
bool fitsKey(const std::map<std::string, std::string> &keys, const std::string &foldedName,
    const std::string &key);
/// First entry of `name` in `entries`, or the first of a later name.
ByName::const_iterator firstOf(const ByName &entries, const std::string &foldedName);

} // namespace engine

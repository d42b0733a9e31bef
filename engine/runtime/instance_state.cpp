#include "engine/runtime/instance_state.h"

#include "engine/base/overloaded.h"
#include "engine/history/rewound_history.h"
#include "engine/model/flow.h"
#include "engine/runtime/folds.h"

#include <algorithm>
#include <limits>

namespace engine {
namespace {

void finish(InstanceState &state, InstanceStatus status, Instant at)
{
    state.status = status;
    state.finishedAt = at;
    state.variables.clear();
    state.branches.clear();
    state.regions.clear();
    state.opening.clear();
    state.onTheirWay.clear();
    state.interrupts.clear();
    state.interruptCounts.clear();
    state.haltedBranches.clear();
    state.haltedRegions.clear();
    state.haltedOnTheirWay.clear();
    state.haltedOpening.clear();
    state.open.clear();
    state.pausedTasks = 0;
    state.waits.clear();
    state.approvals.clear();
    state.tasks.clear();
    state.timers.clear();
    state.subFlows.clear();
    state.correlations.clear();
    state.kept.clear();
    state.waitsByName.clear();
    state.keptByName.clear();
    state.keptCounts.clear();
    state.yielded = false;
    state.suspended = 0;
}

std::string objectOf(std::vector<Outcome> &outcomes)
{
    std::string text = "{";
    for (const Outcome &outcome : outcomes) {
        if (text.size() > 1)
            text += ',';
        text += JsonText::ofString(outcome.name).text();
        text += ':';
        text += outcome.value.text();
    }
    return text += '}';
}

/// The result that `left` stands for; the payloads it points at are among the branch's outcomes.
JsonText resultOf(const StepLeft &left, InstanceState &state, BranchState &branch, Instant at)
{
    constexpr std::string_view byOutcome = "outcome:";
    std::vector<Outcome> &outcomes = branch.outcomes;
    if (left.result || left.resultOf == 0)
        return left.result.value_or(JsonText());
    if (left.way.starts_with(byOutcome))
        return resultOfApproval(branch.answers,
            knownIn(state.closedApprovals, left.resultOf, "history: the result of no task"),
            left.way.substr(byOutcome.size()), at);
    if (branch.collects)
        return listOf(outcomes);
    const auto one = std::ranges::find(outcomes, left.resultOf, &Outcome::fact);
    if (one == outcomes.end())
        return JsonText::trusted(objectOf(outcomes));
    if (!left.way.starts_with("event:"))
        return std::move(one->value);
    return JsonText::trusted("{\"event\":" + JsonText::ofString(one->name).text() +
                             ",\"data\":" + one->value.text() + "}");
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const ExecutionStarted &fact)
{
    invariant(state.length == 1, "history: a second start in one run");
    state.instance = fact.instance;
    state.flow = fact.flow;
    state.version = fact.version;
    state.input = fact.input;
    state.parent = fact.parent;
    state.previous = fact.previous;
    state.status = InstanceStatus::Running;
    state.createdAt = fact.createdAt.value_or(at);
    sendOut(state, {}, {}, sequence, at);
}

void applyTo(InstanceState &state, Sequence, Instant at, const ExecutionCompleted &fact)
{
    finish(state, fact.failure ? InstanceStatus::Failed : InstanceStatus::Completed, at);
    state.output = fact.failure ? JsonText::ofString(fact.failure->message) : fact.output;
    if (fact.failure)
        state.errorType = fact.failure->type;
}

void applyTo(InstanceState &state, Sequence, Instant at, const ExecutionTerminated &fact)
{
    finish(state, InstanceStatus::Terminated, at);
    state.output = JsonText::ofString(fact.reason);
}

/// What goes on is the next run; this one rests as an instance that ended well.
void applyTo(InstanceState &state, Sequence, Instant at, const ExecutionContinuedAsNew &)
{
    finish(state, InstanceStatus::Completed, at);
}

/// Of interest to the index of event ids alone.
void applyTo(InstanceState &, Sequence, Instant, const EventIdsCarried &) {}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const StepEntered &fact)
{
    BranchState &branch = branchOf(state, fact.branch);
    state.underWay = true;
    state.onTheirWay.erase(branch.setOut);
    branch.step = fact.step;
    branch.entered = true;
    branch.since = at;
    StepMemory &memory = branch.steps[fact.step];
    branch.goesRound = memory.entered > state.lastMoved;
    memory.entered = sequence;
    if (branch.region == 0 || branch.goesRound || branch.inLoop)
        ++state.stepsWithoutWait;
    state.yielded = false;
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const StepLeft &fact)
{
    BranchState &branch = branchOf(state, fact.branch);
    invariant(branch.entered && branch.step == fact.step, "history: left a step it was not on");
    if (fact.failure)
        branch.error = fact.failure;
    else
        branch.steps[fact.step].result = resultOf(fact, state, branch, at);
    branch.left = fact.failure ? StepId() : fact.step;
    branch.outcomes.clear();
    branch.collects = false;
    branch.answers.clear();
    branch.rewinds = {};
    if (!fact.to.empty())
        return sendOut(state, fact.branch, fact.to, sequence, at);
    // After `end` and `fail` it goes nowhere; the next fact says what that means.
    branch.step = {};
    branch.entered = false;
    branch.since = at;
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskScheduled &fact)
{
    state.tasks[sequence] = {fact.branch, fact.step, fact.activity, fact.input, at};
    state.open.emplace(fact.branch, sequence);
}

OpenTask &taskOf(InstanceState &state, Sequence task)
{
    return knownIn(state.tasks, task, "history: a fact names an activity that is not open");
}

void removeTask(InstanceState &state, Sequence task)
{
    const OpenTask &removed = taskOf(state, task);
    state.pausedTasks -= removed.retryTimer != 0 ? 1 : 0;
    state.open.erase({removed.branch, task});
    state.tasks.erase(task);
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskAttemptFailed &fact)
{
    taskOf(state, fact.task).attempt = fact.attempt + 1;
    moved(state);
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const TaskCompleted &fact)
{
    const OpenTask &task = taskOf(state, fact.task);
    branchOf(state, task.branch).outcomes.push_back({sequence, {}, fact.result});
    removeTask(state, fact.task);
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskFailed &fact)
{
    removeTask(state, fact.task);
    if (fact.attempt > 0)
        moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const TaskCanceled &fact)
{
    removeTask(state, fact.task);
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const TimerCreated &fact)
{
    state.timers[sequence] = {fact.branch, fact.step, fact.purpose, fact.fireAt, fact.about};
    state.open.emplace(fact.branch, sequence);
    if (fact.purpose == TimerPurpose::Retry) {
        taskOf(state, fact.about).retryTimer = sequence;
        ++state.pausedTasks;
    }
    if (fact.purpose == TimerPurpose::Timeout || fact.purpose == TimerPurpose::Due) {
        OpenWait &wait = knownIn(state.waits, fact.about, "history: a timeout for no wait");
        wait.timer = sequence;
        wait.paused.reset();
    }
    noteTaskTimer(state, sequence, state.timers[sequence], true);
}

/// Takes a timer out; whoever it was for knows it no longer.
void removeTimer(InstanceState &state, Sequence timer)
{
    const OpenTimer removed = knownIn(state.timers, timer, "history: a fact names no open timer");
    state.timers.erase(timer);
    state.open.erase({removed.branch, timer});
    const auto task = state.tasks.find(removed.about);
    if (removed.purpose == TimerPurpose::Retry && task != state.tasks.end()) {
        task->second.retryTimer = 0;
        --state.pausedTasks;
    }
    const auto wait = state.waits.find(removed.about);
    const bool ends =
        removed.purpose == TimerPurpose::Timeout || removed.purpose == TimerPurpose::Due;
    if (ends && wait != state.waits.end())
        wait->second.timer = 0;
    noteTaskTimer(state, timer, removed, false);
}

void applyTo(InstanceState &state, Sequence, Instant, const TimerFired &fact)
{
    removeTimer(state, fact.timer);
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const TimerCanceled &fact)
{
    removeTimer(state, fact.timer);
}

void applyTo(InstanceState &state, Sequence, Instant at, const TimerPaused &fact)
{
    const OpenTimer timer =
        knownIn(state.timers, fact.timer, "history: a fact names no open timer");
    removeTimer(state, fact.timer);
    knownIn(state.waits, timer.about, "history: the clock of no wait stops").paused =
        std::max(timer.fireAt - at, Milliseconds(0));
}

void applyTo(InstanceState &state, Sequence, Instant, const VariablesSet &fact)
{
    for (const auto &[name, value] : fact.values)
        state.variables[name] = {value, {}};
    for (const auto &[name, item] : fact.appended) {
        Variable &list = state.variables[name];
        invariant(isList(list), "history: an item was appended to a variable that is no list");
        list.appended.push_back(item);
    }
}

void applyTo(InstanceState &state, Sequence, Instant, const CustomStatusSet &fact)
{
    state.customStatus = fact.status;
}

void applyTo(InstanceState &state, Sequence, Instant, const DecisionYielded &)
{
    state.yielded = true;
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const ExecutionSuspended &)
{
    state.status = InstanceStatus::Suspended;
    state.suspended = sequence;
}

void applyTo(InstanceState &state, Sequence, Instant, const ExecutionResumed &)
{
    state.status = InstanceStatus::Running;
    state.suspended = 0;
    // Whatever was on its way goes on with the decision that resumes.
    state.yielded = false;
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const VariablesEdited &fact)
{
    for (const auto &[name, value] : fact.values)
        state.variables[name] = {value, {}};
}

void applyTo(InstanceState &state, Sequence, Instant, const StepSkipped &fact)
{
    const BranchState &branch = branchOf(state, fact.branch);
    invariant(branch.entered && branch.step == fact.step, "history: skipped a step it was not on");
    moved(state);
}

void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchMoved &fact)
{
    BranchState &branch = branchOf(state, fact.branch);
    invariant(branch.step == fact.from, "history: moved a branch from where it was not");
    if (branch.around != 0)
        closeRegion(state, branch.around);
    state.onTheirWay.erase(branch.setOut);
    state.haltedOnTheirWay.erase(branch.setOut);
    branch.left = {};
    branch.outcomes.clear();
    branch.collects = false;
    branch.answers.clear();
    branch.rewinds = {};
    sendOut(state, fact.branch, fact.to, sequence, at);
    moved(state);
}

/// The row without the facts after `last`.
void applyUntil(InstanceState &state, const HistoryRow &row, Sequence last)
{
    state.run = row.run;
    ++state.decisions;
    Sequence sequence = row.first;
    for (const Fact &fact : row.facts) {
        if (sequence > last)
            return;
        apply(state, sequence++, row.at, fact);
    }
}

} // namespace

void apply(InstanceState &state, Sequence sequence, Instant at, const Fact &fact)
{
    const auto *rewound = std::get_if<InstanceRewound>(&fact);
    invariant(sequence == state.length + 1 || (rewound && rewound->to == state.length),
        "history: a fact is missing or comes twice");
    invariant(!isFinished(state), "history: a fact after the end");
    const bool starts = std::holds_alternative<ExecutionStarted>(fact);
    invariant(starts == (state.length == 0), "history: it does not begin with its start");
    state.length = sequence;
    state.changedAt = at;
    std::visit([&](const auto &one) { applyTo(state, sequence, at, one); }, fact);
}

void apply(InstanceState &state, const HistoryRow &row)
{
    invariant(row.first == state.length + 1, "history: a row is missing or comes twice");
    applyUntil(state, row, std::numeric_limits<Sequence>::max());
}

namespace {

InstanceState replayOn(InstanceState state, const std::vector<HistoryRow> &rows, Sequence last)
{
    Sequence next = state.length + 1;
    for (std::size_t place = 0; place < rows.size(); ++place) {
        invariant(rows[place].first == next, "history: a row is missing or comes twice");
        next += static_cast<Sequence>(rows[place].facts.size());
        const InstanceRewound *rewound = rewindAfter(rows, place);
        applyUntil(state, rows[place], rewound ? std::min(rewound->to, last) : last);
    }
    return state;
}

} // namespace

InstanceState replay(const std::vector<HistoryRow> &rows)
{
    return replayOn({}, rows, std::numeric_limits<Sequence>::max());
}

InstanceState replay(InstanceState before, const std::vector<HistoryRow> &rows)
{
    return replayOn(std::move(before), rows, std::numeric_limits<Sequence>::max());
}

InstanceState replay(const std::vector<HistoryRow> &rows, Sequence last)
{
    return replayOn({}, rows, last);
}

JsonText valueOf(const Variable &variable)
{
    if (variable.appended.empty())
        return variable.value;
    std::string text = variable.value.isNull() ? "[]" : variable.value.text();
    text.resize(text.find_last_not_of(" \t\r\n", text.rfind(']') - 1) + 1);
    for (const JsonText &item : variable.appended) {
        if (text.size() > 1)
            text += ',';
        text += item.text();
    }
    return JsonText::trusted(text += ']');
}

bool isList(const Variable &variable)
{
    return variable.value.isNull() || variable.value.text().front() == '[';
}

JsonText listOf(const std::vector<Outcome> &outcomes)
{
    std::string text = "[";
    for (const Outcome &outcome : outcomes) {
        if (text.size() > 1)
            text += ',';
        text += outcome.value.text();
    }
    return JsonText::trusted(text += ']');
}

std::vector<Sequence> openWithin(const InstanceState &state, const BranchPath &beginning)
{
    std::vector<Sequence> open;
    for (auto one = state.open.lower_bound({beginning, 0});
         one != state.open.end() && one->first.value.starts_with(beginning.value); ++one)
        open.push_back(one->second);
    std::ranges::sort(open);
    return open;
}

std::vector<Sequence> openAt(const InstanceState &state, const BranchPath &branch)
{
    std::vector<Sequence> open;
    for (auto one = state.open.lower_bound({branch, 0});
         one != state.open.end() && one->first == branch; ++one)
        open.push_back(one->second);
    return open;
}

bool isFinished(const InstanceState &state) { return isFinished(state.status); }

bool fitsKey(const std::map<std::string, std::string> &keys, const std::string &foldedName,
    const std::string &key)
{
    if (key.empty())
        return true;
    const auto own = keys.find(foldedName);
    return own != keys.end() && own->second == key;
}

ByName::const_iterator firstOf(const ByName &entries, const std::string &foldedName)
{
    return entries.lower_bound({foldedName, 0});
}

} // namespace engine

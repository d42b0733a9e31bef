#include "engine/store/index_changes.h"

#include "engine/base/overloaded.h"
#include "engine/model/flow.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace engine {
namespace {

template<typename Row, typename Key>
void close(std::vector<Row> &opened, std::vector<Sequence> &closed, Sequence sequence, Key key)
{
    const auto found = std::ranges::find(opened, sequence, key);
    if (found != opened.end())
        opened.erase(found);
    else
        closed.push_back(sequence);
}

void openKeys(IndexChanges &changes, Sequence sequence, Instant at,
    const std::vector<std::string> &names, const std::vector<std::string> &keys)
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].empty())
            changes.keysOpened.push_back({sequence, foldedEventName(names.at(i)), keys[i], at});
    }
}

void closeKeys(IndexChanges &changes, Sequence wait, const std::string &name = {})
{
    const auto erased = std::erase_if(changes.keysOpened, [&](const KeyRow &row) {
        return row.wait == wait && (name.empty() || row.name == name);
    });
    const bool isOfThisRow =
        std::ranges::find(changes.waitsOpened, wait, &WaitRow::wait) != changes.waitsOpened.end() ||
        std::ranges::find(changes.tasksOpened, wait, &TaskRow::task) != changes.tasksOpened.end();
    if (erased == 0 && !isOfThisRow)
        changes.keysClosed.push_back({wait, name});
}

void changeTask(IndexChanges &changes, Sequence task, const Fact &fact)
{
    const auto opened = std::ranges::find(changes.tasksOpened, task, &TaskRow::task);
    if (opened != changes.tasksOpened.end())
        apply(*opened, fact);
    else
        changes.tasksChanged.push_back({task, fact});
}

void addTask(IndexChanges &changes, Sequence sequence, Instant at, const Fact &fact)
{
    std::visit(
        Overloaded{
            [&](const TaskOpened &task) {
                changes.tasksOpened.push_back({.task = sequence,
                    .branch = task.branch,
                    .step = task.step,
                    .title = task.title,
                    .assignees = task.assignees,
                    .openedAt = at});
                openKeys(changes, sequence, at, {task.event}, {task.key});
            },
            [&](const TaskClosed &closed) {
                std::erase_if(changes.tasksChanged,
                    [&](const TaskChange &one) { return one.task == closed.task; });
                closeKeys(changes, closed.task);
                close(changes.tasksOpened, changes.tasksClosed, closed.task, &TaskRow::task);
            },
            [&](const TaskAnswered &answered) {
                close(changes.eventsKept, changes.eventsTaken, answered.event, &KeptEventRow::event);
                changeTask(changes, answered.task, fact);
            },
            [&](const AnyOf<TaskClaimed, TaskReassigned, TaskCommented, TaskEscalated> auto &one) {
                changeTask(changes, one.task, fact);
            },
            [](const auto &) {},
        },
        fact);
}

void addWait(IndexChanges &changes, Sequence sequence, Instant at, const Fact &fact)
{
    std::visit(
        Overloaded{
            [&](const WaitOpened &wait) {
                changes.waitsOpened.push_back(
                    {sequence, wait.branch, wait.step, wait.names, wait.needed});
                openKeys(changes, sequence, at, wait.names, wait.keys);
            },
            [&](const WaitClosed &closed) {
                closeKeys(changes, closed.wait);
                close(changes.waitsOpened, changes.waitsClosed, closed.wait, &WaitRow::wait);
            },
            [&](const CorrelationOpened &opened) {
                openKeys(changes, sequence, at, opened.names, opened.keys);
            },
            [&](const CorrelationClosed &closed) { closeKeys(changes, closed.correlation); },
            [](const auto &) {},
        },
        fact);
}

void add(IndexChanges &changes, Sequence sequence, Instant at, const Fact &fact)
{
    const auto closeWork = [&changes](Sequence task) {
        close(changes.workOpened, changes.workClosed, task, std::identity{});
    };
    const auto closeTimer = [&changes](Sequence timer) {
        close(changes.timersSet, changes.timersGone, timer, &TimerRow::timer);
    };
    const auto closeEvent = [&changes](Sequence event) {
        close(changes.eventsKept, changes.eventsTaken, event, &KeptEventRow::event);
    };
    std::visit(
        Overloaded{
            [&](const ExecutionCompleted &) { changes.runEnded = true; },
            [&](const ExecutionTerminated &) { changes.runEnded = true; },
            [&](const ExecutionContinuedAsNew &) { changes.runEnded = true; },
            [&](const TaskScheduled &) { changes.workOpened.push_back(sequence); },
            [&](const TaskCompleted &done) { closeWork(done.task); },
            [&](const TaskFailed &failed) { closeWork(failed.task); },
            [&](const TaskCanceled &canceled) { closeWork(canceled.task); },
            [&](const TimerCreated &timer) {
                const bool retry = timer.purpose == TimerPurpose::Retry;
                changes.timersSet.push_back({sequence, timer.fireAt, retry ? timer.about : 0});
                if (timer.purpose == TimerPurpose::Due)
                    changeTask(changes, timer.about, fact);
            },
            [&](const TimerFired &fired) { closeTimer(fired.timer); },
            [&](const TimerCanceled &canceled) { closeTimer(canceled.timer); },
            [&](const TimerPaused &paused) { closeTimer(paused.timer); },
            [&](const EventRaised &event) {
                changes.eventsKept.push_back({sequence, event.name, event.eventId});
            },
            [&](const EventTaken &taken) {
                closeEvent(taken.event);
                if (!taken.name.empty())
                    closeKeys(changes, taken.wait, foldedEventName(taken.name));
            },
            [&](const EventDeleted &deleted) { closeEvent(deleted.event); },
            [&](const EventHandedOn &handedOn) { closeEvent(handedOn.event); },
            [&](const InterruptBegan &began) { closeEvent(began.event); },
            [&](const InterruptDropped &dropped) { closeEvent(dropped.event); },
            [&](const AnyOf<WaitOpened, WaitClosed, CorrelationOpened, CorrelationClosed> auto &) {
                addWait(changes, sequence, at, fact);
            },
            [](const AnyOf<ExecutionStarted, StepEntered, StepLeft, TaskAttemptFailed, VariablesSet,
                CustomStatusSet, DecisionYielded, ExecutionSuspended, ExecutionResumed,
                EventIgnored, WhereFailed> auto &) {},
            // Only deciding needs to know them: what they close is closed by facts of its own.
            [](const AnyOf<RegionOpened, BranchOpened, BranchCompleted, BranchFailed, RegionJoined,
                RegionFailed, EventIdsCarried, SubFlowScheduled, SubFlowCompleted, SubFlowFailed,
                SubFlowCanceled, EventSent, InterruptEnded, InstanceRewound, BranchRewound,
                VariablesEdited, StepSkipped, BranchMoved> auto &) {},
            [&](const EventKeptAgain &event) {
                changes.eventsKept.push_back({event.event, event.name, event.eventId});
            },
            [&](const AnyOf<TaskOpened, TaskAnswered, TaskClosed, TaskClaimed, TaskReassigned,
                TaskCommented, TaskReminded, TaskEscalated> auto &) {
                addTask(changes, sequence, at, fact);
            },
        },
        fact);
}

/// Each key is the length of a folded name, a colon, the name and the id.
void addCarried(std::vector<EventIdRow> &ids, const EventIdsCarried &fact)
{
    for (const std::string &key : fact.keys) {
        std::size_t length = 0;
        const auto [end, fault] = std::from_chars(key.data(), key.data() + key.size(), length);
        const auto begin = static_cast<std::size_t>(end - key.data()) + 1;
        if (fault == std::errc() && begin <= key.size() && length <= key.size() - begin)
            ids.push_back({key.substr(begin, length), key.substr(begin + length)});
    }
}

} // namespace

void apply(TaskRow &row, const Fact &fact)
{
    std::visit(Overloaded{
                   [&](const TaskAnswered &) {
                       ++row.answers;
                       row.askedBy.clear();
                   },
                   [&](const TaskClaimed &claimed) { row.claimedBy = claimed.by; },
                   [&](const TaskReassigned &reassigned) {
                       row.assignees = reassigned.assignees;
                       row.claimedBy.clear();
                   },
                   [&](const TaskEscalated &escalated) { row.assignees = escalated.assignees; },
                   [&](const TaskCommented &said) {
                       row.askedBy = said.question ? said.by : std::string();
                   },
                   [&](const TimerCreated &due) { row.dueAt = due.fireAt; },
                   [](const auto &) {},
               },
        fact);
}

std::vector<EventIdRow> eventIdsIn(const HistoryRow &row)
{
    std::vector<EventIdRow> ids;
    for (const Fact &fact : row.facts) {
        if (const auto *raised = std::get_if<EventRaised>(&fact); raised && raised->eventId)
            ids.push_back({foldedEventName(raised->name), *raised->eventId});
        else if (const auto *ignored = std::get_if<EventIgnored>(&fact);
                 ignored && ignored->eventId)
            ids.push_back({foldedEventName(ignored->name), *ignored->eventId});
        else if (const auto *carried = std::get_if<EventIdsCarried>(&fact))
            addCarried(ids, *carried);
    }
    return ids;
}

IndexChanges indexChanges(const HistoryRow &row)
{
    IndexChanges changes;
    Sequence sequence = row.first;
    for (const Fact &fact : row.facts)
        add(changes, sequence++, row.at, fact);
    changes.eventIds = eventIdsIn(row);
    if (changes.runEnded)
        return {.eventIds = std::move(changes.eventIds), .runEnded = true};
    return changes;
}

} // namespace engine

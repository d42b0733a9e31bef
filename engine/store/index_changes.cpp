#include "engine/store/index_changes.h"

#include "engine/base/overloaded.h"

#include <algorithm>
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

void add(IndexChanges &changes, Sequence sequence, const Fact &fact)
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
            },
            [&](const TimerFired &fired) { closeTimer(fired.timer); },
            [&](const TimerCanceled &canceled) { closeTimer(canceled.timer); },
            [&](const TimerPaused &paused) { closeTimer(paused.timer); },
            [&](const EventRaised &event) {
                changes.eventsKept.push_back({sequence, event.name, event.eventId});
            },
            [&](const EventTaken &taken) { closeEvent(taken.event); },
            [&](const EventDeleted &deleted) { closeEvent(deleted.event); },
            [&](const EventHandedOn &handedOn) { closeEvent(handedOn.event); },
            [&](const WaitOpened &wait) {
                changes.waitsOpened.push_back(
                    {sequence, wait.branch, wait.step, wait.names, wait.needed});
            },
            [&](const WaitClosed &closed) {
                close(changes.waitsOpened, changes.waitsClosed, closed.wait, &WaitRow::wait);
            },
            [](const AnyOf<ExecutionStarted, StepEntered, StepLeft, TaskAttemptFailed, VariablesSet,
                CustomStatusSet, DecisionYielded, ExecutionSuspended, ExecutionResumed,
                EventIgnored, WhereFailed> auto &) {},
            // Only deciding needs to know them: what they close is closed by facts of its own.
            [](const AnyOf<RegionOpened, BranchOpened, BranchCompleted, BranchFailed, RegionJoined,
                RegionFailed, EventIdsCarried, SubFlowScheduled, SubFlowCompleted, SubFlowFailed,
                SubFlowCanceled, EventSent> auto &) {},
        },
        fact);
}

} // namespace

IndexChanges indexChanges(const HistoryRow &row)
{
    IndexChanges changes;
    Sequence sequence = row.first;
    for (const Fact &fact : row.facts)
        add(changes, sequence++, fact);
    if (changes.runEnded)
        return {.runEnded = true};
    return changes;
}

} // namespace engine

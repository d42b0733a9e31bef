#include "engine/history/history_event.h"

#include "engine/base/overloaded.h"

namespace engine {

namespace {

// What operators bring about (semantics 9).
const char *nameOf(const InstanceRewound &) { return "InstanceRewound"; }
const char *nameOf(const BranchRewound &) { return "BranchRewound"; }
const char *nameOf(const EventKeptAgain &) { return "EventKeptAgain"; }
const char *nameOf(const VariablesEdited &) { return "VariablesEdited"; }
const char *nameOf(const StepSkipped &) { return "StepSkipped"; }
const char *nameOf(const BranchMoved &) { return "BranchMoved"; }

} // namespace

std::string_view typeName(const Fact &fact)
{
    return std::visit(Overloaded{
                          [](const ExecutionStarted &) { return "ExecutionStarted"; },
                          [](const ExecutionCompleted &) { return "ExecutionCompleted"; },
                          [](const ExecutionTerminated &) { return "ExecutionTerminated"; },
                          [](const StepEntered &) { return "StepEntered"; },
                          [](const StepLeft &) { return "StepLeft"; },
                          [](const TaskScheduled &) { return "TaskScheduled"; },
                          [](const TaskAttemptFailed &) { return "TaskAttemptFailed"; },
                          [](const TaskCompleted &) { return "TaskCompleted"; },
                          [](const TaskFailed &) { return "TaskFailed"; },
                          [](const TaskCanceled &) { return "TaskCanceled"; },
                          [](const TimerCreated &) { return "TimerCreated"; },
                          [](const TimerFired &) { return "TimerFired"; },
                          [](const TimerCanceled &) { return "TimerCanceled"; },
                          [](const EventRaised &) { return "EventRaised"; },
                          [](const EventTaken &) { return "EventTaken"; },
                          [](const WaitOpened &) { return "WaitOpened"; },
                          [](const WaitClosed &) { return "WaitClosed"; },
                          [](const VariablesSet &) { return "VariablesSet"; },
                          [](const CustomStatusSet &) { return "CustomStatusSet"; },
                          [](const DecisionYielded &) { return "DecisionYielded"; },
                          [](const ExecutionSuspended &) { return "ExecutionSuspended"; },
                          [](const ExecutionResumed &) { return "ExecutionResumed"; },
                          [](const TimerPaused &) { return "TimerPaused"; },
                          [](const EventIgnored &) { return "EventIgnored"; },
                          [](const EventDeleted &) { return "EventDeleted"; },
                          [](const EventHandedOn &) { return "EventHandedOn"; },
                          [](const WhereFailed &) { return "WhereFailed"; },
                          [](const RegionOpened &) { return "RegionOpened"; },
                          [](const BranchOpened &) { return "BranchOpened"; },
                          [](const BranchCompleted &) { return "BranchCompleted"; },
                          [](const BranchFailed &) { return "BranchFailed"; },
                          [](const RegionJoined &) { return "RegionJoined"; },
                          [](const RegionFailed &) { return "RegionFailed"; },
                          [](const ExecutionContinuedAsNew &) { return "ExecutionContinuedAsNew"; },
                          [](const EventIdsCarried &) { return "EventIdsCarried"; },
                          [](const SubFlowScheduled &) { return "SubFlowScheduled"; },
                          [](const SubFlowCompleted &) { return "SubFlowCompleted"; },
                          [](const SubFlowFailed &) { return "SubFlowFailed"; },
                          [](const SubFlowCanceled &) { return "SubFlowCanceled"; },
                          [](const EventSent &) { return "EventSent"; },
                          [](const TaskOpened &) { return "TaskOpened"; },
                          [](const TaskAnswered &) { return "TaskAnswered"; },
                          [](const TaskClosed &) { return "TaskClosed"; },
                          [](const TaskClaimed &) { return "TaskClaimed"; },
                          [](const TaskReassigned &) { return "TaskReassigned"; },
                          [](const TaskCommented &) { return "TaskCommented"; },
                          [](const TaskReminded &) { return "TaskReminded"; },
                          [](const TaskEscalated &) { return "TaskEscalated"; },
                          [](const InterruptBegan &) { return "InterruptBegan"; },
                          [](const InterruptEnded &) { return "InterruptEnded"; },
                          [](const InterruptDropped &) { return "InterruptDropped"; },
                          [](const CorrelationOpened &) { return "CorrelationOpened"; },
                          [](const CorrelationClosed &) { return "CorrelationClosed"; },
                          [](const auto &ofOperator) { return nameOf(ofOperator); },
                      },
        fact);
}

std::vector<HistoryEvent> eventsOf(const HistoryRow &row)
{
    std::vector<HistoryEvent> events;
    events.reserve(row.facts.size());
    Sequence sequence = row.first;
    for (const Fact &fact : row.facts)
        events.push_back({sequence++, row.at, fact});
    return events;
}

} // namespace engine

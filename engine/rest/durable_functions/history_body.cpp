#include "engine/base/overloaded.h"
#include "engine/rest/durable_functions/status_body.h"
#include "engine/wire/json_writer.h"

#include <map>
#include <optional>
#include <set>

namespace engine {

namespace {

struct Scheduled {
    std::string name;
    JsonText input;
    Instant at{};
};

/// Translates fact by fact; remembers what later facts refer to.
class HistoryTranslator
{
public:
    HistoryTranslator(const std::vector<HistoryEvent> &events, const DurableStatusParts &parts);
    std::string translated() &&;

private:
    void translate(const HistoryEvent &event);
    JsonObjectWriter entry(std::string_view type, Instant at) const;
    void add(JsonObjectWriter object) { m_entries.add(std::move(object).finish()); }
    /// Payloads are shown as the text of their JSON.
    void addInput(JsonObjectWriter &object, const JsonText &input) const;
    void addResult(JsonObjectWriter &object, const JsonText &result) const;
    JsonObjectWriter taskEnd(std::string_view type, const HistoryEvent &event, Sequence task) const;
    void addDone(std::string_view type, const HistoryEvent &event, Sequence task,
        const JsonText &result);
    void addFailed(std::string_view type, const HistoryEvent &event, Sequence task,
        const Failure &failure);
    void addSubFlow(const HistoryEvent &event, const SubFlowScheduled &fact);
    void addContinued(const HistoryEvent &event, const ExecutionContinuedAsNew &fact);
    void addSent(const HistoryEvent &event, const EventSent &fact);
    void addBlank(std::string_view type, const HistoryEvent &event);
    void addScheduled(const HistoryEvent &event, const TaskScheduled &task);
    void addTimer(std::string_view type, const HistoryEvent &event, Sequence timer);
    void addStarted(const HistoryEvent &event, const ExecutionStarted &fact);
    void addCompleted(const HistoryEvent &event, const ExecutionCompleted &fact);
    void addTerminated(const HistoryEvent &event, const ExecutionTerminated &fact);
    void addRaised(const HistoryEvent &event, const EventRaised &fact);
    void addSent(const HistoryEvent &event, const EventHandedOn &fact);
    void addRewound(const HistoryEvent &event, const InstanceRewound &fact);

    const std::vector<HistoryEvent> &m_events;
    DurableStatusParts m_parts;
    std::map<Sequence, Scheduled> m_tasks; ///< activities and sub-flows
    std::map<Sequence, Instant> m_timers;
    std::map<Sequence, const EventRaised *> m_raised; ///< in m_events
    std::set<Sequence> m_ended; ///< tasks whose end replaces their beginning
    std::set<Sequence> m_rewound; ///< ends and failures that were taken back
    JsonArrayWriter m_entries;
};

std::string failureDetails(const Failure &failure)
{
    JsonObjectWriter details;
    details.text("ErrorType", failure.type)
        .text("ErrorMessage", failure.message)
        .null("StackTrace")
        .null("InnerFailure")
        .boolean("IsNonRetriable", !failure.retriable)
        .null("Properties");
    return std::move(details).finish();
}

/// Of every rewind: the end of the run, and the failure that each branch that goes on again stood on.
class RewoundFailures
{
public:
    void see(const HistoryEvent &event)
    {
        if (const auto *task = std::get_if<TaskScheduled>(&event.fact))
            m_places[event.sequence] = {task->branch, task->step};
        if (const auto *subFlow = std::get_if<SubFlowScheduled>(&event.fact))
            m_places[event.sequence] = {subFlow->branch, subFlow->step};
        if (const auto *failed = std::get_if<TaskFailed>(&event.fact))
            m_failures[m_places[failed->task]] = event.sequence;
        if (const auto *failed = std::get_if<SubFlowFailed>(&event.fact))
            m_failures[m_places[failed->subFlow]] = event.sequence;
        if (std::holds_alternative<ExecutionCompleted>(event.fact))
            m_end = event.sequence;
        if (std::holds_alternative<InstanceRewound>(event.fact))
            rewound.insert(m_end);
        if (const auto *branch = std::get_if<BranchRewound>(&event.fact))
            if (const auto failure = m_failures.find({branch->branch, branch->to});
                failure != m_failures.end())
                rewound.insert(failure->second);
    }
    std::set<Sequence> rewound;

private:
    using Place = std::pair<BranchPath, StepId>;
    std::map<Sequence, Place> m_places;   ///< of what was scheduled
    std::map<Place, Sequence> m_failures; ///< the latest there
    Sequence m_end = 0;
};

std::set<Sequence> rewoundOf(const std::vector<HistoryEvent> &events)
{
    RewoundFailures failures;
    for (const HistoryEvent &event : events)
        failures.see(event);
    return std::move(failures.rewound);
}

HistoryTranslator::HistoryTranslator(
    const std::vector<HistoryEvent> &events, const DurableStatusParts &parts)
    : m_events(events)
    , m_parts(parts)
{
    for (const HistoryEvent &event : events) {
        if (const auto *completed = std::get_if<TaskCompleted>(&event.fact))
            m_ended.insert(completed->task);
        if (const auto *failed = std::get_if<TaskFailed>(&event.fact))
            m_ended.insert(failed->task);
        if (const auto *completed = std::get_if<SubFlowCompleted>(&event.fact))
            m_ended.insert(completed->subFlow);
        if (const auto *failed = std::get_if<SubFlowFailed>(&event.fact))
            m_ended.insert(failed->subFlow);
    }
    m_rewound = rewoundOf(events);
}

std::string HistoryTranslator::translated() &&
{
    for (const HistoryEvent &event : m_events)
        translate(event);
    return std::move(m_entries).finish();
}

void HistoryTranslator::translate(const HistoryEvent &event)
{
    std::visit(
        Overloaded{
            [&](const ExecutionStarted &fact) { addStarted(event, fact); },
            [&](const ExecutionCompleted &fact) { addCompleted(event, fact); },
            [&](const ExecutionTerminated &fact) { addTerminated(event, fact); },
            [&](const TaskScheduled &fact) { addScheduled(event, fact); },
            [&](const TaskAttemptFailed &fact) {
                addFailed("TaskFailed", event, fact.task, fact.failure);
            },
            [&](const TaskFailed &fact) {
                addFailed("TaskFailed", event, fact.task, fact.failure);
            },
            [&](const SubFlowScheduled &fact) { addSubFlow(event, fact); },
            [&](const SubFlowFailed &fact) {
                addFailed("SubOrchestrationInstanceFailed", event, fact.subFlow, fact.failure);
            },
            [&](const SubFlowCompleted &fact) {
                addDone("SubOrchestrationInstanceCompleted", event, fact.subFlow, fact.result);
            },
            [&](const ExecutionContinuedAsNew &fact) { addContinued(event, fact); },
            [&](const EventSent &fact) { addSent(event, fact); },
            [&](const TaskCompleted &fact) {
                addDone("TaskCompleted", event, fact.task, fact.result);
            },
            [&](const TimerCreated &fact) {
                m_timers.emplace(event.sequence, fact.fireAt);
                addTimer("TimerCreated", event, event.sequence);
            },
            [&](const TimerFired &fact) { addTimer("TimerFired", event, fact.timer); },
            [&](const EventRaised &fact) { addRaised(event, fact); },
            [&](const ExecutionSuspended &fact) {
                add(entry("ExecutionSuspended", event.at).text("Reason", fact.reason));
            },
            [&](const ExecutionResumed &fact) {
                add(entry("ExecutionResumed", event.at).text("Reason", fact.reason));
            },
            [&](const EventHandedOn &fact) { addSent(event, fact); },
            // What only flows have; Durable Functions knows no steps, waits,
            // variables or branches.
            [](const AnyOf<TaskCanceled, TimerCanceled, StepEntered, StepLeft, EventTaken,
                WaitOpened, WaitClosed, VariablesSet, CustomStatusSet, DecisionYielded,
                TimerPaused, EventIgnored, EventDeleted, WhereFailed, RegionOpened, BranchOpened,
                BranchCompleted, BranchFailed, RegionJoined, RegionFailed, EventIdsCarried,
                SubFlowCanceled, TaskOpened, TaskAnswered, TaskClosed, TaskClaimed, TaskReassigned,
                TaskCommented, TaskReminded, TaskEscalated, InterruptBegan, InterruptEnded,
                InterruptDropped, BranchRewound, EventKeptAgain, VariablesEdited, StepSkipped,
                BranchMoved, CorrelationOpened, CorrelationClosed> auto &) {},
            [&](const InstanceRewound &fact) { addRewound(event, fact); },
        },
        event.fact);
}

JsonObjectWriter HistoryTranslator::entry(std::string_view type, Instant at) const
{
    JsonObjectWriter object;
    object.text("EventType", type).time("Timestamp", at);
    return object;
}

void HistoryTranslator::addInput(JsonObjectWriter &object, const JsonText &input) const
{
    if (m_parts.input)
        object.text("Input", input.text());
}

void HistoryTranslator::addResult(JsonObjectWriter &object, const JsonText &result) const
{
    if (m_parts.historyOutput)
        object.value("Result", result);
}

void HistoryTranslator::addStarted(const HistoryEvent &event, const ExecutionStarted &fact)
{
    auto object = entry("ExecutionStarted", event.at);
    object.text("FunctionName", fact.flow.value);
    addInput(object, fact.input);
    object.null("Correlation").null("ScheduledStartTime").null("ParentTraceContext");
    add(std::move(object.number("Generation", 0)));
}

void HistoryTranslator::addCompleted(const HistoryEvent &event, const ExecutionCompleted &fact)
{
    if (m_rewound.contains(event.sequence))
        return addBlank("ExecutionCompleted", event);
    auto object = entry("ExecutionCompleted", event.at);
    object.text("OrchestrationStatus", fact.failure ? "Failed" : "Completed");
    addResult(object, fact.output);
    object.raw("FailureDetails", fact.failure ? failureDetails(*fact.failure) : "null");
    add(std::move(object));
}

void HistoryTranslator::addTerminated(const HistoryEvent &event, const ExecutionTerminated &fact)
{
    auto object = entry("ExecutionTerminated", event.at);
    if (m_parts.input)
        object.text("Input", fact.reason); // as it was given, no JSON
    add(std::move(object));
    auto completed = entry("ExecutionCompleted", event.at);
    completed.text("OrchestrationStatus", "Terminated");
    addResult(completed, JsonText::ofString(fact.reason));
    add(std::move(completed.null("FailureDetails")));
}

void HistoryTranslator::addScheduled(const HistoryEvent &event, const TaskScheduled &task)
{
    // The step is what people named; the kind of its activity repeats all over a flow.
    const auto &scheduled =
        m_tasks.emplace(event.sequence, Scheduled{task.step.value, task.input, event.at})
            .first->second;
    if (m_ended.contains(event.sequence))
        return;
    auto object = entry("TaskScheduled", event.at);
    object.text("Name", scheduled.name);
    addInput(object, task.input);
    add(std::move(object.null("ParentTraceContext").null("Tags")));
}

JsonObjectWriter HistoryTranslator::taskEnd(
    std::string_view type, const HistoryEvent &event, Sequence task) const
{
    const auto found = m_tasks.find(task);
    const Scheduled begin = found == m_tasks.end() ? Scheduled{.at = event.at} : found->second;
    auto object = entry(type, event.at);
    object.text("FunctionName", begin.name).time("ScheduledTime", begin.at);
    addInput(object, begin.input);
    return object;
}

void HistoryTranslator::addSubFlow(const HistoryEvent &event, const SubFlowScheduled &fact)
{
    m_tasks.emplace(event.sequence, Scheduled{fact.flow.value, fact.input, event.at});
    if (m_ended.contains(event.sequence))
        return;
    auto object = entry("SubOrchestrationInstanceCreated", event.at);
    object.text("Name", fact.flow.value).text("InstanceId", fact.instance.value);
    addInput(object, fact.input);
    add(std::move(object.null("ClientSpanId").null("Tags")));
}

void HistoryTranslator::addContinued(
    const HistoryEvent &event, const ExecutionContinuedAsNew &fact)
{
    constexpr int continuedAsNew = 2; // the format has a number here
    auto object = entry("ContinueAsNew", event.at);
    object.number("OrchestrationStatus", continuedAsNew);
    object.text("Result", fact.input.text());
    add(std::move(object.null("FailureDetails")));
}

void HistoryTranslator::addSent(const HistoryEvent &event, const EventSent &fact)
{
    auto object = entry("EventSent", event.at);
    object.text("InstanceId", fact.instance.value).text("Name", fact.name);
    addInput(object, fact.payload);
    add(std::move(object));
}

void HistoryTranslator::addDone(std::string_view type, const HistoryEvent &event, Sequence task,
    const JsonText &result)
{
    auto object = taskEnd(type, event, task);
    addResult(object, result);
    add(std::move(object));
}

void HistoryTranslator::addFailed(std::string_view type, const HistoryEvent &event, Sequence task,
    const Failure &failure)
{
    if (m_rewound.contains(event.sequence))
        return addBlank(type, event);
    auto object = taskEnd(type, event, task);
    object.text("Reason", failure.message);
    if (failure.details.isNull())
        object.null("Details");
    else
        object.text("Details", failure.details.text());
    add(std::move(object.raw("FailureDetails", failureDetails(failure))));
}

/// What was rewound does not count any more; the format keeps its place.
void HistoryTranslator::addBlank(std::string_view type, const HistoryEvent &event)
{
    auto object = entry("GenericEvent", event.at);
    add(std::move(object.text("Data", "Rewound: " + std::string(type))));
}

void HistoryTranslator::addTimer(std::string_view type, const HistoryEvent &event, Sequence timer)
{
    const auto found = m_timers.find(timer);
    auto object = entry(type, event.at);
    add(std::move(object.time("FireAt", found == m_timers.end() ? event.at : found->second)));
}

void HistoryTranslator::addRaised(const HistoryEvent &event, const EventRaised &fact)
{
    m_raised.emplace(event.sequence, &fact);
    auto object = entry("EventRaised", event.at);
    object.text("Name", fact.name);
    addInput(object, fact.payload);
    add(std::move(object.null("ParentTraceContext")));
}

void HistoryTranslator::addSent(const HistoryEvent &event, const EventHandedOn &fact)
{
    const auto raised = m_raised.find(fact.event);
    if (raised == m_raised.end())
        return;
    auto object = entry("EventSent", event.at);
    object.text("InstanceId", fact.to.value).text("Name", raised->second->name);
    addInput(object, raised->second->payload);
    add(std::move(object));
}

void HistoryTranslator::addRewound(const HistoryEvent &event, const InstanceRewound &fact)
{
    auto object = entry("ExecutionRewound", event.at);
    object.text("Reason", fact.reason).null("ParentExecutionId");
    if (fact.parent)
        object.text("InstanceId", fact.parent->instance.value);
    else
        object.null("InstanceId");
    add(std::move(object.null("ParentTraceContext")));
}

} // namespace

std::string durableHistoryText(
    const std::vector<HistoryEvent> &events, const DurableStatusParts &parts)
{
    return HistoryTranslator(events, parts).translated();
}

} // namespace engine

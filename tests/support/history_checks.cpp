#include "tests/support/history_checks.h"

#include "engine/base/overloaded.h"

#include <limits>
#include <map>

namespace tests {
namespace {

using namespace engine;

/// Reads a history without the help of the machine that wrote it.
class Checker
{
public:
    std::vector<std::string> broken;

    void row(const HistoryRow &one)
    {
        expect(one.first == m_length + 1, "a row does not follow the one before");
        expect(!one.facts.empty(), "a row without facts");
        m_now = one.at;
        for (const Fact &fact : one.facts) {
            ++m_length;
            expect(!m_ended, "a fact after the end");
            std::visit([this](const auto &kind) { check(kind); }, fact);
        }
    }

private:
    void expect(bool holds, const char *rule)
    {
        if (!holds)
            broken.push_back(std::string(rule) + " (fact " + std::to_string(m_length) + ")");
    }

    void check(const ExecutionStarted &) { expect(m_length == 1, "a second start"); }
    void check(const ExecutionCompleted &) { m_ended = true; }
    void check(const ExecutionTerminated &) { m_ended = true; }
    void check(const TaskScheduled &) { m_tasks[m_length] = 0; }
    void check(const TaskAttemptFailed &fact)
    {
        expect(m_tasks.contains(fact.task), "an attempt of no open activity failed");
        expect(++m_tasks[fact.task] == fact.attempt, "attempts are counted wrong");
    }
    void check(const TaskCompleted &fact) { lastWord(fact.task, fact.attempt); }
    void check(const TaskFailed &fact) { lastWord(fact.task, fact.attempt); }
    void check(const TaskCanceled &fact)
    {
        expect(m_tasks.erase(fact.task) == 1, "an activity was cancelled that is not open");
    }
    void lastWord(Sequence task, int attempt)
    {
        expect(m_tasks.contains(task), "an activity has two last words");
        expect(m_tasks[task] + 1 == attempt, "the last attempt is counted wrong");
        m_tasks.erase(task);
    }
    void check(const TimerCreated &fact) { m_timers[m_length] = fact.fireAt; }
    void check(const TimerFired &fact)
    {
        expect(m_timers.contains(fact.timer), "a timer fired that does not stand");
        expect(m_timers[fact.timer] <= m_now, "a timer fired early");
        m_timers.erase(fact.timer);
    }
    void check(const TimerCanceled &fact)
    {
        expect(m_timers.erase(fact.timer) == 1, "a timer was cancelled that does not stand");
    }
    void check(const TimerPaused &fact)
    {
        expect(m_suspended, "a clock stopped although nothing halted");
        expect(m_timers.erase(fact.timer) == 1, "a clock stopped that does not run");
    }
    void check(const EventRaised &fact)
    {
        m_events.insert(m_length);
        expect(!fact.eventId || m_ids.insert(fact.name + " " + *fact.eventId).second,
            "an event was accepted twice under one id");
    }
    void check(const EventTaken &fact)
    {
        expect(!m_suspended, "an event was taken while everything halts");
        expect(m_events.erase(fact.event) == 1, "an event was taken twice");
        expect(m_waits.contains(fact.wait) && --m_waits[fact.wait] >= 0, "a wait took too many");
    }
    void check(const EventIgnored &fact)
    {
        expect(!fact.eventId || m_ids.insert(fact.name + " " + *fact.eventId).second,
            "an event was accepted twice under one id");
    }
    void check(const EventDeleted &fact)
    {
        expect(m_events.erase(fact.event) == 1, "an event was deleted that is not kept");
    }
    void check(const EventHandedOn &fact)
    {
        expect(m_events.erase(fact.event) == 1, "an event was handed on that is not kept");
    }
    void check(const WhereFailed &fact)
    {
        expect(m_events.contains(fact.event) && m_waits.contains(fact.wait),
            "'where' failed of what is not open");
    }
    void check(const WaitOpened &fact)
    {
        const bool endless = fact.collects && fact.needed == 0;
        m_waits[m_length] = endless ? std::numeric_limits<int>::max() : fact.needed;
    }
    void check(const WaitClosed &fact)
    {
        expect(m_waits.erase(fact.wait) == 1, "a wait was closed that is not open");
    }
    void check(const StepEntered &fact)
    {
        expect(!m_suspended, "a step was entered while everything halts");
        expect(m_step.empty(), "a step was entered before the last one was left");
        m_step = fact.step.value;
    }
    void check(const StepLeft &fact)
    {
        expect(!m_suspended, "a step was left while everything halts");
        expect(m_step == fact.step.value, "a step was left that was not entered");
        m_step.clear();
    }
    void check(const VariablesSet &) {}
    void check(const CustomStatusSet &) {}
    void check(const DecisionYielded &) {}
    void check(const ExecutionSuspended &)
    {
        expect(!m_suspended, "suspended twice");
        m_suspended = true;
    }
    void check(const ExecutionResumed &)
    {
        expect(m_suspended, "resumed without being suspended");
        m_suspended = false;
    }

    Sequence m_length = 0;
    Instant m_now{};
    bool m_ended = false;
    bool m_suspended = false;
    std::string m_step;
    std::map<Sequence, int> m_tasks;
    std::map<Sequence, Instant> m_timers;
    std::map<Sequence, int> m_waits;
    std::set<Sequence> m_events;
    std::set<std::string> m_ids;
};

} // namespace

std::vector<std::string> brokenRules(const std::vector<HistoryRow> &rows)
{
    Checker checker;
    for (const HistoryRow &row : rows)
        checker.row(row);
    return checker.broken;
}

HistoryMarks marksOf(const std::vector<HistoryRow> &rows)
{
    HistoryMarks marks;
    for (const HistoryRow &row : rows) {
        for (const Fact &fact : row.facts) {
            const auto *event = std::get_if<EventRaised>(&fact);
            const auto *ignored = std::get_if<EventIgnored>(&fact);
            if (event && event->eventId)
                marks.eventIds.insert(*event->eventId);
            if (ignored && ignored->eventId)
                marks.eventIds.insert(*ignored->eventId);
            marks.terminated =
                marks.terminated || std::holds_alternative<ExecutionTerminated>(fact);
        }
    }
    return marks;
}

std::vector<std::pair<int, Sequence>> concludedAttempts(const std::vector<HistoryRow> &rows)
{
    std::vector<std::pair<int, Sequence>> concluded;
    const Overloaded note{
        [&](const TaskAttemptFailed &fact) { concluded.emplace_back(fact.attempt, fact.task); },
        [&](const TaskCompleted &fact) { concluded.emplace_back(fact.attempt, fact.task); },
        [&](const TaskFailed &fact) { concluded.emplace_back(fact.attempt, fact.task); },
        [](const auto &) {},
    };
    for (const HistoryRow &row : rows) {
        for (const Fact &fact : row.facts)
            std::visit(note, fact);
    }
    return concluded;
}

} // namespace tests

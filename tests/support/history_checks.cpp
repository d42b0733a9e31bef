#include "tests/support/history_checks.h"

#include "engine/base/overloaded.h"
#include "engine/history/branch_path.h"
#include "engine/history/rewound_history.h"

#include <algorithm>
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

    /// Only the facts up to `last` count; the others are those of a failure that was rewound.
    void row(const HistoryRow &one, Sequence last)
    {
        expect(one.first == m_length + 1, "a row does not follow the one before");
        expect(!one.facts.empty(), "a row without facts");
        m_now = one.at;
        for (const Fact &fact : one.facts) {
            ++m_length;
            if (m_length > last)
                continue;
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
    void check(const TaskScheduled &fact)
    {
        m_tasks[m_length] = 0;
        m_places[m_length] = fact.branch;
        expectMoving(fact.branch, "an activity began in what halts");
    }
    void check(const ExecutionContinuedAsNew &)
    {
        m_ended = true;
        expect(m_tasks.empty() && m_timers.empty() && m_waits.empty() && m_subFlows.empty() &&
                m_approvals.empty(),
            "it continued as new with something open");
    }
    void check(const EventIdsCarried &fact)
    {
        m_carried.insert(fact.keys.begin(), fact.keys.end());
        expect(m_carried.size() == fact.keys.size(), "an event id is carried twice");
    }
    void check(const SubFlowScheduled &) { m_subFlows.insert(m_length); }
    void check(const SubFlowCompleted &fact) { endSubFlow(fact.subFlow); }
    void check(const SubFlowFailed &fact) { endSubFlow(fact.subFlow); }
    void check(const SubFlowCanceled &fact) { endSubFlow(fact.subFlow); }
    void endSubFlow(Sequence subFlow)
    {
        expect(m_subFlows.erase(subFlow) == 1, "a sub-flow has two last words");
    }
    void check(const EventSent &) {}
    void check(const TaskAttemptFailed &fact)
    {
        expect(m_tasks.contains(fact.task), "an attempt of no open activity failed");
        expectMoving(m_places[fact.task], "an outcome was taken by what halts");
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
        expectMoving(m_places[task], "an outcome was taken by what halts");
        expect(m_tasks[task] + 1 == attempt, "the last attempt is counted wrong");
        m_tasks.erase(task);
    }
    void check(const TimerCreated &fact)
    {
        m_timers[m_length] = fact.fireAt;
        m_places[m_length] = fact.branch;
    }
    void check(const TimerFired &fact)
    {
        expect(m_timers.contains(fact.timer), "a timer fired that does not stand");
        expect(m_timers[fact.timer] <= m_now, "a timer fired early");
        expectMoving(m_places[fact.timer], "a timer fired in what halts");
        m_timers.erase(fact.timer);
    }
    void check(const TimerCanceled &fact)
    {
        expect(m_timers.erase(fact.timer) == 1, "a timer was cancelled that does not stand");
    }
    void check(const TimerPaused &fact)
    {
        expect(m_suspended || isHalted(m_places[fact.timer]),
            "a clock stopped although nothing halted");
        expect(m_timers.erase(fact.timer) == 1, "a clock stopped that does not run");
    }
    void check(const EventRaised &fact)
    {
        m_events.insert(m_length);
        expect(!fact.eventId || m_ids.insert(fact.name + " " + *fact.eventId).second,
            "an event was accepted twice under one id");
        std::string name = fact.name;
        for (char &letter : name)
            letter = letter >= 'A' && letter <= 'Z' ? char(letter - 'A' + 'a') : letter;
        expect(!fact.eventId || !m_carried.contains(
                                    std::to_string(name.size()) + ":" + name + *fact.eventId),
            "an event was accepted that an earlier run had accepted under its id");
    }
    void check(const EventTaken &fact)
    {
        expect(!m_suspended, "an event was taken while everything halts");
        expectMoving(m_places[fact.wait], "an event was taken by what halts");
        expect(m_events.erase(fact.event) == 1, "an event was taken twice");
        const bool fails = m_approvals.contains(fact.wait); // a payload that its step is to fail with
        expect(fails || (m_waits.contains(fact.wait) && --m_waits[fact.wait] >= 0),
            "a wait took too many");
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
        m_places[m_length] = fact.branch;
        m_waits[m_length] = endless ? std::numeric_limits<int>::max() : fact.needed;
    }
    void check(const CorrelationOpened &fact)
    {
        expect(fact.region == 0 || m_regions.contains(fact.region),
            "keys were opened for a region that is not open");
        expect(m_correlations.emplace(m_length, fact.region).second, "a correlation opened twice");
    }
    void check(const CorrelationClosed &fact)
    {
        expect(m_correlations.erase(fact.correlation) == 1, "a correlation was closed that is not open");
    }
    void check(const WaitClosed &fact)
    {
        expect(m_waits.erase(fact.wait) == 1, "a wait was closed that is not open");
    }
    void check(const TaskOpened &fact)
    {
        m_approvals.insert(m_length);
        m_places[m_length] = fact.branch;
    }
    void check(const TaskAnswered &fact)
    {
        expect(!m_suspended, "an answer was taken while everything halts");
        expect(m_approvals.contains(fact.task), "a task was answered that is not open");
        expect(m_events.erase(fact.event) == 1, "an answer was taken twice");
        expect(m_answered.emplace(fact.task, fact.by).second, "somebody was counted twice");
    }
    void check(const TaskClosed &fact)
    {
        expect(m_approvals.erase(fact.task) == 1, "a task was closed that is not open");
    }
    void check(const TaskClaimed &fact) { expectTask(fact.task); }
    void check(const TaskReassigned &fact) { expectTask(fact.task); }
    void check(const TaskCommented &fact) { expectTask(fact.task); }
    void check(const TaskReminded &fact) { expectTask(fact.task); }
    void check(const TaskEscalated &fact) { expectTask(fact.task); }
    void expectTask(Sequence task)
    {
        expect(m_approvals.contains(task), "something happened to a task that is not open");
    }
    void check(const StepEntered &fact)
    {
        expect(!m_suspended, "a step was entered while everything halts");
        expect(m_steps.contains(fact.branch), "a step was entered by no live branch");
        expectMoving(fact.branch, "a step was entered by what halts");
        std::string &step = m_steps[fact.branch];
        expect(step.empty(), "a step was entered before the last one was left");
        step = fact.step.value;
    }
    void check(const StepLeft &fact)
    {
        expect(!m_suspended, "a step was left while everything halts");
        expect(m_steps[fact.branch] == fact.step.value, "a step was left that was not entered");
        expectMoving(fact.branch, "a step was left by what halts");
        m_steps[fact.branch].clear();
    }
    void check(const RegionOpened &fact)
    {
        m_regions[m_length] = {insideOf(fact.branch, fact.step), fact.branches, fact.atOnce, 0, 0};
    }
    void check(const BranchOpened &fact)
    {
        expect(m_regions.contains(fact.region), "a branch opened in no region");
        Region &region = m_regions[fact.region];
        expect(fact.branch.value.starts_with(region.inside.value), "a branch has a strange path");
        expect(m_steps.emplace(fact.branch, "").second, "a branch opened twice");
        if (fact.way == "again")
            expect(m_failed.erase(fact.branch) == 1, "a branch opened again that had not failed");
        else
            expect(++region.opened <= region.branches, "too many branches opened");
        expect(++region.live <= region.atOnce, "too many branches run at once");
        m_regionOf[fact.branch] = fact.region;
        expectMoving(fact.branch, "a branch opened in what halts");
    }
    void check(const InterruptBegan &fact)
    {
        expect(!m_suspended, "an interrupt began while everything halts");
        expect(m_events.erase(fact.event) == 1, "an event interrupts that is not kept");
        expect(m_steps.emplace(fact.branch, "").second, "a handler began twice");
        expect(fact.region == 0 || m_regions.contains(fact.region),
            "a region was interrupted that is not open");
        expect(!fact.only || m_regionOf[*fact.only] == fact.region,
            "a branch was interrupted that is not live");
        for (const auto &[sequence, other] : m_interrupts) {
            const bool same = other.region == fact.region && other.only == fact.only;
            expect(!same || other.beside || fact.beside, "two handlers halt the same");
            expect(!same || other.name != fact.name, "two handlers of one interrupt run at once");
        }
        expectMoving(fact.branch, "an interrupt began in what halts");
        m_interrupts[m_length] = fact;
    }
    void check(const InterruptEnded &fact)
    {
        expect(m_interrupts.contains(fact.interrupt), "a handler ended that does not run");
        expectMoving(m_interrupts[fact.interrupt].branch, "a handler ended that halts");
        endHandler(fact.interrupt);
    }
    void check(const InterruptDropped &fact)
    {
        expect(m_events.erase(fact.event) == 1, "an event was dropped that is not kept");
        expect(fact.newer == 0 || (fact.newer > fact.event && m_events.contains(fact.newer)),
            "an event was replaced by none that is newer");
    }

    void endHandler(Sequence interrupt)
    {
        const BranchPath path = m_interrupts[interrupt].branch;
        m_interrupts.erase(interrupt);
        expect(!isBusyWithin(path), "a handler ended and left something open");
        forgetWithin(path);
    }
    void forgetWithin(const BranchPath &path)
    {
        const auto within = [&](const auto &one) { return isWithin(one.first, path); };
        std::erase_if(m_steps, within);
        std::erase_if(m_regionOf, within);
        std::erase_if(m_regions, [&](const auto &one) {
            return one.second.inside.value.starts_with(path.value + '/');
        });
        std::erase_if(m_interrupts,
            [&](const auto &one) { return isWithin(one.second.branch, path); });
    }
    /// Those that interrupted what is over.
    void endHandlersOf(const auto &interrupted)
    {
        std::vector<Sequence> over;
        for (const auto &[sequence, interrupt] : m_interrupts) {
            if (interrupted(interrupt))
                over.push_back(sequence);
        }
        for (const Sequence sequence : over) {
            if (m_interrupts.contains(sequence))
                endHandler(sequence);
        }
    }
    /// Whether some interrupt lets nothing move there.
    bool isHalted(const BranchPath &branch) const
    {
        return std::ranges::any_of(m_interrupts, [&](const auto &one) {
            const InterruptBegan &interrupt = one.second;
            return !interrupt.beside && !isWithin(branch, interrupt.branch) &&
                   isInterrupted(branch, interrupt);
        });
    }
    bool isInterrupted(const BranchPath &branch, const InterruptBegan &interrupt) const
    {
        if (interrupt.only)
            return isWithin(branch, *interrupt.only);
        if (interrupt.region == 0)
            return true;
        const auto region = m_regions.find(interrupt.region);
        if (region == m_regions.end())
            return false;
        const bool beside = std::ranges::any_of(m_interrupts, [&](const auto &one) {
            return one.second.region == interrupt.region && !one.second.only &&
                   isWithin(branch, one.second.branch);
        });
        return beside || branch.value.starts_with(region->second.inside.value);
    }
    void expectMoving(const BranchPath &branch, const char *rule) { expect(!isHalted(branch), rule); }

    void check(const BranchCompleted &fact) { endBranch(fact.branch); }
    void check(const BranchFailed &fact)
    {
        endBranch(fact.branch);
        m_failed.insert(fact.branch);
    }
    void check(const RegionJoined &fact) { closeRegion(fact.region); }
    void check(const RegionFailed &fact) { closeRegion(fact.region); }

    void endBranch(const BranchPath &path)
    {
        expect(m_steps.contains(path) && m_regionOf.contains(path), "a branch ended twice");
        expect(!isBusy({path.value + '/'}), "a branch ended with branches inside");
        --m_regions[m_regionOf[path]].live;
        endHandlersOf([&](const InterruptBegan &one) { return one.only == path; });
        forgetWithin(path);
    }
    void closeRegion(Sequence sequence)
    {
        expect(m_regions.contains(sequence), "a region closed that is not open");
        const BranchPath inside = m_regions[sequence].inside;
        endHandlersOf([&](const InterruptBegan &one) { return one.region == sequence; });
        const auto within = [&](const auto &one) {
            return one.first.value.starts_with(inside.value);
        };
        std::erase_if(m_steps, within);
        std::erase_if(m_regionOf, within);
        std::erase_if(m_regions,
            [&](const auto &one) { return one.second.inside.value.starts_with(inside.value); });
        std::erase_if(m_interrupts,
            [&](const auto &one) { return one.second.branch.value.starts_with(inside.value); });
        expect(!isBusy(inside), "a region closed and left something open");
    }
    /// Whether anything is open in branches whose path begins so.
    bool isBusy(const BranchPath &beginning) const
    {
        return isAnythingOpen([&](const BranchPath &path) {
            return path.value.starts_with(beginning.value);
        });
    }
    bool isBusyWithin(const BranchPath &around) const
    {
        return isAnythingOpen([&](const BranchPath &path) { return isWithin(path, around); });
    }
    bool isAnythingOpen(const auto &isThere) const
    {
        const auto within = [&](const auto &one) { return isThere(m_places.at(one.first)); };
        return std::ranges::any_of(m_waits, within) || std::ranges::any_of(m_tasks, within) ||
               std::ranges::any_of(m_timers, within);
    }
    /// What the failure closed is not open in the history that counts either.
    void check(const InstanceRewound &)
    {
        m_tasks.clear();
        m_timers.clear();
        m_waits.clear();
        m_approvals.clear();
        m_subFlows.clear();
    }
    void check(const BranchRewound &fact)
    {
        if (fact.region != 0) {
            expect(m_regions.contains(fact.region), "a region is open again that was not open");
            return;
        }
        const auto branch = m_steps.find(fact.branch);
        if (branch != m_steps.end())
            branch->second.clear();
        else
            expect(m_failed.contains(fact.branch), "a branch was rewound that was never there");
    }
    void check(const EventKeptAgain &fact)
    {
        expect(m_events.insert(fact.event).second == fact.payload.has_value(),
            "an event is kept again that was not taken");
    }
    void check(const VariablesEdited &) {}
    void check(const StepSkipped &fact)
    {
        expect(!m_suspended, "a step was skipped while everything halts");
        expect(m_steps[fact.branch] == fact.step.value, "a step was skipped that was not entered");
        expectMoving(fact.branch, "a step was skipped by what halts");
    }
    void check(const BranchMoved &fact)
    {
        expect(m_steps.contains(fact.branch), "a branch was moved that is not live");
        m_steps[fact.branch].clear();
        const BranchPath inside = insideOf(fact.branch, fact.from);
        const auto region = std::ranges::find_if(
            m_regions, [&](const auto &one) { return one.second.inside == inside; });
        if (region == m_regions.end())
            return;
        const Sequence sequence = region->first;
        closeRegion(sequence);
        m_regions.erase(sequence);
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
    struct Region {
        BranchPath inside;
        int branches = 0;
        int atOnce = 0;
        int opened = 0;
        int live = 0;
    };
    std::map<BranchPath, std::string> m_steps{{{}, {}}}; ///< where each live branch stands
    std::map<BranchPath, Sequence> m_regionOf;
    std::set<BranchPath> m_failed;
    std::map<Sequence, Region> m_regions;
    std::map<Sequence, InterruptBegan> m_interrupts; ///< whose handlers run
    std::map<Sequence, BranchPath> m_places; ///< of everything that was ever opened
    std::map<Sequence, int> m_tasks;
    std::map<Sequence, Instant> m_timers;
    std::map<Sequence, int> m_waits;
    std::map<Sequence, Sequence> m_correlations; ///< with their regions
    std::set<Sequence> m_approvals;
    std::set<std::pair<Sequence, std::string>> m_answered;
    std::set<Sequence> m_events;
    std::set<std::string> m_ids;
    std::set<std::string> m_carried;
    std::set<Sequence> m_subFlows;
};

} // namespace

std::vector<std::string> brokenRules(const std::vector<HistoryRow> &rows)
{
    Checker checker;
    for (std::size_t place = 0; place < rows.size(); ++place) {
        const InstanceRewound *rewound = rewindAfter(rows, place);
        checker.row(rows[place], rewound ? rewound->to : std::numeric_limits<Sequence>::max());
        if (rewound && !endsInFailure(rows[place]))
            checker.broken.push_back("it was rewound and had not failed");
    }
    return checker.broken;
}

/// The event id of a key: what follows its length and so many characters of its name.
static std::string idOf(const std::string &key)
{
    const std::size_t colon = key.find(':');
    return key.substr(colon + 1 + std::stoul(key));
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
            if (const auto *carried = std::get_if<EventIdsCarried>(&fact)) {
                for (const std::string &key : carried->keys)
                    marks.eventIds.insert(idOf(key));
            }
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

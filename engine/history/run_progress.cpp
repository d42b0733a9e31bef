#include "engine/history/run_progress.h"

#include "engine/history/ascii_letters.h"
#include "engine/history/branch_path.h"

#include <algorithm>
#include <set>

namespace engine {
namespace {

/// Folds facts into a progress; the traces of the steps it touched are right after finish().
class Fold
{
public:
    explicit Fold(RunProgress &progress)
        : m_progress(progress)
    {}

    void add(const HistoryEvent &event)
    {
        m_sequence = event.sequence;
        m_at = event.at;
        std::visit([this](const auto &fact) { apply(fact); }, event.fact);
        m_progress.seen = event.sequence;
    }

    void finish()
    {
        for (const StepId &step : m_touched)
            refresh(trace(step));
    }

private:
    StepTrace &trace(const StepId &step)
    {
        const auto [place, isNew] =
            m_progress.memory.stepPlaces.try_emplace(step, m_progress.steps.size());
        if (isNew)
            m_progress.steps.push_back({.step = step});
        return m_progress.steps[place->second];
    }

    StepTrace &touch(const StepId &step)
    {
        m_touched.insert(step);
        return trace(step);
    }

    void countWay(const StepId &from, const std::string &way, const StepId &to)
    {
        const auto [place, isNew] =
            m_progress.memory.wayPlaces.try_emplace({from, way, to}, m_progress.ways.size());
        if (isNew)
            m_progress.ways.push_back({from, way, to, 0});
        ++m_progress.ways[place->second].times;
    }

    /// Takes an entry out of `open`, if it is there, and remembers its step.
    void close(auto &open, const auto &key)
    {
        if (const auto found = open.find(key); found != open.end()) {
            touch(found->second.step);
            open.erase(found);
        }
    }

    void end(InstanceStatus status)
    {
        auto &memory = m_progress.memory;
        const auto leave = [this](auto &open) {
            for (const auto &entry : open)
                touch(entry.second.step);
            open.clear();
        };
        leave(memory.tokens);
        leave(memory.waits);
        leave(memory.tasks);
        leave(memory.timers);
        memory.regions.clear();
        memory.handlers.clear();
        leave(memory.subFlows);
        m_progress.status = status;
    }

    void apply(const ExecutionStarted &) { m_progress.status = InstanceStatus::Running; }
    void apply(const ExecutionCompleted &fact)
    {
        end(fact.failure ? InstanceStatus::Failed : InstanceStatus::Completed);
    }
    void apply(const ExecutionTerminated &) { end(InstanceStatus::Terminated); }
    void apply(const ExecutionContinuedAsNew &) { end(InstanceStatus::Completed); }
    void apply(const EventIdsCarried &) {}

    void apply(const StepEntered &fact)
    {
        auto &tokens = m_progress.memory.tokens;
        close(tokens, fact.branch); // only a damaged history enters without having left
        touch(fact.step).failureType.clear();
        tokens[fact.branch] = {fact.step, m_at};
    }

    void apply(const StepLeft &fact)
    {
        StepTrace &step = touch(fact.step);
        ++step.passes;
        step.failureType = fact.failure ? fact.failure->type : std::string();
        auto &tokens = m_progress.memory.tokens;
        if (const auto token = tokens.find(fact.branch); token != tokens.end()) {
            step.spent += m_at - token->second.since;
            close(tokens, fact.branch);
        }
        countWay(fact.step, fact.way, fact.to);
    }

    void apply(const TaskScheduled &fact)
    {
        touch(fact.step);
        m_progress.memory.tasks[m_sequence] = {fact.step, 1};
    }

    void apply(const TaskAttemptFailed &fact)
    {
        const auto task = m_progress.memory.tasks.find(fact.task);
        if (task == m_progress.memory.tasks.end())
            return;
        task->second.attempt = fact.attempt + 1;
        touch(task->second.step).failureType = fact.failure.type;
    }

    void apply(const TaskCompleted &fact) { close(m_progress.memory.tasks, fact.task); }
    void apply(const TaskFailed &fact) { close(m_progress.memory.tasks, fact.task); }
    void apply(const TaskCanceled &fact) { close(m_progress.memory.tasks, fact.task); }

    void apply(const TimerCreated &fact)
    {
        touch(fact.step);
        m_progress.memory.timers[m_sequence] = {fact.step, fact.fireAt};
    }

    void apply(const TimerFired &fact) { close(m_progress.memory.timers, fact.timer); }
    void apply(const TimerCanceled &fact) { close(m_progress.memory.timers, fact.timer); }

    void apply(const EventRaised &fact)
    {
        m_progress.kept.push_back({m_sequence, fact.name, fact.payload, fact.eventId,
            fact.raisedAt.value_or(m_at)});
    }

    void apply(const SubFlowScheduled &fact)
    {
        touch(fact.step);
        m_progress.memory.subFlows[m_sequence] = {fact.step, fact.instance};
    }

    void apply(const SubFlowCompleted &fact) { close(m_progress.memory.subFlows, fact.subFlow); }
    void apply(const SubFlowFailed &fact) { close(m_progress.memory.subFlows, fact.subFlow); }
    void apply(const SubFlowCanceled &fact) { close(m_progress.memory.subFlows, fact.subFlow); }
    void apply(const EventSent &) {}

    void apply(const TaskOpened &fact)
    {
        touch(fact.step);
        m_progress.memory.waits[m_sequence] = {fact.step, {fact.event}, true, 0};
    }

    void apply(const TaskAnswered &fact)
    {
        forget(fact.event);
        const auto wait = m_progress.memory.waits.find(fact.task);
        if (wait == m_progress.memory.waits.end())
            return;
        touch(wait->second.step);
        ++wait->second.taken;
    }

    void apply(const TaskClosed &fact) { close(m_progress.memory.waits, fact.task); }
    void apply(const TaskClaimed &) {}
    void apply(const TaskReassigned &) {}
    void apply(const TaskCommented &) {}
    void apply(const TaskReminded &) {}
    void apply(const TaskEscalated &) {}

    void apply(const EventTaken &fact)
    {
        const auto event = std::ranges::find(m_progress.kept, fact.event, &KeptEvent::event);
        if (event == m_progress.kept.end())
            return;
        const std::string name = event->name;
        m_progress.kept.erase(event);
        const auto wait = m_progress.memory.waits.find(fact.wait);
        if (wait == m_progress.memory.waits.end())
            return;
        touch(wait->second.step);
        ++wait->second.taken;
        if (wait->second.collects)
            return;
        std::erase_if(wait->second.names,
            [&name](const std::string &wanted) { return sameAsciiLetters(wanted, name); });
    }

    void apply(const WaitOpened &fact)
    {
        touch(fact.step);
        m_progress.memory.waits[m_sequence] = {fact.step, fact.names, fact.collects, 0};
    }

    void apply(const WaitClosed &fact) { close(m_progress.memory.waits, fact.wait); }
    void apply(const VariablesSet &) {}
    void apply(const CustomStatusSet &) {}
    void apply(const DecisionYielded &) {}
    void apply(const ExecutionSuspended &) { m_progress.status = InstanceStatus::Suspended; }
    void apply(const ExecutionResumed &) { m_progress.status = InstanceStatus::Running; }
    void apply(const TimerPaused &fact) { close(m_progress.memory.timers, fact.timer); }
    void apply(const EventIgnored &) {}
    void apply(const EventDeleted &fact) { forget(fact.event); }
    void apply(const EventHandedOn &fact) { forget(fact.event); }
    void apply(const WhereFailed &) {}

    void forget(Sequence event)
    {
        std::erase_if(
            m_progress.kept, [event](const KeptEvent &one) { return one.event == event; });
    }

    void apply(const RegionOpened &fact)
    {
        m_progress.memory.regions[m_sequence] = {fact.step, insideOf(fact.branch, fact.step)};
    }

    void apply(const BranchOpened &fact)
    {
        const auto region = m_progress.memory.regions.find(fact.region);
        if (region != m_progress.memory.regions.end())
            countWay(region->second.step, fact.way, fact.to);
    }

    /// A way from the mark of the interrupt on the drawing: `!/EVENT`, or `!/STEP/EVENT`.
    void apply(const InterruptBegan &fact)
    {
        forget(fact.event);
        auto &memory = m_progress.memory;
        const auto region = memory.regions.find(fact.region);
        const std::string owner =
            region == memory.regions.end() ? std::string() : region->second.step.value + "/";
        countWay({"!/" + owner + fact.name}, "next", fact.to);
        memory.handlers[m_sequence] = {fact.branch, fact.region, fact.only};
    }

    void apply(const InterruptEnded &fact)
    {
        const auto handler = m_progress.memory.handlers.find(fact.interrupt);
        if (handler == m_progress.memory.handlers.end())
            return;
        const BranchPath path = handler->second.branch;
        m_progress.memory.handlers.erase(handler);
        clearBranch(path);
    }

    void apply(const InterruptDropped &fact) { forget(fact.event); }
    void apply(const CorrelationOpened &) {}
    void apply(const CorrelationClosed &) {}

    void apply(const InstanceRewound &)
    {
        end(InstanceStatus::Running);
        m_progress.kept.clear();
    }
    void apply(const BranchRewound &fact)
    {
        auto &memory = m_progress.memory;
        if (fact.handles != 0)
            memory.handlers[fact.handles] = {fact.branch, 0, {}};
        if (fact.region == 0)
            return;
        touch(fact.to);
        memory.tokens[fact.branch] = {fact.to, m_at};
        memory.regions[fact.region] = {fact.to, insideOf(fact.branch, fact.to)};
    }
    void apply(const EventKeptAgain &fact)
    {
        m_progress.kept.push_back({fact.event, fact.name, fact.payload.value_or(JsonText()),
            fact.eventId, fact.raisedAt});
    }
    void apply(const VariablesEdited &) {}
    void apply(const StepSkipped &) {}
    void apply(const BranchMoved &fact)
    {
        auto &memory = m_progress.memory;
        close(memory.tokens, fact.branch);
        const BranchPath inside = insideOf(fact.branch, fact.from);
        const auto region = std::ranges::find_if(memory.regions,
            [&inside](const auto &one) { return one.second.inside == inside; });
        if (region == memory.regions.end())
            return;
        const Sequence sequence = region->first;
        closeRegion(sequence);
        memory.regions.erase(sequence);
    }

    /// The branch is over, with all inside it.
    void clearBranch(const BranchPath &path)
    {
        auto &memory = m_progress.memory;
        if (const auto token = memory.tokens.find(path); token != memory.tokens.end()) {
            touch(token->second.step);
            memory.tokens.erase(token);
        }
        clearInside(path.value + "/");
    }

    void clearInside(const std::string &inside)
    {
        auto &memory = m_progress.memory;
        for (auto token = memory.tokens.lower_bound({inside});
             token != memory.tokens.end() && token->first.value.starts_with(inside);) {
            touch(token->second.step);
            token = memory.tokens.erase(token);
        }
        std::erase_if(memory.regions,
            [&](const auto &one) { return one.second.inside.value.starts_with(inside); });
        std::erase_if(memory.handlers,
            [&](const auto &one) { return one.second.branch.value.starts_with(inside); });
    }

    /// The handlers that interrupted what is over now are over too.
    void clearHandlers(const auto &interrupted)
    {
        std::vector<BranchPath> over;
        for (const auto &[interrupt, handler] : m_progress.memory.handlers) {
            if (interrupted(handler))
                over.push_back(handler.branch);
        }
        for (const BranchPath &path : over) {
            clearBranch(path);
            std::erase_if(m_progress.memory.handlers,
                [&](const auto &one) { return one.second.branch == path; });
        }
    }

    // Both came after the StepLeft that took the token away.
    void apply(const BranchCompleted &fact) { endBranch(fact.branch); }
    void apply(const BranchFailed &fact) { endBranch(fact.branch); }
    void endBranch(const BranchPath &path)
    {
        clearHandlers([&](const auto &handler) { return handler.only == path; });
        clearBranch(path); // one whose interrupt failed never left its step
    }
    void apply(const RegionJoined &fact) { closeRegion(fact.region); }
    void apply(const RegionFailed &fact) { closeRegion(fact.region); }

    /// The branches that are left in it are cancelled, and the regions inside with them.
    void closeRegion(Sequence sequence)
    {
        auto &memory = m_progress.memory;
        const auto region = memory.regions.find(sequence);
        if (region == memory.regions.end())
            return;
        const std::string inside = region->second.inside.value;
        clearHandlers([&](const auto &handler) { return handler.region == sequence; });
        clearInside(inside);
    }

    /// The part of a trace that says what is the case now.
    void refresh(StepTrace &trace) const
    {
        const ProgressMemory &memory = m_progress.memory;
        trace.tokens = trace.attempt = trace.taken = 0;
        trace.since.reset();
        trace.until.reset();
        trace.waitsFor.clear();
        trace.subFlows.clear();
        for (const auto &[branch, token] : memory.tokens) {
            if (token.step != trace.step)
                continue;
            ++trace.tokens;
            trace.since = std::min(trace.since.value_or(token.since), token.since);
        }
        for (const auto &[sequence, wait] : memory.waits) {
            if (wait.step != trace.step)
                continue;
            for (const std::string &name : wait.names) {
                if (std::ranges::find(trace.waitsFor, name) == trace.waitsFor.end())
                    trace.waitsFor.push_back(name);
            }
            trace.taken += wait.taken;
        }
        for (const auto &[sequence, task] : memory.tasks) {
            if (task.step == trace.step)
                trace.attempt = std::max(trace.attempt, task.attempt);
        }
        for (const auto &[sequence, timer] : memory.timers) {
            if (timer.step == trace.step)
                trace.until = std::min(trace.until.value_or(timer.fireAt), timer.fireAt);
        }
        for (const auto &[sequence, subFlow] : memory.subFlows) {
            if (subFlow.step == trace.step)
                trace.subFlows.push_back(subFlow.instance);
        }
        trace.progress = progressOf(trace);
    }

    static StepProgress progressOf(const StepTrace &trace)
    {
        if (trace.tokens > 0) {
            const bool waits =
                !trace.waitsFor.empty() || !trace.subFlows.empty() || trace.until;
            return waits && trace.attempt == 0 ? StepProgress::Waiting : StepProgress::Running;
        }
        if (!trace.failureType.empty())
            return StepProgress::Failed;
        return trace.passes > 0 ? StepProgress::Passed : StepProgress::NotReached;
    }

    RunProgress &m_progress;
    std::set<StepId> m_touched;
    Sequence m_sequence = 0;
    Instant m_at{};
};

} // namespace

void advance(RunProgress &progress, const std::vector<HistoryEvent> &events)
{
    Fold fold(progress);
    for (const HistoryEvent &event : events) {
        if (event.sequence > progress.seen)
            fold.add(event);
    }
    fold.finish();
}

std::vector<BranchTrace> branchesOf(const RunProgress &progress)
{
    std::vector<BranchTrace> branches;
    for (const auto &[path, token] : progress.memory.tokens)
        branches.push_back({path, token.step, token.since});
    return branches;
}

} // namespace engine

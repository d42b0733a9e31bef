#include "engine/history/timeline.h"

#include "engine/history/branch_path.h"

#include <algorithm>
#include <map>
#include <utility>

namespace engine {
namespace {

/// Follows the branches through their steps. What a fact about something open belongs to is found by the
/// sequence that opened it.
class Visits
{
public:
    void add(const HistoryEvent &event)
    {
        m_sequence = event.sequence;
        m_at = event.at;
        std::visit([this](const auto &fact) { note(fact); }, event.fact);
    }
    std::vector<StepVisit> take() { return std::move(m_all); }

private:
    /// Most facts say nothing about a visit.
    template<typename Fact>
    void note(const Fact &)
    {}

    void note(const StepEntered &fact)
    {
        close(fact.branch, "canceled"); // only a damaged history enters without having left
        m_open[fact.branch] = m_all.size();
        m_all.push_back({.sequence = m_sequence,
            .branch = fact.branch,
            .step = fact.step,
            .begin = m_at,
            .outcome = "running"});
    }

    void note(const StepLeft &fact)
    {
        StepVisit *visit = at(fact.branch);
        if (!visit)
            return;
        visit->way = fact.way;
        visit->to = fact.to;
        if (fact.failure)
            visit->failure = fact.failure;
        const bool isSkipped = visit->outcome == "skipped";
        close(fact.branch, isSkipped ? "skipped" : fact.failure ? "failed" : "done");
    }

    void note(const TaskScheduled &fact)
    {
        if (StepVisit *visit = opened(fact.branch)) {
            visit->activity = fact.activity;
            visit->attempts = 1;
        }
    }
    void note(const TaskAttemptFailed &fact)
    {
        if (StepVisit *visit = of(fact.task)) {
            visit->attempts = fact.attempt + 1;
            visit->failure = fact.failure;
        }
    }
    void note(const TaskCompleted &fact)
    {
        if (StepVisit *visit = of(fact.task)) {
            visit->attempts = fact.attempt;
            visit->failure.reset(); // of the attempts before
        }
    }
    void note(const TaskFailed &fact)
    {
        if (StepVisit *visit = of(fact.task)) {
            visit->attempts = fact.attempt;
            visit->failure = fact.failure;
        }
    }
    void note(const WaitOpened &fact)
    {
        if (StepVisit *visit = opened(fact.branch))
            addNames(*visit, fact.names);
    }
    void note(const TaskOpened &fact)
    {
        if (StepVisit *visit = opened(fact.branch))
            addNames(*visit, {fact.event});
    }
    void note(const TimerCreated &fact)
    {
        if (StepVisit *visit = opened(fact.branch))
            visit->until = fact.fireAt;
    }
    void note(const SubFlowScheduled &fact)
    {
        if (StepVisit *visit = opened(fact.branch))
            visit->subFlows.push_back(fact.instance);
    }
    void note(const RegionOpened &fact) { m_regions[m_sequence] = insideOf(fact.branch, fact.step); }
    void note(const RegionJoined &fact) { closeRegion(fact.region); }
    void note(const RegionFailed &fact) { closeRegion(fact.region); }
    void note(const BranchCompleted &fact) { close(fact.branch, "canceled"); }
    void note(const BranchFailed &fact)
    {
        close(fact.branch, "canceled");
        closeInside(fact.branch.value + "/", "canceled");
    }
    void note(const InterruptBegan &fact) { m_handlers[m_sequence] = fact.branch; }
    void note(const InterruptEnded &fact)
    {
        const auto handler = m_handlers.find(fact.interrupt);
        if (handler == m_handlers.end())
            return;
        close(handler->second, "canceled");
        closeInside(handler->second.value + "/", "canceled");
        m_handlers.erase(handler);
    }
    void note(const StepSkipped &fact)
    {
        if (StepVisit *visit = at(fact.branch))
            visit->outcome = "skipped";
    }
    void note(const BranchMoved &fact)
    {
        if (StepVisit *visit = at(fact.branch))
            visit->to = fact.to;
        close(fact.branch, "moved");
        closeInside(insideOf(fact.branch, fact.from).value, "canceled");
    }
    void note(const BranchRewound &fact)
    {
        if (fact.region == 0)
            return;
        // It stands on the region's step again, whose visit goes on.
        for (std::size_t i = m_all.size(); i-- > 0;) {
            StepVisit &visit = m_all[i];
            if (visit.branch != fact.branch || visit.step != fact.to)
                continue;
            visit.end.reset();
            visit.outcome = "running";
            visit.way.clear();
            visit.to = {};
            visit.failure.reset();
            m_open[fact.branch] = i;
            m_regions[fact.region] = insideOf(fact.branch, fact.to);
            break;
        }
    }
    void note(const InstanceRewound &fact)
    {
        closeAll("rewound");
        for (StepVisit &visit : m_all) {
            const auto closed = m_closedBy.find(visit.sequence);
            if (visit.sequence > fact.to || (closed != m_closedBy.end() && closed->second > fact.to))
                visit.outcome = "rewound";
        }
    }
    void note(const ExecutionCompleted &fact)
    {
        closeAll(fact.failure ? "failed" : "canceled");
    }
    void note(const ExecutionTerminated &) { closeAll("canceled"); }
    void note(const ExecutionContinuedAsNew &) { closeAll("canceled"); }

    StepVisit *at(const BranchPath &branch)
    {
        const auto open = m_open.find(branch);
        return open == m_open.end() ? nullptr : &m_all[open->second];
    }
    /// The visit in which this fact opens something that later facts name.
    StepVisit *opened(const BranchPath &branch)
    {
        const auto open = m_open.find(branch);
        if (open == m_open.end())
            return nullptr;
        m_visitOf[m_sequence] = open->second;
        return &m_all[open->second];
    }
    StepVisit *of(Sequence sequence)
    {
        const auto found = m_visitOf.find(sequence);
        return found == m_visitOf.end() ? nullptr : &m_all[found->second];
    }
    static void addNames(StepVisit &visit, const std::vector<std::string> &names)
    {
        for (const std::string &name : names) {
            if (std::ranges::find(visit.waitedFor, name) == visit.waitedFor.end())
                visit.waitedFor.push_back(name);
        }
    }

    void end(StepVisit &visit, const char *outcome)
    {
        visit.end = m_at;
        visit.outcome = outcome;
        m_closedBy[visit.sequence] = m_sequence;
    }
    void close(const BranchPath &branch, const char *outcome)
    {
        const auto open = m_open.find(branch);
        if (open == m_open.end())
            return;
        end(m_all[open->second], outcome);
        m_open.erase(open);
    }
    void closeInside(const std::string &inside, const char *outcome)
    {
        auto open = m_open.lower_bound({inside});
        while (open != m_open.end() && open->first.value.starts_with(inside)) {
            end(m_all[open->second], outcome);
            open = m_open.erase(open);
        }
    }
    void closeRegion(Sequence region)
    {
        if (const auto found = m_regions.find(region); found != m_regions.end())
            closeInside(found->second.value, "canceled");
    }
    void closeAll(const char *outcome) { closeInside({}, outcome); }

    std::vector<StepVisit> m_all;
    std::map<BranchPath, std::size_t> m_open;
    std::map<Sequence, std::size_t> m_visitOf;
    std::map<Sequence, Sequence> m_closedBy; ///< which fact ended the visit that began there
    std::map<Sequence, BranchPath> m_regions; ///< what the paths of their branches begin with
    std::map<Sequence, BranchPath> m_handlers;
    Sequence m_sequence = 0;
    Instant m_at{};
};

} // namespace

std::vector<StepVisit> timelineOf(const std::vector<HistoryEvent> &events)
{
    Visits visits;
    for (const HistoryEvent &event : events)
        visits.add(event);
    return visits.take();
}

} // namespace engine

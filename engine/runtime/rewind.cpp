#include "engine/runtime/rewind.h"

#include "engine/base/overloaded.h"
#include "engine/history/branch_path.h"
#include "engine/history/rewound_history.h"

#include <algorithm>
#include <map>
#include <utility>

namespace engine {
namespace {

/// What of a branch's past says where it tries again.
struct Past {
    StepId failedOn;        ///< the step with which it failed
    StepId erredOn;         ///< the last step whose error its `onError` caught, unless it went well since
    InstanceId failedChild; ///< the sub-flow that failed the step it stands on
};

/// An event as it was accepted.
struct Accepted {
    EventKeptAgain event;
    Sequence taken = 0;
};

/// Reads what the state does not remember out of the history.
class Memory
{
public:
    explicit Memory(const std::vector<HistoryRow> &rows)
        : m_last(rows.back())
        , to(lastBeforeFailure(rows.back()))
    {
        visitCounted(rows, to, [this](Sequence sequence, Instant at, const Fact &fact) {
            std::visit([&](const auto &one) { note(sequence, at, one); }, fact);
        });
        const auto failed = std::ranges::find_if(m_last.facts.begin() + (to - m_last.first + 1),
            m_last.facts.end(),
            [](const Fact &fact) { return std::holds_alternative<StepLeft>(fact); });
        if (failed != m_last.facts.end())
            m_failing = std::get<StepLeft>(*failed).branch;
    }

    const Past &of(const BranchPath &branch) { return m_pasts[branch]; }
    /// The event as its branch gives it back. Nothing for the one whose taking failed the branch: it
    /// would only do so again.
    std::optional<EventKeptAgain> givenBack(const BranchPath &branch, const Outcome &outcome) const
    {
        const auto event = m_events.find(outcome.fact);
        if (event == m_events.end())
            return {};
        const bool failedIt = m_failing == branch && event->second.taken >= m_last.first &&
                              event->second.taken == m_lastTaken;
        return failedIt ? std::optional<EventKeptAgain>() : event->second.event;
    }

private:
    const HistoryRow &m_last;

public:
    const Sequence to; ///< the last fact that counts

private:
    void note(Sequence, Instant, const StepEntered &fact)
    {
        m_pasts[fact.branch].failedChild = {};
    }
    void note(Sequence, Instant, const StepLeft &fact)
    {
        Past &past = m_pasts[fact.branch];
        if (fact.failure)
            (fact.to.empty() ? past.failedOn : past.erredOn) = fact.step;
        else if (past.erredOn == fact.step)
            past.erredOn = {};
    }
    void note(Sequence sequence, Instant, const SubFlowScheduled &fact)
    {
        m_children[sequence] = {fact.branch, fact.instance};
    }
    void note(Sequence, Instant, const SubFlowFailed &fact)
    {
        const auto &[branch, instance] = m_children[fact.subFlow];
        m_pasts[branch].failedChild = instance;
    }
    void note(Sequence, Instant, const BranchOpened &fact)
    {
        if (fact.way != "again")
            m_pasts[fact.branch] = {};
    }
    void note(Sequence, Instant, const InterruptBegan &fact) { m_pasts[fact.branch] = {}; }
    void note(Sequence sequence, Instant at, const EventRaised &fact)
    {
        m_events[sequence].event = {sequence, fact.name, fact.eventId, fact.payload, fact.branch,
            fact.source, fact.raisedAt.value_or(at), fact.key};
    }
    void note(Sequence sequence, Instant, const EventTaken &fact)
    {
        m_events[fact.event].taken = m_lastTaken = sequence;
    }
    void note(Sequence, Instant, const auto &) {}

    std::optional<BranchPath> m_failing; ///< whose failure ended the run
    std::map<BranchPath, Past> m_pasts;
    std::map<Sequence, std::pair<BranchPath, InstanceId>> m_children;
    std::map<Sequence, Accepted> m_events;
    Sequence m_lastTaken = 0;
};

bool isRegion(const Step *step)
{
    return step && (std::holds_alternative<ParallelStep>(step->body) ||
                       std::holds_alternative<ForEachStep>(step->body));
}

/// Where a branch tries again that failed or stood on `step`. A `fail` step would only fail again: what
/// is tried again is the step whose error led there. A region is not, for what succeeded in it is
/// not repeated.
StepId placeOf(const Deciding &deciding, const StepId &step, const Past &past)
{
    const Step *stands = deciding.flow().step(step);
    const Step *erred = deciding.flow().step(past.erredOn);
    const bool fails = stands && std::holds_alternative<FailStep>(stands->body);
    return fails && erred && !isRegion(erred) ? past.erredOn : step;
}

BranchRewound rewoundTo(const Deciding &deciding, const BranchPath &branch, const StepId &step,
    const Past &past)
{
    const StepId place = placeOf(deciding, step, past);
    return {branch, place, 0, 0, place == step ? past.failedChild : InstanceId()};
}

/// Every live branch, and those that failed before in regions that are open again.
std::vector<BranchRewound> branchesOf(const Deciding &deciding, Memory &memory)
{
    const InstanceState &state = deciding.state();
    std::vector<BranchRewound> branches;
    for (const auto &[path, branch] : state.branches) {
        if (branch.around != 0 || !branch.entered)
            branches.push_back({path, branch.step, branch.around, 0, {}});
        else
            branches.push_back(rewoundTo(deciding, path, branch.step, memory.of(path)));
        branches.back().handles = branch.handler;
    }
    for (const auto &[sequence, region] : state.regions) {
        for (const auto &[place, failed] : region.failed) {
            const BranchPath path{insideOf(region.branch, region.step).value +
                                  region.results.at(place).name};
            const Past &past = memory.of(path);
            branches.push_back(rewoundTo(deciding, path, past.failedOn, past));
        }
    }
    return branches;
}

/// Whether the step takes events into its result.
bool takesEvents(const Step *step)
{
    return step && (std::holds_alternative<WaitStep>(step->body) ||
                       std::holds_alternative<CollectStep>(step->body));
}

/// What is kept, and what waits had taken that begin anew.
std::vector<EventKeptAgain> eventsOf(const Deciding &deciding, const Memory &memory)
{
    const InstanceState &state = deciding.state();
    std::vector<EventKeptAgain> events;
    for (const auto &[sequence, kept] : state.kept)
        events.push_back({sequence, kept.sent, kept.eventId, {}, {}, {}, {}, {}});
    for (const auto &[path, branch] : state.branches) {
        if (!branch.entered || !takesEvents(deciding.flow().step(branch.step)))
            continue;
        for (const Outcome &outcome : branch.outcomes) {
            if (auto event = memory.givenBack(path, outcome))
                events.push_back(*std::move(event));
        }
    }
    return events;
}

/// What interrupts stand under keys, which the failure closed. Their keys were read once and stay.
std::vector<CorrelationOpened> correlationsOf(const Deciding &deciding)
{
    std::vector<CorrelationOpened> opened;
    for (const auto &[sequence, open] : deciding.state().correlations) {
        CorrelationOpened one{open.branch, open.region, {}, {}};
        for (const auto &[name, key] : open.keys) {
            const EventDeclaration *event = findEvent(deciding.flow().flow(), name);
            one.names.push_back(event ? event->name : name);
            one.keys.push_back(key);
        }
        opened.push_back(std::move(one));
    }
    return opened;
}

} // namespace

OwnedState beforeFailure(const std::vector<HistoryRow> &rows)
{
    if (rows.empty() || !endsInFailure(rows.back()))
        return {};
    const HistoryRow &last = rows.back();
    auto state = std::make_unique<InstanceState>(replay(rows, lastBeforeFailure(last)));
    state->length = last.first + Sequence(last.facts.size()) - 1;
    return state;
}

void rewind(Deciding &deciding, const RewindInstance &message)
{
    const std::vector<HistoryRow> *rows = deciding.rows();
    invariant(rows && !isFinished(deciding.state()), "rewind: the state is not one before a failure");
    Memory memory(*rows);
    auto branches = branchesOf(deciding, memory);
    auto events = eventsOf(deciding, memory);
    auto correlations = correlationsOf(deciding);
    const auto &failure = std::get<ExecutionCompleted>(rows->back().facts.back()).failure;
    deciding.add(InstanceRewound{message.reason, message.source, memory.to, message.parent});
    for (BranchRewound &branch : branches)
        deciding.add(std::move(branch));
    for (EventKeptAgain &event : events)
        deciding.add(std::move(event));
    for (CorrelationOpened &correlation : correlations)
        deciding.add(std::move(correlation));
    if (message.parent) // whoever rewound that is in the log
        return;
    deciding.audit({.source = message.source,
        .operation = "rewind",
        .before = JsonText::trusted("{\"status\":\"Failed\",\"error\":" +
                                    JsonText::ofString(failure->type).text() + "}"),
        .after = JsonText::trusted("{\"status\":\"Running\"}"),
        .reason = message.reason});
}

} // namespace engine

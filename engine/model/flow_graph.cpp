#include "engine/model/flow_graph.h"

#include <algorithm>

namespace engine {

FlowGraph::FlowGraph(const Flow &flow)
    : m_flow(&flow)
{
    std::vector<std::size_t> handlers;
    for (std::size_t i = 0; i < flow.steps.size(); ++i) {
        m_index.try_emplace(flow.steps[i].id.value, i);
        m_transitions.push_back(transitionsFrom(flow.steps[i]));
    }
    for (const auto &transitions : m_transitions)
        for (const Transition &transition : transitions)
            if (transition.kind == Transition::Kind::Error)
                handlers.push_back(indexOf(transition.to));
    std::vector<std::size_t> entries{indexOf(flow.start)};
    for (const InterruptScope &scope : interruptScopes(flow))
        for (const Interrupt &interrupt : scope.interrupts)
            entries.push_back(indexOf(interrupt.next));
    m_reachable = reachedFrom(std::move(entries));
    m_afterError = reachedFrom(std::move(handlers));
}

std::size_t FlowGraph::indexOf(const StepId &id) const
{
    const auto found = m_index.find(id.value);
    return found == m_index.end() ? nowhere : found->second;
}

bool FlowGraph::mayEnd() const
{
    for (std::size_t i = 0; i < m_flow->steps.size(); ++i) {
        const StepBody &body = m_flow->steps[i].body;
        const bool ends = std::holds_alternative<EndStep>(body) ||
                          std::holds_alternative<FailStep>(body) ||
                          std::holds_alternative<ContinueAsNewStep>(body) ||
                          std::holds_alternative<UnknownStep>(body);
        const bool isOpen = std::ranges::any_of(m_transitions[i],
            [this](const Transition &transition) { return indexOf(transition.to) == nowhere; });
        if ((ends || isOpen) && m_reachable[i])
            return true;
    }
    return false;
}

/// Takes away what nothing leads into, then what leads nowhere; what is left goes round.
std::vector<std::size_t> FlowGraph::tightLoop() const
{
    const std::size_t count = m_flow->steps.size();
    std::vector<std::vector<std::size_t>> next(count);
    std::vector<std::vector<std::size_t>> previous(count);
    for (std::size_t step = 0; step < count; ++step)
        if (m_reachable[step] && isRestless(step))
            for (const std::size_t target : targetsOf(step))
                if (isRestless(target)) {
                    next[step].push_back(target);
                    previous[target].push_back(step);
                }
    std::vector<bool> gone(count);
    const auto peel = [&gone, count](const auto &into, const auto &outOf) {
        std::vector<std::size_t> open(count);
        std::vector<std::size_t> free;
        for (std::size_t step = 0; step < count; ++step) {
            open[step] = static_cast<std::size_t>(std::ranges::count_if(
                into[step], [&gone](std::size_t other) { return !gone[other]; }));
            if (open[step] == 0 && !gone[step])
                free.push_back(step);
        }
        while (!free.empty()) {
            const std::size_t step = free.back();
            free.pop_back();
            gone[step] = true;
            for (const std::size_t other : outOf[step])
                if (--open[other] == 0 && !gone[other])
                    free.push_back(other);
        }
    };
    peel(previous, next);
    peel(next, previous);
    std::vector<std::size_t> loop;
    for (std::size_t step = 0; step < count; ++step)
        if (!gone[step])
            loop.push_back(step);
    return loop;
}

std::vector<std::size_t> FlowGraph::targetsOf(std::size_t step) const
{
    std::vector<std::size_t> targets;
    for (const Transition &transition : m_transitions[step])
        if (const std::size_t target = indexOf(transition.to); target != nowhere)
            targets.push_back(target);
    return targets;
}

std::vector<bool> FlowGraph::reachedFrom(std::vector<std::size_t> front) const
{
    std::vector<bool> reached(m_flow->steps.size());
    while (!front.empty()) {
        const std::size_t step = front.back();
        front.pop_back();
        if (step == nowhere || reached[step])
            continue;
        reached[step] = true;
        for (const std::size_t target : targetsOf(step))
            front.push_back(target);
    }
    return reached;
}

/// Waits, timers and outside work let time pass; these do not.
bool FlowGraph::isRestless(std::size_t step) const
{
    const StepBody &body = m_flow->steps[step].body;
    return std::holds_alternative<ChoiceStep>(body) || std::holds_alternative<SetStep>(body) ||
           std::holds_alternative<ParallelStep>(body) || std::holds_alternative<JoinStep>(body) ||
           std::holds_alternative<ForEachStep>(body) || std::holds_alternative<SendStep>(body);
}

} // namespace engine

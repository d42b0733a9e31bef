#include "engine/runtime/runnable_flow.h"

#include "engine/base/calendar.h"

#include <algorithm>
#include <utility>

namespace engine {

RunnableFlow::RunnableFlow(Flow flow, int version)
    : m_flow(std::move(flow))
    , m_version(version)
    , m_demands(demandsOf(m_flow))
{
    if (const auto retention = durationFromText(m_flow.retention); retention && !m_flow.retention.empty())
        m_retention = *retention;
    for (std::size_t position = 0; position < m_flow.steps.size(); ++position) {
        const Step &step = m_flow.steps[position];
        m_positions.emplace(step.id, position);
        const auto *wait = std::get_if<WaitStep>(&step.body);
        if (!wait || !wait->where)
            continue;
        for (const auto &[name, next] : wait->events)
            m_filtered.insert(foldedEventName(name));
    }
    for (std::size_t place = 0; place < m_flow.events.size(); ++place) {
        if (m_flow.events[place].correlate)
            m_correlated.emplace(foldedEventName(m_flow.events[place].name), place);
    }
    for (const InterruptScope &scope : interruptScopes(m_flow)) {
        for (const Interrupt &interrupt : scope.interrupts)
            m_interrupts[foldedEventName(interrupt.event)].push_back({scope.step, interrupt});
    }
}

const Step *RunnableFlow::step(const StepId &id) const
{
    const auto found = m_positions.find(id);
    return found == m_positions.end() ? nullptr : &m_flow.steps[found->second];
}

const EventDeclaration *RunnableFlow::correlated(const std::string &foldedName) const
{
    const auto found = m_correlated.find(foldedName);
    return found == m_correlated.end() ? nullptr : &m_flow.events[found->second];
}

std::vector<std::string> RunnableFlow::correlatedNames() const
{
    std::vector<std::string> names;
    for (const auto &[name, place] : m_correlated)
        names.push_back(name);
    return names;
}

void RunnableFlow::forbid(Demands demands) { m_forbidden = std::move(demands); }

bool RunnableFlow::allows(std::string_view activity) const
{
    return std::ranges::none_of(
        m_forbidden, [&](const std::string &demand) { return demandKind(demand) == activity; });
}

std::set<std::string> RunnableFlow::granted(std::string_view activity) const
{
    std::set<std::string> targets;
    for (const std::string &demand : m_demands) {
        if (demandKind(demand) == activity && !m_forbidden.contains(demand))
            targets.emplace(demandTarget(demand));
    }
    return targets;
}

} // namespace engine

#include "engine/model/handlers.h"

namespace engine {
namespace {

/// Goes from step to step; what it came to once, and what is closed to it, it does not enter.
class Walker
{
public:
    Walker(const FlowGraph &graph, std::size_t steps)
        : m_graph(graph)
        , m_closed(steps)
        , m_taken(steps)
    {}

    /// Nobody walks into the step; one may begin there.
    void close(std::size_t step)
    {
        if (step != FlowGraph::nowhere)
            m_closed[step] = true;
    }

    /// What `first` reaches and nobody had reached before.
    std::vector<std::size_t> take(std::size_t first)
    {
        std::vector<std::size_t> reached;
        if (first == FlowGraph::nowhere || m_taken[first])
            return reached;
        m_taken[first] = true;
        reached.push_back(first);
        for (std::size_t at = 0; at < reached.size(); ++at) {
            for (const Transition &way : m_graph.transitionsOf(reached[at])) {
                const std::size_t to = m_graph.indexOf(way.to);
                if (to == FlowGraph::nowhere || m_closed[to] || m_taken[to])
                    continue;
                m_taken[to] = true;
                reached.push_back(to);
            }
        }
        return reached;
    }

private:
    const FlowGraph &m_graph;
    std::vector<bool> m_closed;
    std::vector<bool> m_taken;
};

} // namespace

Handlers::Handlers(const Flow &flow, const FlowGraph &graph)
    : m_scopes(interruptScopes(flow))
    , m_homes(flow.steps.size(), none)
    , m_events(flow.steps.size())
{
    if (m_scopes.empty())
        return;
    Walker walker(graph, flow.steps.size());
    for (const InterruptScope &scope : m_scopes)
        for (const Interrupt &interrupt : scope.interrupts)
            walker.close(graph.indexOf(interrupt.next));
    walker.take(graph.indexOf(flow.start));
    for (std::size_t scope = 0; scope < m_scopes.size(); ++scope) {
        for (const Interrupt &interrupt : m_scopes[scope].interrupts) {
            for (const std::size_t step : walker.take(graph.indexOf(interrupt.next))) {
                m_homes[step] = scope;
                m_events[step] = interrupt.event;
            }
        }
    }
}

} // namespace engine

#pragma once

#include "engine/model/flow_graph.h"

#include <cstddef>
#include <string>
#include <vector>

namespace engine {

/// Which steps belong to the handlers of interrupts (semantics 8.1). Handlers of one scope may share
/// steps: each of them is a branch of its own when it runs, and all of them resume the same scope.
/// Steps go by their index, as in the graph.
class Handlers
{
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    Handlers(const Flow &flow, const FlowGraph &graph);

    const std::vector<InterruptScope> &scopes() const { return m_scopes; }
    bool isHandler(std::size_t step) const { return m_homes[step] != none; }
    /// Whose handler a step belongs to: an index of scopes(). A step that the start reaches past all
    /// handlers' first steps belongs to none, one that several scopes reach to the first of them.
    std::size_t homeOf(std::size_t step) const { return m_homes[step]; }
    /// The event whose handler reaches it; empty for the steps of none.
    const std::string &eventOf(std::size_t step) const { return m_events[step]; }

private:
    std::vector<InterruptScope> m_scopes;
    std::vector<std::size_t> m_homes;
    std::vector<std::string> m_events;
};

} // namespace engine

#pragma once

#include "engine/model/flow.h"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engine {

/// Where the ways out of a flow's steps lead, and what follows from it. Steps go by their index in
/// the flow, which outlives the graph.
class FlowGraph
{
public:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    explicit FlowGraph(const Flow &flow);

    /// `nowhere`: there is no such step.
    std::size_t indexOf(const StepId &id) const;
    const std::vector<Transition> &transitionsOf(std::size_t step) const
    {
        return m_transitions[step];
    }

    /// From the start, or from an interrupt (semantics 8.1).
    bool isReachable(std::size_t step) const { return m_reachable[step]; }
    /// Whether an error can be read there: some way from an `onError` leads to it.
    bool isAfterError(std::size_t step) const { return m_afterError[step]; }
    /// Whether an instance can come to an end, or to a way out that does not lead anywhere yet.
    bool mayEnd() const;
    /// Steps that go round, or lead from one such round to another, without ever waiting.
    std::vector<std::size_t> tightLoop() const;

private:
    std::vector<std::size_t> targetsOf(std::size_t step) const;
    std::vector<bool> reachedFrom(std::vector<std::size_t> front) const;
    bool isRestless(std::size_t step) const;

    const Flow *m_flow;
    std::unordered_map<std::string_view, std::size_t> m_index;
    std::vector<std::vector<Transition>> m_transitions;
    std::vector<bool> m_reachable;
    std::vector<bool> m_afterError;
};

} // namespace engine

#pragma once

#include "engine/model/flow_graph.h"

#include <cstddef>
#include <vector>

namespace engine {

/// The steps between a parallel or for-each step and its join (semantics 7.4): what its branches
/// reach without passing the join. Steps go by their index, as in the graph.
struct Region {
    std::size_t opener = FlowGraph::nowhere;
    std::size_t join = FlowGraph::nowhere; ///< nowhere: it names none
    std::vector<bool> steps;

    bool has(std::size_t step) const { return steps[step]; }
};

/// The regions of a flow in the order of their openers. A step that is reached from inside and from
/// outside belongs to where it can go: inside if to the join.
std::vector<Region> regionsOf(const Flow &flow, const FlowGraph &graph);
/// The join that a parallel or for-each step names; nullptr: the step is neither.
const StepId *joinOf(const Step &step);

} // namespace engine

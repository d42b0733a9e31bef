#pragma once

#include "engine/model/check_report.h"
#include "engine/model/flow_graph.h"
#include "engine/model/regions.h"

#include <string>
#include <utility>

namespace engine {

/// Where a way out stands in the file, and what it is called there. `number` is its place among the
/// ways out of its step.
std::pair<CheckPlace, std::string> placeOf(const Transition &transition, std::size_t number);

/// Reports ways into and out of the branches of a parallel or for-each step (semantics 7.4), and
/// openers and joins that do not belong together.
void checkRegions(const Flow &flow, const FlowGraph &graph, const std::vector<Region> &regions,
    CheckReport &report);

} // namespace engine

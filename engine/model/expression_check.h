#pragma once

#include "engine/expressions/expressions.h"
#include "engine/model/check_report.h"
#include "engine/model/flow_graph.h"

namespace engine {

/// Reports expressions of the step that do not parse, and names they read that nothing gives them.
void checkExpressions(const Flow &flow, std::size_t step, const FlowGraph &graph,
    Expressions &expressions, CheckReport &report);

} // namespace engine

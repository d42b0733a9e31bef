#pragma once

#include "engine/model/check_report.h"
#include "engine/model/handlers.h"

namespace engine {

/// Reports what is wrong with interrupts and their handlers (semantics 8.1): handlers that begin
/// nowhere, ways between a handler and other steps, and a `resume` that ends no handler.
void checkHandlers(const Flow &flow, const FlowGraph &graph, CheckReport &report);

} // namespace engine

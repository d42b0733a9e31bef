#pragma once

#include "engine/history/instance_summary.h"
#include "engine/runtime/instance_state.h"

namespace engine {

/// The list row of an instance, from its state alone.
InstanceSummary summaryOf(const InstanceState &state);

} // namespace engine

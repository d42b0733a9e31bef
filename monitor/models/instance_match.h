#pragma once

#include "engine/history/instance_summary.h"

namespace monitor {

/// Whether a list under `filter` shows `instance`; the same answer as the engine's own list.
bool matches(const engine::InstanceFilter &filter, const engine::InstanceSummary &instance);

} // namespace monitor

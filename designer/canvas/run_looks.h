#pragma once

#include "designer/canvas/flow_painting.h"
#include "designer/canvas/run_overlay.h"

namespace designer {

/// The looks of a flow under the run of one instance at `now`; texts count down and up with it.
Looks runLooks(const FlowPicture &picture, const RunOverlay &overlay, engine::Instant now);
/// The looks of a flow with the number of instances that stand on each step.
Looks liveLooks(const FlowPicture &picture, const LiveCounts &counts);

} // namespace designer

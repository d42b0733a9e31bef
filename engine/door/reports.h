#pragma once

#include "engine/history/instance_summary.h"
#include "engine/history/timeline.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

// What is worked out from histories and rows of instances.

struct TimelineRequest {
    InstanceId instance;
    Sequence after = 0; ///< Timeline::next of the page before, or 0
    int limit = 200;
};

/// The visits of an instance's current run to its steps, oldest first.
struct Timeline {
    InstanceSummary summary;
    std::vector<StepVisit> visits;
    Sequence next = 0; ///< 0 at the end
};

/// The variables of an instance's current run as they are now, or were at its end: an object by name.
struct InstanceVariables {
    InstanceSummary summary;
    JsonText variables;
};

struct ChildrenRequest {
    InstanceId instance;
    Sequence after = 0; ///< ChildPage::next of the page before, or 0
    int limit = 100;
};

/// A sub-flow that the current run of an instance began.
struct ChildInstance {
    Sequence sequence = 0; ///< of its SubFlowScheduled
    BranchPath branch;
    StepId step;
    InstanceId instance;
    FlowId flow;
    bool isDetached = false;
    /// As it is now; nothing: it has not started, or was purged, or somebody else has its id.
    std::optional<InstanceSummary> now;
};

struct ChildPage {
    std::vector<ChildInstance> children; ///< oldest first
    Sequence next = 0;                   ///< 0 at the end
};

} // namespace engine

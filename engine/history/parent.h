#pragma once

#include "engine/base/ids.h"

namespace engine {

/// The sub-flow step that started an instance.
struct Parent {
    InstanceId instance;
    RunKey run;
    Sequence subFlow = 0;  ///< its SubFlowScheduled
    bool detached = false; ///< it does not wait: the instance lives on its own

    bool operator==(const Parent &) const = default;
};

} // namespace engine

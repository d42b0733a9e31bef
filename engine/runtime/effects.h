#pragma once

#include "engine/activities/activity.h"
#include "engine/history/instance_summary.h"

#include <vector>

namespace engine {

/// This instance is different now. What observers get, after the commit.
struct Change {
    InstanceSummary summary;

    bool operator==(const Change &) const = default;
};

/// How a scheduler acts on the world, only after the commit. The engine loop and the simulation
/// implement it. Engine thread; returns at once.
class Effects
{
public:
    virtual ~Effects() = default;

    /// Runs one attempt; its outcome comes back as a Message (ActivityFinished).
    virtual void runActivity(const ActivityRequest &request) = 0;
    virtual void cancelActivity(const std::string &activity, const ActivityKey &key) = 0;
    /// Once a turn, with every instance that changed in it, in the order of the decisions.
    virtual void changed(std::vector<Change> changes) = 0;
};

} // namespace engine

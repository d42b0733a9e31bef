#pragma once

#include "engine/history/message.h"
#include "engine/runtime/effects.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tests {

/// The world of a test: attempts run until the test finishes them.
class ScriptedActivities final : public engine::Effects
{
public:
    void runActivity(const engine::ActivityRequest &request) override;
    void cancelActivity(const std::string &activity, const engine::ActivityKey &key) override;
    void changed(std::vector<engine::Change> changes) override;

    /// The outcome of the attempt that has run for longest; it runs no longer. Nothing if none
    /// runs.
    std::optional<engine::Message> finishOldest(engine::ActivityOutcome outcome);
    /// Everything that ran is gone, as after a kill.
    void forget() { running.clear(); }

    std::vector<engine::ActivityRequest> running; ///< oldest first
    std::vector<engine::ActivityRequest> begun;   ///< every attempt ever asked for
    std::vector<engine::ActivityKey> canceled;
    std::vector<engine::Change> changes;
};

} // namespace tests

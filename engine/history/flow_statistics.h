#pragma once

#include "engine/history/instance_summary.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace engine {

/// Live instances that stand on one step.
struct StandingStep {
    StepId step; ///< of their first branch, as a list shows it
    std::int64_t instances = 0;
    Instant since{}; ///< of the one that stands there longest

    bool operator==(const StandingStep &) const = default;
};

/// What the instances of one version of a flow do and did, from the row of each.
struct VersionStatistics {
    FlowId flow;
    int version = 0;
    InstanceCounts counts;
    std::vector<StandingStep> standing; ///< by step
    std::int64_t measured = 0;          ///< so many, those that ended last, the durations are of
    std::optional<Milliseconds> median; ///< from creation to end
    std::optional<Milliseconds> p95;

    bool operator==(const VersionStatistics &) const = default;
};

/// Durations are of so many at most.
inline constexpr int mostMeasured = 10'000;

/// Sets the last three members. By nearest rank: each is the duration of an instance.
void setDurations(VersionStatistics &statistics, std::vector<Milliseconds> durations);

} // namespace engine

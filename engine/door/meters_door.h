#pragma once

#include "engine/base/result.h"
#include "engine/history/instance_summary.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace engine {

/// How often something took how long. Each bucket counts what took no longer than its bound and longer
/// than the one before.
struct TimeHistogram {
    static constexpr std::array<double, 11> boundsInSeconds{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    std::array<std::int64_t, boundsInSeconds.size() + 1> counts{}; ///< the last has no bound
    double sumInSeconds = 0;

    void add(double seconds)
    {
        const auto bucket = std::ranges::lower_bound(boundsInSeconds, seconds);
        ++counts.at(static_cast<std::size_t>(bucket - boundsInSeconds.begin()));
        sumInSeconds += seconds;
    }
};

/// What the engine counts about itself since it was opened, and how much there is now.
struct EngineMeters {
    bool running = false;
    std::int64_t messages = 0;  ///< taken from outside
    std::int64_t refused = 0;   ///< of them, because the inbox was full
    std::int64_t waiting = 0;   ///< from outside, that have no answer yet
    std::int64_t mostWaiting = 0; ///< how many of those there may be
    std::int64_t commits = 0;
    std::int64_t decisions = 0; ///< history rows
    std::int64_t facts = 0;
    TimeHistogram commitTime;
    std::int64_t databaseBytes = 0; ///< the file
    std::int64_t logBytes = 0;      ///< what is not in it yet
    std::vector<InstanceCounts> instances; ///< one entry a flow
};

/// Any thread. Looks at no table but the one of counts, which has a row a flow.
class MetersDoor
{
public:
    virtual ~MetersDoor() = default;
    virtual void meters(std::function<void(Result<EngineMeters>)> answered) = 0;
};

} // namespace engine

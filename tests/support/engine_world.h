#pragma once

#include "engine/runtime/scheduler.h"
#include "engine/store/memory_store.h"
#include "tests/support/scripted_activities.h"
#include "tests/support/sim_clock.h"
#include "tests/support/sim_random.h"
#include "tests/support/store_wrapper.h"

#include <deque>
#include <memory>
#include <string>

namespace tests {

/// A scheduler in a world that a test holds in its hand: time, chance, disk and activities.
class EngineWorld
{
public:
    /// On `disk`, which outlives the world, or on its own `memory`.
    explicit EngineWorld(std::uint64_t seed = 1, engine::SchedulerLimits limits = {},
        engine::Store *disk = nullptr);

    /// Deploys in a turn of its own.
    engine::Result<engine::Deployed> deploy(const std::string &text, bool grant = false);
    /// Queues a message; the answer stands in `answers` under the number that is returned.
    std::size_t submit(engine::Message message);
    /// Runs turns until nothing is left to do. An error ends it: then restart().
    engine::Result<void> settle();
    /// submit() and settle().
    engine::Result<engine::Accepted> send(engine::Message message);
    /// Moves time to each due timer on the way and settles there.
    void advance(engine::Milliseconds by);
    /// A new scheduler over the same disk; running attempts are lost.
    engine::Result<void> restart();

    std::vector<engine::HistoryRow> rows(const std::string &instance);
    engine::InstanceSummary summary(const std::string &instance);

    SimClock clock;
    SimRandom random;
    engine::MemoryStore memory;
    FaultyStore store;
    ScriptedActivities activities;
    engine::Expressions &expressions;
    engine::SchedulerLimits limits;
    std::unique_ptr<engine::Scheduler> scheduler;
    std::deque<std::optional<engine::Result<engine::Accepted>>> answers;
};

engine::Message startOf(
    const std::string &instance, const std::string &flow, const std::string &input = "null");
engine::Message eventFor(const std::string &instance, const std::string &name,
    const std::string &payload = "null", std::optional<std::string> eventId = {});
engine::Message terminationOf(const std::string &instance, const std::string &reason);

} // namespace tests

#include "tests/load/flows.h"
#include "tests/load/listeners.h"
#include "tests/load/scenarios.h"

#include <algorithm>
#include <semaphore>

namespace load {

Rows eventRate(const Sizes &sizes, const Surroundings &surroundings)
{
    constexpr int instances = 100;
    constexpr int atMost = 8'000; // waiting for their answers: fewer than the inbox takes
    const Place place(surroundings.directory);
    RunningEngine running(place.path());
    running.deploy(listenerFlow(false));
    Listeners listeners(running.door(), atMost);
    for (int i = 0; i < instances; ++i)
        listeners.start(i);
    listeners.finish();

    const auto apart = std::chrono::nanoseconds(std::chrono::seconds(1)) / sizes.eventsPerSecond;
    std::binary_semaphore never(0);
    const double cpu = cpuSeconds();
    const auto begin = SteadyClock::now();
    for (int i = 0; i < sizes.events; ++i) {
        // From when it should have been raised, so that a stall counts for all that it delays.
        const auto due = begin + i * apart;
        (void)never.try_acquire_until(due);
        listeners.raiseSince(i % instances, due);
    }
    const Times times = listeners.finish();
    const double seconds = secondsSince(begin);

    expectCount("events answered", std::int64_t(times.count()), sizes.events);
    // Started, entered, waiting; then each event is raised, taken, the step left and entered again.
    const auto shown = running.history(listenerName(0), 1, 3);
    const int events = (sizes.events + instances - 1) / instances;
    const auto first = std::int64_t(shown.events.size());
    expectCount("facts of an event", (shown.summary.length - first) % events, 0);
    Row row{"event-rate", std::to_string(sizes.eventsPerSecond) + " events/s", {}};
    row.figures.push_back({"events", double(times.count()), "", {}});
    row.figures.push_back({"rate", double(times.count()) / seconds, "1/s", {}});
    row.figures.push_back({"processor used", 100 * (cpuSeconds() - cpu) / seconds, "%", {}});
    times.addTo(row, "event on disk", Goal{10});
    return {row};
}

} // namespace load

#include "tests/load/flows.h"
#include "tests/load/listeners.h"
#include "tests/load/scenarios.h"

#include <algorithm>

namespace load {
namespace {

double milliseconds(SteadyClock::time_point begin) { return 1000 * secondsSince(begin); }

/// Events a second of `events` raised 64 at once.
double rateOf(Listeners &listeners, int events)
{
    const auto begin = SteadyClock::now();
    for (int i = 0; i < events; ++i)
        listeners.raise(0);
    listeners.finish();
    return events / secondsSince(begin);
}

double timeOfOne(Listeners &listeners)
{
    const auto begin = SteadyClock::now();
    listeners.raise(0);
    listeners.finish();
    return milliseconds(begin);
}

double timeOfPage(RunningEngine &running, engine::Sequence from)
{
    const auto begin = SteadyClock::now();
    const auto page = running.history(listenerName(0), from, 200);
    expectCount("first event of the page", page.events.front().sequence, from);
    return milliseconds(begin);
}

/// Grows the history in ten parts; answers the rates of the first and the last.
std::pair<double, double> grow(RunningEngine &running, int facts)
{
    Listeners listeners(running.door(), 64);
    listeners.start(0);
    listeners.raise(0);
    listeners.finish();
    const auto one = running.history(listenerName(0), 1, 1).summary.length;
    listeners.raise(0);
    listeners.finish();
    const auto factsOfEvent = running.history(listenerName(0), 1, 1).summary.length - one;
    const int part = int(facts / factsOfEvent / 10) + 1;
    std::pair<double, double> rates;
    for (int i = 0; i < 10; ++i) {
        rates.second = rateOf(listeners, part);
        if (i == 0)
            rates.first = rates.second;
    }
    const auto length = running.history(listenerName(0), 1, 1).summary.length;
    expectCount("facts", length, one + factsOfEvent * (1 + 10 * part));
    return rates;
}

} // namespace

Rows longHistory(const Sizes &sizes, const Surroundings &surroundings)
{
    const Place place(surroundings.directory);
    Row row{"long-history", std::to_string(sizes.facts) + " history events", {}};
    {
        RunningEngine running(place.path());
        running.deploy(listenerFlow(false));
        const auto [first, last] = grow(running, sizes.facts);
        row.figures.push_back({"events, the first tenth", first, "1/s", {}});
        row.figures.push_back({"events, the last tenth", last, "1/s", {}});
    }
    const auto begin = SteadyClock::now();
    RunningEngine running(place.path());
    row.figures.push_back({"start-up", milliseconds(begin), "ms", {}});
    Listeners listeners(running.door(), 64);
    row.figures.push_back({"first event after it (replay)", timeOfOne(listeners), "ms", {}});
    row.figures.push_back({"next event", timeOfOne(listeners), "ms", {}});
    row.figures.push_back({"first page of 200, cold", timeOfPage(running, 1), "ms", {}});
    row.figures.push_back({"page in the middle", timeOfPage(running, sizes.facts / 2), "ms", {}});
    const auto length = running.history(listenerName(0), 1, 1).summary.length;
    if (length < sizes.facts)
        fail("the history is too short");
    row.figures.push_back({"history events", double(length), "", {}});
    row.figures.push_back({"database", place.bytes() / 1e6, "MB", {}});
    row.figures.push_back({"memory of the process", residentMemory() / 1e6, "MB", {}});
    return {row};
}

} // namespace load

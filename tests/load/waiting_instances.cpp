#include "tests/load/flows.h"
#include "tests/load/listeners.h"
#include "tests/load/scenarios.h"

#include <QProcess>

#include <nlohmann/json.hpp>

#include <memory>

namespace load {
namespace {

constexpr int million = 1'000'000;

/// Adds instances until there are `count`; answers how many a second.
double fill(const std::string &directory, int from, int count, bool withTimeout)
{
    RunningEngine running(directory);
    running.deploy(listenerFlow(withTimeout));
    Listeners listeners(running.door(), 2'048);
    const auto begin = SteadyClock::now();
    for (int i = from; i < count; ++i)
        listeners.start(i);
    listeners.finish();
    const double rate = (count - from) / secondsSince(begin);
    expectCount("instances waiting", running.counts().waiting, count);
    return rate;
}

/// A fresh process says what it costs to open the database, and to go on.
nlohmann::json probe(const Surroundings &place, const std::string &directory, int count, int events)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QString::fromStdString(place.program),
        {QStringLiteral("--probe"), QString::fromStdString(directory), QString::number(count),
            QString::number(events)});
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        fail("the fresh process ended with " + std::to_string(process.exitCode()));
    return nlohmann::json::parse(process.readAllStandardOutput().toStdString());
}

Rows measure(const char *scenario, bool withTimeout, const Sizes &sizes, const Surroundings &where)
{
    const Place place(where.directory);
    Rows rows;
    int from = 0;
    for (const int count : sizes.waiting) {
        Row &row = rows.emplace_back(Row{scenario, std::to_string(count) + " waiting", {}});
        const double rate = fill(place.path(), from, count, withTimeout);
        row.figures.push_back({"starts", rate, "1/s", {}});
        row.figures.push_back({"database, each", place.bytes() / count, "B", {}});
        for (const auto &figure : probe(where, place.path(), count, sizes.randomEvents))
            row.figures.push_back({figure["name"], figure["value"], figure["unit"], {}});
        if (count == million) {
            row.figures.at(2).goal = Goal{1'000};
            row.figures.at(3).goal = Goal{300};
            row.figures.at(4).goal = Goal{300};
        }
        from = count;
    }
    return rows;
}

/// Which instance is next: spread over all, the same in every run.
int scattered(int i, int count)
{
    return int(std::uint64_t(i) * 2'654'435'761U % std::uint64_t(count));
}

} // namespace

std::string probeWaiting(const std::string &directory, int count, int randomEvents)
{
    auto figures = nlohmann::json::array();
    const auto add = [&figures](const char *name, double value, const char *unit) {
        figures.push_back({{"name", name}, {"value", value}, {"unit", unit}});
    };
    const auto begin = SteadyClock::now();
    RunningEngine running(directory);
    add("start-up", 1000 * secondsSince(begin), "ms");
    const double atStart = residentMemory() / 1e6;
    Listeners listeners(running.door(), 64);
    const auto first = SteadyClock::now();
    for (int i = 0; i < randomEvents; ++i)
        listeners.raise(scattered(i, count));
    Times times = listeners.finish();
    const double seconds = secondsSince(first);
    expectCount("random events", std::int64_t(times.count()), randomEvents);
    expectCount("instances waiting", running.counts().waiting, count);
    add("memory after start-up", atStart, "MB");
    add("memory after random events", residentMemory() / 1e6, "MB");
    add("random events, 64 at once", randomEvents / seconds, "1/s");
    add("random event p50", times.percentile(0.5), "ms");
    add("random event p99", times.percentile(0.99), "ms");
    const auto list = SteadyClock::now();
    const auto page = valueOf(running.engine().list({{.waiting = true}, {}, 100}));
    add("first page of the list", 1000 * secondsSince(list), "ms");
    expectCount("rows of the page", std::int64_t(page.instances.size()), std::min(count, 100));
    return figures.dump();
}

Rows waitingInstances(const Sizes &sizes, const Surroundings &place)
{
    return measure("waiting", false, sizes, place);
}

Rows waitingWithTimeout(const Sizes &sizes, const Surroundings &place)
{
    return measure("waiting-with-timeout", true, sizes, place);
}

} // namespace load

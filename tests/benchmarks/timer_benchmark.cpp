#include "engine/engine.h"
#include "engine/expressions/javascript/javascript.h"

#include <QCoreApplication>
#include <QFuture>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace engine;
using namespace std::chrono_literals;

namespace {

template<typename T>
T valueOf(QFuture<Result<T>> future)
{
    future.waitForFinished();
    auto result = future.takeResult();
    if (result)
        return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

/// How late each instance's timer was, in order.
std::vector<Milliseconds> lateness(Engine &engine, int instances)
{
    std::vector<Milliseconds> late;
    for (int i = 0; i < instances; ++i) {
        auto history = valueOf(engine.history({{std::to_string(i)}, 1, 200}));
        Instant due{};
        for (const HistoryEvent &event : history.events) {
            if (const auto *timer = std::get_if<TimerCreated>(&event.fact))
                due = timer->fireAt;
            if (std::holds_alternative<TimerFired>(event.fact))
                late.push_back(event.at - due);
        }
    }
    std::ranges::sort(late);
    return late;
}

void measure(const char *what, int instances, const std::string &flow, Milliseconds apart)
{
    const SystemClock clock;
    SystemRandom random;
    const QTemporaryDir directory;
    EngineOptions options;
    options.directory = directory.path().toStdString();
    auto engine = Engine::open(options, {clock, random, makeJavaScript});
    if (!engine)
        std::exit(1);
    valueOf((*engine)->deploy({flow, false, {}}));
    const Instant first = clock.now() + 30s;
    std::vector<QFuture<Result<Acceptance>>> started;
    for (int i = 0; i < instances; ++i) {
        const Instant due = first + i * apart;
        started.push_back((*engine)->start({{"Due"}, {}, {std::to_string(i)},
            JsonText::ofString(toText(due)), {}}));
        if (started.size() == 5'000) {
            for (auto &one : started)
                valueOf(one);
            started.clear();
        }
    }
    for (auto &one : started)
        valueOf(one);
    const bool inTime = clock.now() < first;
    InstanceCounts counts;
    while (counts.completed < instances) {
        for (const InstanceCounts &one : valueOf((*engine)->counts()))
            counts = one;
    }
    const auto late = lateness(**engine, instances);
    std::printf("%-28s %6d timers%s: median %lld ms, p99 %lld ms, last %lld ms late\n", what,
        instances, inTime ? "" : " (the first were due before the last start)",
        static_cast<long long>(late[late.size() / 2].count()),
        static_cast<long long>(late[late.size() * 99 / 100].count()),
        static_cast<long long>(late.back().count()));
}

} // namespace

/// How late timers are (semantics 4.3): 1,000 a second, and 10,000 due at one instant. What is shown
/// is the time at which they were decided, to the millisecond.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string flow = R"({ "signalbox": 1, "name": "Due", "start": "t", "steps": {
        "t": { "kind": "timer", "at": "=input", "next": "done" }, "done": { "kind": "end" } } })";
    measure("1,000 a second", 10'000, flow, 1ms);
    measure("at one instant", 10'000, flow, 0ms);
}

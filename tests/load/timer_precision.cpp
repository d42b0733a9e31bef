#include "engine/base/calendar.h"
#include "tests/load/running_engine.h"
#include "tests/load/scenarios.h"

#include <QFuture>

#include <charconv>
#include <chrono>
#include <semaphore>

namespace load {
namespace {

using namespace engine;
using namespace std::chrono_literals;

const std::string timerFlow = R"({ "signalbox": 1, "name": "Due", "start": "t", "steps": {
    "t": { "kind": "timer", "at": "=input", "next": "done" }, "done": { "kind": "end" } } })";

/// How late each was over, on disk.
class Lateness
{
public:
    Lateness(int timers, Milliseconds apart)
        : m_timers(timers)
        , m_apart(apart)
    {}

    /// Before the first is started.
    void setFirst(Instant first) { m_first = first; }
    Instant dueOf(int number) const { return m_first + number * m_apart; }

    void changed(const std::vector<InstanceSummary> &summaries)
    {
        const auto now = std::chrono::system_clock::now();
        for (const InstanceSummary &one : summaries) {
            if (one.status != InstanceStatus::Completed)
                continue;
            const std::string &id = one.instance.value;
            int number = 0;
            std::from_chars(id.data(), id.data() + id.size(), number);
            const auto late = now - dueOf(number);
            m_early += late < 0ms ? 1 : 0;
            m_late.add(std::chrono::duration_cast<SteadyClock::duration>(late));
            if (int(m_late.count()) == m_timers)
                m_all.release();
        }
    }
    /// The other functions only after this.
    void waitForAll() { m_all.acquire(); }
    const Times &late() const { return m_late; }
    int early() const { return m_early; }

private:
    int m_timers;
    Milliseconds m_apart;
    Instant m_first{};
    Times m_late;
    int m_early = 0;
    std::binary_semaphore m_all{0};
};

void startAll(RunningEngine &running, const Lateness &lateness, int timers)
{
    std::vector<QFuture<Result<Acceptance>>> started;
    for (int i = 0; i < timers; ++i) {
        started.push_back(running.engine().start({{"Due"}, {}, {std::to_string(i)},
            JsonText::ofString(toText(lateness.dueOf(i))), {}}));
        if (started.size() < 5'000 && i + 1 < timers)
            continue;
        for (auto &one : started)
            valueOf(one);
        started.clear();
    }
}

Row measure(const std::string &size, int timers, Milliseconds apart, const Surroundings &where)
{
    const Place place(where.directory);
    Lateness lateness(timers, apart);
    RunningEngine running(
        place.path(), [&lateness](const auto &summaries) { lateness.changed(summaries); });
    running.deploy(timerFlow);
    // Time enough to start them all, at 2,000 a second.
    const Instant first = SystemClock().now() + 200ms + timers / 2 * 1ms;
    lateness.setFirst(first);
    startAll(running, lateness, timers);
    if (SystemClock().now() > first)
        fail("the first timers were due before the last was set");
    lateness.waitForAll();
    expectCount("timers that were early", lateness.early(), 0);
    expectCount("instances completed", running.counts().completed, timers);
    Row row{"timer-precision", size, {}};
    row.figures.push_back({"timers", double(timers), "", {}});
    // semantics 4.3
    lateness.late().addTo(row, "late, on disk", apart > 0ms ? std::optional(Goal{20}) : std::nullopt);
    if (apart == 0ms)
        row.figures.back().goal = Goal{1'000};
    return row;
}

} // namespace

Rows timerPrecision(const Sizes &sizes, const Surroundings &place)
{
    return {measure("1,000 a second", sizes.timers, 1ms, place),
        measure("all at one instant", sizes.timers, 0ms, place)};
}

} // namespace load

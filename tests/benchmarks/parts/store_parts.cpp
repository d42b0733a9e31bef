#include "engine/runtime/timer_queue.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"
#include "tests/support/sim_random.h"

#include <QTemporaryDir>

#include <benchmark/benchmark.h>

namespace {

using namespace engine;
using namespace tests;

/// Starts and stands at a wait with a timeout: four facts.
InstanceCommit startedAndWaiting(std::int64_t run)
{
    auto commit = started(run, "order-" + std::to_string(run),
        {StepEntered{{}, {"awaitPayment"}},
            WaitOpened{{}, {"awaitPayment"}, {"PaymentConfirmed"}, 1},
            TimerCreated{{}, {"awaitPayment"}, TimerPurpose::Timeout, at(900'000), 3}});
    commit.summary.waiting = true;
    return commit;
}

/// Takes an event and goes on to the next wait, as a decision does.
InstanceCommit moved(const InstanceCommit &before)
{
    const auto payload = JsonText::trusted(R"({"success":true,"transactionId":"tx-1"})");
    const Sequence event = before.summary.length + 1;
    return followed(
        before, {EventRaised{"PaymentConfirmed", payload, "e-1", {}, {"rest", "shop"}},
                    EventTaken{event, 3},
                    StepLeft{{}, {"awaitPayment"}, "next", {"awaitShipment"}, {}, event, {}},
                    StepEntered{{}, {"awaitShipment"}}});
}

/// Turns of so many instances on the disk of the temporary directory: each starts, then moves.
/// Items are instances written.
void commitTurns(benchmark::State &state)
{
    const QTemporaryDir directory;
    auto store = SqliteStore::open(directory.path().toStdString());
    if (!store)
        return state.SkipWithError(store.error().message.c_str());
    std::int64_t run = 0;
    for (auto _ : state) {
        state.PauseTiming();
        Turn starts;
        Turn moves;
        for (std::int64_t i = 0; i < state.range(0); ++i) {
            starts.instances.push_back(startedAndWaiting(++run));
            moves.instances.push_back(moved(starts.instances.back()));
        }
        state.ResumeTiming();
        if (!(*store)->commit(starts) || !(*store)->commit(moves))
            return state.SkipWithError("the store refuses a turn");
    }
    state.SetItemsProcessed(2 * state.iterations() * state.range(0));
}
BENCHMARK(commitTurns)->Arg(1)->Arg(10)->Arg(100)->Arg(512)->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

/// With so many others standing: one is added, one is taken out, the next is asked for.
void timerQueue(benchmark::State &state)
{
    SimRandom random(1);
    std::vector<DueTimer> timers;
    for (std::int64_t run = 1; run <= state.range(0); ++run)
        timers.push_back({{run}, 1, at(random.below(1'000'000'000))});
    TimerQueue queue(std::move(timers));
    std::int64_t run = state.range(0);
    for (auto _ : state) {
        queue.add({{++run}, 1, at(random.below(1'000'000'000))});
        queue.remove({run - state.range(0) / 2}, 1);
        benchmark::DoNotOptimize(queue.nextDue());
    }
}
BENCHMARK(timerQueue)->Arg(1'000)->Arg(1'000'000);

} // namespace

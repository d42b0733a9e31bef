#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"

#include <QTemporaryDir>

#include <chrono>
#include <cstdio>

using namespace engine;
using namespace tests;

namespace {

using Seconds = std::chrono::duration<double>;

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

Seconds timeOf(Store &store, const std::vector<Turn> &turns)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const Turn &turn : turns) {
        if (const auto done = store.commit(turn); !done) {
            std::fprintf(stderr, "%s\n", done.error().message.c_str());
            std::exit(1);
        }
    }
    return std::chrono::steady_clock::now() - begin;
}

void report(const char *what, std::size_t size, std::size_t instances, Seconds time)
{
    std::printf("%-8s %4zu a turn: %8.0f instance turns/s, %7.3f ms a commit\n", what, size,
        static_cast<double>(instances) / time.count(),
        1000 * time.count() * static_cast<double>(size) / static_cast<double>(instances));
}

void measure(std::size_t size)
{
    const QTemporaryDir directory;
    auto store = SqliteStore::open(directory.path().toStdString());
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        std::exit(1);
    }
    const std::size_t instances = size == 1 ? 5'000 : 50'000;
    std::vector<Turn> starts;
    std::vector<Turn> moves;
    for (std::size_t run = 1; run <= instances;) {
        Turn &start = starts.emplace_back();
        Turn &move = moves.emplace_back();
        for (std::size_t i = 0; i < size; ++i, ++run) {
            start.instances.push_back(startedAndWaiting(static_cast<std::int64_t>(run)));
            move.instances.push_back(moved(start.instances.back()));
        }
    }
    report("starts", size, instances, timeOf(**store, starts));
    report("moves", size, instances, timeOf(**store, moves));
}

} // namespace

/// Turns of 1, 10 and 100 instances with four facts each, on the disk of the temporary directory.
int main()
{
    for (const std::size_t size : {1U, 10U, 100U})
        measure(size);
}

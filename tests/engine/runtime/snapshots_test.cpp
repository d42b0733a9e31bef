#include "engine/runtime/instance_state.h"
#include "engine/runtime/state_text.h"
#include "tests/support/engine_world.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace engine;
using namespace tests;

namespace {

const char *const counting = R"({ "signalbox": 1, "name": "Counting", "variables": { "seen": 0 },
  "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "seen" },
    "seen": { "kind": "set", "variables": { "seen": "=vars.seen + 1" }, "next": "enough" },
    "enough": { "kind": "choice", "cases": [ { "when": "=steps.wait === 0", "next": "done" } ],
        "otherwise": "wait" },
    "done": { "kind": "end", "output": "=vars.seen" } } })";

/// Says what a replay began with, and damages what it is told to.
class WatchedStore final : public StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<LatestRows> latest(RunKey run) override
    {
        auto latest = StoreWrapper::latest(run);
        if (latest && latest->snapshot && otherVersion)
            latest->snapshot->state.replace(1, 1, "0");
        rows = latest ? latest->rows.size() : 0;
        most = std::max(most, rows);
        hadSnapshot = latest && latest->snapshot;
        return latest;
    }
    Result<std::vector<HistoryRow>> history(RunKey run) override
    {
        ++wholeHistories;
        if (beginningIsDamaged)
            return Error{ErrorCode::Damaged, "row 1 fails its checksum", {}};
        return StoreWrapper::history(run);
    }
    Result<void> commit(const Turn &turn) override
    {
        for (const InstanceCommit &commit : turn.instances)
            snapshots += commit.snapshot && !commit.snapshot->empty() ? 1 : 0;
        return StoreWrapper::commit(turn);
    }

    bool otherVersion = false;
    bool beginningIsDamaged = false;
    bool hadSnapshot = false;
    std::size_t rows = 0;
    std::size_t most = 0;
    int wholeHistories = 0;
    int snapshots = 0;
};

/// A world with one instance `a`, whose scheduler remembers nothing.
struct World : EngineWorld {
    explicit World(Sequence factsPerSnapshot)
        : EngineWorld(1, {.cachedInstances = 0, .factsPerSnapshot = factsPerSnapshot})
    {
        scheduler = std::make_unique<Scheduler>(
            Scheduler::Parts{watched, expressions, clock, random, activities}, limits);
        invariant(bool(scheduler->recover()), "an empty store can be read");
        invariant(deploy(counting)->version == 1, "the flow is right");
        invariant(bool(send(startOf("a", "Counting"))), "it starts");
    }

    bool go(int count, const char *payload = "1")
    {
        bool taken = true;
        for (int i = 0; i < count; ++i)
            taken = send(eventFor("a", "Go", payload)) && taken;
        return taken;
    }
    RunKey run() { return summary("a").run; }

    WatchedStore watched{memory};
};

} // namespace

/// Long runs are replayed from their last snapshot (semantics 11.6).
class SnapshotsTest : public QObject
{
    Q_OBJECT

private slots:
    void noReplayBeginsFarBack();
    void aShortRunHasNone();
    void whatEndedHasNoneAnyMore();
    void aSnapshotOfAnotherVersionIsIgnored();
    void damageBeforeTheSnapshotDoesNotStopTheInstance();
    void aLongHistoryIsLoadedFast();
};

void SnapshotsTest::noReplayBeginsFarBack()
{
    World world(50);
    QVERIFY(world.go(200));
    QVERIFY(world.summary("a").length > 1'000);
    // A row has at least four facts here, and at most six.
    QVERIFY2(world.watched.most <= 50 / 4 + 1, qPrintable(QString::number(world.watched.most)));
    QCOMPARE(world.watched.wholeHistories, 0);
    QVERIFY(world.watched.snapshots >= int(world.summary("a").length / 50) - 1);
    QVERIFY(world.watched.snapshots <= int(world.summary("a").length / 50));
    QVERIFY(world.restart());
    QVERIFY(world.go(1, "0"));
    QCOMPARE(world.summary("a").output.text(), std::string("201"));
}

void SnapshotsTest::aShortRunHasNone()
{
    World world(500);
    QVERIFY(world.go(5));
    QVERIFY(world.summary("a").length < 500);
    QVERIFY(world.go(1, "0"));
    QCOMPARE(world.watched.snapshots, 0);
    QVERIFY(!world.memory.latest(world.run())->snapshot);
}

void SnapshotsTest::whatEndedHasNoneAnyMore()
{
    World world(20);
    QVERIFY(world.go(20));
    QVERIFY(world.memory.latest(world.run())->snapshot);
    QVERIFY(world.go(1, "0"));
    QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
    QVERIFY(!world.memory.latest(world.run())->snapshot);
    QCOMPARE(world.memory.latest(world.run())->rows, *world.memory.history(world.run()));
}

void SnapshotsTest::aSnapshotOfAnotherVersionIsIgnored()
{
    World world(20);
    QVERIFY(world.go(20));
    world.watched.otherVersion = true;
    QVERIFY(world.go(20));
    QVERIFY(world.watched.wholeHistories > 0);
    world.watched.otherVersion = false;
    QVERIFY(world.go(1, "0"));
    QCOMPARE(world.summary("a").output.text(), std::string("41"));
}

/// What an instance was before does not matter for what it does next. The damage is said to whoever
/// reads that part of its history.
void SnapshotsTest::damageBeforeTheSnapshotDoesNotStopTheInstance()
{
    World world(20);
    QVERIFY(world.go(20));
    world.watched.beginningIsDamaged = true;
    QVERIFY(world.go(20));
    QVERIFY(world.summary("a").setAside.empty());
    QVERIFY(world.go(1, "0"));
    QCOMPARE(world.summary("a").output.text(), std::string("41"));
    QVERIFY(!world.watched.history(world.run()));
}

/// By hand with more: SIGNALBOX_FACTS=100000.
void SnapshotsTest::aLongHistoryIsLoadedFast()
{
    const int given = qEnvironmentVariableIntValue("SIGNALBOX_FACTS");
    const Sequence wanted = given > 0 ? given : 3'000;
    EngineWorld world(1, {});
    QVERIFY(world.deploy(counting));
    QVERIFY(world.send(startOf("a", "Counting")));
    while (world.summary("a").length < wanted)
        QVERIFY(world.send(eventFor("a", "Go", "1")));
    const RunKey run = world.summary("a").run;
    QElapsedTimer timer;
    timer.start();
    const auto rows = *world.memory.history(run);
    const InstanceState whole = replay(rows);
    const auto slow = timer.nsecsElapsed();
    timer.start();
    const auto latest = *world.memory.latest(run);
    QVERIFY(latest.snapshot);
    const auto state = stateFromText(latest.snapshot->state);
    QVERIFY(state);
    const InstanceState fast = replay(*state, latest.rows);
    const auto quick = timer.nsecsElapsed();
    QVERIFY(fast == whole);
    QVERIFY(latest.rows.size() <= 500 / 4 + 1);
    QVERIFY(latest.rows.size() < rows.size());
    qInfo("%lld facts: %zu rows, %lld us; from the snapshot (%zu bytes): %zu rows, %lld us",
        static_cast<long long>(whole.length), rows.size(), static_cast<long long>(slow / 1000),
        latest.snapshot->state.size(), latest.rows.size(), static_cast<long long>(quick / 1000));
}

QTEST_GUILESS_MAIN(SnapshotsTest)
#include "snapshots_test.moc"

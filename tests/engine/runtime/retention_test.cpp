#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using namespace tests;
using namespace std::chrono_literals;

namespace {

const std::string shortLived = R"({
  "signalbox": 1, "name": "ShortLived", "start": "w", "retention": "PT1H",
  "steps": {
    "w": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end" }
  }
})";

/// A world with many instances that ended at the same time.
struct World : EngineWorld {
    World()
        : EngineWorld(1, {.messagesPerTurn = 1000, .turnTime = Milliseconds(1'000'000)})
    {
        invariant(bool(deploy(shortLived)), "the flow is right");
        for (int i = 0; i < many; ++i) {
            submit(startOf("i" + std::to_string(i), "ShortLived"));
            submit(terminationOf("i" + std::to_string(i), "enough"));
        }
        invariant(settle() && send(startOf("live", "ShortLived")), "the store serves");
    }

    std::size_t left() { return MemoryReader(memory).list({}, {}, 1000)->instances.size(); }

    static constexpr int many = 250;
};

} // namespace

/// Finished instances are kept as long as their flow says (semantics 9.3).
class RetentionTest : public QObject
{
    Q_OBJECT

private slots:
    void manyGoSomeInEachTurn();
    void whatIsOverWhileTheEngineWasDownGoesAtTheStart();
    void otherFlowsKeepTheirsForEver();
};

void RetentionTest::manyGoSomeInEachTurn()
{
    World world;
    QVERIFY(world.scheduler->nextDue() == world.clock.now() + 1h);
    std::vector<std::size_t> purged;
    world.store.committed = [&purged](const Turn &turn) { purged.push_back(turn.purged.size()); };
    world.clock.advance(1h - 1ms);
    QVERIFY(!world.scheduler->hasWork());
    world.clock.advance(1ms);
    QVERIFY(world.settle());
    QVERIFY((purged == std::vector<std::size_t>{100, 100, 50}));
    QCOMPARE(world.left(), std::size_t(1));
    QVERIFY(!world.scheduler->nextDue());
    QVERIFY(!world.scheduler->hasWork());
    QVERIFY(world.memory.indexes() == world.memory.rebuiltIndexes());
    QVERIFY(world.send(startOf("i7", "ShortLived")));
}

void RetentionTest::whatIsOverWhileTheEngineWasDownGoesAtTheStart()
{
    World world;
    world.clock.advance(30min);
    QVERIFY(world.send(terminationOf("live", "enough")));
    QVERIFY(world.restart());
    QVERIFY(world.scheduler->nextDue() == world.clock.now() + 30min);
    world.clock.advance(1h - 1ms);
    QVERIFY(world.restart());
    QVERIFY(world.settle());
    QCOMPARE(world.left(), std::size_t(1));
    QVERIFY(world.scheduler->nextDue() == world.clock.now() + 1ms);
    world.advance(1ms);
    QCOMPARE(world.left(), std::size_t(0));
}

void RetentionTest::otherFlowsKeepTheirsForEver()
{
    EngineWorld world;
    std::string forEver = shortLived;
    forEver.replace(forEver.find("PT1H"), 4, "");
    QVERIFY(world.deploy(forEver));
    QVERIFY(world.send(startOf("a", "ShortLived")));
    QVERIFY(world.send(terminationOf("a", "enough")));
    QVERIFY(!world.scheduler->nextDue());
    world.advance(std::chrono::hours(24 * 365));
    QVERIFY(world.summary("a").status == InstanceStatus::Terminated);
}

QTEST_GUILESS_MAIN(RetentionTest)
#include "retention_test.moc"

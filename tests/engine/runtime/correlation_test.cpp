#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using tests::EngineWorld;

namespace {

const char *const flow = "{ \"signalbox\": 1, \"name\": \"Case\", \"start\": \"wait\", \"events\": { \"Paid\": "
                         "{ \"correlate\": { \"event\": \"=event\", \"instance\": \"=input\" } } }, \"steps\": {"
                         "\"wait\": { \"kind\": \"wait\", \"event\": \"Paid\", \"next\": \"done\" },"
                         "\"done\": { \"kind\": \"end\" } } }";

} // namespace

/// Events that find their instance by a key, where a golden case cannot stop (semantics 10.1).
class CorrelationTest : public QObject
{
    Q_OBJECT

private slots:
    /// The wait is on disk, and the event that was kept for it is not taken yet.
    void aStopBetweenAWaitAndItsKeptEventLosesNothing()
    {
        EngineWorld world(1, {.messagesPerTurn = 1});
        QVERIFY(world.deploy(flow)->version == 1);
        const auto kept = world.send({{}, {},
            RaiseCorrelated{"Paid", JsonText::trusted("7"), {}, "e", {"rest", "test"}}});
        QVERIFY(kept && kept->correlation->keptUntil);
        world.submit(tests::startOf("a", "Case", "7"));
        QVERIFY(bool(world.scheduler->turn()));
        QVERIFY(world.summary("a").waiting);
        QVERIFY(bool(world.restart()));
        QVERIFY(bool(world.settle()));
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
        QVERIFY(world.memory.recover()->correlated.empty());
    }
};

QTEST_GUILESS_MAIN(CorrelationTest)
#include "correlation_test.moc"

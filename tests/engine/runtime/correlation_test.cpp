#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using tests::EngineWorld;

namespace {

const char *const flow = "{ \"signalbox\": 1, \"name\": \"Case\", \"start\": \"wait\", \"events\": { \"Paid\": "
                         "{ \"correlate\": { \"event\": \"=event\", \"instance\": \"=input\" }, \"ttl\": \"PT1H\" } }, \"steps\": {"
                         "\"wait\": { \"kind\": \"wait\", \"event\": \"Paid\", \"next\": \"done\" },"
                         "\"done\": { \"kind\": \"end\" } } }";

std::string reading(const std::string &member)
{
    std::string text = flow;
    return text.replace(text.find("\"=event\""), 8, "\"=event." + member + "\"");
}

/// Version 1 reads the key from `before`, version 2 from `now`.
int deployTwo(EngineWorld &world)
{
    (void)world.deploy(reading("before"));
    return world.deploy(reading("now"))->version;
}

Message startOfVersion(const std::string &instance, int version, const std::string &input)
{
    return {{instance}, {}, StartInstance{{"Case"}, version, JsonText::trusted(input), {"rest", "test"}, {}}};
}

Message rekeyed(const std::string &eventId, int now)
{
    const std::string payload = "{\"before\":7,\"now\":" + std::to_string(now) + "}";
    return {{}, {}, RaiseCorrelated{"Paid", JsonText::trusted(payload), {}, eventId, {"rest", "test"}}};
}

constexpr Milliseconds hour = std::chrono::hours(1);

Message paid(const std::string &key)
{
    return {{}, {}, RaiseCorrelated{"Paid", JsonText::trusted(key), {}, "e" + key, {"rest", "test"}}};
}

/// Cannot read histories while it is damaged.
class DamagedStore final : public tests::StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<std::vector<HistoryRow>> history(RunKey run) override
    {
        if (damaged)
            return Error{ErrorCode::Damaged, "a row fails its checksum", {}};
        return StoreWrapper::history(run);
    }
    Result<LatestRows> latest(RunKey run) override
    {
        auto rows = history(run);
        return rows ? Result<LatestRows>(LatestRows{{}, *std::move(rows)}) : rows.error();
    }

    bool damaged = false;
};

std::vector<UndeliveredEvent> undelivered(EngineWorld &world)
{
    return *MemoryReader(world.memory).undelivered(100);
}

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

    /// Two versions read the key from different members. Of the older one only live instances count.
    void theKeyOfAnOlderVersionIsReadAsLongAsAnInstanceOfItLives()
    {
        EngineWorld world;
        QCOMPARE(deployTwo(world), 2);
        QVERIFY(bool(world.send(startOfVersion("a", 1, "7"))));
        const auto reached = world.send(rekeyed("1", 8));
        QVERIFY(reached && reached->correlation->reached == std::vector<std::string>{"a"});
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);

        const auto kept = world.send(rekeyed("2", 8));
        QVERIFY(kept && kept->correlation->keptUntil);
        const auto keys = MemoryReader(world.memory).correlated(10)->front().keys;
        QVERIFY(keys == (std::vector<EventKey>{{"event.now", "8"}}));
        QVERIFY(bool(world.send(startOfVersion("b", 1, "7"))));
        QVERIFY(world.summary("b").waiting); // what was raised before it lived is not its own
        QVERIFY(bool(world.send(rekeyed("3", 9))));
        QCOMPARE(world.summary("b").status, InstanceStatus::Completed);
    }

    /// What has none by today's reading has none, unless an older instance lives.
    void withoutALiveInstanceTheKeyOfAnOlderVersionIsNone()
    {
        EngineWorld world;
        deployTwo(world);
        const Message old{{}, {},
            RaiseCorrelated{"Paid", JsonText::trusted("{\"before\":7}"), {}, {}, {"rest", "test"}}};
        const auto refused = world.send(old);
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
        // In one turn with the instance: it is not on disk yet.
        const auto started = world.submit(startOfVersion("a", 1, "7"));
        const auto raised = world.submit(old);
        QVERIFY(bool(world.settle()));
        QVERIFY(*world.answers[started] && *world.answers[raised]);
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
    }

    /// What is taken makes room again.
    void moreThanOneHundredThousandKeptEventsAreRefused()
    {
        EngineWorld world;
        QVERIFY(world.deploy(flow)->version == 1);
        const auto raise = [](int key) {
            return Message{{}, {},
                RaiseCorrelated{"Paid", JsonText::trusted(std::to_string(key)), {}, {}, {}}};
        };
        std::size_t last = 0;
        for (int key = 1; key <= 100'000; ++key)
            last = world.submit(raise(key));
        QVERIFY(bool(world.settle()));
        QVERIFY(*world.answers[last] && (*world.answers[last])->correlation->keptUntil);
        const auto refused = world.send(raise(100'001));
        QVERIFY(!refused && refused.error().code == ErrorCode::Busy);
        QVERIFY(world.send(tests::startOf("a", "Case", "5")));
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
        QVERIFY(bool(world.send(raise(100'001))));
        QVERIFY(!world.send(raise(100'002)));
    }

    /// Its wait stood before its time was up, so it comes too late for nobody.
    void anEventOnItsWayToAWaitDoesNotExpire()
    {
        EngineWorld world(1, {.messagesPerTurn = 1});
        QVERIFY(world.deploy(flow)->version == 1);
        QVERIFY(bool(world.send(paid("7"))));
        world.submit(tests::startOf("a", "Case", "7"));
        QVERIFY(bool(world.scheduler->turn()));
        QVERIFY(world.summary("a").waiting);
        world.clock.set(world.clock.now() + 2 * hour);
        QVERIFY(bool(world.settle()));
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
        QVERIFY(undelivered(world).empty());
        QVERIFY(!world.scheduler->nextDue());
    }

    /// It is set aside when the event comes to it, and gets it when it is tried again.
    void whatComesToOneSetAsideIsKeptStill()
    {
        MemoryStore memory;
        DamagedStore disk(memory);
        EngineWorld world(1, {.messagesPerTurn = 1, .cachedInstances = 0}, &disk);
        QVERIFY(world.deploy(flow)->version == 1);
        QVERIFY(bool(world.send(paid("7"))));
        world.submit(tests::startOf("a", "Case", "7"));
        QVERIFY(bool(world.scheduler->turn()));
        disk.damaged = true;
        QVERIFY(bool(world.settle()));
        QVERIFY(!world.summary("a").setAside.empty());
        QCOMPARE(memory.recover()->correlated.size(), std::size_t{1});
        disk.damaged = false;
        QVERIFY(bool(world.send({{"a"}, {}, RetryInstance{{"rest", "test"}, {}}})));
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
        QVERIFY(memory.recover()->correlated.empty());
    }

    void aTurnExpiresNoMoreThanItMayDecide()
    {
        EngineWorld world(1, {.messagesPerTurn = 2});
        QVERIFY(world.deploy(flow)->version == 1);
        for (const char *key : {"1", "2", "3", "4", "5"})
            QVERIFY(bool(world.send(paid(key))));
        world.clock.set(world.clock.now() + hour);
        for (const std::size_t logged : {2U, 4U, 5U}) {
            QVERIFY(bool(world.scheduler->turn()));
            QCOMPARE(undelivered(world).size(), logged);
        }
        QVERIFY(!world.scheduler->hasWork());
        QVERIFY(!world.scheduler->nextDue());
        QVERIFY(world.memory.recover()->correlated.empty());
        const auto log = undelivered(world); // newest first
        for (std::size_t i = 0; i < log.size(); ++i) {
            QCOMPARE(log[i].event.payload.text(), std::to_string(5 - i));
            QCOMPARE(log[i].event.eventId, "e" + std::to_string(5 - i));
            QVERIFY(log[i].reason.find("within its time to live") != std::string::npos);
        }
    }

    void anEventExpiresToTheMillisecond()
    {
        EngineWorld world;
        QVERIFY(world.deploy(flow)->version == 1);
        const Instant until = world.clock.now() + hour;
        QVERIFY(bool(world.send(paid("1"))));
        QVERIFY(world.scheduler->nextDue() == until);
        world.clock.set(until - Milliseconds(1));
        // Any other work: a turn does not take along what is due later.
        QVERIFY(bool(world.send(paid("2"))));
        QVERIFY(undelivered(world).empty());
        QVERIFY(bool(world.restart()));
        QVERIFY(world.scheduler->nextDue() == until);
        world.clock.set(until);
        QVERIFY(world.scheduler->hasWork());
        QVERIFY(bool(world.settle()));
        QCOMPARE(undelivered(world).size(), std::size_t{1});
        QVERIFY(world.scheduler->nextDue() == until - Milliseconds(1) + hour);
    }

    /// One that is kept after a restart stands beside those from before.
    void whatIsKeptAfterARestartReplacesNothing()
    {
        EngineWorld world;
        QVERIFY(world.deploy(flow)->version == 1);
        QVERIFY(bool(world.send(paid("1"))));
        QVERIFY(bool(world.restart()));
        QVERIFY(bool(world.send(paid("2"))));
        QCOMPARE(world.memory.recover()->correlated.size(), std::size_t{2});
        for (const char *key : {"1", "2"}) {
            QVERIFY(bool(world.send(tests::startOf(key, "Case", key))));
            QCOMPARE(world.summary(key).status, InstanceStatus::Completed);
        }
    }
};

QTEST_GUILESS_MAIN(CorrelationTest)
#include "correlation_test.moc"

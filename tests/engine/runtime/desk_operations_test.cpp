#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using namespace tests;
using namespace std::chrono_literals;

namespace {

const std::string working = R"({
  "signalbox": 1, "name": "Working", "start": "act",
  "steps": {
    "act": { "kind": "activity", "activity": "log", "with": { "message": "x" }, "next": "pause" },
    "pause": { "kind": "timer", "after": "PT1M", "next": "w" },
    "w": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end", "output": "=[steps.act, steps.w]" }
  }
})";

const std::string calling = R"({
  "signalbox": 1, "name": "Calling", "start": "call",
  "steps": {
    "call": { "kind": "activity", "activity": "http", "with": { "url": "=input" }, "next": "done" },
    "done": { "kind": "end" }
  }
})";

/// Answers damaged rows, rows without the first, and damaged flows while it is told to.
class DamagedStore final : public StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<std::vector<HistoryRow>> history(RunKey run) override
    {
        if (damaged)
            return Error{ErrorCode::Damaged, "row 1 fails its checksum", {}};
        auto rows = StoreWrapper::history(run);
        if (rows && beginningIsLost)
            rows->erase(rows->begin());
        return rows;
    }
    Result<LatestRows> latest(RunKey run) override
    {
        auto rows = history(run);
        return rows ? Result<LatestRows>(LatestRows{{}, *std::move(rows)}) : rows.error();
    }
    Result<Recovered> recover() override
    {
        auto recovered = StoreWrapper::recover();
        if (recovered && flowsAreDamaged)
            for (StoredFlow &flow : recovered->flows)
                flow.text.resize(flow.text.size() / 2);
        return recovered;
    }

    bool damaged = false;
    bool beginningIsLost = false;
    bool flowsAreDamaged = false;
};

/// A world with one instance `a` at work, whose scheduler remembers nothing.
struct World : EngineWorld {
    World()
        : EngineWorld(1, {.cachedInstances = 0, .allowed = {"all"}})
    {
        begin();
        invariant(deploy(working) && send(startOf("a", "Working")), "the flow is right");
    }

    /// A new scheduler over the same disk, as after a restart.
    void begin()
    {
        activities.forget();
        scheduler = std::make_unique<Scheduler>(
            Scheduler::Parts{broken, expressions, clock, random, activities}, limits);
        invariant(bool(scheduler->recover()), "it starts again");
        invariant(bool(settle()), "the store serves");
    }

    Result<Accepted> order(decltype(Message::body) body)
    {
        return send({{"a"}, {}, std::move(body)});
    }

    ErrorCode refusalOf(decltype(Message::body) body)
    {
        const auto answer = order(std::move(body));
        invariant(!answer, "it is refused");
        return answer.error().code;
    }

    DamagedStore broken{store};
};

} // namespace

/// What operators do to instances that halt or are set aside (semantics 1.3, 2.6, 2.7).
class DeskOperationsTest : public QObject
{
    Q_OBJECT

private slots:
    void aResultThatCameWhileSuspendedIsOnDiskAndItsActivityDoesNotRunAgain();
    void aResultThatCameWhileSetAsideIsTakenWhenItIsTriedAgain();
    void aTimerThatCameWhileSetAsideFiresWhenItIsTriedAgain();
    void aTimerThatCameWhileSuspendedIsNotEarlyWhenTheClockWasSetBack();
    void whatIsStillDamagedStaysSetAside();
    void aHistoryThatDoesNotAddUpSetsItsInstanceAside();
    void aFlowThatCannotBeReadAnyMoreSetsItsInstancesAside();
    void workThatIsNotAllowedAnyMoreFailsAtTheStart();
    void whatIsNotSetAsideCannotBeTriedAgain();
    void anEventHandedOnToOneSetAsideWaits();
    void anEventHandedOnThatIsRefusedThereIsLogged();
    void messagesForAnOlderRunAreNotHeldForTheNext();
    void whatIsSetAsideCanBePurged();
};

void DeskOperationsTest::aResultThatCameWhileSuspendedIsOnDiskAndItsActivityDoesNotRunAgain()
{
    World world;
    QVERIFY(world.order(SuspendInstance{"audit", {}}));
    auto result = world.activities.finishOldest(JsonText::trusted("7"));
    QVERIFY(world.send(*result));
    QCOMPARE(world.memory.recover()->inbox.size(), std::size_t(1));
    world.begin();
    QVERIFY(world.activities.running.empty());
    QCOMPARE(world.memory.recover()->inbox.size(), std::size_t(1));
    QVERIFY(world.order(ResumeInstance{"done", {}}));
    QVERIFY(world.memory.recover()->inbox.empty());
    world.advance(1min);
    QVERIFY(world.order(eventFor("a", "Go", "8").body));
    QCOMPARE(world.summary("a").output.text(), std::string("[7,8]"));
}

void DeskOperationsTest::whatIsSetAsideCanBePurged()
{
    World world;
    QCOMPARE(world.refusalOf(PurgeInstance{}), ErrorCode::WrongState);
    world.broken.damaged = true;
    QCOMPARE(world.refusalOf(eventFor("a", "Go").body), ErrorCode::WrongState);
    auto result = world.activities.finishOldest(JsonText::trusted("7"));
    QVERIFY(world.send(*result));
    QCOMPARE(world.memory.recover()->inbox.size(), std::size_t(1));
    QVERIFY(world.order(PurgeInstance{"beyond repair", {}}));
    QVERIFY(world.memory.recover()->inbox.empty());
    QVERIFY(world.memory.recover()->work.empty());
    QCOMPARE(world.refusalOf(eventFor("a", "Go").body), ErrorCode::NotFound);
    world.broken.damaged = false;
    QVERIFY(world.send(startOf("a", "Working")));
}

void DeskOperationsTest::aResultThatCameWhileSetAsideIsTakenWhenItIsTriedAgain()
{
    World world;
    world.broken.damaged = true;
    QCOMPARE(world.refusalOf(eventFor("a", "Go").body), ErrorCode::WrongState);
    QVERIFY(!world.summary("a").setAside.empty());
    auto result = world.activities.finishOldest(JsonText::trusted("7"));
    QVERIFY(world.send(*result));
    world.broken.damaged = false;
    QVERIFY(world.order(RetryInstance{}));
    QVERIFY(world.summary("a").setAside.empty());
    QCOMPARE(world.summary("a").standsAt.value, std::string("pause"));
    QVERIFY(world.memory.recover()->inbox.empty());
}

void DeskOperationsTest::aTimerThatCameWhileSetAsideFiresWhenItIsTriedAgain()
{
    World world;
    QVERIFY(world.send(*world.activities.finishOldest(JsonText::trusted("7"))));
    world.broken.damaged = true;
    world.advance(5min);
    QVERIFY(!world.summary("a").setAside.empty());
    world.broken.damaged = false;
    QVERIFY(world.order(RetryInstance{}));
    QCOMPARE(world.summary("a").standsAt.value, std::string("w"));
    QVERIFY(world.summary("a").setAside.empty());
}

void DeskOperationsTest::aTimerThatCameWhileSuspendedIsNotEarlyWhenTheClockWasSetBack()
{
    World world;
    QVERIFY(world.send(*world.activities.finishOldest(JsonText::trusted("7"))));
    QVERIFY(world.order(SuspendInstance{"audit", {}}));
    world.advance(1min);
    world.clock.set(SimClock::begin);
    QVERIFY(world.order(ResumeInstance{"done", {}}));
    QCOMPARE(world.summary("a").standsAt.value, std::string("pause"));
    world.advance(59s);
    QCOMPARE(world.summary("a").standsAt.value, std::string("pause"));
    world.advance(1s);
    QCOMPARE(world.summary("a").standsAt.value, std::string("w"));
}

void DeskOperationsTest::whatIsStillDamagedStaysSetAside()
{
    World world;
    world.broken.damaged = true;
    QCOMPARE(world.refusalOf(eventFor("a", "Go").body), ErrorCode::WrongState);
    QCOMPARE(world.refusalOf(RetryInstance{}), ErrorCode::WrongState);
    QVERIFY(!world.summary("a").setAside.empty());
    world.broken.damaged = false;
    QVERIFY(world.order(RetryInstance{}));
}

void DeskOperationsTest::aHistoryThatDoesNotAddUpSetsItsInstanceAside()
{
    World world;
    world.broken.beginningIsLost = true;
    QCOMPARE(world.refusalOf(eventFor("a", "Go").body), ErrorCode::WrongState);
    QVERIFY(!world.summary("a").setAside.empty());
    world.broken.beginningIsLost = false;
    QVERIFY(world.order(RetryInstance{}));
    QVERIFY(world.summary("a").setAside.empty());
}

void DeskOperationsTest::aFlowThatCannotBeReadAnyMoreSetsItsInstancesAside()
{
    World world;
    world.broken.flowsAreDamaged = true;
    world.begin();
    QVERIFY(world.activities.running.empty());
    const std::string reason = world.summary("a").setAside;
    QVERIFY2(reason.find("flow 'Working' version 1 cannot be read") != std::string::npos, reason.c_str());
    const auto started = world.send(startOf("b", "Working"));
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Damaged);
    world.broken.flowsAreDamaged = false;
    world.begin();
    QVERIFY(world.order(RetryInstance{}));
    QVERIFY(world.summary("a").setAside.empty());
}

void DeskOperationsTest::workThatIsNotAllowedAnyMoreFailsAtTheStart()
{
    World world;
    QVERIFY(world.deploy(calling));
    QVERIFY(world.send(startOf("b", "Calling", "\"http://a.example/\"")));
    QCOMPARE(world.summary("b").standsAt.value, std::string("call"));
    world.limits.allowed.clear();
    world.begin();
    QCOMPARE(world.summary("b").status, InstanceStatus::Failed);
    QCOMPARE(world.summary("b").errorType, std::string("NotAllowed"));
    QCOMPARE(world.activities.running.size(), std::size_t(1)); // the log of `a`, which needs no leave
}

void DeskOperationsTest::whatIsNotSetAsideCannotBeTriedAgain()
{
    World world;
    QCOMPARE(world.refusalOf(RetryInstance{}), ErrorCode::WrongState);
    const auto nobody = world.send({{"nobody"}, {}, RetryInstance{}});
    QCOMPARE(nobody.error().code, ErrorCode::NotFound);
}

void DeskOperationsTest::anEventHandedOnToOneSetAsideWaits()
{
    World world;
    QVERIFY(world.send(startOf("b", "Working")));
    QVERIFY(world.order(eventFor("a", "Go", "8").body));
    const Sequence event = 4;
    world.submit({{"a"}, {}, HandOnEvent{event, {"b"}, "", {}}});
    QVERIFY(*world.scheduler->turn());
    world.broken.damaged = true; // before `b` gets it
    QVERIFY(world.settle());
    QVERIFY(!world.summary("b").setAside.empty());
    QCOMPARE(world.memory.recover()->inbox.size(), std::size_t(1));
    world.broken.damaged = false;
    QVERIFY(world.send({{"b"}, {}, RetryInstance{}}));
    QVERIFY(world.memory.recover()->inbox.empty());
    QCOMPARE(world.memory.indexes().keptEvents.size(), std::size_t(1));
}

void DeskOperationsTest::anEventHandedOnThatIsRefusedThereIsLogged()
{
    World world;
    QVERIFY(world.deploy(R"({ "signalbox": 1, "name": "Strict", "start": "w",
        "events": { "Go": { "schema": { "type": "object" } } },
        "steps": { "w": { "kind": "wait", "event": "Go", "next": "done" }, "done": { "kind": "end" } } })"));
    QVERIFY(world.send(startOf("strict", "Strict")));
    QVERIFY(world.order(eventFor("a", "Go", "8").body));
    QVERIFY(world.order(HandOnEvent{4, {"strict"}, "", {}}));
    const auto undelivered = *MemoryReader(world.memory).undelivered(10);
    QCOMPARE(undelivered.size(), std::size_t(1));
    QCOMPARE(undelivered[0].instance.value, std::string("strict"));
    QVERIFY(undelivered[0].reason.find("does not match its schema") != std::string::npos);
    QVERIFY(world.memory.recover()->inbox.empty());
}

void DeskOperationsTest::messagesForAnOlderRunAreNotHeldForTheNext()
{
    World world;
    QVERIFY(world.order(SuspendInstance{"audit", {}}));
    QVERIFY(world.send(*world.activities.finishOldest(JsonText::trusted("7"))));
    QVERIFY(world.send(terminationOf("a", "enough")));
    QVERIFY(world.memory.recover()->inbox.empty());
    QVERIFY(world.send(startOf("a", "Working")));
    QCOMPARE(world.summary("a").standsAt.value, std::string("act"));
    QCOMPARE(world.activities.running.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(DeskOperationsTest)
#include "desk_operations_test.moc"

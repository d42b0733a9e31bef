#include "engine/runtime/scheduler.h"

#include "tests/support/engine_world.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;
using namespace tests;
using namespace std::chrono_literals;

namespace {

const std::string waiting = R"({
  "signalbox": 1, "name": "Waiting", "start": "w",
  "steps": {
    "w": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "done", "onTimeout": "done" },
    "done": { "kind": "end", "output": "=steps.w" }
  }
})";

/// Whichever branch is first cancels the other.
const std::string racing = R"({
  "signalbox": 1, "name": "Racing", "start": "fork",
  "steps": {
    "fork": { "kind": "parallel", "branches": ["wait", "sleep"], "join": "first" },
    "wait": { "kind": "wait", "event": "Go", "next": "first" },
    "sleep": { "kind": "timer", "after": "PT1H", "next": "first" },
    "first": { "kind": "join", "mode": "any", "next": "done" },
    "done": { "kind": "end" }
  }
})";

const std::string working = R"({
  "signalbox": 1, "name": "Working", "start": "act",
  "steps": {
    "act": { "kind": "activity", "activity": "log", "with": { "message": "=input" }, "timeout": "PT5S",
             "next": "done" },
    "done": { "kind": "end" }
  }
})";

/// Runs its course in one decision.
const std::string quick = R"({
  "signalbox": 1, "name": "Quick", "start": "done", "steps": { "done": { "kind": "end" } }
})";

/// Answers damaged rows for one run, or refuses to read at all.
class DamagedStore final : public StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<std::vector<HistoryRow>> history(RunKey run) override
    {
        if (run != damaged)
            return StoreWrapper::history(run);
        return Error{code, "row 1 fails its checksum", {}};
    }
    Result<LatestRows> latest(RunKey run) override
    {
        auto rows = history(run);
        return rows ? Result<LatestRows>(LatestRows{{}, *std::move(rows)}) : rows.error();
    }

    RunKey damaged;
    ErrorCode code = ErrorCode::Damaged;
};

/// A world whose scheduler remembers nothing and reads through a DamagedStore.
struct DamagedWorld : EngineWorld {
    DamagedWorld()
        : EngineWorld(1, {.cachedInstances = 0})
    {
        scheduler = std::make_unique<Scheduler>(
            Scheduler::Parts{broken, expressions, clock, random, activities}, limits);
        invariant(bool(scheduler->recover()), "an empty store cannot be damaged");
    }

    DamagedStore broken{memory};
};

template<typename T>
ErrorCode codeOf(const Result<T> &answer)
{
    return answer ? ErrorCode::Busy : answer.error().code;
}

} // namespace

class SchedulerTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsAnsweredBeforeTheCommit();
    void aRefusingStoreAnswersUnavailableToAll();
    void afterAFailedCommitNothingHasHappened();
    void manyInstancesShareACommit();
    void aTurnTakesNoMoreThanItsMessages();
    void messagesOfOneInstanceAreDecidedInOrderWithinATurn();
    void aGeneratedIdIsNewAndAnswered();
    void observersHearOfEachInstanceOnceATurn();
    void anAttemptIsAskedForAfterTheCommit();
    void aScriptIsGivenWhatItReadsAndNothingOfItIsStored();
    void theNextDueTimeIsThatOfTheNextTimer();
    void aTimerThatWentWakesNobody();
    void aStoppedClockDoesNotStarveTimers();
    void anEventThatStandsFarBehindInTheInboxBeatsTheTimeout();
    void anEventBehindTheResumptionBeatsTheTimeout();
    void aClockThatPausesHasNoLessThanNothingLeft();
    void aNewRunLeavesNothingOfTheOldOne();
    void deployingTheSameTextAnswersTheSameVersion();
    void whatIsNoFlowIsNotDeployed();
    void aDamagedHistorySetsItsInstanceAsideAndLeavesOthers();
    void aStoreThatCannotReadHaltsTheScheduler();
    void anInstanceSetAsideCanBeTerminatedLater();
    void aMessageForAnotherRunIsDropped();
    void theSummarySaysWhatAnInstanceWaitsFor();
};

void SchedulerTest::nothingIsAnsweredBeforeTheCommit()
{
    class Watching final : public StoreWrapper
    {
    public:
        using StoreWrapper::StoreWrapper;
        Result<void> commit(const Turn &turn) override
        {
            answeredBefore = answered;
            return StoreWrapper::commit(turn);
        }
        bool answered = false;
        bool answeredBefore = false;
    };
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    Watching store(world.memory);
    Scheduler scheduler(
        {store, world.expressions, world.clock, world.random, world.activities}, {});
    QVERIFY(scheduler.recover());
    scheduler.submit(
        startOf("a", "Waiting"), [&](const Result<Accepted> &) { store.answered = true; });
    QVERIFY(!store.answered);
    QVERIFY(scheduler.turn());
    QVERIFY(store.answered && !store.answeredBefore);
}

void SchedulerTest::aRefusingStoreAnswersUnavailableToAll()
{
    EngineWorld world(1, {.messagesPerTurn = 1});
    QVERIFY(world.deploy(waiting));
    const auto inTheTurn = world.submit(startOf("a", "Waiting"));
    const auto behindIt = world.submit(startOf("b", "Waiting"));
    std::vector<ErrorCode> deployments;
    const auto noteCode = [&](const Result<Deployed> &result) { deployments.push_back(codeOf(result)); };
    world.scheduler->deploy(waiting, false, noteCode);
    world.store.killNextCommit(FaultyStore::Kill::Before);
    QVERIFY(!world.scheduler->turn());
    QCOMPARE(codeOf(*world.answers[inTheTurn]), ErrorCode::Unavailable);
    QCOMPARE(codeOf(*world.answers[behindIt]), ErrorCode::Unavailable);
    const auto afterIt = world.submit(startOf("c", "Waiting"));
    QCOMPARE(codeOf(*world.answers[afterIt]), ErrorCode::Unavailable);
    world.scheduler->deploy(waiting, false, noteCode);
    QCOMPARE(deployments, (std::vector{ErrorCode::Unavailable, ErrorCode::Unavailable}));
    QVERIFY(!world.scheduler->turn());
}

void SchedulerTest::afterAFailedCommitNothingHasHappened()
{
    EngineWorld world;
    QVERIFY(world.deploy(working));
    world.store.killNextCommit(FaultyStore::Kill::Before);
    QVERIFY(!world.send(startOf("a", "Working")));
    QVERIFY(world.activities.begun.empty());
    QVERIFY(world.activities.changes.empty());
    QVERIFY(world.restart());
    QVERIFY(world.send(startOf("a", "Working")));
}

void SchedulerTest::manyInstancesShareACommit()
{
    EngineWorld world;
    QVERIFY(world.deploy(quick));
    const auto before = world.scheduler->statistics();
    for (int i = 0; i < 100; ++i)
        world.submit(startOf("i" + std::to_string(i), "Quick"));
    QVERIFY(world.settle());
    QCOMPARE(world.scheduler->statistics().turns - before.turns, std::int64_t(1));
    QCOMPARE(world.scheduler->statistics().decisions - before.decisions, std::int64_t(100));
    QVERIFY(world.summary("i99").status == InstanceStatus::Completed);
}

void SchedulerTest::aTurnTakesNoMoreThanItsMessages()
{
    EngineWorld world(1, {.messagesPerTurn = 3});
    QVERIFY(world.deploy(quick));
    for (int i = 0; i < 7; ++i)
        world.submit(startOf("i" + std::to_string(i), "Quick"));
    QVERIFY(world.scheduler->turn());
    QVERIFY(world.answers[2].has_value());
    QVERIFY(!world.answers[3].has_value());
    QVERIFY(world.settle());
    QVERIFY(world.answers[6].has_value());
}

void SchedulerTest::messagesOfOneInstanceAreDecidedInOrderWithinATurn()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    world.submit(startOf("a", "Waiting"));
    world.submit(eventFor("a", "Go", "1"));
    const auto late = world.submit(eventFor("a", "Go", "2"));
    const auto again = world.submit(startOf("a", "Waiting"));
    QVERIFY(world.scheduler->turn());
    QCOMPARE(codeOf(*world.answers[late]), ErrorCode::Finished);
    QVERIFY(*world.answers[again]);
    QCOMPARE((*world.answers[again])->run, RunKey{2});
    QCOMPARE(world.summary("a").run, RunKey{2});
    QVERIFY(world.memory.history({1})->empty());
}

void SchedulerTest::aGeneratedIdIsNewAndAnswered()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    const auto one = world.send(startOf("", "Waiting"));
    const auto other = world.send(startOf("", "Waiting"));
    QVERIFY(one && other);
    QVERIFY(one->instance != other->instance);
    QVERIFY(world.summary(one->instance.value).waiting);
}

void SchedulerTest::observersHearOfEachInstanceOnceATurn()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    world.submit(startOf("a", "Waiting"));
    world.submit(startOf("b", "Waiting"));
    world.submit(eventFor("a", "Go"));
    QVERIFY(world.scheduler->turn());
    const std::vector<Change> expected{{world.summary("a")}, {world.summary("b")}};
    QVERIFY(world.activities.changes == expected);
    QVERIFY(expected.front().summary.status == InstanceStatus::Completed);
}

void SchedulerTest::anAttemptIsAskedForAfterTheCommit()
{
    EngineWorld world;
    QVERIFY(world.deploy(working));
    QVERIFY(world.send(startOf("a", "Working", "\"hello\"")));
    QCOMPARE(world.activities.running.size(), std::size_t(1));
    const ActivityRequest &request = world.activities.running.front();
    QCOMPARE(request.attempt, 1);
    QCOMPARE(request.activity, std::string("log"));
    QCOMPARE(request.with.tree().dump(), std::string(R"({"message":"hello"})"));
    QCOMPARE(request.timeout, Milliseconds(5s));
    QVERIFY(!world.summary("a").waiting);
}

void SchedulerTest::aScriptIsGivenWhatItReadsAndNothingOfItIsStored()
{
    const std::string flow = R"({ "signalbox": 1, "name": "Adding", "variables": { "n": 2, "m": 9 },
        "start": "one", "steps": {
          "one": { "kind": "activity", "activity": "script", "with": { "code": "1" }, "next": "add" },
          "add": { "kind": "activity", "activity": "script",
            "with": { "code": "return vars.n + input.k + steps.one;" }, "next": "done" },
          "done": { "kind": "end" } } })";
    const nlohmann::json expected{
        {"vars", {{"n", 2}, {"m", 9}}}, {"input", {{"k", 3}}}, {"steps", {{"one", 1}}}};
    EngineWorld world;
    QVERIFY(world.deploy(flow));
    QVERIFY(world.send(startOf("a", "Adding", R"({"k":3})")));
    QVERIFY((world.activities.running.front().scope.tree() == nlohmann::json{{"steps", nlohmann::json::object()}}));
    world.submit({{"a"}, world.activities.running.front().key.run, ActivityFinished{world.activities.running.front().key.task, 1,
                                 JsonText::trusted("1")}});
    QVERIFY(world.settle());
    QVERIFY((world.activities.running.back().scope.tree() == expected));
    QVERIFY(world.restart());
    QVERIFY(world.settle());
    const ActivityRequest &again = world.activities.running.back();
    QVERIFY((again.scope.tree() == expected));
    QCOMPARE(again.with.text(), std::string(R"({ "code": "return vars.n + input.k + steps.one;" })"));
}

void SchedulerTest::theNextDueTimeIsThatOfTheNextTimer()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    QVERIFY(!world.scheduler->nextDue());
    QVERIFY(world.send(startOf("a", "Waiting")));
    QCOMPARE(world.scheduler->nextDue(), std::optional(SimClock::begin + 24h));
    QVERIFY(!world.scheduler->hasWork());
    world.clock.advance(24h);
    QVERIFY(world.scheduler->hasWork());
    QVERIFY(world.settle());
    QVERIFY(!world.scheduler->nextDue());
    QVERIFY(!*world.scheduler->turn());
}

void SchedulerTest::aTimerThatWentWakesNobody()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.deploy(racing));
    for (const char *id : {"a", "b"})
        QVERIFY(world.send(startOf(id, "Waiting")));
    QVERIFY(world.send(startOf("c", "Racing")));
    QCOMPARE(world.scheduler->nextDue(), std::optional(SimClock::begin + 1h));
    QVERIFY(world.send(eventFor("c", "Go"))); // its branch is cancelled
    QCOMPARE(world.scheduler->nextDue(), std::optional(SimClock::begin + 24h));
    QVERIFY(world.send(eventFor("a", "Go"))); // it is needed no longer
    QVERIFY(world.send(terminationOf("b", "enough")));
    QVERIFY(!world.scheduler->nextDue());
}

void SchedulerTest::aStoppedClockDoesNotStarveTimers()
{
    EngineWorld world(1, {.messagesPerTurn = 2});
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.deploy(quick));
    QVERIFY(world.send(startOf("a", "Waiting")));
    world.clock.advance(24h);
    for (int i = 0; i < 50; ++i)
        world.submit(startOf("", "Quick"));
    QVERIFY(world.scheduler->turn());
    QVERIFY(world.summary("a").status == InstanceStatus::Completed);
}

void SchedulerTest::anEventThatStandsFarBehindInTheInboxBeatsTheTimeout()
{
    EngineWorld world(1, {.messagesPerTurn = 1});
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.deploy(quick));
    QVERIFY(world.send(startOf("a", "Waiting")));
    world.clock.advance(24h);
    for (int i = 0; i < 5; ++i)
        world.submit(startOf("", "Quick"));
    world.submit(eventFor("a", "Go", "\"in time\""));
    QVERIFY(world.settle());
    QCOMPARE(world.summary("a").output.text(), std::string("\"in time\""));
}

/// The timeout came while the instance was suspended; the event is there when it goes on.
void SchedulerTest::anEventBehindTheResumptionBeatsTheTimeout()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.send(startOf("a", "Waiting")));
    QVERIFY(world.send({{"a"}, {}, SuspendInstance{"", {"rest", "test"}}}));
    world.advance(25h);
    world.submit({{"a"}, {}, ResumeInstance{"", {"rest", "test"}}});
    world.submit(eventFor("a", "Go", "\"in time\""));
    QVERIFY(world.settle());
    QCOMPARE(world.summary("a").output.text(), std::string("\"in time\""));
}

/// It is suspended when its timeout is due already and has not been decided yet.
void SchedulerTest::aClockThatPausesHasNoLessThanNothingLeft()
{
    EngineWorld world;
    std::string pausing = waiting;
    pausing.insert(pausing.find("\"timeout\""), "\"clock\": \"pause\", ");
    QVERIFY(world.deploy(pausing));
    QVERIFY(world.send(startOf("a", "Waiting")));
    world.clock.advance(26h);
    QVERIFY(world.send({{"a"}, {}, SuspendInstance{"", {"rest", "test"}}}));
    QCOMPARE(world.summary("a").status, InstanceStatus::Suspended);
    world.clock.advance(1h);
    QVERIFY(world.send({{"a"}, {}, ResumeInstance{"", {"rest", "test"}}}));
    std::vector<Instant> due;
    for (const HistoryRow &row : world.rows("a")) {
        for (const Fact &fact : row.facts) {
            if (const auto *timer = std::get_if<TimerCreated>(&fact))
                due.push_back(timer->fireAt);
        }
    }
    QVERIFY(due == (std::vector<Instant>{SimClock::begin + 24h, SimClock::begin + 27h}));
    QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
}

void SchedulerTest::aNewRunLeavesNothingOfTheOldOne()
{
    EngineWorld world;
    QVERIFY(world.deploy(quick));
    const RunKey first = world.send(startOf("a", "Quick"))->run;
    QVERIFY(!world.memory.history(first)->empty());
    const RunKey second = world.send(startOf("a", "Quick"))->run;
    QVERIFY(second.value > first.value);
    QVERIFY(world.memory.history(first)->empty());
    QVERIFY(!world.memory.instanceOf(first)->has_value());
    QCOMPARE(MemoryReader(world.memory).list({}, {}, 10)->instances.size(), std::size_t(1));
}

void SchedulerTest::deployingTheSameTextAnswersTheSameVersion()
{
    EngineWorld world;
    QCOMPARE(world.deploy(quick)->version, 1);
    QCOMPARE(world.deploy(quick)->version, 1);
    QCOMPARE(world.deploy(quick + "\n")->version, 2);
    QVERIFY(world.restart());
    QCOMPARE(world.deploy(quick + "\n")->version, 2);
    QCOMPARE(world.deploy(quick)->version, 3);
    QCOMPARE(world.memory.recover()->flows.size(), std::size_t(3));
}

void SchedulerTest::whatIsNoFlowIsNotDeployed()
{
    EngineWorld world;
    QVERIFY(!world.deploy("{"));
    const auto dangling = world.deploy(R"({ "signalbox": 1, "name": "Bad", "start": "w",
        "steps": { "w": { "kind": "wait", "event": "Go", "next": "nowhere" } } })");
    QVERIFY(dangling);
    QCOMPARE(dangling->version, 0);
    QVERIFY(hasErrors(dangling->problems));
    QCOMPARE(codeOf(world.send(startOf("a", "Bad"))), ErrorCode::NotFound);
    QVERIFY(world.memory.recover()->flows.empty());
}

void SchedulerTest::aDamagedHistorySetsItsInstanceAsideAndLeavesOthers()
{
    DamagedWorld world;
    QVERIFY(world.deploy(waiting));
    const auto sick = world.send(startOf("sick", "Waiting"));
    QVERIFY(world.send(startOf("well", "Waiting")));
    world.broken.damaged = sick->run;
    world.activities.changes.clear();
    world.submit(eventFor("sick", "Go"));
    world.submit(eventFor("well", "Go"));
    QVERIFY(world.settle());
    QCOMPARE(codeOf(*world.answers[2]), ErrorCode::WrongState);
    QVERIFY(*world.answers[3]);
    QVERIFY(world.summary("well").status == InstanceStatus::Completed);
    QCOMPARE(world.summary("sick").setAside, std::string("row 1 fails its checksum"));
    QVERIFY(world.activities.changes.back().summary == world.summary("sick"));
    QCOMPARE(world.rows("sick").size(), std::size_t(1));
}

void SchedulerTest::aStoreThatCannotReadHaltsTheScheduler()
{
    DamagedWorld world;
    QVERIFY(world.deploy(waiting));
    world.broken.damaged = world.send(startOf("a", "Waiting"))->run;
    world.broken.code = ErrorCode::Unavailable;
    QCOMPARE(codeOf(world.send(eventFor("a", "Go"))), ErrorCode::Unavailable);
    QVERIFY(!world.scheduler->turn());
    QVERIFY(world.summary("a").setAside.empty());
}

void SchedulerTest::anInstanceSetAsideCanBeTerminatedLater()
{
    DamagedWorld world;
    QVERIFY(world.deploy(waiting));
    world.broken.damaged = world.send(startOf("a", "Waiting"))->run;
    QCOMPARE(codeOf(world.send(eventFor("a", "Go"))), ErrorCode::WrongState);
    QCOMPARE(codeOf(world.send(startOf("a", "Waiting"))), ErrorCode::AlreadyExists);
    QCOMPARE(codeOf(world.send(terminationOf("a", "sick"))), ErrorCode::WrongState);
    world.broken.damaged = {};
    QVERIFY(world.send(terminationOf("a", "sick")));
    QVERIFY(world.summary("a").status == InstanceStatus::Terminated);
    QVERIFY(world.summary("a").setAside.empty());
}

void SchedulerTest::aMessageForAnotherRunIsDropped()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.send(startOf("a", "Waiting")));
    const auto length = world.summary("a").length;
    QVERIFY(!world.send({{"a"}, {99}, TimerDue{4}}));
    QVERIFY(!world.send({{"nobody"}, {99}, GoOn{}}));
    QCOMPARE(world.scheduler->statistics().droppedMessages, std::int64_t(2));
    QCOMPARE(world.summary("a").length, length);
}

void SchedulerTest::theSummarySaysWhatAnInstanceWaitsFor()
{
    EngineWorld world;
    QVERIFY(world.deploy(waiting));
    QVERIFY(world.send(startOf("a", "Waiting", "{\"id\":7}")));
    const InstanceSummary expected{.instance = {"a"},
        .run = {1},
        .flow = {"Waiting"},
        .version = 1,
        .status = InstanceStatus::Running,
        .waiting = true,
        .createdAt = SimClock::begin,
        .changedAt = SimClock::begin,
        .length = 4,
        .decisions = 1,
        .input = JsonText::trusted("{\"id\":7}"),
        .standsOn = "Go",
        .standsAt = {"w"},
        .standsSince = SimClock::begin,
        .standsUntil = SimClock::begin + 24h};
    QVERIFY(world.summary("a") == expected);
}

QTEST_GUILESS_MAIN(SchedulerTest)
#include "scheduler_test.moc"

#include "engine/runtime/instance_state.h"
#include "tests/support/engine_world.h"
#include "tests/support/store_wrapper.h"

#include <QTest>

#include <algorithm>

using namespace engine;
using namespace tests;

namespace {

const char *const waiting = R"({ "signalbox": 1, "name": "Waiting", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "done" }, "done": { "kind": "end" } } })";
const char *const again = R"({ "signalbox": 1, "name": "Again", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "again" },
    "again": { "kind": "continueAsNew", "input": "=input" } } })";

/// Counts how often a history is read.
class CountingStore final : public StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<std::vector<HistoryRow>> history(RunKey run) override
    {
        ++replays;
        return StoreWrapper::history(run);
    }
    Result<LatestRows> latest(RunKey run) override
    {
        ++replays;
        return StoreWrapper::latest(run);
    }

    int replays = 0;
};

/// A world whose scheduler remembers no instance beyond its turn.
struct ForgetfulWorld : EngineWorld {
    ForgetfulWorld()
        : EngineWorld(1, {.cachedInstances = 0})
    {
        scheduler = std::make_unique<Scheduler>(
            Scheduler::Parts{counting, expressions, clock, random, activities}, limits);
        invariant(bool(scheduler->recover()), "an empty store can be read");
    }

    CountingStore counting{memory};
};

Message purgeOf(const std::string &instance)
{
    return {{instance}, {}, PurgeInstance{"", {"rest", "test"}}};
}

} // namespace

/// Events that come again under their ids (semantics 2.5).
class DuplicatesTest : public QObject
{
    Q_OBJECT

private slots:
    void aFinishedInstanceAnswersWithoutItsHistory();
    void aDuplicateInTheSameTurnIsOne();
    void anInstanceThatIsStartedAgainKnowsNoIdOfBefore();
    void generationsCarryNoIdsAndKnowAllOfThem();
};

void DuplicatesTest::aFinishedInstanceAnswersWithoutItsHistory()
{
    ForgetfulWorld world;
    QVERIFY(world.deploy(waiting));
    const auto started = world.send(startOf("a", "Waiting"));
    QVERIFY(!world.send(eventFor("a", "Go", "1", "e-1"))->duplicate);
    QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
    const auto length = world.summary("a").length;
    world.counting.replays = 0;
    const auto answer = world.send(eventFor("a", "GO", "2", "e-1"));
    QVERIFY(answer);
    QVERIFY(answer->duplicate);
    QCOMPARE(answer->run, started->run);
    QCOMPARE(world.counting.replays, 0);
    QCOMPARE(world.summary("a").length, length);
    // Another name or id is no duplicate, and the instance is over.
    QCOMPARE(world.send(eventFor("a", "Other", "2", "e-1")).error().code, ErrorCode::Finished);
    QCOMPARE(world.send(eventFor("a", "Go", "2", "e-2")).error().code, ErrorCode::Finished);
}

void DuplicatesTest::aDuplicateInTheSameTurnIsOne()
{
    ForgetfulWorld world;
    QVERIFY(world.deploy(waiting));
    world.submit(startOf("a", "Waiting"));
    world.submit(eventFor("a", "Early", "1", "e-1"));
    world.submit(eventFor("a", "early", "1", "e-1"));
    world.submit(eventFor("a", "Go", "1", "e-1"));
    world.submit(eventFor("a", "Go", "1", "e-1"));
    QVERIFY(*world.scheduler->turn());
    QCOMPARE(world.answers.size(), std::size_t(5));
    std::vector<bool> duplicates;
    for (const auto &answer : world.answers)
        duplicates.push_back((*answer)->duplicate);
    QVERIFY((duplicates == std::vector{false, false, true, false, true}));
}

void DuplicatesTest::anInstanceThatIsStartedAgainKnowsNoIdOfBefore()
{
    ForgetfulWorld world;
    QVERIFY(world.deploy(waiting));
    const auto isNew = [&world](const char *id) {
        const auto answer = world.send(eventFor("a", "Go", "1", id));
        return answer && !answer->duplicate;
    };
    QVERIFY(world.send(startOf("a", "Waiting")) && isNew("e-1"));
    QVERIFY(world.send(startOf("a", "Waiting")) && isNew("e-1"));
    QVERIFY(world.send(purgeOf("a")));
    QVERIFY(world.send(startOf("a", "Waiting")) && isNew("e-1"));
    // All in one turn.
    world.answers.clear();
    world.submit(startOf("a", "Waiting"));
    world.submit(eventFor("a", "Go", "1", "e-1"));
    world.submit(purgeOf("a"));
    world.submit(startOf("a", "Waiting"));
    world.submit(eventFor("a", "Go", "1", "e-1"));
    world.submit(eventFor("a", "Go", "1", "e-1"));
    QVERIFY(*world.scheduler->turn());
    for (const auto &answer : world.answers)
        QVERIFY2(*answer, *answer ? "" : answer->error().message.c_str());
    QVERIFY(!(*world.answers[1])->duplicate);
    QVERIFY(!(*world.answers[4])->duplicate);
    QVERIFY((*world.answers[5])->duplicate);
    // And when that is on disk.
    QVERIFY(world.send(eventFor("a", "Go", "1", "e-1"))->duplicate);
}

void DuplicatesTest::generationsCarryNoIdsAndKnowAllOfThem()
{
    constexpr int many = 300;
    EngineWorld world;
    QVERIFY(world.deploy(again));
    QVERIFY(world.send(startOf("a", "Again")));
    for (int i = 0; i < many; ++i)
        QVERIFY(!world.send(eventFor("a", "Go", "1", "e-" + std::to_string(i)))->duplicate);
    QCOMPARE(world.summary("a").run.value, std::int64_t(many + 1));
    QVERIFY(world.rows("a").front().facts.size() <= 3);
    QVERIFY(world.restart());
    for (int i = 0; i < many; ++i)
        QVERIFY(world.send(eventFor("a", "Go", "1", "e-" + std::to_string(i)))->duplicate);
    QCOMPARE(world.summary("a").run.value, std::int64_t(many + 1));
}

QTEST_GUILESS_MAIN(DuplicatesTest)
#include "duplicates_test.moc"

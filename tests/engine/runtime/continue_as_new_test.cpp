#include "engine/runtime/instance_state.h"
#include "tests/support/engine_world.h"

#include <QTest>

#include <algorithm>

using namespace engine;
using namespace tests;

namespace {

const char *const counting = R"({ "signalbox": 1, "name": "Counting", "start": "enough", "steps": {
    "enough": { "kind": "choice", "cases": [ { "when": "=input === 0", "next": "done" } ],
        "otherwise": "again" },
    "again": { "kind": "continueAsNew", "input": "=input - 1" },
    "done": { "kind": "end", "output": "=instance.startedAt" } } })";
const char *const waiting = R"({ "signalbox": 1, "name": "Waiting", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "done" }, "done": { "kind": "end" } } })";

/// Forgets every run but the newest of each instance, as retention will: what grows then is ours.
class ForgetfulStore final : public StoreWrapper
{
public:
    using StoreWrapper::StoreWrapper;

    Result<void> commit(const Turn &turn) override
    {
        Turn lean = turn;
        for (InstanceCommit &commit : lean.instances) {
            if (commit.row.first == 1 && commit.replaces == RunKey())
                commit.replaces = std::get<ExecutionStarted>(commit.row.facts.front()).previous;
        }
        largestTurn = std::max(largestTurn, turn.instances.size());
        for (const InstanceCommit &commit : turn.instances)
            largestRow = std::max(largestRow, commit.row.facts.size());
        ++commits;
        return StoreWrapper::commit(lean);
    }

    std::size_t largestTurn = 0;
    std::size_t largestRow = 0;
    int commits = 0;
};

/// How many generations; more to measure by hand.
int generations()
{
    const int given = qEnvironmentVariableIntValue("SIGNALBOX_GENERATIONS");
    return given > 0 ? given : 20'000;
}

} // namespace

class ContinueAsNewTest : public QObject
{
    Q_OBJECT

private slots:
    void manyGenerationsGrowNothing();
    void othersAreDecidedBetweenTheGenerations();
    void observersSeeNoGenerationRest();
    void aRunThatIsNotCurrentHearsNothing();
    void everyGenerationCanBeReadAndNamesTheOneBefore();
};

void ContinueAsNewTest::manyGenerationsGrowNothing()
{
    EngineWorld world;
    ForgetfulStore lean(world.memory);
    world.scheduler = std::make_unique<Scheduler>(
        Scheduler::Parts{lean, world.expressions, world.clock, world.random, world.activities},
        world.limits);
    QVERIFY(world.scheduler->recover());
    QVERIFY(world.deploy(counting)->version == 1);
    world.submit(startOf("a", "Counting", std::to_string(generations())));
    while (world.scheduler->hasWork()) {
        QVERIFY(*world.scheduler->turn());
        world.activities.changes.clear();
        if (lean.commits % 1000 != 0)
            continue;
        const auto recovered = *world.memory.recover();
        QVERIFY(recovered.inbox.size() <= 1);
        QVERIFY(world.memory.history({recovered.lastRun.value - 1})->empty());
    }
    const InstanceSummary summary = world.summary("a");
    QCOMPARE(summary.status, InstanceStatus::Completed);
    QCOMPARE(summary.run.value, std::int64_t(generations() + 1));
    QCOMPARE(summary.output.text(), std::string("\"2026-01-01T00:00:00.000Z\""));
    QVERIFY(summary.length < 12);
    QVERIFY(lean.largestTurn <= 2);
    QVERIFY(lean.largestRow <= 8);
    // Each generation is a decision, a commit and a turn of its own.
    QVERIFY(lean.commits > generations());
}

void ContinueAsNewTest::othersAreDecidedBetweenTheGenerations()
{
    EngineWorld world;
    QVERIFY(world.deploy(counting)->version == 1);
    QVERIFY(world.deploy(waiting)->version == 1);
    QVERIFY(world.send(startOf("b", "Waiting")));
    world.submit(startOf("a", "Counting", "50"));
    QVERIFY(*world.scheduler->turn());
    QVERIFY(*world.scheduler->turn());
    const auto answer = world.submit(eventFor("b", "Go"));
    QVERIFY(*world.scheduler->turn());
    QVERIFY(world.answers[answer].has_value());
    QCOMPARE(world.summary("b").status, InstanceStatus::Completed);
    QCOMPARE(world.summary("a").status, InstanceStatus::Running);
    QVERIFY(world.settle());
    QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
}

void ContinueAsNewTest::observersSeeNoGenerationRest()
{
    EngineWorld world;
    QVERIFY(world.deploy(counting)->version == 1);
    QVERIFY(world.send(startOf("a", "Counting", "5")));
    const auto &changes = world.activities.changes;
    QVERIFY(changes.size() > 5);
    for (std::size_t i = 0; i + 1 < changes.size(); ++i)
        QCOMPARE(changes[i].summary.status, InstanceStatus::Running);
    QCOMPARE(changes.back().summary.status, InstanceStatus::Completed);
}

void ContinueAsNewTest::aRunThatIsNotCurrentHearsNothing()
{
    EngineWorld world;
    QVERIFY(world.deploy(R"({ "signalbox": 1, "name": "Case", "start": "wait", "steps": {
        "wait": { "kind": "wait", "event": "Go", "timeout": "PT1H", "next": "again",
            "onTimeout": "done" },
        "again": { "kind": "continueAsNew" }, "done": { "kind": "end" } } })")
                ->version == 1);
    QVERIFY(world.send(startOf("a", "Case")));
    QVERIFY(world.send(eventFor("a", "Go")));
    const auto dropped = world.scheduler->statistics().droppedMessages;
    // What an activity and a timer of the first run would bring; the numbers are those of facts that
    // the second run has too.
    const std::vector<HistoryRow> before = world.rows("a");
    QVERIFY(!world.send({{"a"}, {1}, ActivityFinished{3, 1, JsonText()}}));
    QVERIFY(!world.send({{"a"}, {1}, TimerDue{5}}));
    QVERIFY(!world.send({{"a"}, {1}, GoOn{}}));
    QVERIFY(!world.send({{"a"}, {1}, SubFlowFinished{3, JsonText()}}));
    QCOMPARE(world.scheduler->statistics().droppedMessages, dropped + 4);
    QVERIFY(world.rows("a") == before);
    QCOMPARE(world.summary("a").run.value, std::int64_t(2));
}

void ContinueAsNewTest::everyGenerationCanBeReadAndNamesTheOneBefore()
{
    EngineWorld world;
    QVERIFY(world.deploy(counting)->version == 1);
    QVERIFY(world.send(startOf("a", "Counting", "3")));
    for (std::int64_t run = 1; run <= 4; ++run) {
        const auto rows = *world.memory.history({run});
        const InstanceState state = replay(rows);
        QCOMPARE(state.previous.value, run - 1);
        QCOMPARE(state.instance.value, std::string("a"));
        QCOMPARE(state.input.text(), std::to_string(4 - run));
        const bool continued =
            std::holds_alternative<ExecutionContinuedAsNew>(rows.back().facts.back());
        QCOMPARE(continued, run < 4);
    }
}

QTEST_GUILESS_MAIN(ContinueAsNewTest)
#include "continue_as_new_test.moc"

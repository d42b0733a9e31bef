#include "engine/runtime/sub_flows.h"

#include "engine/base/json_scan.h"
#include "tests/support/engine_world.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <map>

using namespace engine;
using namespace tests;

namespace {

/// Calls itself as deep as its input says; the innermost waits.
const char *const deep = R"({ "signalbox": 1, "name": "Deep", "start": "more", "steps": {
    "more": { "kind": "choice", "cases": [ { "when": "=input > 0", "next": "inner" } ],
        "otherwise": "wait" },
    "inner": { "kind": "subFlow", "flow": "Deep", "input": "=input - 1", "next": "done" },
    "wait": { "kind": "wait", "anyOf": { "Go": "bottom", "Fail": "fail" } },
    "fail": { "kind": "fail", "type": "Sunk", "message": "too deep", "details": [[1]] },
    "bottom": { "kind": "end", "output": 0 },
    "done": { "kind": "end", "output": "=steps.inner + 1" } } })";

const char *const caller = R"({ "signalbox": 1, "name": "Caller", "start": "call", "steps": {
    "call": { "kind": "subFlow", "flow": "Callee", "input": 7, "next": "tell" },
    "tell": { "kind": "send", "instance": "other", "event": "Go", "data": "=steps.call",
        "next": "done" },
    "done": { "kind": "end", "output": "=steps.call" } } })";
const char *const callee = R"({ "signalbox": 1, "name": "Callee", "start": "pause", "steps": {
    "pause": { "kind": "timer", "after": "PT1M", "next": "done" },
    "done": { "kind": "end", "output": "=input" } } })";
const char *const other = R"({ "signalbox": 1, "name": "Other", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "again" },
    "again": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end" } } })";

std::vector<InstanceSummary> all(EngineWorld &world)
{
    return MemoryReader(world.memory).list({}, {}, 10'000)->instances;
}

int count(EngineWorld &world, InstanceStatus status)
{
    const auto found = all(world);
    return int(std::ranges::count(found, status, &InstanceSummary::status));
}

/// The instance that no other one waits for in vain: the innermost.
std::string innermost(EngineWorld &world)
{
    for (const InstanceSummary &summary : all(world)) {
        if (summary.standsAt.value == "wait")
            return summary.instance.value;
    }
    return {};
}

} // namespace

class SubFlowsTest : public QObject
{
    Q_OBJECT

private slots:
    void aThousandInsideOneAnotherGiveTheirResult();
    void aThousandInsideOneAnotherFailWithTheInnermostFault();
    void aThousandInsideOneAnotherAreTerminated();
    void aKillAnywhereStartsNoSecondInstanceAndSendsNoSecondEvent_data();
    void aKillAnywhereStartsNoSecondInstanceAndSendsNoSecondEvent();
    void anotherInstanceOfTheSameIdIsNotTerminated();
    void madeIdsAreOfTheUsualForm();
};

void SubFlowsTest::aThousandInsideOneAnotherGiveTheirResult()
{
    EngineWorld world;
    QVERIFY(world.deploy(deep)->version == 1);
    QVERIFY(world.send(startOf("top", "Deep", "1000")));
    QCOMPARE(int(all(world).size()), 1001);
    QCOMPARE(count(world, InstanceStatus::Running), 1001);
    QVERIFY(world.send(eventFor(innermost(world), "Go")));
    QCOMPARE(world.summary("top").output.text(), std::string("1000"));
    QCOMPARE(count(world, InstanceStatus::Completed), 1001);
}

void SubFlowsTest::aThousandInsideOneAnotherFailWithTheInnermostFault()
{
    EngineWorld world;
    QVERIFY(world.deploy(deep)->version == 1);
    QVERIFY(world.send(startOf("top", "Deep", "1000")));
    const std::string bottom = innermost(world);
    QVERIFY(world.send(eventFor(bottom, "Fail")));
    QCOMPARE(count(world, InstanceStatus::Failed), 1001);
    const auto rows = world.rows("top");
    const auto &failure = *std::get<ExecutionCompleted>(rows.back().facts.back()).failure;
    QCOMPARE(failure.type, std::string("SubFlowFailed"));
    QVERIFY(failure.message.find("'" + bottom + "'") != std::string::npos);
    QVERIFY(failure.message.find("Sunk: too deep") != std::string::npos);
    QVERIFY(!scanJson(failure.details.text(), JsonLimits().depth));
    QVERIFY(failure.details.text().size() < 100'000);
    QVERIFY(failure.details.tree()["error"]["type"] == "SubFlowFailed");
}

void SubFlowsTest::aThousandInsideOneAnotherAreTerminated()
{
    EngineWorld world;
    QVERIFY(world.deploy(deep)->version == 1);
    QVERIFY(world.send(startOf("top", "Deep", "1000")));
    QVERIFY(world.send(terminationOf("top", "enough")));
    QCOMPARE(count(world, InstanceStatus::Terminated), 1001);
    QVERIFY(world.memory.recover()->inbox.empty());
}

void SubFlowsTest::aKillAnywhereStartsNoSecondInstanceAndSendsNoSecondEvent_data()
{
    QTest::addColumn<int>("commit");
    QTest::addColumn<bool>("after");
    for (int commit = 0; commit < 5; ++commit) {
        for (const bool after : {false, true})
            QTest::addRow("%s commit %d", after ? "after" : "before", commit) << commit << after;
    }
}

void SubFlowsTest::aKillAnywhereStartsNoSecondInstanceAndSendsNoSecondEvent()
{
    QFETCH(const int, commit);
    QFETCH(const bool, after);
    EngineWorld world;
    for (const char *flow : {caller, callee, other})
        QVERIFY(world.deploy(flow)->version == 1);
    QVERIFY(world.send(startOf("other", "Other")));

    const auto kill = after ? FaultyStore::Kill::After : FaultyStore::Kill::Before;
    int commits = 0;
    const auto settle = [&] {
        while (world.scheduler->hasWork()) {
            if (commits++ == commit)
                world.store.killNextCommit(kill);
            if (!world.scheduler->turn())
                QVERIFY(world.restart());
        }
    };
    world.submit(startOf("caller", "Caller"));
    settle();
    if (world.summary("caller").run == RunKey()) { // killed before anybody heard of it
        world.submit(startOf("caller", "Caller"));
        settle();
    }
    world.clock.advance(std::chrono::minutes(2));
    settle();

    QVERIFY2(commits > commit, "the kill never came: this proves nothing");
    QCOMPARE(world.summary("caller").status, InstanceStatus::Completed);
    QCOMPARE(world.summary("caller").output.text(), std::string("7"));
    QCOMPARE(int(all(world).size()), 3);
    int raised = 0;
    for (const HistoryRow &row : world.rows("other")) {
        for (const Fact &fact : row.facts)
            raised += std::holds_alternative<EventRaised>(fact) ? 1 : 0;
    }
    QCOMPARE(raised, 1);
    QCOMPARE(world.summary("other").standsAt.value, std::string("again"));
}

void SubFlowsTest::anotherInstanceOfTheSameIdIsNotTerminated()
{
    EngineWorld world;
    QVERIFY(world.deploy(other)->version == 1);
    QVERIFY(world.send(startOf("other", "Other")));
    Message message = terminationOf("other", "meant for a sub-flow");
    std::get<TerminateInstance>(message.body).parent = Parent{{"caller"}, {9}, 3};
    QVERIFY(world.send(message));
    QCOMPARE(world.summary("other").status, InstanceStatus::Running);
}

void SubFlowsTest::madeIdsAreOfTheUsualForm()
{
    const Instant now{Milliseconds{0x19b76da8000}};
    QCOMPARE(subFlowId({1}, 3, now).value, std::string("019b76da800000000000000100000003"));
    QVERIFY(subFlowId({1}, 3, now) != subFlowId({3}, 1, now));
    QVERIFY(subFlowId({1}, 3, now) < subFlowId({1}, 3, now + Milliseconds(1)));
}

QTEST_GUILESS_MAIN(SubFlowsTest)
#include "sub_flows_test.moc"

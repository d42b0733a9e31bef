#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using namespace tests;

namespace {

const std::string waiting = R"({
  "signalbox": 1, "name": "Waiting", "start": "w",
  "steps": {
    "w": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end" }
  }
})";

const std::string calling = R"({
  "signalbox": 1, "name": "Calling", "start": "call",
  "steps": {
    "call": { "kind": "activity", "activity": "http", "with": { "url": "=input" }, "next": "done" },
    "done": { "kind": "end" }
  }
})";

const Source operatorOfTheShop{"rest", "shop"};

const std::string asking = R"({
  "signalbox": 1, "name": "Asking", "start": "ask",
  "steps": {
    "ask": { "kind": "approval", "title": "Fine?", "assignees": [ "mara", "lee" ],
             "outcomes": { "go": { "kind": "positive", "next": "done" } } },
    "done": { "kind": "end" }
  }
})";

/// A world with an instance `a` that waits.
struct World : EngineWorld {
    World()
    {
        invariant(deploy(waiting) && send(startOf("a", "Waiting")), "the flow is right");
        skip();
    }

    Result<Accepted> order(decltype(Message::body) body, const std::string &instance = "a")
    {
        return send({{instance}, {}, std::move(body)});
    }
    /// What was written since it was asked last, oldest first.
    std::vector<AuditEntry> written()
    {
        auto entries = MemoryReader(memory).audit({}, {}, 1000)->entries;
        std::erase_if(entries, [this](const AuditEntry &entry) { return entry.id <= m_seen; });
        std::ranges::reverse(entries);
        m_seen = entries.empty() ? m_seen : entries.back().id;
        return entries;
    }
    void skip() { written(); }

private:
    std::int64_t m_seen = 0;
};

std::string lineOf(const AuditEntry &entry)
{
    return entry.operation + "|" + entry.instance.value + "|" + std::to_string(entry.run.value) +
           "|" + entry.flow.value + "|" + entry.about + "|" + entry.before.text() + "|" +
           entry.after.text() + "|" + entry.reason;
}

} // namespace

/// Who did what when, on what, and why (semantics 9.7).
class AuditTest : public QObject
{
    Q_OBJECT

private slots:
    void everyOperationOnAnInstanceIsWritten();
    void reassigningATaskIsWritten();
    void whatIsRefusedIsNotWritten();
    void anOperationAndItsEntryAreOneCommit();
    void undeliveredEventsLeaveTheirTrace();
    void whatIsDoneToEventsKeptUnderKeysIsWritten();
    void deployingIsWrittenOnce();
    void aRestartNamesWhoWasStarted();
    void parentsThatTerminateTheirSubFlowsAreNoOperators();
};

void AuditTest::everyOperationOnAnInstanceIsWritten()
{
    World world;
    QVERIFY(world.order(SuspendInstance{"a look", operatorOfTheShop}));
    QVERIFY(world.send(eventFor("a", "Other")));
    QVERIFY(world.send(eventFor("a", "Else")));
    QVERIFY(world.order(ResumeInstance{"seen", operatorOfTheShop}));
    QVERIFY(world.send(startOf("b", "Waiting")));
    QVERIFY(world.order(DeleteKeptEvent{5, "twice", operatorOfTheShop}));
    QVERIFY(world.order(HandOnEvent{6, {"b"}, "his", operatorOfTheShop}));
    QVERIFY(world.order(TerminateInstance{"enough", operatorOfTheShop}));
    const auto entries = world.written();
    const std::vector<std::string> expected{
        R"(suspend|a|1|Waiting||{"status":"Running"}|{"status":"Suspended"}|a look)",
        R"(resume|a|1|Waiting||{"status":"Suspended"}|{"status":"Running"}|seen)",
        R"(deleteKept|a|1|Waiting|event/5|{"name":"Other"}|null|twice)",
        R"(handOn|a|1|Waiting|event/6|{"name":"Else"}|{"instance":"b"}|his)",
        R"(terminate|a|1|Waiting||{"status":"Running"}|{"status":"Terminated"}|enough)"};
    QCOMPARE(entries.size(), expected.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QCOMPARE(lineOf(entries[i]), expected[i]);
        QVERIFY(entries[i].source == operatorOfTheShop);
        QVERIFY(entries[i].at == world.clock.now());
    }
}

void AuditTest::reassigningATaskIsWritten()
{
    World world;
    QVERIFY(world.deploy(asking) && world.send(startOf("c", "Asking")));
    const auto reassign = [](std::vector<std::string> to) {
        return ReassignTask{3, "lee", std::move(to), "away", operatorOfTheShop};
    };
    QVERIFY(!world.order(reassign({""}), "c"));
    world.skip();
    QVERIFY(world.order(reassign({"kim"}), "c"));
    const auto entries = world.written();
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(lineOf(entries[0]),
        std::string(R"(reassign|c|2|Asking|task/3|{"assignees":["mara","lee"]}|)"
                    R"({"assignees":["mara","kim"]}|away)"));
    QVERIFY(entries[0].source == operatorOfTheShop);
}

void AuditTest::whatIsRefusedIsNotWritten()
{
    World world;
    QVERIFY(!world.order(ResumeInstance{"", operatorOfTheShop}));
    QVERIFY(!world.order(DeleteKeptEvent{77, "", operatorOfTheShop}));
    QVERIFY(!world.order(RetryInstance{operatorOfTheShop, ""}));
    QVERIFY(!world.order(SuspendInstance{"", operatorOfTheShop}, "nobody"));
    QVERIFY(!world.order(RestartInstance{{"a"}, "", operatorOfTheShop}));
    QVERIFY(world.order(TerminateInstance{"", operatorOfTheShop}));
    world.skip();
    QVERIFY(!world.order(TerminateInstance{"", operatorOfTheShop}));
    QVERIFY(world.written().empty());
}

void AuditTest::anOperationAndItsEntryAreOneCommit()
{
    World world;
    std::vector<std::size_t> facts;
    world.store.committed = [&facts](const Turn &turn) {
        if (!turn.audit.empty())
            facts.push_back(turn.instances.at(0).row.facts.size());
    };
    QVERIFY(world.order(SuspendInstance{"", operatorOfTheShop}));
    QCOMPARE(facts, std::vector<std::size_t>{1});
}

void AuditTest::undeliveredEventsLeaveTheirTrace()
{
    World world;
    QVERIFY(!world.send(eventFor("nobody", "Go")));
    QVERIFY(!world.send(eventFor("nobody", "Gone")));
    QVERIFY(world.order(ReplayUndelivered{1, operatorOfTheShop}));
    QVERIFY(world.order(DeleteUndelivered{2, operatorOfTheShop}, ""));
    QVERIFY(!world.order(DeleteUndelivered{2, operatorOfTheShop}, ""));
    QVERIFY(!world.order(ReplayUndelivered{1, operatorOfTheShop}));
    const auto entries = world.written();
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(lineOf(entries[0]),
        std::string("replayUndelivered|a|1|Waiting|undelivered/1|"
                    R"({"instance":"nobody","name":"Go","reason":"unknown instance"}|null|)"));
    QCOMPARE(lineOf(entries[1]),
        std::string("deleteUndelivered|nobody|0||undelivered/2|"
                    R"({"instance":"nobody","name":"Gone","reason":"unknown instance"}|null|)"));
}

void AuditTest::whatIsDoneToEventsKeptUnderKeysIsWritten()
{
    World world;
    QVERIFY(world.deploy(R"({ "signalbox": 1, "name": "Payment", "start": "end", "events": {
        "Paid": { "correlate": { "event": "=event", "instance": "=input" } } }, "steps": {
        "end": { "kind": "end" } } })"));
    for (const char *key : {"7", "8"})
        QVERIFY(world.send({{}, {}, RaiseCorrelated{"Paid", JsonText::trusted(key), {}, {}, {}}}));
    QVERIFY(world.order(DeleteKeptEvent{1, "wrong", operatorOfTheShop}, ""));
    QVERIFY(!world.order(DeleteKeptEvent{1, "wrong", operatorOfTheShop}, ""));
    QVERIFY(world.order(HandOnEvent{2, {"a"}, "his", operatorOfTheShop}, ""));
    auto entries = world.written();
    std::erase_if(entries, [](const AuditEntry &entry) { return entry.operation == "deploy"; });
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(lineOf(entries[0]),
        std::string(R"(deleteKept||0||kept/1|{"name":"Paid","key":"7"}|null|wrong)"));
    QCOMPARE(lineOf(entries[1]), std::string(R"(handOn|a|1|Waiting|kept/2|)"
                                             R"({"name":"Paid","key":"8"}|{"instance":"a"}|his)"));
}

void AuditTest::deployingIsWrittenOnce()
{
    EngineWorld world;
    const auto deploy = [&world](bool grant) {
        world.scheduler->deploy(calling, grant, {}, {"window", "mara"});
        QVERIFY(world.settle());
    };
    deploy(false);
    deploy(false);
    deploy(true);
    deploy(true);
    const auto entries = MemoryReader(world.memory).audit({}, {}, 10)->entries;
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(lineOf(entries[1]), std::string(R"(deploy||0|Calling|version/1|null|{"version":1}|)"));
    QCOMPARE(lineOf(entries[0]),
        std::string(R"(grant||0|Calling||null|["http *"]|)"));
    QVERIFY(entries[0].source == (Source{"window", "mara"}));
}

void AuditTest::aRestartNamesWhoWasStarted()
{
    World world;
    const auto started = world.order(RestartInstance{{}, "again", operatorOfTheShop});
    QVERIFY(started && started->instance.value.size() == 32);
    const auto entries = world.written();
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(lineOf(entries[0]),
        R"(restart|a|1|Waiting||{"status":"Running"}|{"instance":)" +
            JsonText::ofString(started->instance.value).text() + R"(,"run":2}|again)");
}

void AuditTest::parentsThatTerminateTheirSubFlowsAreNoOperators()
{
    World world;
    QVERIFY(world.deploy(R"({
      "signalbox": 1, "name": "Parent", "start": "sub",
      "steps": {
        "sub": { "kind": "subFlow", "flow": "Waiting", "id": "child", "next": "done" },
        "done": { "kind": "end" }
      }
    })"));
    QVERIFY(world.send(startOf("p", "Parent")));
    world.skip();
    QVERIFY(world.order(TerminateInstance{"enough", operatorOfTheShop}, "p"));
    QVERIFY(world.summary("child").status == InstanceStatus::Terminated);
    const auto entries = world.written();
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].instance.value, std::string("p"));
}

QTEST_GUILESS_MAIN(AuditTest)
#include "audit_test.moc"

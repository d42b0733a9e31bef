#include "engine/runtime/explain.h"

#include "engine/model/flow_reader.h"
#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using namespace tests;

namespace {

const std::string flow = R"({
  "signalbox": 1, "name": "Order", "start": "pay",
  "steps": {
    "pay": { "kind": "wait", "event": "Paid", "where": "=event.buyer.name === 'Ada'", "next": "ship" },
    "ship": { "kind": "wait", "anyOf": { "Shipped": "done", "Lost": "done" } },
    "done": { "kind": "end" }
  }
})";

/// An instance `a` of the flow.
struct Order : EngineWorld {
    explicit Order(std::string file = flow)
        : text(std::move(file))
    {
        invariant(deploy(text) && send(startOf("a", "Order")), "the flow is right");
    }

    void raise(const std::string &name, const std::string &payload, std::optional<std::string> branch = {})
    {
        Message message = eventFor("a", name, payload);
        if (branch)
            std::get<RaiseEvent>(message.body).branch = BranchPath{*branch};
        invariant(bool(send(std::move(message))), "the event is accepted");
    }

    template<typename Body>
    void order(Body body)
    {
        invariant(bool(send({{"a"}, {}, std::move(body)})), "the order is accepted");
    }

    std::string text;

    std::vector<EventVerdict> explained(const ExplainWish &wish = {})
    {
        std::vector<HistoryEvent> history;
        for (const HistoryRow &row : rows("a")) {
            for (HistoryEvent &event : eventsOf(row))
                history.push_back(std::move(event));
        }
        return *explain(history, wish, readFlow(text)->flow);
    }
};

bool says(const std::string &why, const char *words)
{
    return why.find(words) != std::string::npos;
}

} // namespace

/// Why an event did or did not match (semantics 2.9).
class ExplainTest : public QObject
{
    Q_OBJECT

private slots:
    void eachKeptEventAndEachOpenWaitSaysWhy();
    void whatIsNotKeptSaysWhatBecameOfIt();
    void aNameIsExplainedBeforeItComes();
    void whatIsSuspendedIsOfferedLater();
    void anEndLeavesWhatNobodyAskedFor();
    void whatARewindGaveBackIsKept();
    void whereIsNotAskedAgain();
    void aTaskSaysWhyAnEventIsNoAnswer();
    void whatInterruptsSaysWhatItInterruptedOrWhyNot();
    void aDamagedHistoryIsAnError();
};

void ExplainTest::eachKeptEventAndEachOpenWaitSaysWhy()
{
    Order order;
    order.raise("Shipped", "1");
    order.raise("paid", R"({"buyer":{"name":"Bob"}})");
    order.raise("Paid", "{}");
    order.raise("Paid", R"({"buyer":{"name":"Ada"}})", "elsewhere/x");
    const auto events = order.explained();
    QCOMPARE(events.size(), std::size_t(4));
    const std::vector<const char *> why{"waits for 'Paid'", "'where' was not true",
        "could not be evaluated: step 'pay', 'where'", "for branch 'elsewhere/x'"};
    for (std::size_t i = 0; i < events.size(); ++i) {
        QVERIFY(events[i].kept && says(events[i].why, "no open wait takes it"));
        QCOMPARE(events[i].waits.size(), std::size_t(1));
        QCOMPARE(events[i].waits[0].step.value, std::string("pay"));
        QCOMPARE(events[i].waits[0].wait, Sequence(3));
        QVERIFY(!events[i].waits[0].matches);
        QVERIFY2(says(events[i].waits[0].why, why[i]), events[i].waits[0].why.c_str());
    }
    QCOMPARE(events[1].name, std::string("paid"));
    QCOMPARE(order.explained({"", events[2].event}), std::vector{events[2]});
}

void ExplainTest::whatIsNotKeptSaysWhatBecameOfIt()
{
    Order order;
    invariant(bool(order.send(startOf("b", "Order"))), "there is another order");
    order.raise("X", "1");
    order.raise("X", "2");
    order.raise("Paid", R"({"buyer":{"name":"Ada"}})");
    order.order(DeleteKeptEvent{4, "sent twice", {"rest", "ops"}});
    order.order(HandOnEvent{5, {"b"}, "", {"window", ""}});
    QVERIFY(order.explained().empty());
    const auto deleted = order.explained({"", 4});
    QCOMPARE(deleted.size(), std::size_t(1));
    QCOMPARE(deleted[0].why, std::string("it was deleted by ops: sent twice"));
    QCOMPARE(order.explained({"", 5})[0].why,
        std::string("it was handed on to instance 'b' by window"));
    const auto paid = order.explained({"PAID", 0});
    QCOMPARE(paid.size(), std::size_t(2));
    QCOMPARE(paid[0].why, std::string("step 'pay' took it (wait 3)"));
    QVERIFY(!paid[0].kept && paid[0].waits.empty());
    QCOMPARE(paid[1].event, Sequence(0));
}

void ExplainTest::aNameIsExplainedBeforeItComes()
{
    Order order;
    const auto paid = order.explained({"Paid", 0});
    QCOMPARE(paid.size(), std::size_t(1));
    QVERIFY(paid[0].waits[0].matches && says(paid[0].waits[0].why, "'where'"));
    QVERIFY(says(paid[0].why, "would be offered"));
    const auto other = order.explained({"Payd", 0});
    QVERIFY(!other[0].waits[0].matches && says(other[0].why, "kept until one opens"));
}

void ExplainTest::whatIsSuspendedIsOfferedLater()
{
    Order order;
    order.raise("Paid", "{}");
    order.order(SuspendInstance{"audit", {}});
    order.raise("Paid", R"({"buyer":{"name":"Ada"}})");
    const auto events = order.explained();
    QCOMPARE(events.size(), std::size_t(2));
    QVERIFY(!events[0].waits[0].matches && says(events[0].waits[0].why, "could not be evaluated"));
    QVERIFY(events[1].waits[0].matches && says(events[1].why, "suspended"));
    QVERIFY(says(order.explained({"Paid", 0}).back().why, "suspended"));
}

void ExplainTest::anEndLeavesWhatNobodyAskedFor()
{
    Order order;
    order.raise("X", "1");
    invariant(bool(order.send(terminationOf("a", "enough"))), "it is terminated");
    QCOMPARE(order.explained({"X", 0})[0].why,
        std::string("the instance ended before a step asked for it"));
    QVERIFY(says(order.explained({"X", 0})[1].why, "the instance is over"));
}

/// Taken before noon, and given back when it is too late for the wait.
void ExplainTest::whatARewindGaveBackIsKept()
{
    Order order(R"({
      "signalbox": 1, "name": "Order", "start": "pay",
      "steps": {
        "pay": { "kind": "wait", "allOf": ["Paid", "Shipped"], "timeout": "PT12H", "next": "done",
                 "where": "=new Date('2026-01-01T12:00:00Z') > new Date" },
        "done": { "kind": "end" }
      }
    })");
    order.raise("Paid", "1");
    QVERIFY(!order.explained({"Paid", 0})[0].kept);
    order.advance(std::chrono::hours(12));
    QCOMPARE(order.summary("a").status, InstanceStatus::Failed);
    order.order(RewindInstance{"", {}, {}, {}});
    const auto paid = order.explained();
    QCOMPARE(paid.size(), std::size_t(1));
    QVERIFY(paid[0].kept && says(paid[0].why, "no open wait takes it"));
    QVERIFY(says(paid[0].waits.at(0).why, "'where' was not true"));
}

void ExplainTest::whereIsNotAskedAgain()
{
    // Whatever the flow would say today: the verdict comes from the facts.
    Order order;
    order.raise("Paid", "{}");
    order.raise("Paid", "{}");
    int failures = 0;
    for (const HistoryRow &row : order.rows("a")) {
        for (const Fact &fact : row.facts)
            failures += std::holds_alternative<WhereFailed>(fact) ? 1 : 0;
    }
    QCOMPARE(failures, 2);
    const auto before = order.rows("a").size();
    order.explained();
    QCOMPARE(order.rows("a").size(), before);
}

void ExplainTest::aTaskSaysWhyAnEventIsNoAnswer()
{
    Order order(R"({ "signalbox": 1, "name": "Order", "start": "go", "steps": {
        "go": { "kind": "wait", "event": "Go", "next": "ask" },
        "ask": { "kind": "approval", "policy": "everyone", "assignees": ["ann", "bob"], "outcomes": {
            "yes": { "kind": "positive", "next": "done" } } },
        "done": { "kind": "end" } } })");
    order.raise("Approval", R"("perhaps")");
    order.raise("Approval", R"({"outcome":"yes","by":"zoe"})");
    order.raise("Approval", R"({"outcome":"yes","by":"ann"})");
    order.raise("Go", "null");
    const auto verdicts = order.explained();
    QCOMPARE(verdicts.size(), std::size_t(2));
    QVERIFY2(says(verdicts[0].waits.at(0).why, "perhaps"), verdicts[0].waits[0].why.c_str());
    QVERIFY2(says(verdicts[1].waits.at(0).why, "zoe is not asked"), verdicts[1].waits[0].why.c_str());
    const auto taken = order.explained({"Approval", 0});
    QVERIFY2(says(taken.at(2).why, "as an answer of ann"), taken[2].why.c_str());
}

void ExplainTest::whatInterruptsSaysWhatItInterruptedOrWhyNot()
{
    const std::string halting = R"({
  "signalbox": 1, "name": "Order", "start": "first",
  "interrupts": { "Stop": { "next": "hold" }, "Once": { "next": "hold", "mode": "drop" } },
  "steps": {
    "first": { "kind": "wait", "event": "Paid", "next": "both" },
    "both": { "kind": "parallel", "branches": ["ship"], "join": "met",
      "interrupts": { "Pack": { "next": "again", "blocking": false, "mode": "latest" } } },
    "ship": { "kind": "wait", "event": "Shipped", "next": "met" },
    "met": { "kind": "join", "next": "done" },
    "done": { "kind": "end" },
    "hold": { "kind": "wait", "event": "Go", "next": "back" },
    "back": { "kind": "resume" },
    "again": { "kind": "wait", "event": "Packed", "next": "more" },
    "more": { "kind": "resume" }
  }
})";
    struct Halting : Order {
        Flow halted;
        std::vector<EventVerdict> all(const ExplainWish &wish = {})
        {
            std::vector<HistoryEvent> history;
            for (const HistoryRow &row : rows("b")) {
                for (HistoryEvent &event : eventsOf(row))
                    history.push_back(std::move(event));
            }
            return *explain(history, wish, halted);
        }
        std::string why(const char *name) { return all({name, 0}).front().why; }
        void come(const char *name, std::optional<std::string> branch = {})
        {
            Message message = eventFor("b", name, "1");
            if (branch)
                std::get<RaiseEvent>(message.body).branch = BranchPath{*branch};
            invariant(bool(send(std::move(message))), "the event is accepted");
        }
    } order;
    invariant(order.deploy(halting) && order.send(startOf("b", "Order")), "the flow is right");
    order.halted = readFlow(halting)->flow;

    QVERIFY(says(order.why("Stop"), "would interrupt the instance: its handler would begin at step 'hold'"));
    QVERIFY(says(order.why("Pack"), "branches that do not run now"));
    order.come("Pack");
    QVERIFY(says(order.why("Pack"), "the branches of step 'both'; it is kept until they run"));
    order.come("Stop");
    QVERIFY(says(order.why("Stop"), "it interrupted the instance (branch '!Stop/1')"));
    order.come("Once");
    QVERIFY(says(order.why("Once"), "waits its turn: the handler at branch '!Stop/1' runs"));
    order.come("Once");
    QVERIFY(says(order.all({"Once", 0})[1].why, "one of its name was being handled or waited"));
    order.come("Paid");
    const auto paid = order.all({"Paid", 0}).front();
    QVERIFY(paid.kept && paid.waits.front().matches);
    QVERIFY(says(paid.waits.front().why, "when the handler of 'Stop' is done"));
    order.come("Go");
    order.come("Go");
    QVERIFY(says(order.why("Pack"), "it began a handler beside the branches of step 'both'"));
    order.come("Pack");
    order.come("Pack", "both/ship");
    order.come("Pack", "both/lost");
    order.come("Pack");
    const auto packs = order.all({"Pack", 0});
    QVERIFY(says(packs[1].why, "it was dropped for event"));
    QVERIFY(says(packs[2].why, "beside branch 'both/ship'"));
    QVERIFY(says(packs[3].why, "it interrupts branch 'both/lost' alone"));
    QVERIFY(says(packs[4].why, "waits its turn"));
    QVERIFY(says(packs[5].why, "one runs at a time (latest)"));
}

void ExplainTest::aDamagedHistoryIsAnError()
{
    const std::vector<HistoryEvent> history{{1, {}, TimerFired{7}}};
    const auto explained = explain(history, {}, {});
    QVERIFY(!explained);
    QCOMPARE(explained.error().code, ErrorCode::Damaged);
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "explain_test.moc"

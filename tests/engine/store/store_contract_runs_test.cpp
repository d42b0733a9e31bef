#include "tests/engine/store/store_contract.h"
#include "tests/support/random_facts.h"

using namespace engine;
using namespace tests;

/// What a store owes the runs: rows, summaries, who replaces whom.
class StoreContractRunsTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void aNewStoreIsEmpty_data() { stores(); }
    void aNewStoreIsEmpty();
    void rowsReadAsTheyWereCommitted_data() { stores(); }
    void rowsReadAsTheyWereCommitted();
    void severalRowsOfOneRunFitInOneTurn_data() { stores(); }
    void severalRowsOfOneRunFitInOneTurn();
    void aRowThatDoesNotFollowRefusesTheWholeTurn_data() { stores(); }
    void aRowThatDoesNotFollowRefusesTheWholeTurn();
    void theSummaryIsTheOneOfTheLastRow_data() { stores(); }
    void theSummaryIsTheOneOfTheLastRow();
    void aNewRunReplacesAFinishedOne_data() { stores(); }
    void aNewRunReplacesAFinishedOne();
    void aRunCanEndAndBeReplacedInOneTurn_data() { stores(); }
    void aRunCanEndAndBeReplacedInOneTurn();
    void aRunKeyIsRememberedThoughItsRowsAreGone_data() { stores(); }
    void aRunKeyIsRememberedThoughItsRowsAreGone();
    void aRunSaysWhoseItIs_data() { stores(); }
    void aRunSaysWhoseItIs();
    void aMarkIsSetAsideUntilTheNextRow_data() { stores(); }
    void aMarkIsSetAsideUntilTheNextRow();
    void aRunThatContinuesAsNewIsKept_data() { stores(); }
    void aRunThatContinuesAsNewIsKept();
    void aPurgedRunLeavesNothingButItsAudit_data() { stores(); }
    void aPurgedRunLeavesNothingButItsAudit();
    void aRunIsReplayedFromItsLastSnapshot_data() { stores(); }
    void aRunIsReplayedFromItsLastSnapshot();
};

void StoreContractRunsTest::aNewStoreIsEmpty()
{
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.flows.empty() && recovered.grants.empty() && recovered.inbox.empty());
    QVERIFY(recovered.timers.empty() && recovered.work.empty());
    QCOMPARE(recovered.lastRun.value, 0);
    QCOMPARE(recovered.lastMessage, 0);
    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(!valueOf(store().find({"order-1"})));
    QVERIFY(!valueOf(reader().find({"order-1"})));
    QVERIFY(valueOf(reader().list({}, {}, 10)).instances.empty());
    QVERIFY(valueOf(reader().history({1}, 1, 10)).events.empty());
    QVERIFY(valueOf(reader().counts()).empty());
    QVERIFY(valueOf(reader().flows()).empty());
    QVERIFY(valueOf(reader().undelivered(10)).empty());
}

void StoreContractRunsTest::rowsReadAsTheyWereCommitted()
{
    RandomFacts random(7);
    for (std::int64_t run = 1; run <= 50; ++run) {
        auto commit1 = started(run, "order-" + std::to_string(run));
        auto commit2 = followed(commit1, random.facts(8));
        commit1.summary.customStatus = random.json();
        commit(store(), turnOf({commit1}));
        commit(store(), turnOf({commit2}));
        QVERIFY(valueOf(store().history({run})) == std::vector({commit1.row, commit2.row}));
    }
    QVERIFY(valueOf(store().history({51})).empty());
}

void StoreContractRunsTest::severalRowsOfOneRunFitInOneTurn()
{
    const auto one = started(1, "order-1");
    const auto two =
        followed(one, {StepEntered{{}, {"ship"}}, TaskScheduled{{}, {"ship"}, "log", {}}});
    const auto three = followed(two, {TaskCompleted{3, 1, {}}});
    const auto other = started(2, "order-2");
    commit(store(), turnOf({one, two, other, three}));
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row, two.row, three.row}));
    QVERIFY(valueOf(store().history({2})) == std::vector({other.row}));
    QVERIFY(valueOf(store().find({"order-1"})) == three.summary);
}

void StoreContractRunsTest::aRowThatDoesNotFollowRefusesTheWholeTurn()
{
    const auto one = started(1, "order-1");
    commit(store(), turnOf({one}));
    const auto two = followed(one, {StepEntered{{}, {"ship"}}});
    const auto three = followed(two, {StepEntered{{}, {"done"}}});
    const auto fresh = started(2, "order-2");
    auto empty = followed(one, {});
    auto foreign = two;
    foreign.summary.run = {9};
    auto tooLong = two;
    tooLong.summary.length += 1;
    for (const auto &wrong :
        {one, three, empty, foreign, tooLong, followed(fresh, {TimerFired{1}})}) {
        Turn turn = turnOf({fresh, wrong});
        if (wrong.row.run == fresh.row.run)
            turn.instances = {wrong};
        turn.sent = {{1, {{"order-1"}, {1}, GoOn{}}}};
        turn.flows = {{{"Order"}, 1, at(0), "{}"}};
        turn.undelivered = {{0, {"x"}, {"Paid", {}, {}, {}, {}}, "unknown instance", at(0)}};
        const auto refused = store().commit(turn);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QVERIFY(refused.error().message.find("run ") != std::string::npos);
    }
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row}));
    QVERIFY(valueOf(store().history({2})).empty());
    QVERIFY(!valueOf(store().find({"order-2"})));
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.inbox.empty() && recovered.flows.empty());
    QCOMPARE(recovered.lastRun.value, 1);
    QVERIFY(valueOf(reader().undelivered(9)).empty());
    QCOMPARE(valueOf(reader().counts()).front().running, 1);
    commit(store(), turnOf({two, three}));
}

void StoreContractRunsTest::theSummaryIsTheOneOfTheLastRow()
{
    auto commit1 = started(1, "order-1");
    commit1.summary.waiting = true;
    commit1.summary.standsUntil = at(90'000);
    commit(store(), turnOf({commit1}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit1.summary);
    QVERIFY(valueOf(reader().find({"order-1"})) == commit1.summary);

    const auto status = JsonText::trusted(R"({"stage":"Shipped"})");
    auto commit2 = followed(commit1, {CustomStatusSet{status}}, InstanceStatus::Suspended);
    commit2.summary.customStatus = status;
    commit2.summary.standsUntil.reset();
    commit2.summary.standsOn = "ship";
    commit2.summary.standsAt = {"ship"};
    commit2.summary.standsSince = at(5'000);
    commit(store(), turnOf({commit2}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit2.summary);

    const Failure failure{"PaymentDown", "no answer", {}, true};
    auto commit3 = followed(commit2, {ExecutionCompleted{{}, failure}}, InstanceStatus::Failed);
    commit3.summary.output = JsonText::ofString("no answer");
    commit3.summary.errorType = "PaymentDown";
    commit(store(), turnOf({commit3}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit3.summary);
    QVERIFY(valueOf(reader().find({"order-1"})) == commit3.summary);
    QVERIFY(valueOf(reader().list({}, {}, 10)).instances == std::vector({commit3.summary}));
}

void StoreContractRunsTest::aNewRunReplacesAFinishedOne()
{
    const auto old = started(1, "order-1");
    commit(store(), turnOf({old, completed(old)}));
    auto fresh = started(2, "order-1");
    fresh.replaces = {1};
    commit(store(), turnOf({fresh}));
    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(valueOf(store().find({"order-1"})) == fresh.summary);
    QCOMPARE(listed(reader(), {}), Ids{"order-1"});
    QCOMPARE(valueOf(reader().counts()).front().completed, 0);
    QCOMPARE(valueOf(reader().counts()).front().running, 1);
}

void StoreContractRunsTest::aRunCanEndAndBeReplacedInOneTurn()
{
    const auto old = started(1, "order-1");
    auto fresh = started(2, "order-1");
    fresh.replaces = {1};
    commit(store(), turnOf({old, completed(old), fresh, followed(fresh, {TimerFired{1}})}));
    QVERIFY(valueOf(store().history({1})).empty());
    QCOMPARE(valueOf(store().history({2})).size(), 2U);
    QCOMPARE(valueOf(reader().find({"order-1"}))->run.value, 2);
}

void StoreContractRunsTest::aRunKeyIsRememberedThoughItsRowsAreGone()
{
    const auto old = started(9, "order-1");
    commit(store(), turnOf({old, completed(old)}));
    auto lower = started(8, "order-1");
    lower.replaces = {9};
    commit(store(), turnOf({lower}));
    QCOMPARE(valueOf(store().recover()).lastRun.value, 9);
}

void StoreContractRunsTest::aRunSaysWhoseItIs()
{
    const auto first = completed(started(1, "order-1"));
    commit(store(), turnOf({started(1, "order-1"), first, started(2, "order-2")}));
    QVERIFY(valueOf(store().instanceOf({1})) == InstanceId{"order-1"});
    QVERIFY(valueOf(store().instanceOf({2})) == InstanceId{"order-2"});
    QVERIFY(!valueOf(store().instanceOf({3})));
    auto again = started(3, "order-1");
    again.replaces = {1};
    commit(store(), turnOf({again}));
    QVERIFY(!valueOf(store().instanceOf({1})));
    QVERIFY(valueOf(store().instanceOf({3})) == InstanceId{"order-1"});
}

void StoreContractRunsTest::aMarkIsSetAsideUntilTheNextRow()
{
    const auto one = started(1, "order-1");
    Turn turn = turnOf({one});
    turn.setAside = {{{1}, "fault in step 'ship'"}, {{77}, "nobody"}};
    commit(store(), turn);
    auto marked = one.summary;
    marked.setAside = "fault in step 'ship'";
    QVERIFY(valueOf(store().find({"order-1"})) == marked);
    QVERIFY(valueOf(reader().find({"order-1"})) == marked);
    const auto two = followed(one, {TimerFired{1}});
    commit(store(), turnOf({two}));
    QVERIFY(valueOf(store().find({"order-1"})) == two.summary);
}

void StoreContractRunsTest::aRunThatContinuesAsNewIsKept()
{
    const auto one = started(1, "a", {WaitOpened{}, TimerCreated{}, EventRaised{"Kept"}});
    const auto other = started(2, "b");
    commit(store(), turnOf({one, other}));
    auto ended = followed(one, {ExecutionContinuedAsNew{}}, InstanceStatus::Completed);
    auto next = started(3, "a", {EventRaised{"Kept"}});
    std::get<ExecutionStarted>(next.row.facts.front()).previous = {1};
    auto last = started(4, "a");
    std::get<ExecutionStarted>(last.row.facts.front()).previous = {3};
    Turn turn = turnOf({ended, next});
    turn.sent = {{1, {{"a"}, {3}, GoOn{}}}};
    commit(store(), turn);

    QVERIFY(valueOf(store().find({"a"})) == next.summary);
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row, ended.row}));
    QVERIFY(valueOf(store().history({3})) == std::vector({next.row}));
    QCOMPARE(valueOf(reader().history({1}, 1, 100)).events.size(), std::size_t{5});
    QCOMPARE(valueOf(reader().list({}, {}, 10)).instances.size(), std::size_t{2});
    const std::vector<InstanceCounts> expected{{{"Order"}, 0, 2, 0, 0, 0, 0}};
    QVERIFY(valueOf(reader().counts()) == expected);
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.timers.empty() && recovered.inbox == turn.sent);
    QCOMPARE(recovered.lastRun.value, 3);

    // A run that begins and continues in one turn, and is never seen.
    commit(store(),
        turnOf({followed(next, {ExecutionContinuedAsNew{}}, InstanceStatus::Completed), last}));
    QVERIFY(valueOf(store().find({"a"})) == last.summary);
    QVERIFY(valueOf(reader().counts()) == expected);
}

void StoreContractRunsTest::aPurgedRunLeavesNothingButItsAudit()
{
    const auto first = started(1, "a", {EventRaised{"Kept", {}, {}, {}, {}}});
    auto second = started(2, "a", {TaskOpened{}, TaskScheduled{}, TimerCreated{}});
    std::get<ExecutionStarted>(second.row.facts.front()).previous = {1};
    const auto other = started(3, "b", {EventRaised{"Kept", {}, {}, {}, {}}});
    commit(store(), turnOf({first, completed(first), second, other}));
    QCOMPARE(valueOf(store().recover()).timers.size(), std::size_t(1));
    Turn purge = turnOf({completed(second)});
    purge.purged = {{2}};
    purge.audit = {{.operation = "purge", .instance = {"a"}, .run = {2}}};
    purge.undelivered = {{0, {"a"}, {"Paid", {}, {}, {}, {}}, "finished instance", at(0)}};
    commit(store(), purge);

    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(valueOf(store().history({2})).empty());
    QVERIFY(!valueOf(store().find({"a"})));
    QVERIFY(!valueOf(store().instanceOf({2})));
    QCOMPARE(listed(reader(), {}), Ids{"b"});
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.timers.empty() && recovered.work.empty());
    QVERIFY(valueOf(reader().tasks({}, {}, 10)).tasks.empty());
    QCOMPARE(recovered.lastRun.value, 3);
    std::int64_t counted = 0;
    const auto counts = valueOf(reader().counts());
    for (const InstanceCounts &one : counts)
        counted += one.completed + one.running + one.waiting + one.suspended;
    QCOMPARE(counted, 1);
    QCOMPARE(valueOf(reader().audit({"a"}, {}, 10)).entries.size(), std::size_t(1));
    QCOMPARE(valueOf(reader().undelivered(10)).size(), std::size_t(1));

    Turn again;
    again.purged = {{2}, {77}};
    commit(store(), again);
    QCOMPARE(listed(reader(), {}), Ids{"b"});
    commit(store(), turnOf({started(4, "a")}));
    QCOMPARE(listed(reader(), {}), (Ids{"a", "b"}));
}

void StoreContractRunsTest::aRunIsReplayedFromItsLastSnapshot()
{
    const auto latest = [this](std::int64_t run) { return valueOf(store().latest({run})); };
    QVERIFY(latest(1) == LatestRows{});
    const auto first = started(1, "a", {CustomStatusSet{JsonText::ofString("long enough")}});
    auto second = followed(first, {StepEntered{{}, {"x"}}, CustomStatusSet{}});
    commit(store(), turnOf({first, second, started(2, "b")}));
    QVERIFY((latest(1) == LatestRows{{}, {first.row, second.row}}));
    auto third = followed(second, {StepEntered{{}, {"y"}}});
    third.snapshot = "[\"third\"]";
    auto fourth = followed(third, {StepEntered{{}, {"z"}}});
    commit(store(), turnOf({third, fourth}));
    QVERIFY((latest(1) == LatestRows{{{third.summary.length, "[\"third\"]"}}, {fourth.row}}));
    auto fifth = followed(fourth, {StepEntered{{}, {"a"}}});
    fifth.snapshot = "[\"fifth\"]";
    commit(store(), turnOf({fifth}));
    QVERIFY((latest(1) == LatestRows{{{fifth.summary.length, "[\"fifth\"]"}}, {}}));
    QVERIFY(latest(2).rows.size() == 1 && !latest(2).snapshot);
    QCOMPARE(valueOf(store().history({1})).size(), std::size_t(5));
    auto end = completed(fifth);
    end.snapshot.emplace();
    commit(store(), turnOf({end}));
    QVERIFY(!latest(1).snapshot);
    QVERIFY(latest(1).rows == valueOf(store().history({1})));
    // One that is purged while it lives leaves nothing.
    auto other = followed(started(2, "b"), {StepEntered{{}, {"x"}}});
    other.snapshot = "[]";
    commit(store(), turnOf({other}));
    QVERIFY(latest(2).snapshot);
    commit(store(), Turn{.purged = {{2}}});
    QVERIFY(latest(2) == LatestRows{});
}

QTEST_GUILESS_MAIN(StoreContractRunsTest)
#include "store_contract_runs_test.moc"

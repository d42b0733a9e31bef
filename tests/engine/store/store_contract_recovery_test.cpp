#include "tests/engine/store/store_contract.h"
#include "tests/support/random_facts.h"

using namespace engine;
using namespace tests;

/// What a store gives back at a start: messages, timers, work, flows, grants.
class StoreContractRecoveryTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void messagesStayUntilTheyAreTakenOrDropped_data() { stores(); }
    void messagesStayUntilTheyAreTakenOrDropped();
    void messagesReadAsTheyWereSent_data() { stores(); }
    void messagesReadAsTheyWereSent();
    void timersAreRecoveredByTheirTime_data() { stores(); }
    void timersAreRecoveredByTheirTime();
    void workIsRecoveredUntilItsLastWord_data() { stores(); }
    void workIsRecoveredUntilItsLastWord();
    void nothingOfAFinishedRunIsRecovered_data() { stores(); }
    void nothingOfAFinishedRunIsRecovered();
    void flowsAreKeptInAllTheirVersions_data() { stores(); }
    void flowsAreKeptInAllTheirVersions();
    void aVersionOfAFlowNeverChanges_data() { stores(); }
    void aVersionOfAFlowNeverChanges();
    void grantsAreRemembered_data() { stores(); }
    void grantsAreRemembered();
};

void StoreContractRecoveryTest::messagesStayUntilTheyAreTakenOrDropped()
{
    const auto goOn = [](std::int64_t id) { return StoredMessage{id, {{"order-1"}, {1}, GoOn{}}}; };
    auto one = started(1, "order-1");
    Turn first = turnOf({one});
    first.sent = {goOn(1), goOn(2), goOn(3), goOn(4)};
    commit(store(), first);
    auto two = followed(one, {DecisionYielded{}});
    two.taken = {2};
    Turn second = turnOf({two});
    second.dropped = {3};
    commit(store(), second);
    QVERIFY(valueOf(store().recover()).inbox == std::vector({goOn(1), goOn(4)}));

    auto three = followed(two, {DecisionYielded{}});
    three.taken = {1, 4, 5};
    Turn third = turnOf({three});
    third.sent = {goOn(5)};
    commit(store(), third);
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.inbox.empty());
    QCOMPARE(recovered.lastMessage, 5);
}

void StoreContractRecoveryTest::messagesReadAsTheyWereSent()
{
    RandomFacts random(11);
    Turn turn;
    for (std::int64_t id = 1; id <= 200; ++id)
        turn.sent.push_back({id * 3, random.message()});
    commit(store(), turn);
    QVERIFY(valueOf(store().recover()).inbox == turn.sent);
}

void StoreContractRecoveryTest::timersAreRecoveredByTheirTime()
{
    const auto timer = [](std::int64_t due) {
        return TimerCreated{{}, {"wait"}, TimerPurpose::Timeout, at(due), 1};
    };
    const auto one = started(1, "order-1", {timer(500), timer(100), timer(300)});
    const auto two = started(2, "order-2", {timer(200), timer(100)});
    commit(
        store(), turnOf({one, two, followed(one, {TimerFired{3}, TimerCanceled{4}, timer(50)})}));
    const std::vector<DueTimer> expected{
        {{1}, 7, at(50)}, {{2}, 3, at(100)}, {{2}, 2, at(200)}, {{1}, 2, at(500)}};
    QVERIFY(valueOf(store().recover()).timers == expected);
}

void StoreContractRecoveryTest::workIsRecoveredUntilItsLastWord()
{
    const TaskScheduled task{{}, {"ship"}, "http", {}};
    const auto one = started(1, "order-1", {task, task, task, task, task});
    const auto two = followed(one, {TaskCompleted{2, 1, {}}, TaskFailed{3, 1, {}}, TaskCanceled{4},
                                       TaskAttemptFailed{5, 1, {}},
                                       TimerCreated{{}, {"ship"}, TimerPurpose::Retry, at(9), 5}});
    commit(store(), turnOf({one, two}));
    const std::vector<OpenWork> waiting{{{"order-1"}, {1}, 5, true}, {{"order-1"}, {1}, 6, false}};
    QVERIFY(valueOf(store().recover()).work == waiting);
    commit(store(), turnOf({followed(two, {TimerFired{11}})}));
    const std::vector<OpenWork> running{{{"order-1"}, {1}, 5, false}, {{"order-1"}, {1}, 6, false}};
    QVERIFY(valueOf(store().recover()).work == running);
}

void StoreContractRecoveryTest::nothingOfAFinishedRunIsRecovered()
{
    const auto one =
        started(1, "order-1", {TaskScheduled{}, TimerCreated{}, WaitOpened{}, EventRaised{}});
    const auto two = followed(one, {ExecutionTerminated{}}, InstanceStatus::Terminated);
    commit(store(), turnOf({one}));
    QCOMPARE(valueOf(store().recover()).work.size(), 1U);
    QCOMPARE(valueOf(store().recover()).timers.size(), 1U);
    commit(store(), turnOf({two}));
    QVERIFY(valueOf(store().recover()).work.empty());
    QVERIFY(valueOf(store().recover()).timers.empty());
}

void StoreContractRecoveryTest::flowsAreKeptInAllTheirVersions()
{
    const StoredFlow b1{{"B"}, 1, at(1), "{\"name\":\"B\"}\n"};
    const StoredFlow a1{{"A"}, 1, at(2), "Zürich"};
    const StoredFlow a2{{"A"}, 2, at(3), "{}"};
    Turn turn;
    turn.flows = {b1, a1};
    commit(store(), turn);
    turn.flows = {a2};
    commit(store(), turn);
    const std::vector expected{a1, a2, b1};
    QVERIFY(valueOf(store().recover()).flows == expected);
    QVERIFY(valueOf(reader().flows()) == expected);
}

void StoreContractRecoveryTest::aVersionOfAFlowNeverChanges()
{
    Turn turn;
    turn.flows = {{{"A"}, 1, at(1), "first"}};
    commit(store(), turn);
    turn.flows = {{{"B"}, 1, at(2), "other"}, {{"A"}, 1, at(2), "second"}};
    const auto refused = store().commit(turn);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::WrongState);
    const auto flows = valueOf(reader().flows());
    QCOMPARE(flows.size(), 1U);
    QCOMPARE(flows.front().text, std::string("first"));
}

void StoreContractRecoveryTest::grantsAreRemembered()
{
    const Grant first{{"B"}, "http *", at(1)};
    const Grant second{{"A"}, "process ls", at(2)};
    const Grant again{{"B"}, "http *", at(3)};
    Turn turn;
    turn.grants = {first, second};
    commit(store(), turn);
    turn.grants = {again};
    commit(store(), turn);
    QVERIFY(valueOf(store().recover()).grants == std::vector({second, again}));
}

QTEST_GUILESS_MAIN(StoreContractRecoveryTest)
#include "store_contract_recovery_test.moc"

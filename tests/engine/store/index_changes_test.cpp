#include "engine/store/index_changes.h"

#include "engine/store/memory_store.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"

#include <QTest>

using namespace engine;
using namespace tests;

class IndexChangesTest : public QObject
{
    Q_OBJECT

private slots:
    void whatOpensIsOpen();
    void whatClosesIsGone();
    void keysFollowWhatWaitsUnderThem();
    void whatOpensAndClosesInOneRowIsInNoIndex();
    void theEndOfARunEmptiesEverything();
    void rebuiltIndexesEqualThoseOfTheCommits();
};

void IndexChangesTest::whatOpensIsOpen()
{
    const HistoryRow row{{1}, 10, at(0),
        {TaskScheduled{}, TimerCreated{{}, {"s"}, TimerPurpose::Retry, at(5), 10},
            TimerCreated{{}, {"s"}, TimerPurpose::Timeout, at(6), 13},
            WaitOpened{{"b"}, {"s"}, {"Paid"}, 1}, EventRaised{"Packed", {}, "e-1", {}, {}}}};
    const IndexChanges expected{.timersSet = {{11, at(5), 10}, {12, at(6), 0}},
        .workOpened = {10},
        .waitsOpened = {{13, {"b"}, {"s"}, {"Paid"}, 1}},
        .eventsKept = {{14, "Packed", "e-1"}},
        .eventIds = {{"packed", "e-1"}}};
    QVERIFY(indexChanges(row) == expected);
}

void IndexChangesTest::whatClosesIsGone()
{
    const HistoryRow row{{1}, 20, at(0),
        {TaskCompleted{1, 1, {}}, TaskFailed{2, 1, {}}, TaskCanceled{3}, TimerFired{4},
            TimerCanceled{5}, WaitClosed{6}, EventTaken{7, 6}}};
    const IndexChanges expected{
        .timersGone = {4, 5}, .workClosed = {1, 2, 3}, .waitsClosed = {6}, .eventsTaken = {7},
        .keysClosed = {{6, {}}}};
    QVERIFY(indexChanges(row) == expected);
}

void IndexChangesTest::keysFollowWhatWaitsUnderThem()
{
    const HistoryRow opens{{1}, 10, at(5),
        {WaitOpened{{}, {"w"}, {"Paid", "Other", "Packed"}, 3, false, {"7", "", "x"}},
            WaitOpened{{}, {"v"}, {"Paid"}, 1, false, {"8"}}, WaitClosed{11},
            EventTaken{3, 10, "packed"}, CorrelationOpened{{}, 0, {"Stop"}, {"9"}},
            TaskOpened{{}, {"t"}, "Approval", "", "", {}, "a"}}};
    const std::vector<KeyRow> opened{{10, "paid", "7", at(5)}, {14, "stop", "9", at(5)},
        {15, "approval", "a", at(5)}};
    QVERIFY(indexChanges(opens).keysOpened == opened);
    QVERIFY(indexChanges(opens).keysClosed.empty());
    const HistoryRow closes{{1}, 20, at(6),
        {EventTaken{3, 10, "paid"}, WaitClosed{10}, CorrelationClosed{14}, TaskClosed{15}}};
    const std::vector<KeyGone> closed{{10, "paid"}, {10, {}}, {14, {}}, {15, {}}};
    QVERIFY(indexChanges(closes).keysClosed == closed);
}

void IndexChangesTest::whatOpensAndClosesInOneRowIsInNoIndex()
{
    const HistoryRow row{{1}, 1, at(0),
        {TaskScheduled{}, TaskFailed{1, 1, {}}, TimerCreated{}, TimerCanceled{3}, WaitOpened{},
            EventRaised{}, EventTaken{6, 5}, WaitClosed{5}}};
    QVERIFY(indexChanges(row) == IndexChanges{});
}

void IndexChangesTest::theEndOfARunEmptiesEverything()
{
    const HistoryRow row{{1}, 1, at(0), {TaskScheduled{}, TimerFired{3}, ExecutionCompleted{}}};
    QVERIFY(indexChanges(row) == IndexChanges{.runEnded = true});
    const HistoryRow last{{1}, 1, at(0),
        {EventRaised{"Packed", {}, "e-1", {}, {}}, EventIgnored{"BAD", "e-2", {}, {}},
            EventRaised{"Packed", {}, {}, {}, {}},
            EventIdsCarried{{"4:paidtx-1", "0:", "7:short", "no key", "3:abc:"}},
            ExecutionCompleted{}}};
    const std::vector<EventIdRow> ids{
        {"packed", "e-1"}, {"bad", "e-2"}, {"paid", "tx-1"}, {"", ""}, {"abc", ":"}};
    QVERIFY((indexChanges(last) == IndexChanges{.eventIds = ids, .runEnded = true}));
    const HistoryRow continued{
        {1}, 1, at(0), {TaskScheduled{}, TimerFired{3}, ExecutionContinuedAsNew{}}};
    QVERIFY(indexChanges(continued) == IndexChanges{.runEnded = true});
}

void IndexChangesTest::rebuiltIndexesEqualThoseOfTheCommits()
{
    RandomFacts random(21);
    MemoryStore store;
    for (int run = 1; run <= 40; ++run) {
        auto last = started(run, "order-" + std::to_string(run));
        QVERIFY(store.commit(turnOf({last})));
        for (int row = 0; row < 10; ++row) {
            auto facts = random.facts(3);
            std::erase_if(facts,
                [](const Fact &fact) { return std::holds_alternative<ExecutionCompleted>(fact); });
            facts.push_back(TimerCanceled{random.number(1, 30)});
            last = followed(last, std::move(facts));
            QVERIFY(store.commit(turnOf({last})));
        }
    }
    QVERIFY(!store.indexes().timers.empty());
    QVERIFY(store.indexes() == store.rebuiltIndexes());
}

QTEST_GUILESS_MAIN(IndexChangesTest)
#include "index_changes_test.moc"

#include "tests/engine/store/store_contract.h"
#include "tests/support/random_facts.h"

#include <algorithm>
#include <iterator>
#include <tuple>

using namespace engine;
using namespace tests;

/// What readers list: instances by filter and page, histories, counts.
class StoreContractListsTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void pagesStayRightWhileInstancesCome_data() { stores(); }
    void pagesStayRightWhileInstancesCome();
    void wrongPlacesAndLimitsAreRefused_data() { stores(); }
    void wrongPlacesAndLimitsAreRefused();
    void filtersShowWhatMatches_data() { stores(); }
    void filtersShowWhatMatches();
    void everyFilterListsWhatTheReferenceLists_data() { stores(); }
    void everyFilterListsWhatTheReferenceLists();
    void historiesComeInPages_data() { stores(); }
    void historiesComeInPages();
    void countsFollowTheStates_data() { stores(); }
    void countsFollowTheStates();
    void finishedRunsAreFoundByTheirEnd_data() { stores(); }
    void finishedRunsAreFoundByTheirEnd();
};

void StoreContractListsTest::pagesStayRightWhileInstancesCome()
{
    for (int run = 1; run <= 25; ++run)
        commit(store(), turnOf({started(run, "order-" + std::to_string(run))}));
    Ids seen;
    std::string place;
    int run = 25;
    do {
        const auto page = valueOf(reader().list({}, place, 10));
        for (const auto &id : idsOf(page))
            seen.push_back(id);
        place = page.next;
        ++run;
        commit(store(), turnOf({started(run, "order-" + std::to_string(run))}));
    } while (!place.empty());
    Ids expected;
    for (int i = 25; i >= 1; --i)
        expected.push_back("order-" + std::to_string(i));
    QCOMPARE(seen, expected);
    QVERIFY(valueOf(reader().list({}, {}, 28)).next.empty());
}

void StoreContractListsTest::wrongPlacesAndLimitsAreRefused()
{
    for (const char *place : {"x", "-1", "0", "1 ", "99999999999999999999"})
        QCOMPARE(reader().list({}, place, 10).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(reader().list({}, {}, 0).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(reader().history({1}, 1, 0).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(reader().undelivered(-1).error().code, ErrorCode::InvalidArgument);
}

void StoreContractListsTest::filtersShowWhatMatches()
{
    auto a = started(1, "order-1");
    a.summary.waiting = true;
    auto b = started(2, "Order_2%");
    b.summary.standsOn = "ship \"now\"";
    auto c = started(3, "zoo");
    c.summary.flow = {"Animals"};
    auto d = started(4, "order-11");
    commit(store(), turnOf({a, b, c, d, completed(d)}));

    const auto list = [this](const InstanceFilter &filter) { return listed(reader(), filter); };
    QCOMPARE(list({}), (Ids{"order-11", "zoo", "Order_2%", "order-1"}));
    QCOMPARE(list({.statuses = {InstanceStatus::Completed}}), Ids{"order-11"});
    QCOMPARE(list({.statuses = {InstanceStatus::Running, InstanceStatus::Completed}}).size(), 4U);
    QCOMPARE(list({.statuses = {InstanceStatus::Failed}}), Ids{});
    QCOMPARE(list({.waiting = true}), Ids{"order-1"});
    QCOMPARE(list({.waiting = false}), (Ids{"order-11", "zoo", "Order_2%"}));
    QCOMPARE(list({.flow = {"Animals"}}), Ids{"zoo"});
    QCOMPARE(list({.flow = {"animals"}}), Ids{});
    QCOMPARE(list({.idPrefix = "order-1"}), (Ids{"order-11", "order-1"}));
    QCOMPARE(list({.idPrefix = "order_"}), Ids{});
    QCOMPARE(list({.idPrefix = "Order_"}), Ids{"Order_2%"});
    QCOMPARE(list({.text = "ANIM"}), Ids{"zoo"});
    QCOMPARE(list({.text = "2%"}), Ids{"Order_2%"});
    QCOMPARE(list({.text = "SHIP \"N"}), Ids{"Order_2%"});
    QCOMPARE(list({.createdFrom = at(3'000)}), (Ids{"order-11", "zoo"}));
    QCOMPARE(list({.createdTo = at(1'000)}), Ids{"order-1"});
    QCOMPARE(list({.createdFrom = at(2'000), .createdTo = at(3'000)}), (Ids{"zoo", "Order_2%"}));
    QCOMPARE(list({.waiting = false, .flow = {"Order"}, .text = "order"}),
        (Ids{"order-11", "Order_2%"}));
}

/// Random instances, random filters, small pages: compared with the filter on plain values.
void StoreContractListsTest::everyFilterListsWhatTheReferenceLists()
{
    RandomFacts random(5);
    std::vector<InstanceSummary> all;
    Turn turn;
    for (int run = 1; run <= 150; ++run) {
        auto commit = started(run, random.text() + std::to_string(run));
        commit.summary.status = static_cast<InstanceStatus>(random.number(0, 5));
        commit.summary.waiting = random.chance();
        commit.summary.flow = {"Flow" + std::to_string(random.number(1, 3))};
        commit.summary.standsOn = random.text();
        commit.summary.createdAt = at(random.number(0, 100));
        turn.instances.push_back(commit);
        all.insert(all.begin(), commit.summary);
    }
    commit(store(), turn);
    for (int round = 0; round < 300; ++round) {
        InstanceFilter filter;
        while (random.number(0, 3) == 0)
            filter.statuses.push_back(static_cast<InstanceStatus>(random.number(0, 5)));
        if (random.number(0, 3) == 0)
            filter.waiting = random.chance();
        if (random.number(0, 2) == 0)
            filter.flow = {"Flow" + std::to_string(random.number(1, 4))};
        if (random.number(0, 3) == 0)
            filter.idPrefix = random.text();
        if (random.number(0, 3) == 0)
            filter.text = random.text();
        if (random.number(0, 3) == 0)
            filter.createdFrom = at(random.number(0, 100));
        if (random.number(0, 3) == 0)
            filter.createdTo = at(random.number(0, 100));
        std::vector<InstanceSummary> expected;
        std::ranges::copy_if(all, std::back_inserter(expected),
            [&filter](const InstanceSummary &summary) { return matches(filter, summary); });
        std::vector<InstanceSummary> found;
        std::string place;
        do {
            auto page = valueOf(reader().list(filter, place, 7));
            QVERIFY(page.instances.size() <= 7);
            found.insert(found.end(), page.instances.begin(), page.instances.end());
            place = page.next;
        } while (!place.empty());
        QVERIFY2(found == expected, qPrintable(QString::number(round)));
    }
}

void StoreContractListsTest::historiesComeInPages()
{
    auto last = started(1, "order-1", {TimerFired{1}});
    std::vector<HistoryEvent> all = eventsOf(last.row);
    Turn turn = turnOf({last});
    for (int row = 0; row < 20; ++row) {
        last = followed(
            last, std::vector<Fact>(static_cast<std::size_t>(row % 3 + 1), TimerFired{row}));
        turn.instances.push_back(last);
        for (const auto &event : eventsOf(last.row))
            all.push_back(event);
    }
    commit(store(), turn);
    for (const int limit : {1, 2, 3, 7, 1000}) {
        std::vector<HistoryEvent> read;
        Sequence from = 1;
        do {
            const auto page = valueOf(reader().history({1}, from, limit));
            QVERIFY(!page.events.empty() && page.events.size() <= static_cast<std::size_t>(limit));
            read.insert(read.end(), page.events.begin(), page.events.end());
            from = page.next;
        } while (from != 0);
        QVERIFY(read == all);
    }
    const auto exact = valueOf(reader().history({1}, 1, static_cast<int>(all.size())));
    QCOMPARE(exact.next, 0);
    QVERIFY(valueOf(reader().history({1}, 9'999, 5)).events.empty());
    QCOMPARE(valueOf(reader().history({1}, 0, 1)).events.front().sequence, 1);
    QCOMPARE(valueOf(reader().history({1}, 5, 1)).events.front().sequence, 5);
}

void StoreContractListsTest::countsFollowTheStates()
{
    auto a = started(1, "a");
    a.summary.waiting = true;
    auto b = started(2, "b");
    auto c = started(3, "c");
    c.summary.flow = {"Animals"};
    commit(store(), turnOf({a, b, c}));
    auto next = followed(b, {TimerFired{1}}, InstanceStatus::Suspended);
    commit(store(), turnOf({next}));
    std::vector<InstanceCounts> expected{
        {{"Animals"}, 0, 1, 0, 0, 0, 0}, {{"Order"}, 1, 0, 1, 0, 0, 0}};
    QVERIFY(valueOf(reader().counts()) == expected);

    auto pending = followed(next, {TimerFired{1}}, InstanceStatus::Pending);
    auto terminated = followed(c, {ExecutionTerminated{}}, InstanceStatus::Terminated);
    auto failed = followed(a, {ExecutionCompleted{}}, InstanceStatus::Failed);
    commit(store(), turnOf({pending, terminated, failed}));
    expected = {{{"Animals"}, 0, 0, 0, 0, 0, 1}, {{"Order"}, 0, 1, 0, 0, 1, 0}};
    QVERIFY(valueOf(reader().counts()) == expected);

    auto moved = started(4, "c");
    moved.replaces = {3};
    commit(store(), turnOf({moved}));
    expected = {{{"Order"}, 0, 2, 0, 0, 1, 0}};
    QVERIFY(valueOf(reader().counts()) == expected);
}

void StoreContractListsTest::finishedRunsAreFoundByTheirEnd()
{
    std::vector<InstanceCommit> commits;
    for (const auto &[run, name, end] : std::vector<std::tuple<int, const char *, int>>{
             {1, "a", 90}, {2, "b", 30}, {3, "c", 0}, {4, "d", 60}, {5, "e", 10}}) {
        commits.push_back(started(run, name));
        commits.back().summary.flow = {run == 5 ? "Other" : "Order"};
        commits.back().summary.version = 2;
        if (end == 0)
            continue;
        commits.push_back(completed(commits.back()));
        commits.back().summary.finishedAt = at(end);
    }
    commit(store(), turnOf(commits));
    const auto all = valueOf(store().finished({"Order"}, 2, 10));
    QVERIFY((all == std::vector<FinishedRun>{
                        {{"b"}, {2}, at(30)}, {{"d"}, {4}, at(60)}, {{"a"}, {1}, at(90)}}));
    QCOMPARE(valueOf(store().finished({"Order"}, 2, 1)).size(), std::size_t(1));
    QVERIFY(valueOf(store().finished({"Order"}, 1, 10)).empty());
}

QTEST_GUILESS_MAIN(StoreContractListsTest)
#include "store_contract_lists_test.moc"

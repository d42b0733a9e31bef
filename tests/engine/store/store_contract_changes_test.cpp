#include "tests/engine/store/store_contract.h"

#include <algorithm>

using namespace engine;
using namespace tests;

/// The order of all changes, and the keys of the REST port.
class StoreContractChangesTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void changesAreReadInTheOrderOfTheCommits_data() { stores(); }
    void changesAreReadInTheOrderOfTheCommits();
    void aRefusedTurnLeavesNoChange_data() { stores(); }
    void aRefusedTurnLeavesNoChange();
    void accessKeysAreReadByLabel_data() { stores(); }
    void accessKeysAreReadByLabel();
};

void StoreContractChangesTest::changesAreReadInTheOrderOfTheCommits()
{
    const ChangeLogPage none = valueOf(reader().changes(0, 10));
    QVERIFY(none.epoch > 0);
    QVERIFY((none == ChangeLogPage{{}, 1, 0, none.epoch}));
    const auto one = started(1, "a");
    const auto two = followed(one, {TimerFired{1}});
    const auto other = started(2, "b");
    const auto length = one.summary.length;
    commit(store(), turnOf({one, two, other}));
    Turn turn = turnOf({completed(other)});
    turn.setAside = {{{1}, "damaged"}};
    turn.purged = {{2}, {77}};
    commit(store(), turn);
    commit(store(), Turn{.dropped = {5}}); // changes nobody

    const auto ended = completed(other).row;
    const std::vector<LoggedChange> all{{1, {1}, 1, length + 1, {}},
        {2, {2}, 1, other.summary.length, {}},
        {3, {2}, ended.first, ended.first + std::int64_t(ended.facts.size()) - 1, {}},
        {4, {1}, 0, 0, {}}, {5, {2}, 0, 0, {"b"}}};
    QVERIFY((valueOf(reader().changes(0, 10)) == ChangeLogPage{all, 1, 5, none.epoch}));
    for (std::int64_t after = 0; after <= 6; ++after) {
        for (int limit = 1; limit <= 6; ++limit) {
            const auto page = valueOf(reader().changes(after, limit));
            const auto begin = all.begin() + std::min<std::int64_t>(after, 5);
            const auto end = begin + std::min<std::ptrdiff_t>(limit, all.end() - begin);
            QVERIFY(page.changes == std::vector(begin, end));
            QCOMPARE(page.last, 5);
        }
    }
    QVERIFY(!reader().changes(0, 0));
}

void StoreContractChangesTest::aRefusedTurnLeavesNoChange()
{
    commit(store(), turnOf({started(1, "a")}));
    QVERIFY(!store().commit(turnOf({started(2, "b"), started(1, "a")})));
    commit(store(), turnOf({started(3, "c")}));
    const auto page = valueOf(reader().changes(1, 10));
    QCOMPARE(page.last, 2);
    QCOMPARE(page.changes.size(), std::size_t(1));
    QCOMPARE(page.changes.front().run.value, 3);
}

void StoreContractChangesTest::accessKeysAreReadByLabel()
{
    const StoredAccessKey shop{"shop", "raise-only", "ab", at(1)};
    const StoredAccessKey board{"board", "read-only", "cd", at(2)};
    commit(store(), Turn{.accessKeys = {shop, board}});
    QVERIFY((valueOf(reader().accessKeys()) == std::vector{board, shop}));
    StoredAccessKey other = shop;
    other.digest = "ef";
    commit(store(), Turn{.accessKeys = {other, {"board", {}, {}, {}}, {"nobody", {}, {}, {}}}});
    QVERIFY((valueOf(reader().accessKeys()) == std::vector{other}));
}

QTEST_GUILESS_MAIN(StoreContractChangesTest)
#include "store_contract_changes_test.moc"

#include "tests/engine/store/store_contract.h"

#include <algorithm>
#include <functional>

using namespace engine;
using namespace tests;

/// The logs of a store: undelivered events and the audit.
class StoreContractLogsTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void anUndeliveredEventIsLoggedOnceUnderItsId_data() { stores(); }
    void anUndeliveredEventIsLoggedOnceUnderItsId();
    void undeliveredEventsAreFoundAndTakenOut_data() { stores(); }
    void undeliveredEventsAreFoundAndTakenOut();
    void undeliveredEventsAreBounded_data() { stores(); }
    void undeliveredEventsAreBounded();
    void theAuditLogIsReadNewestFirst_data() { stores(); }
    void theAuditLogIsReadNewestFirst();
    void theAuditLogOutlivesWhatItIsAbout_data() { stores(); }
    void theAuditLogOutlivesWhatItIsAbout();
};

void StoreContractLogsTest::anUndeliveredEventIsLoggedOnceUnderItsId()
{
    const RaiseEvent paid{"Paid", {}, "e-1", {}, {}};
    const RaiseEvent again{"PAID", {}, "e-1", {}, {}};
    const RaiseEvent other{"Paid", {}, "e-2", {}, {}};
    const RaiseEvent bare{"Paid", {}, {}, {}, {}};
    Turn turn;
    for (const RaiseEvent &event : {paid, again, other, bare, bare})
        turn.undelivered.push_back({0, {"gone"}, event, "finished instance", at(0)});
    turn.undelivered.push_back({0, {"else"}, paid, "finished instance", at(0)});
    commit(store(), turn);
    commit(store(), turn);
    const auto all = valueOf(reader().undelivered(100));
    QCOMPARE(std::ranges::count(all, paid, &UndeliveredEvent::event), 2);
    QCOMPARE(std::ranges::count(all, again, &UndeliveredEvent::event), 0);
    QCOMPARE(std::ranges::count(all, other, &UndeliveredEvent::event), 1);
    QCOMPARE(std::ranges::count(all, bare, &UndeliveredEvent::event), 4);
}

void StoreContractLogsTest::undeliveredEventsAreFoundAndTakenOut()
{
    const RaiseEvent event{"Paid", JsonText::trusted("1.10"), "e-1", BranchPath{"a/b"}, {"rest", "shop"}};
    Turn turn;
    turn.undelivered = {{0, {"gone"}, event, "finished instance", at(7)},
        {0, {"gone"}, {"Go", {}, {}, {}, {}}, "unknown instance", at(8)}};
    commit(store(), turn);
    const auto all = valueOf(reader().undelivered(10));
    QCOMPARE(all.size(), std::size_t(2));
    QVERIFY(valueOf(store().undelivered(all[1].id)) == all[1]);
    QVERIFY(all[1].event == event);
    Turn gone;
    gone.undeliveredGone = {all[1].id, 4711};
    commit(store(), gone);
    QVERIFY(!valueOf(store().undelivered(all[1].id)));
    QVERIFY(valueOf(reader().undelivered(10)) == std::vector{all[0]});
}

void StoreContractLogsTest::undeliveredEventsAreBounded()
{
    Turn turn;
    const auto count = undeliveredLimit + 5;
    for (int i = 1; i <= count; ++i) {
        const RaiseEvent event{"Paid", JsonText::trusted(std::to_string(i)),
            "e" + std::to_string(i), BranchPath{"a"}, {"rest", "shop"}};
        turn.undelivered.push_back({77, {"gone"}, event, "finished instance", at(i)});
        if (i == 3 || i == count) {
            commit(store(), turn);
            turn.undelivered.clear();
        }
    }
    const auto newest = valueOf(reader().undelivered(2));
    QCOMPARE(newest.size(), 2U);
    const RaiseEvent last{
        "Paid", JsonText::trusted("10005"), "e10005", BranchPath{"a"}, {"rest", "shop"}};
    QVERIFY((
        newest.front() == UndeliveredEvent{count, {"gone"}, last, "finished instance", at(count)}));
    QCOMPARE(newest.back().id, count - 1);
    const auto all = valueOf(reader().undelivered(20'000));
    QCOMPARE(all.size(), static_cast<std::size_t>(undeliveredLimit));
    QCOMPARE(all.back().id, 6);
}

void StoreContractLogsTest::theAuditLogIsReadNewestFirst()
{
    const AuditEntry whole{.at = at(7),
        .source = {"rest", "shop"},
        .operation = "deleteKept",
        .instance = {"a"},
        .run = {3},
        .flow = {"Order"},
        .about = "event/5",
        .before = JsonText::trusted(R"({"name":"Pa\"id"})"),
        .after = JsonText::trusted("[1]"),
        .reason = "sent twice"};
    AuditEntry other = whole;
    other.instance = {"b"};
    Turn turn;
    turn.audit = {whole, other, {.operation = "deploy", .flow = {"Order"}}};
    commit(store(), turn);
    turn.audit = {whole};
    commit(store(), turn);

    const AuditPage all = valueOf(reader().audit({}, {}, 10));
    QCOMPARE(all.entries.size(), std::size_t(4));
    QVERIFY(all.next.empty());
    QVERIFY(std::ranges::is_sorted(all.entries, std::ranges::greater{}, &AuditEntry::id));
    AuditEntry expected = whole;
    expected.id = all.entries[0].id;
    QVERIFY(all.entries[0] == expected);
    QVERIFY(all.entries[1].instance.empty() && all.entries[1].operation == "deploy");

    const AuditPage first = valueOf(reader().audit({"a"}, {}, 1));
    QCOMPARE(first.entries.size(), std::size_t(1));
    QVERIFY(first.entries[0] == expected && !first.next.empty());
    const AuditPage second = valueOf(reader().audit({"a"}, first.next, 1));
    QCOMPARE(second.entries.size(), std::size_t(1));
    QVERIFY(second.entries[0].id < expected.id && second.next.empty());
    QVERIFY(valueOf(reader().audit({"nobody"}, {}, 10)).entries.empty());
    QVERIFY(!reader().audit({}, "x", 10));
    QVERIFY(!reader().audit({}, {}, 0));
}

void StoreContractLogsTest::theAuditLogOutlivesWhatItIsAbout()
{
    const auto old = started(1, "a");
    Turn turn = turnOf({old, completed(old)});
    turn.audit = {{.operation = "suspend", .instance = {"a"}, .run = {1}}};
    commit(store(), turn);
    auto fresh = started(2, "a");
    fresh.replaces = {1};
    commit(store(), turnOf({fresh}));
    QVERIFY(valueOf(store().history({1})).empty());
    QCOMPARE(valueOf(reader().audit({"a"}, {}, 10)).entries.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(StoreContractLogsTest)
#include "store_contract_logs_test.moc"

#include "tests/engine/store/store_contract.h"

using namespace engine;
using namespace tests;

/// What operators set and take back, what is counted over all instances, logs by pages.
class StoreContractSettingsTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void grantsGoByFlow_data() { stores(); }
    void grantsGoByFlow();
    void aRemovedVersionKeepsItsNumber_data() { stores(); }
    void aRemovedVersionKeepsItsNumber();
    void instancesOfAVersionAreCounted_data() { stores(); }
    void instancesOfAVersionAreCounted();
    void statisticsAreWhatTheRowsSay_data() { stores(); }
    void statisticsAreWhatTheRowsSay();
    void logsComeInPages_data() { stores(); }
    void logsComeInPages();
    void changesHaveAnEpochThatStays_data() { stores(); }
    void changesHaveAnEpochThatStays();
};

void StoreContractSettingsTest::grantsGoByFlow()
{
    const std::vector<Grant> all{{{"A"}, "x", at(1)}, {{"A"}, "y", at(2)}, {{"B"}, "x", at(3)}};
    commit(store(), {.grants = all});
    QCOMPARE(valueOf(reader().grants()), all);
    const Grant again{{"A"}, "z", at(4)};
    commit(store(), {.grants = {again}, .grantsGone = {{"A"}}}); // the new one comes after
    QCOMPARE(valueOf(reader().grants()), (std::vector{again, all[2]}));
    reopen();
    QCOMPARE(valueOf(store().recover()).grants, (std::vector{again, all[2]}));
}

void StoreContractSettingsTest::aRemovedVersionKeepsItsNumber()
{
    commit(store(), {.flows = {{{"A"}, 1, at(1), "one"}, {{"A"}, 2, at(2), "two"}}});
    commit(store(), {.flowsGone = {{{"A"}, 2}}});
    QCOMPARE(valueOf(reader().flows()), (std::vector<StoredFlow>{{{"A"}, 1, at(1), "one"}}));
    reopen();
    QCOMPARE(valueOf(store().recover()).flows,
        (std::vector<StoredFlow>{{{"A"}, 1, at(1), "one"}, {{"A"}, 2, at(2), ""}}));
    QVERIFY(!store().commit({.flows = {{{"A"}, 2, at(3), "other"}}}));
    commit(store(), {.flows = {{{"A"}, 3, at(3), "three"}}, .flowsGone = {{{"A"}, 3}}});
    QCOMPARE(valueOf(reader().flows()).size(), std::size_t(1));
}

void StoreContractSettingsTest::instancesOfAVersionAreCounted()
{
    auto a = started(1, "a");
    auto b = started(2, "b");
    b.summary.version = 2;
    auto c = started(3, "c");
    commit(store(), turnOf({a, b, c, completed(c)}));
    const FlowId flow = a.summary.flow;
    const int version = a.summary.version;
    QVERIFY(version != 2);
    QCOMPARE(valueOf(store().instancesOf(flow, version)), std::int64_t(2));
    QCOMPARE(valueOf(store().instancesOf(flow, 2)), std::int64_t(1));
    QCOMPARE(valueOf(store().instancesOf(flow, 9)), std::int64_t(0));
    QCOMPARE(valueOf(store().instancesOf({"Other"}, version)), std::int64_t(0));
    Turn purge;
    purge.purged = {{3}};
    commit(store(), purge);
    QCOMPARE(valueOf(store().instancesOf(flow, version)), std::int64_t(1));
}

void StoreContractSettingsTest::statisticsAreWhatTheRowsSay()
{
    Turn turn;
    std::vector<InstanceCommit> ends;
    for (int run = 1; run <= 20; ++run) {
        auto one = started(run, "i" + std::to_string(run));
        one.summary.createdAt = at(0);
        one.summary.standsAt = {run % 2 == 0 ? "pay" : "ask"};
        one.summary.standsSince = at(100 - run);
        one.summary.waiting = run % 4 == 0;
        turn.instances.push_back(one);
        if (run > 10) {
            auto end = completed(one);
            end.summary.createdAt = at(0);
            end.summary.finishedAt = at(run * 10);
            turn.instances.push_back(end);
        }
    }
    auto other = started(21, "other");
    other.summary.flow = {"Zoo"};
    other.summary.version = 7;
    turn.instances.push_back(other);
    commit(store(), turn);
    const auto all = valueOf(reader().statistics({}));
    QCOMPARE(all.size(), std::size_t(2));
    const FlowId flow = turn.instances.front().summary.flow;
    const VersionStatistics &one = all[0];
    QCOMPARE(one.counts, (InstanceCounts{.flow = flow, .waiting = 2, .running = 8, .completed = 10}));
    QCOMPARE(one.standing, (std::vector<StandingStep>{{{"ask"}, 5, at(91)}, {{"pay"}, 5, at(90)}}));
    QCOMPARE(one.measured, std::int64_t(10));
    QVERIFY(one.median == Milliseconds(150) && one.p95 == Milliseconds(200));
    QVERIFY(all[1].flow == FlowId{"Zoo"} && all[1].version == 7 && !all[1].median);
    QCOMPARE(valueOf(reader().statistics(flow)), std::vector{one});
    QVERIFY(valueOf(reader().statistics({"Nothing"})).empty());
}

void StoreContractSettingsTest::logsComeInPages()
{
    Turn turn;
    for (int i = 1; i <= 5; ++i) {
        turn.undelivered.push_back({.instance = {"a"}, .event = {.name = std::to_string(i)}, .reason = "r", .at = at(i)});
        turn.correlated.push_back({.id = i, .event = {.name = std::to_string(i)}, .raisedAt = at(i), .until = at(100)});
    }
    commit(store(), turn);
    const auto names = [](const auto &events) {
        std::string text;
        for (const auto &event : events)
            text += event.event.name;
        return text;
    };
    const auto newest = valueOf(reader().undelivered(2));
    QCOMPARE(names(newest), std::string("54"));
    QCOMPARE(names(valueOf(reader().undelivered(2, newest.back().id))), std::string("32"));
    QCOMPARE(names(valueOf(reader().undelivered(9, newest.back().id))), std::string("321"));
    QCOMPARE(names(valueOf(reader().correlated(2))), std::string("12"));
    QCOMPARE(names(valueOf(reader().correlated(9, 2))), std::string("345"));
}

void StoreContractSettingsTest::changesHaveAnEpochThatStays()
{
    commit(store(), turnOf({started(1, "a")}));
    const auto epoch = valueOf(reader().changes(0, 10)).epoch;
    QVERIFY(epoch > 0);
    reopen();
    QCOMPARE(valueOf(reader().changes(0, 10)).epoch, epoch);
}

QTEST_GUILESS_MAIN(StoreContractSettingsTest)
#include "store_contract_settings_test.moc"

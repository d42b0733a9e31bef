#include "engine/instance_search.h"

#include "tests/support/commits.h"
#include "tests/support/random_facts.h"
#include "tests/support/store_bench.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace engine;
using namespace tests;

namespace {

constexpr Instant now{Milliseconds{1'000'000'000}};

InstanceQuery queryOf(const std::string &text)
{
    auto query = instanceQueryFrom(text, now);
    if (!query)
        qFatal("%s", query.error().message.c_str());
    return *std::move(query);
}

using Ids = std::vector<std::string>;

/// All pages of a question, one after the other; `between` runs after each.
Ids allPages(Reader &reader, ListRequest request, const std::function<void()> &between = {},
    const SearchLimits &limits = {})
{
    Ids ids;
    do {
        const auto page = valueOf(searchInstances(reader, request, limits));
        for (const InstanceSummary &summary : page.instances)
            ids.push_back(summary.instance.value);
        request.after = page.next;
        if (between)
            between();
    } while (!request.after.empty());
    return ids;
}

void commit(Store &store, const Turn &turn)
{
    if (const auto done = store.commit(turn); !done)
        qFatal("%s", done.error().message.c_str());
}

InstanceCommit order(std::int64_t run, int amount)
{
    auto one = started(run, "order-" + std::to_string(run));
    one.summary.input = JsonText::trusted("{\"amount\":" + std::to_string(amount) + "}");
    return one;
}

} // namespace

/// Lists by the query language, over every store.
class InstanceSearchTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<StoreBench> m_bench;
    std::unique_ptr<Reader> m_reader;

    static void benchRows()
    {
        QTest::addColumn<int>("bench");
        for (std::size_t i = 0; i < benches().size(); ++i)
            QTest::newRow(benches()[i].first) << int(i);
    }
    Store &store() { return m_bench->store(); }

private slots:
    void init()
    {
        QFETCH(const int, bench);
        m_reader.reset();
        m_bench = benches().at(std::size_t(bench)).second();
        m_reader = m_bench->reader();
    }

    void payloadsAreLookedAt_data() { benchRows(); }
    void payloadsAreLookedAt()
    {
        Turn turn;
        for (int run = 1; run <= 50; ++run)
            turn.instances.push_back(order(run, run * 100));
        commit(store(), turn);
        const auto ids = allPages(*m_reader, {.limit = 3, .query = queryOf("$.amount>4700")});
        QCOMPARE(ids, (Ids{"order-50", "order-49", "order-48"}));
        QCOMPARE(allPages(*m_reader, {.limit = 100, .query = queryOf("-$.amount>100")}), Ids{"order-1"});
    }

    void flowsAreFoundWithoutRegardToCase_data() { benchRows(); }
    void flowsAreFoundWithoutRegardToCase()
    {
        auto other = started(2, "b");
        other.summary.flow = {"Other"};
        commit(store(), turnOf({started(1, "a"), other}));
        QCOMPARE(allPages(*m_reader, {.query = queryOf("flow:order")}), Ids{"a"});
        QCOMPARE(allPages(*m_reader, {.query = queryOf("flow:o*")}), (Ids{"b", "a"}));
        QCOMPARE(allPages(*m_reader, {.query = queryOf("flow:nothing")}), Ids{});
    }

    void whatAHistorySaysIsFound_data() { benchRows(); }
    void whatAHistorySaysIsFound()
    {
        // Two branches: the list shows the first alone.
        auto one = started(1, "one", {StepEntered{{}, {"p"}},
            RegionOpened{{}, {"p"}, 2, 2, {}}, BranchOpened{3, {"p/a"}, "branch:1", {"a"}},
            BranchOpened{3, {"p/b"}, "branch:2", {"b"}}, StepEntered{{"p/a"}, {"a"}},
            WaitOpened{{"p/a"}, {"a"}, {"First"}, 1, false, {}}, StepEntered{{"p/b"}, {"b"}},
            WaitOpened{{"p/b"}, {"b"}, {"Second"}, 1, false, {}}, VariablesSet{{{"total", JsonText::trusted("3")}}, {}}});
        one.summary.waiting = true;
        one.summary.standsOn = "First +1";
        one.summary.standsAt = {"a"};
        commit(store(), turnOf({one, started(2, "two")}));
        QCOMPARE(allPages(*m_reader, {.query = queryOf("waiting:second")}), Ids{"one"});
        QCOMPARE(allPages(*m_reader, {.query = queryOf("waiting:b")}), Ids{"one"});
        QCOMPARE(allPages(*m_reader, {.query = queryOf("waiting:Third")}), Ids{});
        QCOMPARE(allPages(*m_reader, {.query = queryOf("vars.total=3")}), Ids{"one"});
        QCOMPARE(allPages(*m_reader, {.query = queryOf("by:*")}), (Ids{"two", "one"}));
    }

    void aPageThatWouldCostTooMuchIsShortAndGoesOn_data() { benchRows(); }
    void aPageThatWouldCostTooMuchIsShortAndGoesOn()
    {
        Turn turn;
        for (int run = 1; run <= 1'000; ++run)
            turn.instances.push_back(order(run, run));
        commit(store(), turn);
        ListRequest request{.limit = 10, .query = queryOf("$.amount=5")};
        const auto page = valueOf(searchInstances(*m_reader, request, {.rows = 300, .looks = 5}));
        QVERIFY(page.instances.empty() && !page.next.empty());
        QCOMPARE(allPages(*m_reader, request, {}, {.rows = 300, .looks = 5}), Ids{"order-5"});
        request.query = queryOf("by:nobody");
        const auto looked = valueOf(searchInstances(*m_reader, request, {.rows = 300, .looks = 5}));
        QVERIFY(looked.instances.empty() && looked.next == "996");
        QCOMPARE(allPages(*m_reader, request, {}, {.rows = 300, .looks = 50}), Ids{});
    }

    /// Nothing that was there all the time is missed or seen twice, whatever comes and goes meanwhile.
    void pagesStayRightWhileInstancesComeAndGo_data() { benchRows(); }
    void pagesStayRightWhileInstancesComeAndGo()
    {
        RandomFacts random(17);
        std::map<std::int64_t, InstanceCommit> live;  ///< by run
        std::map<std::int64_t, InstanceCommit> ended;
        std::int64_t lastRun = 0;
        std::set<std::string> touched; ///< since the question was asked first
        const auto change = [&] {
            Turn turn;
            for (auto i = live.size() < 60 ? random.number(0, 2) : 0; i > 0; --i) {
                auto one = order(++lastRun, int(random.number(0, 9)));
                one.summary.waiting = random.chance();
                live.emplace(lastRun, one);
                touched.insert(one.summary.instance.value);
                turn.instances.push_back(one);
            }
            for (auto i = random.number(0, 1); i > 0 && !live.empty(); --i) {
                const auto any = std::next(live.begin(), random.number(0, std::ssize(live) - 1));
                auto end = completed(any->second);
                end.summary.input = any->second.summary.input;
                touched.insert(end.summary.instance.value);
                turn.instances.push_back(end);
                ended.emplace(any->first, end);
                live.erase(any);
            }
            commit(store(), turn);
            Turn purge;
            for (auto i = random.number(0, 2); i > 0 && !ended.empty(); --i) {
                const auto any = std::next(ended.begin(), random.number(0, std::ssize(ended) - 1));
                touched.insert(any->second.summary.instance.value);
                purge.purged.push_back({any->first});
                ended.erase(any);
            }
            if (!purge.purged.empty())
                commit(store(), purge);
        };
        for (int i = 0; i < 150; ++i)
            change();
        const std::vector<std::string> queries{"", "$.amount>4", "status:live", "status:finished",
            "status:waiting $.amount<8", "flow:order -$.amount=3", "id:order-*", "by:*", "age>0s"};
        int compared = 0;
        for (int round = 0; round < 60; ++round) {
            touched.clear();
            ListRequest request{.limit = int(random.number(1, 7)),
                .query = queryOf(queries[std::size_t(round) % queries.size()])};
            const SearchLimits limits{
                .rows = int(random.number(1, 40)), .looks = int(random.number(1, 20))};
            const Ids before = allPages(*m_reader, request);
            const Ids seen = allPages(*m_reader, request, change, limits);
            QCOMPARE(std::set(seen.begin(), seen.end()).size(), seen.size()); // nothing twice
            const auto stayed = [&](Ids ids) {
                std::erase_if(ids, [&](const auto &id) { return touched.contains(id); });
                return ids;
            };
            QCOMPARE(stayed(seen), stayed(before));
            compared += int(stayed(before).size());
        }
        QVERIFY2(compared > 500, qPrintable(QString::number(compared)));
    }
};

QTEST_GUILESS_MAIN(InstanceSearchTest)
#include "instance_search_test.moc"

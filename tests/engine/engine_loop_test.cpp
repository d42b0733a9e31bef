#include "engine/engine_loop.h"

#include "engine/activities/builtin/log_activity.h"
#include "engine/store/memory_store.h"
#include "tests/support/patient_expressions.h"

#include <QTest>

#include <atomic>
#include <future>

using namespace engine;

namespace {

constexpr auto waitFlow = R"({ "signalbox": 1, "name": "W", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end" } } })";

/// A store that fails or stands still when its test says so.
class MoodyStore final : public Store
{
public:
    enum class Mood { Works, Refuses, Breaks };

    Result<void> commit(const Turn &turn) override
    {
        if (gate.valid())
            gate.wait();
        if (mood == Mood::Refuses)
            return Error{ErrorCode::Unavailable, "the disk is full", {}};
        invariant(mood != Mood::Breaks, "store: a row is missing");
        return m_memory.commit(turn);
    }
    Result<std::vector<HistoryRow>> history(RunKey run) override { return m_memory.history(run); }
    Result<LatestRows> latest(RunKey run) override { return m_memory.latest(run); }
    Result<std::optional<InstanceSummary>> find(const InstanceId &instance) override
    {
        return m_memory.find(instance);
    }
    Result<std::optional<InstanceId>> instanceOf(RunKey run) override
    {
        return m_memory.instanceOf(run);
    }
    Result<Recovered> recover() override
    {
        if (isDamaged)
            return Error{ErrorCode::Damaged, "a page is damaged", {}};
        return m_memory.recover();
    }
    Result<std::optional<RunKey>> acceptedBy(const InstanceId &instance, const std::string &name,
        const std::string &eventId) override
    {
        return m_memory.acceptedBy(instance, name, eventId);
    }
    Result<std::optional<UndeliveredEvent>> undelivered(std::int64_t id) override
    {
        return m_memory.undelivered(id);
    }
    Result<std::vector<FinishedRun>> finished(const FlowId &flow, int version, int limit) override
    {
        return m_memory.finished(flow, version, limit);
    }
    Result<std::int64_t> instancesOf(const FlowId &flow, int version) override
    {
        return m_memory.instancesOf(flow, version);
    }

    CorrelationStore &correlation() override { return m_memory.correlation(); }

    std::atomic<Mood> mood{Mood::Works};
    bool isDamaged = false;        ///< set before the loop gets it
    std::shared_future<void> gate; ///< commits wait for it; set before anything is submitted

private:
    MemoryStore m_memory;
};

} // namespace

class EngineLoopTest : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    SystemRandom m_random;
    ActivityRegistry m_activities;
    MoodyStore *m_store = nullptr; ///< the loop's
    std::vector<std::string> m_problems;
    std::unique_ptr<EngineLoop> m_loop;

    void startLoop(std::size_t inboxLimit = 100)
    {
        m_problems.clear();
        auto started = EngineLoop::start(
            {.clock = m_clock,
                .random = m_random,
                .activities = m_activities,
                .makeExpressions = tests::makePatientExpressions,
                .openStore = [this]() -> Result<std::unique_ptr<Store>> {
                    auto store = std::make_unique<MoodyStore>();
                    m_store = store.get();
                    return std::unique_ptr<Store>(std::move(store));
                },
                .changed = [](const auto &) {},
                .halted = [this](const std::string &problem) { m_problems.push_back(problem); }},
            {}, inboxLimit);
        QVERIFY(started);
        m_loop = *std::move(started);
    }

    Result<Deployed> deploy()
    {
        std::promise<Result<Deployed>> promise;
        m_loop->inbox().deploy(
            waitFlow, true, [&](Result<Deployed> result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }

    std::future<Result<Accepted>> submit(const std::string &id)
    {
        auto promise = std::make_shared<std::promise<Result<Accepted>>>();
        m_loop->inbox().submit({{id}, {}, StartInstance{.flow = {"W"}, .source = {"window", ""}}},
            [promise](Result<Accepted> result) { promise->set_value(std::move(result)); });
        return promise->get_future();
    }

private slots:
    void cleanup() { m_loop.reset(); }

    void aRefusingStoreHaltsTheEngine_data()
    {
        QTest::addColumn<MoodyStore::Mood>("mood");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("refuses") << MoodyStore::Mood::Refuses << QByteArray("the disk is full");
        QTest::newRow("breaks") << MoodyStore::Mood::Breaks << QByteArray("a row is missing");
    }
    void aRefusingStoreHaltsTheEngine()
    {
        QFETCH(const MoodyStore::Mood, mood);
        QFETCH(const QByteArray, said);
        startLoop();
        QVERIFY(deploy());
        QVERIFY(submit("before").get());
        QVERIFY(m_loop->problem().empty());
        m_store->mood = mood;
        const auto hit = submit("hit").get();
        QVERIFY(!hit);
        QCOMPARE(hit.error().code, ErrorCode::Unavailable);
        // The halted engine still answers everybody.
        const auto after = submit("after").get();
        QVERIFY(!after);
        QCOMPARE(after.error().code, ErrorCode::Unavailable);
        QVERIFY(QByteArray::fromStdString(after.error().message).contains(said));
        QVERIFY(!deploy());
        QVERIFY(QByteArray::fromStdString(m_loop->problem()).contains(said));
        m_loop.reset();
        QCOMPARE(m_problems.size(), std::size_t(1));
    }

    void aFullInboxIsBusyAndDoesNotGrow()
    {
        constexpr std::size_t limit = 10'000;
        startLoop(limit);
        QVERIFY(deploy());
        std::promise<void> open;
        m_store->gate = open.get_future().share();
        std::vector<std::future<Result<Accepted>>> taken;
        for (std::size_t i = 0; i < limit; ++i)
            taken.push_back(submit("i-" + std::to_string(i)));
        for (int i = 0; i < 100; ++i) {
            const auto refused = submit("more").get();
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Busy);
        }
        open.set_value();
        for (auto &answer : taken)
            QVERIFY(answer.get());
        QVERIFY(submit("more").get());
    }

    void whoeverWaitsIsAnsweredWhenTheEngineStops()
    {
        startLoop(10'000);
        QVERIFY(deploy());
        std::vector<std::future<Result<Accepted>>> taken;
        for (int i = 0; i < 5'000; ++i)
            taken.push_back(submit("i-" + std::to_string(i)));
        m_loop.reset();
        for (auto &answer : taken) {
            const auto result = answer.get();
            QVERIFY(result || result.error().code == ErrorCode::Busy);
        }
    }

    /// Opening it once more is what mends it (semantics 11.2).
    void damageMetAtTheStartIsMetOnce()
    {
        for (const int damagedOnes : {1, 2}) {
            int opened = 0;
            const auto started =
                EngineLoop::start({.clock = m_clock,
                                      .random = m_random,
                                      .activities = m_activities,
                                      .makeExpressions = tests::makePatientExpressions,
                                      .openStore = [&]() -> Result<std::unique_ptr<Store>> {
                                          auto store = std::make_unique<MoodyStore>();
                                          store->isDamaged = opened++ < damagedOnes;
                                          return std::unique_ptr<Store>(std::move(store));
                                      },
                                      .changed = [](const auto &) {},
                                      .halted = [](const auto &) {}},
                    {}, 1);
            QCOMPARE(opened, 2);
            QCOMPARE(bool(started), damagedOnes == 1);
        }
    }

    void aStoreThatDoesNotOpenIsTheAnswer()
    {
        const auto started =
            EngineLoop::start({.clock = m_clock,
                                  .random = m_random,
                                  .activities = m_activities,
                                  .makeExpressions = tests::makePatientExpressions,
                                  .openStore = []() -> Result<std::unique_ptr<Store>> {
                                      return Error{ErrorCode::Damaged, "torn", {}};
                                  },
                                  .changed = [](const auto &) {},
                                  .halted = [](const auto &) {}},
                {}, 1);
        QVERIFY(!started);
        QCOMPARE(started.error().message, std::string("torn"));
    }
};

QTEST_GUILESS_MAIN(EngineLoopTest)
#include "engine_loop_test.moc"

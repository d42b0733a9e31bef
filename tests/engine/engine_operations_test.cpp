#include "engine/engine.h"

#include "tests/support/patient_expressions.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <future>
#include <memory>
#include <string>
#include <vector>

using namespace engine;
using nlohmann::json;

namespace {

const Source window{"window", "me"};

constexpr auto flow = R"({"signalbox": 1, "name": "Parcel", "start": "sent", "steps": {
    "sent": {"kind": "wait", "event": "Sent", "next": "paid"},
    "paid": {"kind": "wait", "event": "Paid", "next": "done"},
    "done": {"kind": "end", "output": "=[steps.sent, steps.paid]"}}})";

} // namespace

/// What an operator does, over the whole engine with its threads and its disk (semantics 2.3, 2.6,
/// 2.9, 9.1). What each rule says in detail is held by the golden cases.
class EngineOperationsTest : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Engine> m_engine;

    void start(const char *id)
    {
        const auto started =
            m_engine->start({.flow = {"Parcel"}, .instance = {id}, .source = window}).result();
        QVERIFY2(started, started ? "" : started.error().message.c_str());
    }
    Result<Acceptance> raise(const char *id, const char *name, const char *payload)
    {
        return m_engine
            ->raise({.instance = {id},
                .name = name,
                .payload = JsonText::trusted(payload),
                .source = window})
            .result();
    }
    InstanceSummary find(const char *id)
    {
        auto found = m_engine->find({id}).result();
        return found ? *std::move(found) : InstanceSummary{};
    }
    /// The Sequence of the one event that is kept and named so.
    Sequence keptAs(const char *id, const std::string &name)
    {
        const auto verdicts = m_engine->explain({.instance = {id}}).result();
        if (verdicts)
            for (const EventVerdict &verdict : *verdicts)
                if (verdict.name == name)
                    return verdict.event;
        return 0;
    }
    template<typename T>
    static ErrorCode codeOf(const Result<T> &result)
    {
        return result ? ErrorCode::Busy : result.error().code;
    }

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        auto opened = Engine::open({.directory = m_directory->path().toStdString()},
            {m_clock, m_random, tests::makePatientExpressions});
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        m_engine = *std::move(opened);
        QVERIFY(m_engine->deploy({flow, false, window}).result());
    }
    void cleanup()
    {
        m_engine.reset();
        m_directory.reset();
    }

    void whatIsSuspendedTakesNothingUntilItIsResumed()
    {
        start("p-1");
        QVERIFY(m_engine->suspend({{"p-1"}, "audit", window}).result());
        QCOMPARE(find("p-1").status, InstanceStatus::Suspended);
        QCOMPARE(codeOf(m_engine->suspend({{"p-1"}, "audit", window}).result()),
            ErrorCode::WrongState);
        QVERIFY(raise("p-1", "Sent", "1"));
        QCOMPARE(find("p-1").standsAt.value, std::string("sent"));
        QVERIFY(m_engine->resume({{"p-1"}, "done", window}).result());
        QCOMPARE(find("p-1").standsAt.value, std::string("paid"));
        QCOMPARE(codeOf(m_engine->resume({{"p-1"}, "done", window}).result()),
            ErrorCode::WrongState);
        QCOMPARE(codeOf(m_engine->retry({{"p-1"}, "", window}).result()), ErrorCode::WrongState);
    }

    void aKeptEventIsDeletedOrHandedOn()
    {
        start("p-1");
        start("p-2");
        QVERIFY(raise("p-1", "Paid", "\"wrong\""));
        const Sequence wrong = keptAs("p-1", "Paid");
        QVERIFY(wrong > 0);
        QVERIFY(m_engine->deleteKept({{"p-1"}, wrong, {}, "a slip", window}).result());
        QCOMPARE(keptAs("p-1", "Paid"), Sequence(0));
        QCOMPARE(codeOf(m_engine->deleteKept({{"p-1"}, wrong, {}, "", window}).result()),
            ErrorCode::NotFound);

        QVERIFY(raise("p-1", "Paid", "5"));
        const Sequence his = keptAs("p-1", "Paid");
        QVERIFY(m_engine->handOn({{"p-1"}, his, {"p-2"}, "his", window}).result());
        QCOMPARE(keptAs("p-1", "Paid"), Sequence(0));
        QTRY_VERIFY(keptAs("p-2", "Paid") > 0);
        QVERIFY(raise("p-2", "Sent", "4"));
        QTRY_COMPARE(find("p-2").status, InstanceStatus::Completed);
        QCOMPARE(find("p-2").output.text(), std::string("[4,5]"));
    }

    void anEventOfNobodyIsSentAgainOrDeleted()
    {
        QCOMPARE(codeOf(raise("p-1", "Sent", "1")), ErrorCode::NotFound);
        QCOMPARE(codeOf(raise("p-3", "Sent", "3")), ErrorCode::NotFound);
        const auto page = m_engine->undelivered({}).result();
        QVERIFY(page);
        const auto *log = &page->events;
        QCOMPARE(log->size(), std::size_t(2));
        const std::int64_t latest = log->front().id;
        const std::int64_t first = log->back().id;

        start("p-1");
        QVERIFY(m_engine->replayUndelivered({first, {}, window}).result());
        QTRY_COMPARE(find("p-1").standsAt.value, std::string("paid"));
        QVERIFY(m_engine->deleteUndelivered({latest, {}, window}).result());
        QVERIFY(m_engine->undelivered({}).result()->events.empty());
        QCOMPARE(codeOf(m_engine->deleteUndelivered({latest, {}, window}).result()),
            ErrorCode::NotFound);
    }

    void whyAnEventWaitsIsReadFromTheDisk()
    {
        start("p-1");
        QVERIFY(raise("p-1", "Paid", "5"));
        const auto verdicts = m_engine->explain({.instance = {"p-1"}, .name = "Sent"}).result();
        QVERIFY(verdicts);
        QCOMPARE(verdicts->size(), std::size_t(1)); // one that would come now
        QVERIFY(verdicts->front().waits.at(0).matches);
        const Sequence kept = keptAs("p-1", "Paid");
        const auto one = m_engine->explain({.instance = {"p-1"}, .event = kept}).result();
        QVERIFY(one);
        QCOMPARE(one->front().name, std::string("Paid"));
        QVERIFY(!one->front().why.empty());
        QCOMPARE(codeOf(m_engine->explain({.instance = {"nobody"}}).result()), ErrorCode::NotFound);
    }

    void aFilterPurgesWhatIsFinishedPageByPage()
    {
        constexpr int many = 230;
        std::vector<std::string> ids;
        for (int i = 0; i < many; ++i)
            ids.push_back("old-" + std::to_string(i));
        std::vector<std::future<Result<Acceptance>>> ends;
        for (const std::string &id : ids) {
            m_engine->door().instances.start(
                {.flow = {"Parcel"}, .instance = {id}, .source = window}, [](auto) {});
            auto ended = std::make_shared<std::promise<Result<Acceptance>>>();
            ends.push_back(ended->get_future());
            m_engine->door().instances.terminate({{id}, "old", window},
                [ended](Result<Acceptance> result) { ended->set_value(std::move(result)); });
        }
        for (auto &end : ends)
            QVERIFY(end.get());
        start("old-but-live");
        start("new");
        const auto purge = [this](PurgeRequest request) {
            std::promise<Result<std::int64_t>> purged;
            m_engine->door().operations.purgeAll(std::move(request),
                [&purged](Result<std::int64_t> count) { purged.set_value(std::move(count)); });
            return purged.get_future().get();
        };
        const auto none = purge({.filter = {.statuses = {InstanceStatus::Running}}, .source = window});
        QVERIFY(none && *none == 0);
        const auto all = purge({.filter = {.idPrefix = "old"}, .reason = "old", .source = window});
        QVERIFY(all && *all == many);
        QVERIFY(find("old-0").instance.empty());
        QVERIFY(find("old-but-live").status == InstanceStatus::Running);
        QVERIFY(find("new").status == InstanceStatus::Running);
        std::promise<Result<AuditPage>> audited;
        m_engine->door().queries.audit({.instance = {"old-7"}},
            [&audited](Result<AuditPage> page) { audited.set_value(std::move(page)); });
        const auto page = audited.get_future().get();
        QVERIFY(page && page->entries.front().operation == "purge");
        QCOMPARE(page->entries.front().reason, std::string("old"));
    }
};

QTEST_GUILESS_MAIN(EngineOperationsTest)
#include "engine_operations_test.moc"

#include "engine/engine.h"

#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/http_stub.h"
#include "tests/support/patient_expressions.h"

#include <QCoreApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>
#include <mutex>

using namespace engine;
using nlohmann::json;
using tests::HttpStub;

namespace {

const Source window{"window", "me"};

std::string orderFlow()
{
    QFile file(
        QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// Waits 100 ms and ends.
constexpr auto napFlow = R"({ "signalbox": 1, "name": "Nap", "start": "nap", "steps": {
    "nap": { "kind": "timer", "after": "PT0.1S", "next": "done" },
    "done": { "kind": "end" } } })";

} // namespace

/// The whole engine with its threads, on a real directory and a real shop.
class EngineTest : public QObject
{
    Q_OBJECT

    std::mutex m_mutex;
    std::vector<HttpStub::Request> m_payments;
    std::unique_ptr<HttpStub> m_shop;
    std::unique_ptr<QTemporaryDir> m_directory;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Engine> m_engine;

    EngineOptions options() const { return {.directory = m_directory->path().toStdString()}; }

    Result<std::unique_ptr<Engine>> openEngine(EngineOptions options)
    {
        return Engine::open(std::move(options), {m_clock, m_random, tests::makePatientExpressions});
    }

    void open()
    {
        auto opened = openEngine(options());
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        m_engine = *std::move(opened);
    }

    void deploy(const std::string &text)
    {
        const auto deployed = m_engine->deploy({text, true, window}).result();
        QVERIFY2(deployed, deployed ? "" : deployed.error().message.c_str());
        QVERIFY2(deployed->version > 0,
            deployed->problems.empty() ? "" : message(deployed->problems.front()).c_str());
    }

    Result<Acceptance> start(const char *id)
    {
        const json input{{"shop", m_shop->url(QString()).toStdString()}, {"id", id},
            {"payment", {{"amount", 120}}}};
        return m_engine
            ->start({.flow = {"OrderFulfillment"},
                .instance = {id},
                .input = JsonText::of(input),
                .source = window})
            .result();
    }

    Result<Acceptance> raise(const char *id, const char *name, const char *payload,
        std::optional<std::string> eventId = {})
    {
        return m_engine
            ->raise({.instance = {id},
                .name = name,
                .payload = JsonText::trusted(payload),
                .eventId = std::move(eventId),
                .source = window})
            .result();
    }

    InstanceSummary find(const char *id)
    {
        auto found = m_engine->find({id}).result();
        return found ? *std::move(found) : InstanceSummary{};
    }

    bool standsOn(const char *id, const char *what)
    {
        const auto summary = find(id);
        return summary.waiting && summary.standsOn == what;
    }

    bool hasEnded(const char *id) { return isFinished(find(id).status); }

    EngineHealth health()
    {
        std::promise<EngineHealth> answered;
        m_engine->door().queries.health([&answered](Result<EngineHealth> result) {
            answered.set_value(result ? *std::move(result) : EngineHealth{});
        });
        return answered.get_future().get();
    }

    /// Ends the engine; in the page with the history of n-1 a byte is wrong then.
    void endNapsAndDamageOne()
    {
        deploy(napFlow);
        // So many that not all of history stands in one page.
        for (int i = 1; i <= 40; ++i)
            QVERIFY(m_engine
                        ->start({.flow = {"Nap"},
                            .instance = {"n-" + std::to_string(i)},
                            .source = window})
                        .result());
        QTRY_VERIFY(m_engine->counts().result()->front().completed == 40);
        m_engine.reset();
        QVERIFY(SqliteStore::open(options().directory)); // leaves all of the log in the file
        QFile file(m_directory->filePath(QStringLiteral("signalbox.db")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto place = file.readAll().indexOf("\"instance\":\"n-1\"");
        QVERIFY(place > 4096);
        QVERIFY(file.seek(place) && file.write("?") == 1);
    }

private slots:
    void init()
    {
        m_payments.clear();
        m_shop = std::make_unique<HttpStub>([this](const HttpStub::Request &request) {
            const std::lock_guard lock(m_mutex);
            m_payments.push_back(request);
            return HttpStub::Answer{.status = 202, .body = "{\"taken\":true}"};
        });
        m_directory = std::make_unique<QTemporaryDir>();
        open();
    }

    void cleanup()
    {
        m_engine.reset();
        m_directory.reset();
        m_shop.reset();
    }

    void anOrderRunsToItsEnd()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        QTRY_VERIFY(standsOn("o-1", "PaymentConfirmed"));
        QVERIFY(raise("o-1", "PaymentConfirmed", R"({"success":true,"transactionId":"tx-1"})"));
        QTRY_VERIFY(standsOn("o-1", "ShipmentUpdate"));
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"InTransit"})"));
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"Delivered"})"));
        QTRY_VERIFY(hasEnded("o-1"));
        const auto summary = find("o-1");
        QCOMPARE(summary.status, InstanceStatus::Completed);
        const json expected{{"status", "Completed"}, {"transactionId", "tx-1"},
            {"trackingHistory", {{{"status", "InTransit"}}, {{"status", "Delivered"}}}}};
        QVERIFY2(summary.output.tree() == expected, summary.output.text().c_str());
        QCOMPARE(m_payments.size(), std::size_t(1));
        QVERIFY(m_payments[0]
                    .headers.value("idempotency-key")
                    .startsWith(QByteArray::number(qlonglong(summary.run.value)) + '/'));
        QCOMPARE(m_payments[0].body, QByteArray("{\"amount\":120}"));
    }

    void eventsThatComeEarlyWait()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        const auto early = raise("o-1", "ShipmentUpdate", R"({"status":"Delivered"})");
        QVERIFY2(early, early ? "" : early.error().message.c_str());
        QVERIFY(raise("o-1", "PaymentConfirmed", R"({"success":true,"transactionId":"tx-1"})"));
        QTRY_VERIFY(hasEnded("o-1"));
        QCOMPARE(find("o-1").status, InstanceStatus::Completed);
    }

    void anOrderIsCancelledWhateverItWaitsFor()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        QTRY_VERIFY(standsOn("o-1", "PaymentConfirmed"));
        const auto asked = m_engine->explain({{"o-1"}, "OrderCancelled"}).result();
        QVERIFY(asked && asked->size() == 1);
        QCOMPARE(asked->front().why, std::string("the event would interrupt the instance: its "
                                                 "handler would begin at step 'cancelled'"));
        QVERIFY(raise("o-1", "OrderCancelled", R"({"reason":"found it cheaper"})"));
        QTRY_VERIFY(hasEnded("o-1"));
        const auto summary = find("o-1");
        QCOMPARE(summary.status, InstanceStatus::Completed);
        const json expected{{"status", "Cancelled"}, {"reason", "found it cheaper"}};
        QVERIFY2(summary.output.tree() == expected, summary.output.text().c_str());
    }

    void anEventSentTwiceCountsOnce()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        QVERIFY(raise("o-1", "PaymentConfirmed", R"({"success":true})", "p-1"));
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"InTransit"})", "s-1"));
        const auto again = raise("o-1", "ShipmentUpdate", R"({"status":"InTransit"})", "s-1");
        QVERIFY(again);
        QVERIFY(again->duplicate);
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"Delivered"})", "s-2"));
        QTRY_VERIFY(hasEnded("o-1"));
        QCOMPARE(find("o-1").output.tree()["trackingHistory"].size(), std::size_t(2));
        // The first answer again, also when all is over.
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"Delivered"})", "s-2")->duplicate);
    }

    void anEventForNobodyIsRefused()
    {
        deploy(orderFlow());
        QCOMPARE(raise("nobody", "PaymentConfirmed", R"({"success":true})").error().code,
            ErrorCode::NotFound);
        QVERIFY(start("o-1"));
        QVERIFY(m_engine->terminate({{"o-1"}, "enough", window}).result());
        QCOMPARE(find("o-1").status, InstanceStatus::Terminated);
        QCOMPARE(raise("o-1", "PaymentConfirmed", R"({"success":true})").error().code,
            ErrorCode::Finished);
    }

    void wrongRequestsChangeNothing()
    {
        deploy(orderFlow());
        const auto unknown = m_engine->start({.flow = {"Nothing"}, .source = window}).result();
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        const auto input =
            m_engine->start({.flow = {"OrderFulfillment"}, .source = window}).result();
        QCOMPARE(input.error().code, ErrorCode::InvalidArgument);
        QVERIFY(start("o-1"));
        QCOMPARE(start("o-1").error().code, ErrorCode::AlreadyExists);
        QCOMPARE(raise("o-1", "PaymentConfirmed", R"({"success":"perhaps"})").error().code,
            ErrorCode::InvalidArgument);
        const auto dangling = m_engine
                                  ->deploy({R"({"signalbox":1,"name":"D","start":"a","steps":{"a":)"
                                            R"({"kind":"timer","after":"PT1S","next":"b"}}})",
                                      true, window})
                                  .result();
        QVERIFY(dangling);
        QCOMPARE(dangling->version, 0);
        QVERIFY(hasErrors(dangling->problems));
        QCOMPARE(m_engine->list({}).result()->instances.size(), std::size_t(1));
        QCOMPARE(m_engine->flows().result()->size(), std::size_t(1));
    }

    void whatIsNotGrantedDoesNotStart()
    {
        QVERIFY(m_engine->deploy({orderFlow(), false, window}).result());
        QCOMPARE(start("o-1").error().code, ErrorCode::NotAllowed);
        QVERIFY(m_payments.empty());
    }

    void anInstanceGoesOnAfterARestart()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        QTRY_VERIFY(standsOn("o-1", "PaymentConfirmed"));
        m_engine.reset();
        open();
        QVERIFY(standsOn("o-1", "PaymentConfirmed"));
        QVERIFY(raise("o-1", "PaymentConfirmed", R"({"success":true,"transactionId":"tx-1"})"));
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"InTransit"})"));
        m_engine.reset();
        open();
        QVERIFY(raise("o-1", "ShipmentUpdate", R"({"status":"Delivered"})"));
        QTRY_VERIFY(hasEnded("o-1"));
        QCOMPARE(find("o-1").status, InstanceStatus::Completed);
        QCOMPARE(m_payments.size(), std::size_t(1));
    }

    void aTimerThatWasDueMeanwhileFiresAfterTheStart()
    {
        deploy(napFlow);
        QVERIFY(m_engine->start({.flow = {"Nap"}, .instance = {"n-1"}, .source = window}).result());
        m_engine.reset();
        open();
        QTRY_VERIFY(hasEnded("n-1"));
    }

    void anAnsweredWriteIsVisibleToTheNextRead()
    {
        deploy(napFlow);
        for (int i = 0; i < 100; ++i) {
            const auto started = m_engine->start({.flow = {"Nap"}, .source = window}).result();
            QVERIFY(started);
            const auto found = m_engine->find(started->instance).result();
            QVERIFY(found);
            QCOMPARE(found->run, started->run);
            QVERIFY(!m_engine->history({.instance = started->instance}).result()->events.empty());
        }
    }

    void changesAreToldAfterTheCommit()
    {
        QSignalSpy spy(m_engine.get(), &Engine::instancesChanged);
        deploy(napFlow);
        QVERIFY(m_engine->start({.flow = {"Nap"}, .instance = {"n-1"}, .source = window}).result());
        QTRY_VERIFY(hasEnded("n-1"));
        QTRY_VERIFY(!spy.isEmpty() &&
                    spy.last().first().value<std::vector<InstanceSummary>>().back().status ==
                        InstanceStatus::Completed);
    }

    void observersAreToldOfAPurge()
    {
        deploy(napFlow);
        QVERIFY(m_engine->start({.flow = {"Nap"}, .instance = {"n-1"}, .source = window}).result());
        QTRY_VERIFY(hasEnded("n-1"));
        QSignalSpy spy(m_engine.get(), &Engine::instancesChanged);
        std::promise<bool> purged;
        m_engine->door().operations.purge({.instance = {"n-1"}, .source = window},
            [&](Result<Acceptance> result) { purged.set_value(bool(result)); });
        QVERIFY(purged.get_future().get());
        QTRY_VERIFY(!spy.isEmpty());
        const auto told = spy.last().first().value<std::vector<InstanceSummary>>().back();
        QVERIFY(told.purged);
        QCOMPARE(told.instance, InstanceId{"n-1"});
    }

    void theDoorTellsHowTheEngineIs()
    {
        deploy(orderFlow());
        QVERIFY(start("o-1"));
        std::promise<EngineHealth> health;
        m_engine->door().queries.health([&](Result<EngineHealth> result) {
            health.set_value(result ? *result : EngineHealth{});
        });
        const auto told = health.get_future().get();
        QVERIFY(told.running);
        QVERIFY(told.problem.empty());
        QCOMPARE(told.live, std::int64_t(1));
        QCOMPARE(m_engine->counts().result()->size(), std::size_t(1));
        QCOMPARE(m_engine->find({"other"}).result().error().code, ErrorCode::NotFound);
    }

    void twoEnginesCannotShareADirectory()
    {
        const auto second = openEngine(options());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Unavailable);
        const auto text = QString::fromStdString(second.error().message);
        QVERIFY2(text.contains(m_directory->path()), qPrintable(text));
        QVERIFY2(
            text.contains(QString::number(QCoreApplication::applicationPid())), qPrintable(text));
    }

    void aDirectoryThatCannotBeMadeIsNamed()
    {
        // Below a file, so that it fails for root too.
        QFile file(m_directory->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto path = file.fileName() + QStringLiteral("/below");
        const auto opened = openEngine({.directory = path.toStdString()});
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Unavailable);
        QVERIFY(QString::fromStdString(opened.error().message).contains(path));
        QVERIFY(!openEngine({}));
    }

    void aDirectoryThatCannotBeWrittenIsNamed()
    {
        const auto opened = openEngine({.directory = "/proc"}); // of the kernel, so for root too
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Unavailable);
        QVERIFY(opened.error().message.find("/proc cannot be written") != std::string::npos);
    }

    void aNewDirectoryIsForTheUserAlone()
    {
        const auto path = m_directory->filePath(QStringLiteral("a/b"));
        QVERIFY(openEngine({.directory = path.toStdString()}));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(path) & others));
    }

    void aDamagedDatabaseIsSaidAndLeftAsItIs()
    {
        m_engine.reset();
        QFile file(m_directory->filePath(QStringLiteral("signalbox.db")));
        QVERIFY(file.exists());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        const QByteArray garbage(20'000, 'x');
        file.write(garbage);
        file.close();
        const auto opened = openEngine(options());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Damaged);
        QVERIFY(QString::fromStdString(opened.error().message).contains(file.fileName()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), garbage);
    }

    void damageInALargeDatabaseIsFoundWhileItIsInUse()
    {
        endNapsAndDamageOne();
        EngineOptions large = options();
        large.lookedAtAtTheStart = 4096;
        m_engine = *openEngine(large);
        QSignalSpy damaged(m_engine.get(), &Engine::damaged);
        QVERIFY(health().damage.empty());
        QTRY_COMPARE(damaged.count(), 1);
        QVERIFY(damaged[0][0].toString().contains(
            QStringLiteral("signalbox.db: 1 of its pages are damaged")));
        QCOMPARE(QString::fromStdString(health().damage), damaged[0][0].toString());
        // All else goes on.
        QVERIFY(health().running);
        deploy(napFlow);
        QVERIFY(m_engine->start({.flow = {"Nap"}, .instance = {"n-41"}, .source = window}).result());
        QTRY_VERIFY(hasEnded("n-41"));
        // The next start mends it, and the instance is set aside.
        m_engine.reset();
        m_engine = *openEngine(large);
        QVERIFY(!find("n-1").setAside.empty());
        QVERIFY(find("n-41").setAside.empty());
        QVERIFY(health().damage.empty());
    }

    void aLookAtThePagesEndsWithTheEngine()
    {
        endNapsAndDamageOne();
        EngineOptions large = options();
        large.lookedAtAtTheStart = 4096;
        for (int round = 0; round < 20; ++round) {
            m_engine = *openEngine(large);
            if (round % 2 == 1)
                QCoreApplication::processEvents(); // it begins
            m_engine.reset();
        }
    }

    void timersNeverFireEarly()
    {
        deploy(napFlow);
        constexpr int many = 500;
        for (int i = 0; i < many; ++i)
            QVERIFY(
                m_engine
                    ->start(
                        {.flow = {"Nap"}, .instance = {"n-" + std::to_string(i)}, .source = window})
                    .result());
        QTRY_VERIFY(m_engine->counts().result()->front().completed == many);
        std::vector<Milliseconds> late;
        for (int i = 0; i < many; ++i) {
            const auto history =
                m_engine->history({.instance = {"n-" + std::to_string(i)}}).result();
            Instant due{};
            for (const HistoryEvent &event : history->events) {
                if (const auto *created = std::get_if<TimerCreated>(&event.fact))
                    due = created->fireAt;
                if (std::holds_alternative<TimerFired>(event.fact))
                    late.push_back(event.at - due);
            }
        }
        std::ranges::sort(late);
        QCOMPARE(late.size(), std::size_t(many));
        QVERIFY(late.front() >= Milliseconds{0});
        qInfo("500 timers: median %d ms late, p99 %d ms, longest %d ms",
            int(late[late.size() / 2].count()), int(late[late.size() * 99 / 100].count()),
            int(late.back().count()));
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"

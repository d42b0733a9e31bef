#include "engine/engine.h"

#include "engine/secret_store.h"
#include "tests/support/http_stub.h"
#include "tests/support/patient_expressions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace engine;
using nlohmann::json;
using tests::HttpStub;

namespace {

const Source window{"window", "me"};

/// One activity and its end.
std::string flowOf(const std::string &activity, const json &with)
{
    const json flow{{"signalbox", 1}, {"name", "Work"}, {"start", "work"},
        {"steps", {{"work", {{"kind", "activity"}, {"activity", activity}, {"with", with},
                                {"next", "done"}}},
                      {"done", {{"kind", "end"}, {"output", "=steps.work"}}}}}};
    return flow.dump();
}

} // namespace

/// Activities in the whole engine: what they are given, may do, and leave behind.
class EngineActivitiesTest : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<HttpStub> m_stub;
    std::unique_ptr<Engine> m_engine;
    QByteArray m_seen; ///< by the stub, on its thread

    void open(std::set<std::string> allowed = {})
    {
        auto opened = Engine::open(
            {.directory = m_directory->path().toStdString(), .allowed = std::move(allowed)},
            {m_clock, m_random, tests::makePatientExpressions});
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        m_engine = *std::move(opened);
    }

    void deploy(const std::string &text, bool grant = true)
    {
        const auto deployed = m_engine->deploy({text, grant, window}).result();
        QVERIFY2(deployed, deployed ? "" : deployed.error().message.c_str());
        for (const Problem &problem : deployed->problems)
            qInfo("%s", message(problem).c_str());
        QVERIFY(deployed->version > 0);
    }

    Result<Acceptance> start(const char *id, const json &input = nullptr)
    {
        return m_engine
            ->start({.flow = {"Work"},
                .instance = {id},
                .input = JsonText::of(input),
                .source = window})
            .result();
    }

    bool hasEnded(const char *id)
    {
        const auto found = m_engine->find({id}).result();
        return found && isFinished(found->status);
    }

    std::string history(const char *id)
    {
        const auto history = m_engine->history({.instance = {id}}).result();
        std::string text;
        for (const HistoryEvent &event : history->events) {
            if (const auto *task = std::get_if<TaskScheduled>(&event.fact))
                text += task->input.text();
            if (const auto *task = std::get_if<TaskCompleted>(&event.fact))
                text += task->result.text();
            if (const auto *task = std::get_if<TaskFailed>(&event.fact))
                text += task->failure.type + task->failure.message + task->failure.details.text();
        }
        return text;
    }

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_stub = std::make_unique<HttpStub>([this](const HttpStub::Request &request) {
            m_seen = request.headers.value("authorization");
            return HttpStub::Answer{.body = "\"got " + m_seen + "\""};
        });
        open();
    }
    void cleanup()
    {
        m_engine.reset();
        m_stub.reset();
        m_directory.reset();
    }

    void aSecretReachesTheServerAndNothingElse()
    {
        const SecretStore store(m_directory->path().toStdString());
        QVERIFY(store.set("TOKEN", "hush-hush", SecretStore::Keychain::Never));
        deploy(flowOf("http", {{"url", m_stub->url(QStringLiteral("/x")).toStdString()},
                                  {"headers", {{"Authorization", "Bearer ${secret:TOKEN}"}}}}));
        QVERIFY(start("s-1"));
        QTRY_VERIFY(hasEnded("s-1"));
        const std::string told = history("s-1");
        QVERIFY2(told.find("got Bearer ${secret:TOKEN}") != std::string::npos, told.c_str());
        m_engine.reset(); // everything is on disk now
        for (const QString &name : QDir(m_directory->path()).entryList(QDir::Files)) {
            QFile file(m_directory->filePath(name));
            QVERIFY(file.open(QFile::ReadOnly));
            if (name != QStringLiteral("secrets.json"))
                QVERIFY2(!file.readAll().contains("hush-hush"), qPrintable(name));
        }
    }

    void aPayloadNamesNoSecrets()
    {
        const SecretStore store(m_directory->path().toStdString());
        QVERIFY(store.set("TOKEN", "hush-hush", SecretStore::Keychain::Never));
        deploy(flowOf("http", {{"url", m_stub->url(QStringLiteral("/x")).toStdString()},
                                  {"headers", {{"Authorization", "=input"}}}}));
        QVERIFY(start("s-1", "${secret:TOKEN}"));
        QTRY_VERIFY(hasEnded("s-1"));
        m_stub.reset();
        QCOMPARE(m_seen, QByteArray("${secret:TOKEN}"));
    }

    void aDatabaseIsReachedByTheNameOfItsSecret()
    {
        const SecretStore store(m_directory->path().toStdString());
        QVERIFY(store.set("books",
            "sqlite://me:hush-hush@localhost" +
                m_directory->filePath(QStringLiteral("b.db")).toStdString(),
            SecretStore::Keychain::Never));
        deploy(
            flowOf("sql", {{"connection", "books"}, {"query", "select :a as a, 'hush-hush' as b"},
                              {"bind", {{"a", "=input"}}}}));
        QVERIFY(start("s-1", 42));
        QTRY_VERIFY(hasEnded("s-1"));
        const std::string told = history("s-1");
        QVERIFY2(told.find(R"([{"a":42,"b":"${secret:books.password}"}])") != std::string::npos,
            told.c_str());
    }

    void aMissingSecretIsNotAllowed()
    {
        deploy(flowOf("process", {{"command", {"echo", "${secret:NONE}"}}}));
        QVERIFY(start("s-1"));
        QTRY_VERIFY(hasEnded("s-1"));
        QVERIFY(history("s-1").find("NotAllowedthere is no secret 'NONE'") != std::string::npos);
    }

    void terminatingAnInstanceEndsItsProgram()
    {
        const std::string pipe = m_directory->filePath(QStringLiteral("pipe")).toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        deploy(flowOf("process",
            {{"command",
                {"sh", "-c", "exec 3>\"$0\"; echo up >&3; exec cat /dev/zero >/dev/null", pipe}}}));
        QVERIFY(start("p-1"));
        const int reader = ::open(pipe.c_str(), O_RDONLY | O_CLOEXEC);
        char byte = 0;
        QCOMPARE(::read(reader, &byte, 1), ssize_t(1));
        QVERIFY(m_engine->terminate({{"p-1"}, "enough", window}).result());
        while (::read(reader, &byte, 1) == 1) {
        } // until the program is gone
        ::close(reader);
        QVERIFY(hasEnded("p-1"));
    }

    void whatWasNotGrantedIsNotStarted()
    {
        deploy(flowOf("process", {{"command", {"true"}}}), false);
        QCOMPARE(start("n-1").error().code, ErrorCode::NotAllowed);
    }

    void aFileIsWrittenWhereItWasGranted()
    {
        deploy(flowOf("file", {{"path", "=`out/${input}`"}, {"mode", "write"}, {"content", "x"}}));
        QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("files/out")));
        QVERIFY(start("f-1", "a.txt"));
        QVERIFY(start("f-2", "../../stolen"));
        QTRY_VERIFY(hasEnded("f-1") && hasEnded("f-2"));
        QVERIFY(QFile::exists(m_directory->filePath(QStringLiteral("files/out/a.txt"))));
        QVERIFY(history("f-2").find("NotAllowed") != std::string::npos);
        QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("stolen"))));
    }
};

QTEST_GUILESS_MAIN(EngineActivitiesTest)
#include "engine_activities_test.moc"

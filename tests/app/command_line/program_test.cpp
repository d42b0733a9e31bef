#include "tests/engine/rest/http_client.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

#include <signal.h>

using nlohmann::json;

namespace {

constexpr int patience = 30'000;

const char *const waitingFlow = R"({
  "signalbox": 1,
  "name": "Waiting",
  "start": "wait",
  "steps": {
    "wait": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "done", "onTimeout": "done" },
    "done": { "kind": "end", "output": "=steps.wait" }
  }
}
)";

const char *const askingFlow = R"({
  "signalbox": 1,
  "name": "Asking",
  "start": "ask",
  "steps": {
    "ask": {
      "kind": "approval",
      "title": "Please look",
      "outcomes": {
        "yes": { "kind": "positive", "next": "done" },
        "no": { "kind": "negative", "requireComment": true, "next": "done" },
        "later": { "next": "ask" }
      }
    },
    "done": { "kind": "end", "output": "=[steps.ask.outcome, steps.ask.by, steps.ask.comment]" }
  }
}
)";

const char *const danglingFlow = R"({
  "signalbox": 1,
  "name": "Dangling",
  "start": "wait",
  "steps": {
    "wait": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "nowhere", "onTimeout": "done" },
    "done": { "kind": "end" }
  }
}
)";

struct Outcome {
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

/// No display, no platform: what runs without windows must not notice.
QProcessEnvironment bareEnvironment()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("nonsense"));
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    return environment;
}

Outcome signalbox(const QStringList &words, const QByteArray &key = {})
{
    QProcess process;
    auto environment = bareEnvironment();
    if (!key.isEmpty())
        environment.insert(QStringLiteral("SIGNALBOX_KEY"), QString::fromLatin1(key));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SIGNALBOX_BINARY), words);
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

json parsed(const QByteArray &text) { return json::parse(text.toStdString(), nullptr, false); }

/// A `signalbox serve` of its own.
class Server
{
public:
    explicit Server(const QStringList &words)
    {
        m_process.setProcessEnvironment(bareEnvironment());
        m_process.start(
            QStringLiteral(SIGNALBOX_BINARY), QStringList{QStringLiteral("serve")} + words);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(patience)) {
        }
        m_ready = parsed(m_process.readLine());
    }
    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished(patience);
    }

    bool isReady() const { return m_ready.is_object(); }
    const json &ready() const { return m_ready; }
    QString url() const { return QString::fromStdString(m_ready.at("url").get<std::string>()); }
    /// The exit status after a signal, -1 if it did not end by itself.
    int endBy(int signal)
    {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
        if (!m_process.waitForFinished(patience) || m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        return m_process.exitCode();
    }
    QByteArray errors() { return m_process.readAllStandardError(); }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    json m_ready;
};

} // namespace

class ProgramTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        write(QStringLiteral("waiting.flow.json"), waitingFlow);
        write(QStringLiteral("asking.flow.json"), askingFlow);
        write(QStringLiteral("dangling.flow.json"), danglingFlow);
    }

    void serveSaysWhereItIsAndEndsCleanly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void serveSaysWhereItIsAndEndsCleanly()
    {
        QFETCH(int, signal);
        Server server(
            {QStringLiteral("--data"), data(), QStringLiteral("--hub"), QStringLiteral("box")});
        QVERIFY2(server.isReady(), server.errors().constData());
        QVERIFY(server.ready().size() == 3u);
        QVERIFY(server.ready().at("hub") == "box");
        QVERIFY(server.ready().at("pid") == server.process().processId());
        QVERIFY(server.url().startsWith(QStringLiteral("http://127.0.0.1:")));
        QVERIFY(QFile::exists(data() + QStringLiteral("/server.json")));
        QCOMPARE(server.endBy(signal), 0);
        QVERIFY(!QFile::exists(data() + QStringLiteral("/server.json")));
        QVERIFY(QFile::exists(data() + QStringLiteral("/key")));
    }

    void anInstanceIsDrivenThroughARunningServer()
    {
        Server server(
            {QStringLiteral("--data"), data(), QStringLiteral("--flows"), m_directory->path()});
        QVERIFY2(server.isReady(), server.errors().constData());
        driveAnInstance();
        QCOMPARE(server.endBy(SIGTERM), 0);
    }

    void anInstanceIsDrivenWithoutAServer()
    {
        QCOMPARE(onData({QStringLiteral("deploy"), file("waiting.flow.json")}).status, 0);
        driveAnInstance();
    }

    void tasksAreListedAndAnswered()
    {
        QCOMPARE(onData({QStringLiteral("deploy"), file("asking.flow.json")}).status, 0);
        for (const char *id : {"a", "b"})
            QCOMPARE(onData({QStringLiteral("start"), QStringLiteral("Asking"),
                         QStringLiteral("--id"), QLatin1String(id)})
                         .status,
                0);
        const auto tasks = onData({QStringLiteral("tasks")});
        QVERIFY2(tasks.output.contains("Please look"), tasks.output.constData());
        QVERIFY2(tasks.output.contains("Asking 1"), tasks.output.constData());
        const auto answered = [this](const char *verb, QStringList words) {
            return onData(QStringList{QLatin1String(verb)} + words);
        };
        const QStringList a{QStringLiteral("--instance"), QStringLiteral("a")};
        const QStringList b{QStringLiteral("--instance"), QStringLiteral("b")};
        const auto later = answered("answer", QStringList{QStringLiteral("later")} + a);
        QVERIFY2(later.status == 0, later.errors.constData());
        const auto approved = answered("approve", a);
        QVERIFY2(approved.output.startsWith("answered yes to task 1-"), approved.output.constData());
        const auto twice = answered("approve", a);
        QCOMPARE(twice.status, 1);
        QVERIFY2(twice.errors.contains("no open task"), twice.errors.constData());
        const auto mute = answered("reject", b);
        QCOMPARE(mute.status, 1);
        QVERIFY2(mute.errors.contains("comment"), mute.errors.constData());
        const QStringList why{QStringLiteral("--comment"), QStringLiteral("too much"),
            QStringLiteral("--by"), QStringLiteral("ann")};
        QCOMPARE(answered("reject", b + why).status, 0);
        const auto shown =
            onData({QStringLiteral("show"), QStringLiteral("b"), QStringLiteral("--json")});
        QVERIFY(parsed(shown.output).at("output") == json({"no", "ann", "too much"}));
        QCOMPARE(onData({QStringLiteral("tasks")}).output, QByteArray("no open tasks\n"));
    }

    void anInstanceIsSuspendedResumedAndTerminated()
    {
        QCOMPARE(onData({QStringLiteral("deploy"), file("waiting.flow.json")}).status, 0);
        QCOMPARE(onData({QStringLiteral("start"), QStringLiteral("Waiting"), QStringLiteral("--id"),
                     QStringLiteral("a")})
                     .status,
            0);
        const auto status = [this] {
            const auto shown =
                onData({QStringLiteral("show"), QStringLiteral("a"), QStringLiteral("--json")});
            return QByteArray::fromStdString(parsed(shown.output).at("status").get<std::string>());
        };
        const auto done = [this](const char *verb) {
            return onData({QLatin1String(verb), QStringLiteral("a"), QStringLiteral("--reason"),
                QStringLiteral("to see")});
        };
        QCOMPARE(done("suspend").output, QByteArray("suspend: a\n"));
        QCOMPARE(status(), QByteArray("Suspended"));
        QCOMPARE(done("suspend").status, 1);
        QCOMPARE(done("resume").status, 0);
        QCOMPARE(status(), QByteArray("Running"));
        QCOMPARE(done("retry").status, 1); // it is not set aside
        QCOMPARE(done("terminate").status, 0);
        QCOMPARE(status(), QByteArray("Terminated"));
        QCOMPARE(done("resume").status, 1);
    }

    void keysAreMadeRotatedAndRevoked_data()
    {
        QTest::addColumn<bool>("serving");
        QTest::newRow("with a server") << true;
        QTest::newRow("without one") << false;
    }
    void keysAreMadeRotatedAndRevoked()
    {
        QFETCH(bool, serving);
        std::optional<Server> server;
        if (serving)
            server.emplace(QStringList{QStringLiteral("--data"), data()});
        const auto keys = [this](const QStringList &words) {
            return onData(QStringList{QStringLiteral("keys")} + words);
        };
        const auto made = keys({QStringLiteral("make"), QStringLiteral("shop"),
            QStringLiteral("--scope"), QStringLiteral("read-only")});
        QCOMPARE(made.status, 0);
        const QByteArray key = made.output.trimmed();
        QCOMPARE(key.size(), 64);
        const auto listed = keys({});
        QVERIFY(listed.output.contains("default") && listed.output.contains("read-only"));
        QVERIFY(!listed.output.contains(key));
        QCOMPARE(keys({QStringLiteral("make"), QStringLiteral("shop")}).status, 1);
        if (server) {
            const QStringList byUrl{QStringLiteral("--url"), server->url()};
            QCOMPARE(signalbox(QStringList{QStringLiteral("list")} + byUrl, key).status, 0);
            const auto refused = signalbox(
                QStringList{QStringLiteral("start"), QStringLiteral("Waiting")} + byUrl, key);
            QCOMPARE(refused.status, 1);
            QVERIFY(refused.errors.contains("read-only"));
        }
        const auto rotated = keys({QStringLiteral("rotate"), QStringLiteral("shop")});
        QCOMPARE(rotated.status, 0);
        QVERIFY(rotated.output.trimmed().size() == 64 && rotated.output.trimmed() != key);
        QCOMPARE(keys({QStringLiteral("revoke"), QStringLiteral("shop")}).output,
            QByteArray("revoked shop\n"));
        QCOMPARE(keys({QStringLiteral("revoke"), QStringLiteral("shop")}).status, 1);
        QVERIFY(!keys({}).output.contains("shop"));
    }

    void wrongFilesAmongFlowsAreReportedAndSkipped()
    {
        Server server(
            {QStringLiteral("--data"), data(), QStringLiteral("--flows"), m_directory->path()});
        QVERIFY(server.isReady());
        QCOMPARE(onData({QStringLiteral("start"), QStringLiteral("Waiting")}).status, 0);
        QCOMPARE(onData({QStringLiteral("start"), QStringLiteral("Dangling")}).status, 1);
        QCOMPARE(server.endBy(SIGTERM), 0);
        const auto errors = server.errors();
        QVERIFY2(errors.contains("dangling.flow.json:6: wait:"), errors.constData());
    }

    void anotherKeyIsUnderstoodEverywhere()
    {
        Server server(
            {QStringLiteral("--data"), data(), QStringLiteral("--key"), QStringLiteral("mine")});
        QVERIFY(server.isReady());
        QCOMPARE(onData({QStringLiteral("list")}).status, 0);
        const QStringList byUrl{QStringLiteral("list"), QStringLiteral("--url"), server.url()};
        QCOMPARE(
            signalbox(byUrl + QStringList{QStringLiteral("--key"), QStringLiteral("mine")}).status,
            0);
        QCOMPARE(signalbox(byUrl, "mine").status, 0);
        const auto refused = signalbox(byUrl, "yours");
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.errors.contains("key"));
    }

    void theServerLiesOnLoopbackWithAKey()
    {
        Server server({QStringLiteral("--data"), data()});
        QVERIFY(server.isReady());
        tests::HttpClient client(static_cast<quint16>(server.url().section(u':', 2).toUInt()));
        QCOMPARE(client.call("GET", "/api/v1/health").status, 200);
        QCOMPARE(client.call("GET", "/runtime/webhooks/durabletask/instances").status, 401);
        QFile key(data() + QStringLiteral("/key"));
        QVERIFY(key.open(QIODevice::ReadOnly));
        QCOMPARE(client
                     .call("GET",
                         "/runtime/webhooks/durabletask/instances?code=" + key.readAll().trimmed())
                     .status,
            200);
        QCOMPARE(client.call("GET", "/durabletask/instances").status, 401);
    }

    void rpcIsSwitchedOn()
    {
        Server server({QStringLiteral("--data"), data(), QStringLiteral("--rpc")});
        QVERIFY(server.isReady());
        tests::HttpClient client(static_cast<quint16>(server.url().section(u':', 2).toUInt()));
        QCOMPARE(client.call("GET", "/durabletask/instances").status, 200);
    }

    void aStaleServerFileIsNoHindrance()
    {
        {
            Server server({QStringLiteral("--data"), data()});
            QVERIFY(server.isReady());
            QCOMPARE(server.endBy(SIGKILL), -1);
        }
        QVERIFY(QFile::exists(data() + QStringLiteral("/server.json")));
        QCOMPARE(onData({QStringLiteral("list")}).output, QByteArray("no instances\n"));
    }

    void aDirectoryHasOneOwner()
    {
        Server server({QStringLiteral("--data"), data()});
        QVERIFY(server.isReady());
        const auto second = onData({QStringLiteral("serve")});
        QCOMPARE(second.status, 1);
        QVERIFY2(second.errors.contains(data().toUtf8()), second.errors.constData());
    }

    void aTakenPortIsNamed()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto port = QString::number(other.serverPort());
        const auto refused = onData({QStringLiteral("serve"), QStringLiteral("--port"), port});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(port.toLatin1()), refused.errors.constData());
        QVERIFY(refused.output.isEmpty());
    }

    void aDirectoryThatCannotBeIsNamed()
    {
        const QString impossible = QStringLiteral("/dev/null/data");
        const auto serve =
            signalbox({QStringLiteral("serve"), QStringLiteral("--data"), impossible});
        QCOMPARE(serve.status, 1);
        QVERIFY2(serve.errors.contains(impossible.toUtf8()), serve.errors.constData());
        const auto list = signalbox({QStringLiteral("list"), QStringLiteral("--data"), impossible});
        QCOMPARE(list.status, 3);
        QVERIFY(list.errors.contains(impossible.toUtf8()));
    }

    void aDirectoryOfFlowsMustBeThere()
    {
        const auto refused =
            onData({QStringLiteral("serve"), QStringLiteral("--flows"), QStringLiteral("/none")});
        QCOMPARE(refused.status, 2);
        QVERIFY(refused.errors.contains("/none"));
    }

    void whoDoesNotAnswerIsNotReachable()
    {
        const auto list = signalbox({QStringLiteral("list"), QStringLiteral("--url"),
            QStringLiteral("http://127.0.0.1:1")});
        QCOMPARE(list.status, 3);
        QVERIFY(list.errors.contains("http://127.0.0.1:1"));
    }

    void refusalsAreExplained()
    {
        QCOMPARE(onData({QStringLiteral("deploy"), file("waiting.flow.json")}).status, 0);
        const auto unknownFlow = onData({QStringLiteral("start"), QStringLiteral("None")});
        QCOMPARE(unknownFlow.status, 1);
        QVERIFY(unknownFlow.errors.startsWith("signalbox: "));
        QCOMPARE(onData({QStringLiteral("show"), QStringLiteral("none")}).status, 1);
        QCOMPARE(
            onData({QStringLiteral("raise"), QStringLiteral("none"), QStringLiteral("Go")}).status,
            1);
        QCOMPARE(
            onData({QStringLiteral("list"), QStringLiteral("--status"), QStringLiteral("Done")})
                .status,
            1);
        const auto asJson =
            onData({QStringLiteral("show"), QStringLiteral("none"), QStringLiteral("--json")});
        QCOMPARE(asJson.status, 1);
        QVERIFY(parsed(asJson.output).at("type") == "urn:signalbox:problem:not-found");
    }

    void wrongUsageIsExplained_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no command") << QStringList{QStringLiteral("frobnicate")};
        QTest::newRow("no flow") << QStringList{QStringLiteral("start")};
        QTest::newRow("input is no JSON") << QStringList{QStringLiteral("start"),
            QStringLiteral("Waiting"), QStringLiteral("--input"), QStringLiteral("{a}")};
        QTest::newRow("input file is missing") << QStringList{QStringLiteral("start"),
            QStringLiteral("Waiting"), QStringLiteral("--input"), QStringLiteral("@/none")};
        QTest::newRow("payload is no JSON") << QStringList{QStringLiteral("raise"),
            QStringLiteral("7"), QStringLiteral("Go"), QStringLiteral("hello")};
        QTest::newRow("no file") << QStringList{QStringLiteral("check"), QStringLiteral("/none")};
        QTest::newRow("a directory") << QStringList{QStringLiteral("deploy"), QStringLiteral("/")};
    }
    void wrongUsageIsExplained()
    {
        QFETCH(QStringList, words);
        const auto outcome = signalbox(words);
        QCOMPARE(outcome.status, 2);
        QVERIFY(outcome.errors.startsWith("signalbox: "));
        QVERIFY(outcome.output.isEmpty());
    }

    void helpAndVersionArePrinted()
    {
        QVERIFY(signalbox({QStringLiteral("--version")}).output.startsWith("signalbox "));
        const auto help = signalbox({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        for (const char *verb : {"serve", "start", "raise", "list", "show", "tasks", "approve",
                 "reject", "answer", "suspend", "resume", "terminate", "retry", "deploy", "check"}) {
            QVERIFY(help.output.contains(verb));
            QVERIFY(signalbox({QStringLiteral("help"), QLatin1String(verb)})
                        .output.startsWith("Usage: signalbox "));
        }
    }

    void checkNamesFileLineStep()
    {
        const auto good = signalbox({QStringLiteral("check"), file("waiting.flow.json")});
        QCOMPARE(good.status, 0);
        const auto wrong = signalbox({QStringLiteral("check"), file("dangling.flow.json")});
        QCOMPARE(wrong.status, 1);
        QVERIFY2(wrong.output.contains(
                     (file("dangling.flow.json") + QStringLiteral(":6: wait: ")).toUtf8()),
            wrong.output.constData());
        const auto asJson = signalbox(
            {QStringLiteral("check"), file("dangling.flow.json"), QStringLiteral("--json")});
        QCOMPARE(asJson.status, 1);
        QVERIFY(parsed(asJson.output).at("problems")[0].at("step") == "wait");
        write(QStringLiteral("words.flow.json"), "no flow at all");
        QCOMPARE(signalbox({QStringLiteral("check"), file("words.flow.json")}).status, 1);
    }

    void aWrongFlowIsNotDeployed()
    {
        const auto wrong = onData({QStringLiteral("deploy"), file("dangling.flow.json")});
        QCOMPARE(wrong.status, 1);
        QVERIFY(wrong.output.contains("dangling.flow.json:6: wait: "));
        QCOMPARE(onData({QStringLiteral("start"), QStringLiteral("Dangling")}).status, 1);
        const auto again =
            onData({QStringLiteral("deploy"), file("waiting.flow.json"), QStringLiteral("--json")});
        QVERIFY(parsed(again.output).at("version") == 1);
        QVERIFY(parsed(onData({QStringLiteral("deploy"), file("waiting.flow.json"),
                                  QStringLiteral("--json")})
                           .output)
                    .at("version") == 1);
    }

private:
    QString data() const { return m_directory->filePath(QStringLiteral("data")); }
    QString file(const char *name) const { return m_directory->filePath(QLatin1String(name)); }
    void write(const QString &name, const char *text)
    {
        QFile out(m_directory->filePath(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    Outcome onData(const QStringList &words)
    {
        return signalbox(words + QStringList{QStringLiteral("--data"), data()});
    }

    /// Start, list, raise, show; expects the flow Waiting to be deployed.
    void driveAnInstance()
    {
        write(QStringLiteral("input.json"), R"({"n": 1})");
        const auto started = onData({QStringLiteral("start"), QStringLiteral("Waiting"),
            QStringLiteral("--id"), QStringLiteral("a b"), QStringLiteral("--input"),
            QStringLiteral("@") + file("input.json")});
        QVERIFY2(started.status == 0, started.errors.constData());
        QCOMPARE(started.output, QByteArray("a b\n"));
        const auto twice = onData({QStringLiteral("start"), QStringLiteral("Waiting"),
            QStringLiteral("--id"), QStringLiteral("a b")});
        QCOMPARE(twice.status, 1);
        const auto list = onData({QStringLiteral("list"), QStringLiteral("--status"),
            QStringLiteral("Running"), QStringLiteral("--json")});
        QVERIFY(parsed(list.output).at("instances")[0].at("instance") == "a b");
        const auto table = onData({QStringLiteral("list")});
        QVERIFY2(table.output.contains("Waiting 1"), table.output.constData());
        const QStringList raise{QStringLiteral("raise"), QStringLiteral("a b"),
            QStringLiteral("Go"), QStringLiteral("{\"ok\": true}"), QStringLiteral("--event-id"),
            QStringLiteral("e-1")};
        QCOMPARE(onData(raise).output, QByteArray("raised Go for a b\n"));
        QCOMPARE(onData(raise).output, QByteArray("raised Go for a b (it was raised before)\n"));
        const auto shown =
            onData({QStringLiteral("show"), QStringLiteral("a b"), QStringLiteral("--json")});
        QVERIFY(parsed(shown.output).at("status") == "Completed");
        QVERIFY(parsed(shown.output).at("output") == json({{"ok", true}}));
        const auto text = onData({QStringLiteral("show"), QStringLiteral("a b")});
        QVERIFY2(text.output.contains("  output      {\"ok\":true}\n"), text.output.constData());
        const auto late =
            onData({QStringLiteral("raise"), QStringLiteral("a b"), QStringLiteral("Go")});
        QCOMPARE(late.status, 1);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"

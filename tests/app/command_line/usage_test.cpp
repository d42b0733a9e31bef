#include "tests/app/command_line/program.h"
#include "tests/support/http_stub.h"

#include <atomic>

using namespace tests;
using nlohmann::json;

class UsageTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void whoDoesNotAnswerIsNotReachable()
    {
        const auto list = signalbox({QStringLiteral("list"), QStringLiteral("--url"),
            QStringLiteral("http://127.0.0.1:1")});
        QCOMPARE(list.status, 3);
        QVERIFY(list.errors.contains("http://127.0.0.1:1"));
    }

    void whoIsNoSignalboxIsSaid()
    {
        HttpStub other([](const HttpStub::Request &request) -> std::optional<HttpStub::Answer> {
            const int status = request.target.contains("none") ? 404 : 200;
            return HttpStub::Answer{status, "Content-Type: text/html\r\n", "<html>"};
        });
        const QStringList place = words("--url") + QStringList{other.url(QString())};
        for (const char *line :
            {"list", "list --json", "show none", "show none --json", "health"}) {
            const auto strange = signalbox(words(line) + place);
            QCOMPARE(strange.status, 3);
            QVERIFY2(strange.errors.contains("is the address right?"), strange.errors.constData());
            QVERIFY(strange.output.isEmpty());
        }
    }

    void theTabKeyWaitsForNobody()
    {
        HttpStub silent(
            [](const HttpStub::Request &) -> std::optional<HttpStub::Answer> { return {}; });
        for (const QString &url : {silent.url(QString()), QStringLiteral("http://127.0.0.1:1")}) {
            const auto offered =
                signalbox(words("__complete show --url") + QStringList{url, QStringLiteral("x")});
            QCOMPARE(offered.output, QByteArray(":none\n"));
            QCOMPARE(offered.errors, QByteArray());
            QCOMPARE(offered.status, 0);
        }
    }

    void aKeyGoesNowhereElse()
    {
        std::atomic<int> calls = 0;
        HttpStub second([&](const HttpStub::Request &) -> std::optional<HttpStub::Answer> {
            ++calls;
            return HttpStub::Answer{200, {}, "{}"};
        });
        HttpStub first([&](const HttpStub::Request &) -> std::optional<HttpStub::Answer> {
            return HttpStub::Answer{
                307, "Location: " + second.url(QStringLiteral("/x")).toUtf8() + "\r\n", {}};
        });
        QCOMPARE(
            signalbox(words("list --key k --url") + QStringList{first.url(QString())}).status, 3);
        QCOMPARE(calls.load(), 0);
    }

    void anAnswerThatCannotBeWrittenIsNoSuccess()
    {
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(SIGNALBOX_BINARY), words("help"));
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("cannot write the answer: No space left"));
    }

    void whatATerminalWouldObeyIsNotPrinted()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("waiting.flow.json")}).status,
            0);
        QCOMPARE(m_program->run(words("start Waiting --id a")).status, 0);
        const QString name = QStringLiteral("\u001b[2JGo\u009b");
        QCOMPARE(m_program->run({QStringLiteral("raise"), QStringLiteral("a"), name}).status, 0);
        for (const char *line : {"show a", "events kept a", "explain a", "history a"}) {
            const auto shown = m_program->run(line);
            QVERIFY2(shown.output.contains("[2JGo"), shown.output.constData());
            QVERIFY(!shown.output.contains('\x1b') && !shown.output.contains("\xc2\x9b"));
        }
    }

    void refusalsAreExplained()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("waiting.flow.json")}).status,
            0);
        const auto unknownFlow = m_program->run({QStringLiteral("start"), QStringLiteral("None")});
        QCOMPARE(unknownFlow.status, 1);
        QVERIFY(unknownFlow.errors.startsWith("signalbox: "));
        QCOMPARE(m_program->run({QStringLiteral("show"), QStringLiteral("none")}).status, 1);
        QCOMPARE(
            m_program->run({QStringLiteral("raise"), QStringLiteral("none"), QStringLiteral("Go")})
                .status,
            1);
        QCOMPARE(
            m_program
                ->run({QStringLiteral("list"), QStringLiteral("--status"), QStringLiteral("Done")})
                .status,
            1);
        const auto asJson = m_program->run(
            {QStringLiteral("show"), QStringLiteral("none"), QStringLiteral("--json")});
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
        for (const char *verb :
            {"serve", "start", "raise", "list", "show", "tasks", "approve", "reject", "answer",
                "suspend", "resume", "terminate", "retry", "deploy", "check"}) {
            QVERIFY(help.output.contains(verb));
            QVERIFY(signalbox({QStringLiteral("help"), QLatin1String(verb)})
                        .output.startsWith("Usage: signalbox "));
        }
    }

private:
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(UsageTest)
#include "usage_test.moc"

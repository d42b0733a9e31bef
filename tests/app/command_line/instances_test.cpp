#include "tests/app/command_line/program.h"

using namespace tests;
using nlohmann::json;

class InstancesTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void anInstanceIsDrivenThroughARunningServer()
    {
        Server server({QStringLiteral("--data"), m_program->data(), QStringLiteral("--flows"),
            m_program->directory()});
        QVERIFY2(server.isReady(), server.errors().constData());
        driveAnInstance();
        QCOMPARE(server.endBy(SIGTERM), 0);
    }

    void anInstanceIsDrivenWithoutAServer()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("waiting.flow.json")}).status,
            0);
        driveAnInstance();
    }

    void anInstanceIsSuspendedResumedAndTerminated()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("waiting.flow.json")}).status,
            0);
        QCOMPARE(m_program
                     ->run({QStringLiteral("start"), QStringLiteral("Waiting"),
                         QStringLiteral("--id"), QStringLiteral("a")})
                     .status,
            0);
        const auto status = [this] {
            const auto shown = m_program->run(
                {QStringLiteral("show"), QStringLiteral("a"), QStringLiteral("--json")});
            return QByteArray::fromStdString(parsed(shown.output).at("status").get<std::string>());
        };
        const auto done = [this](const char *verb) {
            return m_program->run({QLatin1String(verb), QStringLiteral("a"),
                QStringLiteral("--reason"), QStringLiteral("to see")});
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

private:
    /// Start, list, raise, show; expects the flow Waiting to be deployed.
    void driveAnInstance()
    {
        m_program->write("input.json", R"({"n": 1})");
        const auto started = m_program->run({QStringLiteral("start"), QStringLiteral("Waiting"),
            QStringLiteral("--id"), QStringLiteral("a b"), QStringLiteral("--input"),
            QStringLiteral("@") + m_program->file("input.json")});
        QVERIFY2(started.status == 0, started.errors.constData());
        QCOMPARE(started.output, QByteArray("a b\n"));
        const auto twice = m_program->run({QStringLiteral("start"), QStringLiteral("Waiting"),
            QStringLiteral("--id"), QStringLiteral("a b")});
        QCOMPARE(twice.status, 1);
        const auto list = m_program->run({QStringLiteral("list"), QStringLiteral("--status"),
            QStringLiteral("Running"), QStringLiteral("--json")});
        QVERIFY(parsed(list.output).at("instances")[0].at("instance") == "a b");
        const auto table = m_program->run({QStringLiteral("list")});
        QVERIFY2(table.output.contains("Waiting 1"), table.output.constData());
        const QStringList raise{QStringLiteral("raise"), QStringLiteral("a b"),
            QStringLiteral("Go"), QStringLiteral("{\"ok\": true}"), QStringLiteral("--event-id"),
            QStringLiteral("e-1")};
        QCOMPARE(m_program->run(raise).output, QByteArray("raised Go for a b\n"));
        QCOMPARE(
            m_program->run(raise).output, QByteArray("raised Go for a b (it was raised before)\n"));
        const auto shown = m_program->run(
            {QStringLiteral("show"), QStringLiteral("a b"), QStringLiteral("--json")});
        QVERIFY(parsed(shown.output).at("status") == "Completed");
        QVERIFY(parsed(shown.output).at("output") == json({{"ok", true}}));
        const auto text = m_program->run({QStringLiteral("show"), QStringLiteral("a b")});
        QVERIFY2(text.output.contains("  output      {\"ok\":true}\n"), text.output.constData());
        const auto late =
            m_program->run({QStringLiteral("raise"), QStringLiteral("a b"), QStringLiteral("Go")});
        QCOMPARE(late.status, 1);
    }

    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(InstancesTest)
#include "instances_test.moc"

#include "tests/app/command_line/program.h"

using namespace tests;
using nlohmann::json;

class OperatorsTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_server = std::make_unique<Server>(m_program->serving());
        QVERIFY2(m_server->isReady(), m_server->errors().constData());
    }

    void severalInstancesAreOperatedAtOnce()
    {
        start("Waiting", {"a", "b"});
        QCOMPARE(on("suspend a b --reason audit").output, QByteArray("suspend: a\nsuspend: b\n"));
        const auto mixed = on("resume a none b");
        QCOMPARE(mixed.status, 1);
        QCOMPARE(mixed.output, QByteArray("resume: a\nresume: b\n"));
        QVERIFY2(mixed.errors.contains("none"), mixed.errors.constData());
        QVERIFY(m_program->shown("b").at("status") == "Running");
        const auto lines = on("suspend a b --json").output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(parsed(lines[1]).at("instance") == "b");
    }

    void aFailedInstanceIsRewound()
    {
        start("Failing", {"f"});
        start("Waiting", {"a"});
        const auto live = on("rewind a");
        QCOMPARE(live.status, 1);
        QVERIFY2(live.errors.contains("has not failed"), live.errors.constData());
        QCOMPARE(on("rewind f --reason again").output, QByteArray("rewind: f\n"));
        QVERIFY2(on("audit f").output.contains("again"), on("audit f").output.constData());
        QVERIFY(on("history f").output.contains("Rewound"));
    }

    void anInstanceIsRestarted()
    {
        QCOMPARE(run({"start", "Waiting", "--id", "a", "--input", "{\"n\": 12345678901234567890}"})
                     .status,
            0);
        const auto again = on("restart a --reason twice");
        QCOMPARE(again.status, 0);
        const QByteArray id = again.output.trimmed();
        QVERIFY(!id.isEmpty() && id != "a");
        QVERIFY(
            m_program->shown(id.constData()).at("input").dump() == R"({"n":12345678901234567890})");
        QCOMPARE(on("restart a --id c").output, QByteArray("c\n"));
        QCOMPARE(on("restart a --id a").status, 1); // it is live
        QCOMPARE(on("terminate a").status, 0);
        QCOMPARE(on("restart a --id a").output, QByteArray("a\n"));
        QCOMPARE(on("restart none").status, 1);
    }

    void finishedInstancesArePurged()
    {
        start("Waiting", {"a", "b", "c", "d"});
        const auto live = on("purge a");
        QCOMPARE(live.status, 1);
        QVERIFY2(live.errors.contains("'a'"), live.errors.constData());
        QCOMPARE(on("terminate a b c").status, 0);
        QCOMPARE(on("purge a --reason old").output, QByteArray("purge: a\n"));
        QCOMPARE(on("show a").status, 1);
        const auto dry = parsed(on("purge --flow Waiting --dry-run --json").output).at("instances");
        QCOMPARE(dry.size(), 2u);
        QVERIFY(dry[0].at("instance") == "c" && dry[1].at("instance") == "b");
        QCOMPARE(on("purge --status Terminated --flow Waiting").output,
            QByteArray("purged 2 instances\n"));
        QCOMPARE(on("purge --status Completed").output, QByteArray("purged 0 instances\n"));
        QCOMPARE(on("list").output.count('\n'), 2); // the head, and the live one
        QCOMPARE(on("purge").status, 2);
        QCOMPARE(on("purge --status Running").status, 2);
        QVERIFY(parsed(on("purge --flow Waiting --json").output) == json({{"purged", 0}}));
    }

    void mistakesArePutRight()
    {
        start("Waiting", {"a", "b"});
        QCOMPARE(on("skip a wait {} --reason cash").output, QByteArray("skip: a\n"));
        QVERIFY(m_program->shown("a").at("output") == json::object());
        QCOMPARE(on("skip b nowhere --reason cash").status, 1);
        QCOMPARE(on("skip b wait {a --reason cash").status, 2);
        QCOMPARE(on("variables b total=3 --reason wrong").output, QByteArray("variables: b\n"));
        QVERIFY(on("audit b").output.contains("wrong"));
        QCOMPARE(on("variables b total=three --reason wrong").status, 2);
        QCOMPARE(on("move b nowhere --reason late").status, 1);
        QCOMPARE(on("move b done --from wait --reason late").output, QByteArray("moved b\n"));
        QVERIFY(m_program->shown("b").at("status") == "Completed");
    }

    void aFlowComesBackByteForByte()
    {
        const auto flow = on("flows show Waiting");
        QCOMPARE(flow.output, QByteArray(waitingFlow));
        QCOMPARE(on("flows show Waiting --version 1").output, QByteArray(waitingFlow));
        QCOMPARE(on("flows show Waiting --version 2").status, 1);
        QCOMPARE(on("flows show None").status, 1);
        QVERIFY(on("flows").output.contains("Parcel"));
    }

    void theEngineSaysHowItIs()
    {
        QCOMPARE(on("health").output, QByteArray("running, hub signalbox, 0 live instances\n"));
        QVERIFY(on("explain none").status == 1);
        start("Waiting", {"a"});
        QVERIFY(on("explain a Go").output.startsWith("Go if it came now: "));
        QVERIFY(on("explain a Go").output.contains("yes"));
        QVERIFY(on("explain a Other").output.contains("no "));
    }

private:
    Outcome on(const char *line) const { return m_program->run(line); }
    Outcome run(const std::vector<const char *> &all) const
    {
        QStringList list;
        for (const char *word : all)
            list += QString::fromUtf8(word);
        return m_program->run(list);
    }
    void start(const char *flow, const std::vector<const char *> &instances) const
    {
        for (const char *instance : instances)
            QCOMPARE(run({"start", flow, "--id", instance}).status, 0);
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Server> m_server;
};

QTEST_GUILESS_MAIN(OperatorsTest)
#include "operators_test.moc"

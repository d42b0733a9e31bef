#include "tests/app/command_line/program.h"

using namespace tests;
using nlohmann::json;

class FlowFilesTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void checkNamesFileLineStep()
    {
        const auto good =
            signalbox({QStringLiteral("check"), m_program->file("waiting.flow.json")});
        QCOMPARE(good.status, 0);
        const auto wrong =
            signalbox({QStringLiteral("check"), m_program->file("dangling.flow.json")});
        QCOMPARE(wrong.status, 1);
        QVERIFY2(
            wrong.output.contains(
                (m_program->file("dangling.flow.json") + QStringLiteral(":6: wait: ")).toUtf8()),
            wrong.output.constData());
        const auto asJson = signalbox({QStringLiteral("check"),
            m_program->file("dangling.flow.json"), QStringLiteral("--json")});
        QCOMPARE(asJson.status, 1);
        QVERIFY(parsed(asJson.output).at("problems")[0].at("step") == "wait");
        m_program->write("words.flow.json", "no flow at all");
        QCOMPARE(
            signalbox({QStringLiteral("check"), m_program->file("words.flow.json")}).status, 1);
    }

    void aWrongFlowIsNotDeployed()
    {
        const auto wrong =
            m_program->run({QStringLiteral("deploy"), m_program->file("dangling.flow.json")});
        QCOMPARE(wrong.status, 1);
        QVERIFY(wrong.output.contains("dangling.flow.json:6: wait: "));
        QCOMPARE(m_program->run({QStringLiteral("start"), QStringLiteral("Dangling")}).status, 1);
        const auto again = m_program->run({QStringLiteral("deploy"),
            m_program->file("waiting.flow.json"), QStringLiteral("--json")});
        QVERIFY(parsed(again.output).at("version") == 1);
        QVERIFY(parsed(m_program
                           ->run({QStringLiteral("deploy"), m_program->file("waiting.flow.json"),
                               QStringLiteral("--json")})
                           .output)
                    .at("version") == 1);
    }

private:
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(FlowFilesTest)
#include "flow_files_test.moc"

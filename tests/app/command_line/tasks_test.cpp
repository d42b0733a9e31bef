#include "tests/app/command_line/program.h"

using namespace tests;
using nlohmann::json;

class TasksTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void tasksAreListedAndAnswered()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("asking.flow.json")}).status,
            0);
        for (const char *id : {"a", "b"})
            QCOMPARE(m_program
                         ->run({QStringLiteral("start"), QStringLiteral("Asking"),
                             QStringLiteral("--id"), QLatin1String(id)})
                         .status,
                0);
        const auto tasks = m_program->run({QStringLiteral("tasks")});
        QVERIFY2(tasks.output.contains("Please look"), tasks.output.constData());
        QVERIFY2(tasks.output.contains("Asking 1"), tasks.output.constData());
        const auto answered = [this](const char *verb, QStringList words) {
            return m_program->run(QStringList{QLatin1String(verb)} + words);
        };
        const QStringList a{QStringLiteral("--instance"), QStringLiteral("a")};
        const QStringList b{QStringLiteral("--instance"), QStringLiteral("b")};
        const auto later = answered("answer", QStringList{QStringLiteral("later")} + a);
        QVERIFY2(later.status == 0, later.errors.constData());
        const auto approved = answered("approve", a);
        QVERIFY2(
            approved.output.startsWith("answered yes to task 1-"), approved.output.constData());
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
            m_program->run({QStringLiteral("show"), QStringLiteral("b"), QStringLiteral("--json")});
        QVERIFY(parsed(shown.output).at("output") == json({"no", "ann", "too much"}));
        QCOMPARE(m_program->run({QStringLiteral("tasks")}).output, QByteArray("no open tasks\n"));
    }

    void whoAnswersIsArranged()
    {
        QCOMPARE(
            m_program->run({QStringLiteral("deploy"), m_program->file("asking.flow.json")}).status,
            0);
        QCOMPARE(m_program->run(words("start Asking --id a")).status, 0);
        const auto listed = parsed(m_program->run("tasks --json").output).at("tasks");
        QCOMPARE(listed.size(), 1u);
        const QString task = QString::fromStdString(listed[0].at("id").get<std::string>());
        const auto on = [&](const char *deed, const char *rest) {
            return m_program->run(words("tasks") + words(deed) + QStringList{task} + words(rest));
        };
        const auto shown = [&] { return parsed(on("show", "--json").output); };
        QVERIFY(on("show", "").output.contains("OUTCOME  KIND"));
        QCOMPARE(on("claim", "--by ann").output, QByteArray("done, for a\n"));
        QVERIFY(shown().at("claimedBy") == "ann");
        QCOMPARE(on("claim", "--by tom").status, 1);
        QCOMPARE(on("give-back", "").status, 0);
        QCOMPARE(on("give-back", "").status, 1);
        QCOMPARE(on("comment", "really? --by ann --question").status, 0);
        QVERIFY(shown().at("askedBy") == "ann");
        QCOMPARE(on("reassign", "tom mara --reason holiday").status, 0);
        QVERIFY(shown().at("assignees") == json({"tom", "mara"}));
        QVERIFY(m_program->run("tasks --assignee tom").output.contains("Please look"));
        QCOMPARE(m_program->run("tasks --assignee ann").output, QByteArray("no open tasks\n"));
        QCOMPARE(m_program->run("tasks show 9-9").status, 1);
    }

private:
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(TasksTest)
#include "tasks_test.moc"

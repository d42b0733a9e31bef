#include "engine/expressions/javascript/javascript.h"
#include "engine/model/flow_check.h"

#include <QDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace engine;

namespace {

const QString cases = QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/wrong_flows");
const QString examples = QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples");

std::string contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void write(const QString &path, const std::string &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text.data(), static_cast<qint64>(text.size()));
}

nlohmann::json shown(const std::vector<Problem> &problems)
{
    constexpr const char *severities[] = {"error", "warning", "hint"};
    auto list = nlohmann::json::array();
    for (const Problem &problem : problems)
        list.push_back({{"severity", severities[static_cast<int>(problem.severity)]},
            {"id", problem.id}, {"step", problem.step.value}, {"pointer", problem.pointer},
            {"line", problem.line}, {"message", message(problem)},
            {"mend", problem.mend ? problem.mend->pointer + ": " + sentence(*problem.mend)
                                  : std::string()}});
    return list;
}

} // namespace

class FlowCheckTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_expressions = makeJavaScript(); }
    void cleanupTestCase() { m_expressions.reset(); }

    void findsTheProblemsOfAWrongFlow_data()
    {
        QTest::addColumn<QString>("folder");
        const QStringList names = QDir(cases).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(!names.isEmpty());
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << cases + u'/' + name;
    }
    void findsTheProblemsOfAWrongFlow()
    {
        QFETCH(QString, folder);
        const auto read = readFlow(contentOf(folder + QStringLiteral("/flow.json")));
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        const std::string found = shown(checkFlow(*read, *m_expressions)).dump(2) + "\n";
        const QString expected = folder + QStringLiteral("/problems.json");
        if (qEnvironmentVariableIsSet("SIGNALBOX_REWRITE_CASES"))
            write(expected, found);
        QVERIFY2(found == contentOf(expected), found.c_str());
    }

    /// Whoever takes the mend has that problem no more.
    void everyMendTakesItsProblemAway_data() { findsTheProblemsOfAWrongFlow_data(); }
    void everyMendTakesItsProblemAway()
    {
        QFETCH(QString, folder);
        const std::string text = contentOf(folder + QStringLiteral("/flow.json"));
        const auto problems = checkFlow(*readFlow(text), *m_expressions);
        for (const Problem &problem : problems) {
            if (!problem.mend)
                continue;
            const auto after = mended(text, *problem.mend);
            QVERIFY2(after, (problem.id + " " + problem.mend->pointer).c_str());
            const auto left = checkFlow(*readFlow(*after), *m_expressions);
            const auto same = [&problem](const Problem &other) {
                return other.id == problem.id && other.pointer == problem.pointer &&
                       other.arguments == problem.arguments;
            };
            QVERIFY2(std::ranges::none_of(left, same) ||
                         std::ranges::count_if(left, same) < std::ranges::count_if(problems, same),
                (problem.id + " " + problem.pointer + "\n" + *after).c_str());
        }
    }

    void findsNoErrorInTheExamples()
    {
        for (const QString &name : QDir(examples).entryList({QStringLiteral("*.flow.json")})) {
            const auto read = readFlow(contentOf(examples + u'/' + name));
            for (const Problem &problem : checkFlow(*read, *m_expressions))
                QVERIFY2(problem.severity == Severity::Hint,
                    qPrintable(
                        name + QStringLiteral(": ") + QString::fromStdString(message(problem))));
        }
    }

    void checksAFlowThatWasNotRead()
    {
        Flow flow{.name = {"F"}, .start = {"a"}};
        flow.steps = {
            {.id = {"a"}, .body = SetStep{.next = {"b"}}}, {.id = {"c"}, .body = EndStep{}}};
        const auto problems = checkFlow(flow, *m_expressions);
        QCOMPARE(shown(problems).size(), std::size_t{2});
        QCOMPARE(problems[0].id, std::string("dangling-transition"));
        QCOMPARE(problems[1].id, std::string("unreachable-step"));
        QCOMPARE(problems[0].line, 0);
        QVERIFY(hasErrors(problems));
    }

    void checksTenThousandSteps()
    {
        Flow flow{.name = {"F"}, .start = {"s0"}};
        for (int i = 0; i < 10'000; ++i)
            flow.steps.push_back({.id = {"s" + std::to_string(i)},
                .body = TimerStep{.after = templateFrom(JsonText::trusted("\"PT1S\"")),
                    .next = {"s" + std::to_string(i + 1)}}});
        flow.steps.push_back({.id = {"s10000"}, .body = EndStep{}});
        const auto problems = checkFlow(flow, *m_expressions);
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(problems[0].id, std::string("too-many-steps"));
    }

private:
    std::unique_ptr<Expressions> m_expressions;
};

QTEST_GUILESS_MAIN(FlowCheckTest)
#include "flow_check_test.moc"

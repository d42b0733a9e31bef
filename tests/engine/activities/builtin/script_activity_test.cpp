#include "engine/activities/builtin/script_activity.h"

#include "engine/expressions/javascript/javascript.h"

#include <QTest>

#include <deque>

using namespace engine;
using namespace std::chrono_literals;

/// Runs the jobs when the test says so.
class ScriptActivityTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Expressions> m_expressions = makeJavaScript();
    std::deque<std::function<void(Expressions &)>> m_jobs;
    ScriptActivity m_activity{[this](auto job) { m_jobs.push_back(std::move(job)); }};

    std::vector<ActivityOutcome> outcomes(
        const std::string &with, bool cancel = false, const std::string &scope = "null")
    {
        std::vector<ActivityOutcome> outcomes;
        const ActivityRequest request{.key = {RunKey{1}, 2},
            .with = JsonText::trusted(with),
            .timeout = 40ms,
            .scope = JsonText::trusted(scope)};
        m_activity.start(
            request, [&](ActivityOutcome outcome) { outcomes.push_back(std::move(outcome)); });
        if (cancel)
            m_activity.cancel(request.key);
        for (const auto &job : std::exchange(m_jobs, {}))
            job(*m_expressions);
        return outcomes;
    }

private slots:
    void theCodeReadsItsScope()
    {
        const std::vector<ActivityOutcome> expected{JsonText::trusted("6")};
        QVERIFY(outcomes(R"({"code":"let n = 0; for (const i of input) n += i; return n;"})", false,
                    R"({"input":[1,2,3]})") == expected);
        QVERIFY(outcomes(R"({"code":"=input.length * steps.a"})", false,
                    R"({"input":[1,2,3],"steps":{"a":2}})") == expected);
    }

    void failuresHaveTheirTypes_data()
    {
        QTest::addColumn<QByteArray>("with");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("throws") << QByteArray(R"({"code":"throw 'no';"})")
                                << QByteArray("ExpressionError");
        QTest::newRow("no code") << QByteArray("{}") << QByteArray("ValidationError");
        QTest::newRow("endless") << QByteArray(R"({"code":"for (;;) ;"})")
                                 << QByteArray("ActivityTimeout");
    }
    void failuresHaveTheirTypes()
    {
        QFETCH(const QByteArray, with);
        QFETCH(const QByteArray, type);
        const auto ended = outcomes(with.toStdString());
        QCOMPARE(ended.size(), std::size_t(1));
        QCOMPARE(std::get<Failure>(ended[0]).type, type.toStdString());
    }

    void aCanceledScriptDoesNotBegin()
    {
        const auto ended = outcomes(R"({"code":"for (;;) ;"})", true);
        QCOMPARE(ended.size(), std::size_t(1));
        QCOMPARE(std::get<Failure>(ended[0]).type, std::string("Canceled"));
    }
};

QTEST_GUILESS_MAIN(ScriptActivityTest)
#include "script_activity_test.moc"

#include "engine/activities/builtin/log_activity.h"

#include <QTest>

using namespace engine;

class LogActivityTest : public QObject
{
    Q_OBJECT

    static ActivityOutcome run(const char *with)
    {
        std::optional<ActivityOutcome> ended;
        LogActivity().start({.instance = {"order-1"}, .with = JsonText::trusted(with)},
            [&](ActivityOutcome outcome) { ended = std::move(outcome); });
        return *ended;
    }

private slots:
    void aMessageIsOneLineWithItsInstance()
    {
        QTest::ignoreMessage(QtInfoMsg, "instance=order-1 paid\\n5 ");
        QVERIFY(run(R"({"message":"paid\n5\u0007"})") == ActivityOutcome(JsonText()));
        QTest::ignoreMessage(QtWarningMsg, "instance=order-1 {\"a\":1}");
        QVERIFY(run(R"({"message":{"a":1},"level":"warning"})") == ActivityOutcome(JsonText()));
    }

    void wrongInputIsRefused()
    {
        for (const char *with : {"null", "{}", R"({"message":"x","level":"loud"})"}) {
            const auto ended = run(with);
            QCOMPARE(std::get<Failure>(ended).type, std::string("ValidationError"));
        }
    }
};

QTEST_GUILESS_MAIN(LogActivityTest)
#include "log_activity_test.moc"

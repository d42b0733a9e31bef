#include "designer/canvas/durations.h"
#include "designer/canvas/step_words.h"

#include <QTest>

using namespace designer;
using namespace std::chrono_literals;

namespace {

engine::Template written(const char *json)
{
    return engine::templateFrom(engine::JsonText::trusted(json));
}

StepWords wordsOf(engine::StepBody body)
{
    return stepWords({.id = {"awaitPayment"}, .body = std::move(body)},
        [](const engine::StepId &) { return QStringLiteral("Unpaid"); });
}

QString utf8(const char *text) { return QString::fromUtf8(text); }

} // namespace

class StepWordsTest : public QObject
{
    Q_OBJECT

private slots:
    void durationsAreShort_data();
    void durationsAreShort();
    void measuredTimesHaveAtMostThreeUnits();
    void waitsSayWhatHappensWhenNothingHappens_data();
    void waitsSayWhatHappensWhenNothingHappens();
    void badgesSayHowManyEventsAreTaken();
    void approvalsSayWhoIsAskedAndWhatIsAnsweredInTheEnd();
    void activitiesSayWhatTheyCall_data();
    void activitiesSayWhatTheyCall();
    void endsAndFailsSayWhatComesOut();
    void timersSpeakInWords();
    void chipsNameTheWay();
};

void StepWordsTest::durationsAreShort_data()
{
    QTest::addColumn<QString>("iso");
    QTest::addColumn<QString>("words");
    QTest::newRow("days") << QStringLiteral("P3D") << QStringLiteral("3 d");
    QTest::newRow("hour and half") << QStringLiteral("PT1H30M") << QStringLiteral("1 h 30 min");
    QTest::newRow("seconds") << QStringLiteral("PT30S") << QStringLiteral("30 s");
    QTest::newRow("weeks") << QStringLiteral("P2W") << QStringLiteral("14 d");
    QTest::newRow("milliseconds") << QStringLiteral("PT0.25S") << QStringLiteral("250 ms");
    QTest::newRow("month") << QStringLiteral("P1M") << QStringLiteral("1 month");
    QTest::newRow("year and months") << QStringLiteral("P1Y2M") << QStringLiteral("14 months");
    QTest::newRow("years") << QStringLiteral("P2Y") << QStringLiteral("2 years");
    QTest::newRow("nothing") << QStringLiteral("PT0S") << QStringLiteral("0 s");
}

void StepWordsTest::durationsAreShort()
{
    QFETCH(QString, iso);
    QFETCH(QString, words);
    const auto duration = engine::durationFromText(iso.toStdString());
    QVERIFY(bool(duration));
    QCOMPARE(shortDuration(*duration), words);
}

void StepWordsTest::measuredTimesHaveAtMostThreeUnits()
{
    QCOMPARE(shortDuration(7100ms), utf8("7.1 s"));
    QCOMPARE(shortDuration(200ms), utf8("0.2 s"));
    QCOMPARE(shortDuration(28h + 48min + 5s), utf8("1 d 4 h 48 min"));
    QCOMPARE(shortDuration(24h * 12 + 21h + 5min, 2), utf8("12 d 21 h"));
    QCOMPARE(shortDuration(-5s), utf8("0.0 s"));
    QCOMPARE(runningTime(7s), utf8("0:07"));
    QCOMPARE(runningTime(1h + 5min + 9s), utf8("1:05:09"));
}

void StepWordsTest::waitsSayWhatHappensWhenNothingHappens_data()
{
    QTest::addColumn<engine::WaitStep>("wait");
    QTest::addColumn<QString>("footer");
    QTest::newRow("next step") << engine::WaitStep{.timeout = written("\"P3D\""),
                                      .onTimeout = {"u"}}
                               << utf8("3 d → Unpaid");
    QTest::newRow("default") << engine::WaitStep{.timeout = written("\"PT1H\""),
                                    .fallback = written("{}")}
                             << utf8("1 h → default {}");
    QTest::newRow("neither") << engine::WaitStep{.timeout = written("\"PT1H\"")}
                             << utf8("1 h → TimeoutError");
    QTest::newRow("none") << engine::WaitStep{} << utf8("no limit");
    QTest::newRow("expression") << engine::WaitStep{.timeout = written("\"=input.patience\""),
                                       .onTimeout = {"u"}}
                                << utf8("input.patience → Unpaid");
}

void StepWordsTest::waitsSayWhatHappensWhenNothingHappens()
{
    QFETCH(engine::WaitStep, wait);
    QFETCH(QString, footer);
    const StepWords words = wordsOf(wait);
    QCOMPARE(words.footer, footer);
    QCOMPARE(words.title, utf8("Await payment"));
    QCOMPARE(words.footerIcon, FooterIcon::Clock);
}

void StepWordsTest::badgesSayHowManyEventsAreTaken()
{
    engine::WaitStep wait{.events = {{"A", {}}, {"B", {}}, {"C", {}}}};
    wait.mode = engine::WaitMode::Any;
    QCOMPARE(wordsOf(wait).badge, utf8("ANY"));
    QCOMPARE(wordsOf(wait).subtitle, utf8("A, B, C"));
    wait.mode = engine::WaitMode::All;
    QCOMPARE(wordsOf(wait).badge, utf8("ALL"));
    QCOMPARE(wordsOf(wait).needed, 3);
    wait.count = 2;
    QCOMPARE(wordsOf(wait).badge, utf8("2 / 3"));
}

void StepWordsTest::approvalsSayWhoIsAskedAndWhatIsAnsweredInTheEnd()
{
    engine::ApprovalStep approval{
        .assignees = written(R"(["ann", "bob"])"), .due = written("\"P2D\""), .fallback = "reject"};
    QCOMPARE(wordsOf(approval).subtitle, QStringLiteral("ann, bob"));
    QCOMPARE(wordsOf(approval).footer, utf8("2 d → reject"));
    QVERIFY(wordsOf(approval).badge.isEmpty());
    approval.policy = engine::PolicyMode::Count;
    approval.count = 2;
    QCOMPARE(wordsOf(approval).badge, QStringLiteral("2"));
    approval.onTimeout = {"unpaid"};
    QCOMPARE(wordsOf(approval).footer, utf8("2 d → Unpaid"));
    QCOMPARE(wordsOf(engine::ApprovalStep{}).footer, QStringLiteral("no limit"));
    QCOMPARE(wordsOf(engine::ApprovalStep{}).subtitle, QStringLiteral("anyone"));
}

void StepWordsTest::activitiesSayWhatTheyCall_data()
{
    QTest::addColumn<QString>("activity");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("words");
    QTest::newRow("http") << utf8("http")
                          << utf8(R"({"method": "POST", "url": "=`${input.shop}/payments`"})")
                          << utf8("POST /payments");
    QTest::newRow("http host") << utf8("http") << utf8(R"({"url": "https://shop.example/a/b"})")
                               << utf8("GET /a/b");
    QTest::newRow("log") << utf8("log") << utf8(R"({"message": "=`ship ${input.id}`"})")
                         << utf8("log · ship {id}");
    QTest::newRow("process") << utf8("process") << utf8(R"({"command": ["tar", "x"]})")
                             << utf8("process · tar");
    QTest::newRow("nothing") << "notify" << QStringLiteral("null") << QStringLiteral("notify");
}

void StepWordsTest::activitiesSayWhatTheyCall()
{
    QFETCH(QString, activity);
    QFETCH(QString, with);
    QFETCH(QString, words);
    engine::ActivityStep step{
        .activity = activity.toStdString(), .with = written(qPrintable(with))};
    QCOMPARE(wordsOf(step).subtitle, words);
    QVERIFY(wordsOf(step).footer.isEmpty());
    step.timeout = engine::Duration{0, 30s};
    step.retry = engine::RetryPolicy{.attempts = 5};
    QCOMPARE(wordsOf(step).footer, utf8("30 s each · 5 attempts"));
    QCOMPARE(wordsOf(step).footerIcon, FooterIcon::Retry);
}

void StepWordsTest::endsAndFailsSayWhatComesOut()
{
    QCOMPARE(wordsOf(engine::EndStep{}).subtitle, QString());
    QCOMPARE(wordsOf(engine::EndStep{written(R"({"status": "PaymentFailed"})")}).subtitle,
        utf8("PaymentFailed"));
    QCOMPARE(wordsOf(engine::EndStep{written(R"({"a": 1, "b": 2, "c": 3})")}).subtitle,
        utf8("3 fields"));
    QCOMPARE(wordsOf(engine::FailStep{.type = written("\"PaymentDown\"")}).subtitle,
        utf8("PaymentDown"));
    QCOMPARE(wordsOf(engine::FailStep{.type = written("\"=error.type\"")}).subtitle,
        utf8("error as it came"));
}

void StepWordsTest::timersSpeakInWords()
{
    QCOMPARE(wordsOf(engine::TimerStep{.after = written("\"P1D\"")}).subtitle, utf8("1 d"));
    QCOMPARE(wordsOf(engine::TimerStep{.cron = "0 8 * * MON"}).subtitle, utf8("every Mon 08:00"));
    QCOMPARE(wordsOf(engine::TimerStep{.cron = "*/5 * * * *"}).subtitle, utf8("*/5 * * * *"));
}

void StepWordsTest::chipsNameTheWay()
{
    using Kind = engine::Transition::Kind;
    const engine::Step wait{.id = {"w"}, .body = engine::WaitStep{.timeout = written("\"P3D\"")}};
    QCOMPARE(chipWords(wait, {Kind::Timeout, {}, {}, {}}), utf8("after 3 d"));
    QCOMPARE(chipWords(wait, {Kind::Next, {}, {}, {}}), QString());
    QCOMPARE(chipWords(wait, {Kind::Error, "*", {}, {}}), utf8("any error"));
    QCOMPARE(chipWords(wait, {Kind::Error, "HttpError", {}, {}}), utf8("HttpError"));
    QCOMPARE(chipWords(wait, {Kind::Otherwise, {}, {}, {}}), utf8("otherwise"));
}

QTEST_GUILESS_MAIN(StepWordsTest)
#include "step_words_test.moc"

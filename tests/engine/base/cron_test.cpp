#include "engine/base/cron.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;

/// Cron expressions and the clocks of zones (semantics 4.1, 4.3).
class CronTest : public QObject
{
    Q_OBJECT

private slots:
    void theNextTimeIsTheFirstThatMatches_data();
    void theNextTimeIsTheFirstThatMatches();
    void wrongTextsAreNamed_data();
    void wrongTextsAreNamed();
    void whatIsNeverDueHasNoTime();
    void timesFollowEachOtherThroughAYear();
    void zonesAreThoseOfTheSystem();
    void aLocalTimeHasItsMoment_data();
    void aLocalTimeHasItsMoment();
};

namespace {

QString shown(std::optional<Instant> at)
{
    return at ? QString::fromStdString(toText(*at)) : QStringLiteral("never");
}

} // namespace

void CronTest::theNextTimeIsTheFirstThatMatches_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("next");
    const auto row = [](const char *cron, const char *zone, const char *after, const char *next) {
        QTest::addRow("%s %s after %s", cron, zone, after) << cron << zone << after << next;
    };
    const char *noon = "2026-01-01T12:00:00.000Z"; // a Thursday
    row("* * * * *", "", noon, "2026-01-01T12:01:00.000Z");
    row("* * * * *", "", "2026-01-01T12:00:59.999Z", "2026-01-01T12:01:00.000Z");
    row("*/15 * * * *", "", noon, "2026-01-01T12:15:00.000Z");
    row("10/20 * * * *", "", noon, "2026-01-01T12:10:00.000Z");
    row("0 12 * * *", "", noon, "2026-01-02T12:00:00.000Z");
    row("0 8-18/2 * * MON-FRI", "", "2026-01-02T18:00:00.000Z", "2026-01-05T08:00:00.000Z");
    row("30 6,18 * * *", "", noon, "2026-01-01T18:30:00.000Z");
    row("0 0 1 jan,Jul ?", "", noon, "2026-07-01T00:00:00.000Z");
    row("0 0 29 2 *", "", noon, "2028-02-29T00:00:00.000Z");
    row("0 0 * * 7", "", noon, "2026-01-04T00:00:00.000Z");
    row("0 0 * * 0", "", noon, "2026-01-04T00:00:00.000Z");
    row("0 0 13 * FRI", "", noon, "2026-01-02T00:00:00.000Z");  // either is enough
    row("0 0 13 * *", "", noon, "2026-01-13T00:00:00.000Z");
    row("0 0 */2 * MON", "", noon, "2026-01-05T00:00:00.000Z"); // `*` restricts nothing by itself
    row("0 8 * * *", "Europe/Berlin", noon, "2026-01-02T07:00:00.000Z");
    row("0 8 * * *", "Europe/Berlin", "2026-07-01T12:00:00.000Z", "2026-07-02T06:00:00.000Z");
    row("0 8 * * *", "Asia/Kathmandu", noon, "2026-01-02T02:15:00.000Z");
    // Berlin skips 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    row("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00.000Z", "2026-03-29T01:00:00.000Z");
    row("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z");
    row("30 3 * * *", "Europe/Berlin", "2026-03-28T12:00:00.000Z", "2026-03-29T01:30:00.000Z");
    row("30 * * * *", "Europe/Berlin", "2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z");
    // and shows 02:00 to 03:00 twice on 25 October 2026, from 00:00 UTC on.
    row("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00.000Z", "2026-10-25T00:30:00.000Z");
    row("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z");
    row("0 3 * * *", "Europe/Berlin", "2026-10-24T12:00:00.000Z", "2026-10-25T02:00:00.000Z");
    row("30 * * * *", "Europe/Berlin", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z");
    // Lord Howe moves by half an hour, Apia skipped a whole day.
    row("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00.000Z", "2026-10-03T15:30:00.000Z");
    row("0 12 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00.000Z", "2011-12-30T10:00:00.000Z");
}

void CronTest::theNextTimeIsTheFirstThatMatches()
{
    QFETCH(QString, cron);
    QFETCH(QString, zone);
    QFETCH(QString, after);
    QFETCH(QString, next);
    const auto read = cronFromText(cron.toStdString());
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const auto found = nextTime(
        *read, *instantFromText(after.toStdString()), *Zone::named(zone.toStdString()));
    QCOMPARE(shown(found), next);
}

void CronTest::wrongTextsAreNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("nothing") << "" << "0 fields";
    QTest::newRow("six fields") << "0 0 0 * * *" << "6 fields";
    QTest::newRow("minute 60") << "60 * * * *" << "'60' is no minute";
    QTest::newRow("hour 24") << "0 24 * * *" << "'24' is no hour";
    QTest::newRow("day 0") << "0 0 0 * *" << "'0' is no day of the month";
    QTest::newRow("month 13") << "0 0 1 13 *" << "'13' is no month";
    QTest::newRow("weekday 8") << "0 0 * * 8" << "'8' is no day of the week";
    QTest::newRow("backwards") << "0 18-8 * * *" << "'18-8' is no hour";
    QTest::newRow("no step") << "*/0 * * * *" << "'*/0' is no minute";
    QTest::newRow("huge step") << "*/99999999999 * * * *" << "is no minute";
    QTest::newRow("empty item") << "1,,2 * * * *" << "'1,,2' is no minute";
    QTest::newRow("L") << "0 0 L * *" << "'L' is no day of the month";
    QTest::newRow("negative") << "-5 * * * *" << "'-5' is no minute";
    QTest::newRow("word") << "0 0 * MAI *" << "'MAI' is no month";
}

void CronTest::wrongTextsAreNamed()
{
    QFETCH(QString, text);
    QFETCH(QString, named);
    const auto read = cronFromText(text.toStdString());
    QVERIFY(!read);
    QVERIFY2(read.error().message.find(named.toStdString()) != std::string::npos,
        read.error().message.c_str());
}

void CronTest::whatIsNeverDueHasNoTime()
{
    QVERIFY(!nextTime(*cronFromText("0 0 30 2 *"), Instant{}, Zone()));
    QVERIFY(!nextTime(*cronFromText("0 0 31 4,6 *"), Instant{}, *Zone::named("Europe/Berlin")));
}

void CronTest::timesFollowEachOtherThroughAYear()
{
    // Every local day of a year has its one time, also those on which the clocks are set.
    const Zone zone = *Zone::named("America/New_York");
    const Cron cron = *cronFromText("30 2 * * *");
    Instant at = *instantFromText("2026-01-01T06:00:00Z");
    int times = 0;
    for (const Instant end = at + std::chrono::hours(24 * 365); at < end; ++times)
        at = *nextTime(cron, at, zone);
    QCOMPARE(times, 365 + 1);
}

void CronTest::zonesAreThoseOfTheSystem()
{
    QVERIFY(Zone::named("Europe/Berlin"));
    QVERIFY(Zone::named("UTC"));
    QVERIFY(Zone::named(""));
    for (const char *name : {"Mars/Base", "../../etc/passwd", "europe berlin", "Europe"}) {
        const auto zone = Zone::named(name);
        QVERIFY2(!zone, name);
        QVERIFY(zone.error().message.find(name) != std::string::npos);
    }
}

void CronTest::aLocalTimeHasItsMoment_data()
{
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("moment");
    QTest::newRow("winter") << "2026-01-31T08:00:00" << "Europe/Berlin" << "2026-01-31T07:00:00.000Z";
    QTest::newRow("summer") << "2026-07-31T08:00:00.5" << "Europe/Berlin" << "2026-07-31T06:00:00.500Z";
    QTest::newRow("skipped") << "2026-03-29T02:30:00" << "Europe/Berlin" << "2026-03-29T01:00:00.000Z";
    QTest::newRow("twice") << "2026-10-25T02:30:00" << "Europe/Berlin" << "2026-10-25T00:30:00.000Z";
    QTest::newRow("UTC") << "2026-10-25T02:30:00" << "UTC" << "2026-10-25T02:30:00.000Z";
    QTest::newRow("far") << "9998-12-31T23:59:59" << "Asia/Tokyo" << "9998-12-31T14:59:59.000Z";
    QTest::newRow("with offset") << "2026-10-25T02:30:00Z" << "UTC" << "wrong";
    QTest::newRow("with hours") << "2026-10-25T02:30:00-02:00" << "UTC" << "wrong";
    QTest::newRow("short") << "2026" << "UTC" << "wrong";
    QTest::newRow("empty") << "" << "UTC" << "wrong";
}

void CronTest::aLocalTimeHasItsMoment()
{
    QFETCH(QString, local);
    QFETCH(QString, zone);
    QFETCH(QString, moment);
    const auto read = localTimeFromText(local.toStdString());
    QCOMPARE(read ? shown(Zone::named(zone.toStdString())->instantOf(*read)) : QStringLiteral("wrong"),
        moment);
}

QTEST_GUILESS_MAIN(CronTest)
#include "cron_test.moc"

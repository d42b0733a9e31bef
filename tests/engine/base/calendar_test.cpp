#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using namespace std::chrono_literals;

namespace {

Instant at(const char *text)
{
    const auto instant = instantFromText(text);
    return instant ? *instant : Instant{};
}

Duration lasting(const char *text)
{
    const auto duration = durationFromText(text);
    return duration ? *duration : Duration{-1};
}

} // namespace

class CalendarTest : public QObject
{
    Q_OBJECT

private slots:
    void readsDurations()
    {
        QCOMPARE(lasting("P3D"), (Duration{0, 72h}));
        QCOMPARE(lasting("PT30S"), (Duration{0, 30s}));
        QCOMPARE(lasting("P2W"), (Duration{0, 336h}));
        QCOMPARE(lasting("P1Y2M3DT4H5M6.789S"), (Duration{14, 72h + 4h + 5min + 6789ms}));
        QCOMPARE(lasting("PT0,5H"), (Duration{0, 30min}));
        QCOMPARE(lasting("PT0.123456789S"), (Duration{0, 123ms}));
        QCOMPARE(lasting("PT0S"), Duration{});
        QCOMPARE(lasting("P1M"), Duration{1});
    }

    void refusesOtherDurations_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "P", "PT", "P1DT", "5m", "3 days", "P1H", "PT1D", "P1D2M",
                 "P1.5M", "P1.5DT2H", "P-1D", "-P1D", "PT1S ", "PT1SS", "PT.5S", "PT1.S", "PTT1S",
                 "P1", "pt1s", "P99999Y", "PT9999999999999999S", "PT999999999999999H"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void refusesOtherDurations()
    {
        QFETCH(QByteArray, text);
        const auto duration = durationFromText(text.toStdString());
        QVERIFY(!duration);
        QCOMPARE(duration.error().code, ErrorCode::InvalidArgument);
    }

    void writesDurationsThatReadBackTheSame()
    {
        for (const char *text : {"P3D", "PT30S", "P1Y2M3DT4H5M6.789S", "PT0S", "PT0.5S", "P1M",
                 "PT1H30M", "P1DT12H", "PT0.001S", "P90D"})
            QCOMPARE(toText(lasting(text)), std::string(text));
        QCOMPARE(toText(lasting("P2W")), std::string("P14D"));
        QCOMPARE(toText(lasting("PT90M")), std::string("PT1H30M"));
    }

    void movesByTheCalendar()
    {
        QCOMPARE(toText(at("2026-01-31T10:00:00Z") + lasting("P1M")),
            std::string("2026-02-28T10:00:00.000Z"));
        QCOMPARE(toText(at("2028-01-31T10:00:00Z") + lasting("P1M")),
            std::string("2028-02-29T10:00:00.000Z"));
        QCOMPARE(toText(at("2024-02-29T00:00:00Z") + lasting("P1Y")),
            std::string("2025-02-28T00:00:00.000Z"));
        QCOMPARE(toText(at("2026-12-31T23:59:59.999Z") + lasting("PT0.001S")),
            std::string("2027-01-01T00:00:00.000Z"));
        QCOMPARE(at("1969-12-31T23:00:00Z") + lasting("P1M"), at("1970-01-31T23:00:00Z"));
    }

    void neverLeavesTheYearsOfFourDigits()
    {
        const std::string last = "9999-12-31T23:59:59.999Z";
        QCOMPARE(toText(at("9999-12-01T00:00:00Z") + lasting("P1M")), last);
        QCOMPARE(toText(at("9999-12-01T00:00:00Z") + lasting("P40D")), last);
        QCOMPARE(toText(at("2026-01-01T00:00:00Z") + lasting("P9999Y")), last);
        QCOMPARE(toText(Instant::max()), last);
        QCOMPARE(toText(at("9999-12-31T23:59:59.999-10:00")), last);
        QCOMPARE(toText(at("0000-01-01T00:00:00+10:00")), std::string("0000-01-01T00:00:00.000Z"));
    }

    void readsInstantsWithAnyOffset()
    {
        const Instant noon = at("2026-11-21T12:00:00Z");
        QCOMPARE(at("2026-11-21t13:30:00.000+01:30"), noon);
        QCOMPARE(at("2026-11-21T04:00:00-08:00"), noon);
        QCOMPARE(at("2026-11-21T12:00:00.123456789z"), noon + 123ms);
        QCOMPARE(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z"));
        QCOMPARE(at("1970-01-01T00:00:00Z"), Instant{});
        QCOMPARE(toText(at("1969-12-31T23:59:59.999Z")), std::string("1969-12-31T23:59:59.999Z"));
    }

    void refusesOtherInstants_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "2026-11-21", "2026-11-21T12:00Z", "2026-11-21T12:00:00",
                 "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
                 "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
                 "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z",
                 "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00Zx", "26-01-01T00:00:00Z",
                 "2026/01/01T00:00:00Z", "2026-01-01T00:00:00+24:00"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void refusesOtherInstants()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!instantFromText(text.toStdString()));
    }
};

QTEST_GUILESS_MAIN(CalendarTest)
#include "calendar_test.moc"

#include "designer/panels/duration_words.h"

#include <QTest>

using namespace designer;

class DurationWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationIsReadFromWordsAndFromIso_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("iso");

        const auto row = [](const char *words, const char *iso) {
            QTest::newRow(words) << QString::fromLatin1(words) << QByteArray(iso);
        };
        row("3 d", "P3D");
        row("3d", "P3D");
        row("12 h 30 min", "PT12H30M");
        row("12h30m", "PT12H30M");
        row("1.5 h", "PT1H30M");
        row("1,5 h", "PT1H30M");
        row("2 weeks", "P14D");
        row("1 year 2 months", "P1Y2M");
        row("90 s", "PT1M30S");
        row("250 ms", "PT0.25S");
        row("P3D", "P3D");
        row("pt30s", "PT30S");
        row("  1 day, 2 hours ", "P1DT2H");
    }

    void durationIsReadFromWordsAndFromIso()
    {
        QFETCH(QString, words);
        QFETCH(QByteArray, iso);
        const auto duration = durationFromWords(words);
        QVERIFY(duration);
        const auto expected = engine::durationFromText(iso.toStdString());
        QVERIFY(expected);
        QVERIFY(*duration == *expected);
    }

    void otherTextIsNoDuration_data()
    {
        QTest::addColumn<QString>("words");
        for (const char *words :
            {"", "3 days or so", "soon", "3", "d", "0.5 months", "3 d -", "99999999999999999999 y"})
            QTest::newRow(words) << QString::fromLatin1(words);
    }

    void otherTextIsNoDuration()
    {
        QFETCH(QString, words);
        QVERIFY(!durationFromWords(words));
    }

    void durationIsShownInWordsThatReadBackAsTheSame_data()
    {
        QTest::addColumn<QByteArray>("iso");
        for (const char *iso : {"P3D", "PT12H30M", "P1Y2M", "PT30S", "PT0.25S", "P1M2DT3H", "PT0S"})
            QTest::newRow(iso) << QByteArray(iso);
    }

    void durationIsShownInWordsThatReadBackAsTheSame()
    {
        QFETCH(QByteArray, iso);
        const auto duration = engine::durationFromText(iso.toStdString());
        QVERIFY(duration);
        const QString words = durationInWords(*duration);
        QVERIFY2(durationFromWords(words) == *duration, qPrintable(words));
    }
};

QTEST_GUILESS_MAIN(DurationWordsTest)
#include "duration_words_test.moc"

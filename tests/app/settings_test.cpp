#include "app/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class SettingsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file() const { return m_folder.filePath(u"window.ini"_s); }

private slots:
    void cleanup() { QFile::remove(file()); }

    void whatIsSetIsThereAfterAnotherStart()
    {
        {
            app::Settings settings(file());
            QCOMPARE(settings.theme(), app::ThemeChoice::System);
            QVERIFY(!settings.hasSession());
            settings.setTheme(app::ThemeChoice::HighContrast);
            settings.setGeometry("geometry");
            settings.setLayout(u"design"_s, "layout");
            settings.setSession({u"a"_s, u"b"_s}, u"b"_s);
        }
        const app::Settings settings(file());
        QCOMPARE(settings.theme(), app::ThemeChoice::HighContrast);
        QCOMPARE(settings.geometry(), QByteArray("geometry"));
        QCOMPARE(settings.layout(u"design"_s), QByteArray("layout"));
        QCOMPARE(settings.layout(u"run"_s), QByteArray());
        QCOMPARE(settings.openFiles(), QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(settings.currentFile(), u"b"_s);
        QVERIFY(settings.hasSession());
    }

    void anUnknownThemeIsTheSystems()
    {
        QFile text(file());
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("[window]\ntheme=purple\n");
        text.close();
        QCOMPARE(app::Settings(file()).theme(), app::ThemeChoice::System);
    }

    void theTenNewestFilesAreRecentEachOnce()
    {
        app::Settings settings(file());
        for (int at = 0; at < 12; ++at)
            settings.addRecentFile(QString::number(at));
        settings.addRecentFile(u"5"_s);
        QCOMPARE(settings.recentFiles().size(), 10);
        QCOMPARE(settings.recentFiles().first(), u"5"_s);
        QCOMPARE(settings.recentFiles().count(u"5"_s), 1);
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"

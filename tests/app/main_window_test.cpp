#include "app/widgets/banner.h"
#include "app/widgets/theme.h"
#include "app/window/command_palette.h"
#include "tests/app/window_fixture.h"

#include <QDockWidget>
#include <QListWidget>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>

using namespace Qt::StringLiterals;

class MainWindowTest : public QObject
{
    Q_OBJECT

    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private slots:
    void initTestCase() { app::applyTheme(*qApp, app::ThemeKind::Light); }

    void unsavedWorkIsAskedForBeforeTheWindowCloses()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        own.page().document().setName({"ship"}, "Send");
        QVERIFY(!own.window->close());
        QCOMPARE(own.dialogs.asked, QStringList{u"OrderFulfillment"_s});
        own.dialogs.unsaved = {app::UnsavedAnswer::Save};
        own.window->close();
        QTRY_VERIFY(!own.window->isVisible());
        QFile file(own.path(u"flows/samples/OrderFulfillment.flow.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Send"));
    }

    void discardedWorkIsGoneAndTheTabToo()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        own.page().document().setName({"ship"}, "Send");
        own.dialogs.unsaved = {app::UnsavedAnswer::Discard};
        own.window->actions().closeTab->trigger();
        QVERIFY(!own.window->documents().current());
        QVERIFY(!own.window->actions().save->isEnabled());
        own.window->documents().openFile(own.path(u"flows/samples/OrderFulfillment.flow.json"_s));
        QCOMPARE(engine::findStep(own.page().document().flow(), {"ship"})->name, std::string());
    }

    void aNewFlowAsksForItsName()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        own.keys(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(own.page().path().isEmpty());
        own.page().document().addStep("wait", {200, 200});
        own.dialogs.files = {own.path(u"flows/Mine.flow.json"_s)};
        own.window->actions().save->trigger();
        QCOMPARE(own.page().path(), own.path(u"flows/Mine.flow.json"_s));
        QVERIFY(QFile::exists(own.page().path()));
        QVERIFY(!own.page().isModified());
        QCOMPARE(own.settings->recentFiles().first(), own.page().path());
    }

    void aFileThatIsNoFlowSaysWhyAndOpensNothing()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        const auto *before = own.window->documents().current();
        write(own.path(u"broken.flow.json"_s), "{\"signalbox\": 1, ");
        own.window->documents().openFile(own.path(u"broken.flow.json"_s));
        QCOMPARE(own.dialogs.problems.size(), 1);
        QVERIFY(own.dialogs.problems.front().contains(u"broken.flow.json"_s));
        QCOMPARE(own.window->documents().current(), before);
    }

    void aFileIsOpenOnce()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        auto &tabs = own.window->findChild<app::CenterArea *>()->tabs();
        const int before = tabs.count();
        own.window->documents().openFile(own.page().path());
        QCOMPARE(tabs.count(), before);
    }

    void theCommandPaletteRunsWhatIsTyped()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        own.keys(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = own.window->findChild<app::CommandPalette *>();
        QTRY_VERIFY(palette->isVisible());
        QTest::keyClicks(palette->findChild<QLineEdit *>(), u"dark"_s);
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(app::currentTheme(), app::ThemeKind::Dark);
        QCOMPARE(own.settings->theme(), app::ThemeChoice::Dark);
        own.window->actions().themeLight->trigger();
        QCOMPARE(app::currentTheme(), app::ThemeKind::Light);
    }

    void everyActionThatTypesHasItsOwnShortcut()
    {
        const app::Actions actions;
        QList<QKeySequence> seen;
        for (const QAction *action : actions.all())
            for (const QKeySequence &keys : action->shortcuts()) {
                QVERIFY2(!seen.contains(keys), qPrintable(keys.toString()));
                seen.append(keys);
            }
    }

    void runHidesWhatBelongsToDrawing()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        own.window->openEngine();
        QTRY_VERIFY(own.window->engineRoom().engine());
        const auto docks = own.window->findChildren<QDockWidget *>();
        QCOMPARE(docks.size(), 4);
        own.window->actions().showRun->trigger();
        for (const QDockWidget *dock : docks)
            QVERIFY(!dock->isVisible());
        own.window->actions().showDesign->trigger();
        for (const QDockWidget *dock : docks)
            QVERIFY(dock->isVisible());
    }

    void theInstancesGiveWayToTheFlowInASmallWindow()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        auto *splitter = own.window->findChild<app::CenterArea *>()->findChild<QSplitter *>();
        own.window->resize(1600, 1000);
        QTRY_COMPARE(splitter->sizes().last(), 360);
        own.window->resize(1280, 800);
        QTRY_COMPARE(splitter->sizes().last(), 280);
    }

    void whatSomebodyMadeWideStaysWide()
    {
        tests::WindowFixture own;
        QVERIFY(own.open());
        auto *splitter = own.window->findChild<app::CenterArea *>()->findChild<QSplitter *>();
        own.window->resize(1280, 800);
        QTRY_VERIFY(splitter->sizes().last() < 300);
        QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, {0, 300});
        QTest::mouseMove(splitter->handle(1), {-60, 300});
        QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, {-60, 300});
        const int dragged = splitter->sizes().last();
        QVERIFY(dragged > 300);
        own.window->resize(1270, 800);
        QTRY_COMPARE(own.window->width(), 1270);
        QVERIFY(splitter->sizes().last() > 300);
        own.window->actions().resetLayout->trigger();
        QTRY_VERIFY(splitter->sizes().last() < 300);
    }

    void aDirectoryOfAnotherSignalboxIsSaidAndDrawingGoesOn()
    {
        tests::WindowFixture first;
        QVERIFY(first.open());
        first.window->openEngine();
        QTRY_VERIFY(first.window->engineRoom().engine());

        const QTemporaryDir home;
        app::Settings settings(home.filePath(u"window.ini"_s));
        tests::ScriptedDialogs dialogs;
        app::MainWindow second({settings, dialogs, {.data = first.home.path().toStdString()},
            home.filePath(u"flows"_s), home.filePath(u"unsaved"_s)});
        second.show();
        second.documents().openSession({});
        QSignalSpy failed(&second.engineRoom(), &app::EngineRoom::failed);
        second.openEngine();
        QTRY_COMPARE(failed.count(), 1);
        const auto *banner = second.findChild<app::Banner *>();
        QVERIFY(second.findChild<app::CenterArea *>()->banner().isVisible());
        QVERIFY(second.findChild<app::CenterArea *>()->banner().text().contains(first.home.path()));
        QVERIFY(banner);
        QVERIFY(!second.actions().deploy->isEnabled());
        second.documents().newFlow();
        QVERIFY(second.documents().current());
    }

    void aMendedDatabaseIsSaidUntilItIsDismissed()
    {
        tests::WindowFixture fixture;
        QVERIFY(fixture.open());
        fixture.window->openEngine();
        QTRY_VERIFY(fixture.window->engineRoom().engine());
        fixture.window.reset();
        QFile database(fixture.path(u"signalbox.db"_s));
        QVERIFY(database.open(QIODevice::ReadWrite) && database.seek(1000));
        char byte = 0;
        QVERIFY(database.getChar(&byte) && database.seek(1000));
        QVERIFY(database.putChar(static_cast<char>(byte ^ 1)));
        database.close();

        QVERIFY(fixture.open());
        fixture.window->openEngine();
        const auto &banner = fixture.window->findChild<app::CenterArea *>()->banner();
        QTRY_VERIFY(banner.isVisible());
        QVERIFY(fixture.window->engineRoom().engine());
        QVERIFY2(banner.text().startsWith(u"The database was damaged and has been mended."_s),
            qPrintable(banner.text()));
        QVERIFY(banner.text().contains(u"kept as signalbox.db.damaged-1."_s));
        fixture.keepPictures(u"mended"_s);
        fixture.button(u"Dismiss"_s)->click();
        QVERIFY(!banner.isVisible());
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"

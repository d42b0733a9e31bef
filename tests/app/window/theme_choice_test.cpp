#include "app/window/theme_choice.h"

#include "app/actions.h"
#include "app/settings.h"

#include <QApplication>
#include <QPalette>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;
using app::ThemeKind;

class ThemeChoiceTest : public QObject
{
    Q_OBJECT

    /// As the platform tells a window that the desktop looks different now.
    static void desktopChanges(QWidget &window)
    {
        QEvent change(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&window, &change);
    }

private slots:
    void theDesktopIsFollowedWhileTheWindowIsOpen()
    {
        const QTemporaryDir home;
        app::Settings settings(home.filePath(u"window.ini"_s));
        app::Actions actions;
        ThemeKind desktop = ThemeKind::Light;
        app::followTheme(actions, settings, [&desktop] { return desktop; });
        QCOMPARE(app::currentTheme(), ThemeKind::Light);
        QWidget window;
        desktop = ThemeKind::Dark;
        desktopChanges(window);
        QTRY_COMPARE(app::currentTheme(), ThemeKind::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window),
            app::color(ThemeKind::Dark, app::Color::Window));
        desktop = ThemeKind::HighContrast;
        desktopChanges(window);
        QTRY_COMPARE(app::currentTheme(), ThemeKind::HighContrast);
    }

    void whoeverChoseAThemeKeepsIt()
    {
        const QTemporaryDir home;
        app::Settings settings(home.filePath(u"window.ini"_s));
        app::Actions actions;
        ThemeKind desktop = ThemeKind::Light;
        int asked = 0;
        app::followTheme(actions, settings, [&] {
            ++asked;
            return desktop;
        });
        actions.themeLight->trigger();
        desktop = ThemeKind::Dark;
        QWidget window;
        app::DesktopWatch watch(nullptr);
        bool told = false;
        connect(&watch, &app::DesktopWatch::changed, this, [&told] { told = true; });
        desktopChanges(window);
        QTRY_VERIFY(told);
        QCOMPARE(app::currentTheme(), ThemeKind::Light);
        QCOMPARE(asked, 1);
        actions.themeSystem->trigger();
        QCOMPARE(app::currentTheme(), ThemeKind::Dark);
    }

    void askingTheDesktopLeavesOurPalette()
    {
        app::applyTheme(*qApp, ThemeKind::Dark);
        const QPalette before = QApplication::palette();
        // Where no desktop runs it is the light one, whatever is applied.
        QCOMPARE(app::systemTheme(), ThemeKind::Light);
        QCOMPARE(QApplication::palette(), before);
        QCOMPARE(app::currentTheme(), ThemeKind::Dark);
    }
};

QTEST_MAIN(ThemeChoiceTest)
#include "theme_choice_test.moc"

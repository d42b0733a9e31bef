#pragma once

#include "app/actions.h"
#include "app/main_window.h"
#include "app/settings.h"
#include "app/window/center_area.h"
#include "app/window/tab_group.h"
#include "designer/canvas/flow_canvas.h"
#include "designer/designer_page.h"
#include "tests/app/scripted_dialogs.h"

#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace tests {

/// A data directory of its own, and the real window on it.
struct WindowFixture {
    QTemporaryDir home;
    ScriptedDialogs dialogs;
    std::unique_ptr<app::Settings> settings;
    std::unique_ptr<app::MainWindow> window;

    QString path(const QString &name) const { return home.filePath(name); }

    /// Opens the window as the program does; false if it never gets active.
    bool open(const QStringList &files = {})
    {
        window.reset();
        settings = std::make_unique<app::Settings>(path(QStringLiteral("window.ini")));
        window = std::make_unique<app::MainWindow>(
            app::MainWindow::Parts{*settings, dialogs, {.data = home.path().toStdString()},
                path(QStringLiteral("flows")), path(QStringLiteral("unsaved"))});
        window->resize(1440, 900); // whatever screen the platform of the test has
        window->show();
        window->documents().openSession(files);
        return QTest::qWaitForWindowActive(window.get());
    }

    designer::DesignerPage &page() { return *window->documents().current(); }
    designer::FlowCanvas &canvas() { return page().canvas(); }

    /// A click on the middle of a step.
    void clickStep(const char *step)
    {
        const QRectF bounds = canvas().stepBounds({step});
        QTest::mouseClick(
            &canvas(), Qt::LeftButton, {}, canvas().toScreen(bounds.center()).toPoint());
    }

    /// Keys go to whatever has the focus, as in life.
    void keys(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        window->activateWindow(); // some platforms leave no window active after a dialog
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), key, modifiers);
    }

    /// The visible button that says `text`, in the whole program; nullptr: there is none.
    static QPushButton *button(const QString &text)
    {
        for (QWidget *widget : QApplication::allWidgets())
            if (auto *button = qobject_cast<QPushButton *>(widget))
                if (button->isVisible() && button->text().remove(u'&') == text)
                    return button;
        return nullptr;
    }

    /// With SIGNALBOX_PICTURES=FOLDER: keeps what the window shows now, in both themes and two
    /// sizes, as NAME-THEME-WIDTHxHEIGHT.png; at twice the scale with `@2x`.
    void keepPictures(const QString &name)
    {
        const QString folder = qEnvironmentVariable("SIGNALBOX_PICTURES");
        if (folder.isEmpty())
            return;
        const QSize before = window->size();
        const QString scale = window->devicePixelRatioF() > 1 ? QStringLiteral("@2x") : QString();
        for (QAction *theme : {window->actions().themeDark, window->actions().themeLight}) {
            theme->trigger();
            for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
                window->resize(size);
                QTRY_COMPARE(window->size(), size);
                if (auto *page = window->documents().current())
                    page->fit();
                const char *word = theme == window->actions().themeDark ? "dark" : "light";
                const QString file = QStringLiteral("%1-%2-%3x%4%5.png")
                                         .arg(name, QLatin1StringView(word))
                                         .arg(size.width())
                                         .arg(size.height())
                                         .arg(scale);
                QTest::qWait(200); // what follows theme and size a round later is in the picture
                QVERIFY(window->grab().save(QDir(folder).filePath(file)));
            }
        }
        window->resize(before);
    }
};

} // namespace tests

#include "app/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QStyleHints>

namespace app {
namespace {

/// The desktop's own palette. Ours covers it, so ours is taken off for a moment; nothing is painted
/// meanwhile.
QPalette desktopPalette()
{
    const QPalette ours = QGuiApplication::palette();
    QGuiApplication::setPalette(QPalette());
    const QPalette desktop = QGuiApplication::palette();
    QGuiApplication::setPalette(ours);
    return desktop;
}

bool isHighContrast(const QColor &text, const QColor &window)
{
    return (text == Qt::white && window == Qt::black) || (text == Qt::black && window == Qt::white);
}

} // namespace

ThemeKind systemTheme()
{
    const QPalette desktop = desktopPalette();
    const QColor window = desktop.color(QPalette::Window);
    if (isHighContrast(desktop.color(QPalette::WindowText), window))
        return ThemeKind::HighContrast;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? ThemeKind::Dark
                                                                                 : ThemeKind::Light;
#else
    return window.lightness() < 128 ? ThemeKind::Dark : ThemeKind::Light;
#endif
}

DesktopWatch::DesktopWatch(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
        &DesktopWatch::changed);
#endif
}

bool DesktopWatch::eventFilter(QObject *watched, QEvent *event)
{
    // Not the change of a palette: our own themes make that.
    if (event->type() == QEvent::ThemeChange && !m_saying) {
        m_saying = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_saying = false;
                emit changed();
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace app

#include "app/widgets/theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace app {
namespace {

/// The platform's own palette; ours covers it from the first applyTheme on, so it is kept.
const QPalette &desktopPalette()
{
    static const QPalette palette = QGuiApplication::palette();
    return palette;
}

bool isHighContrast(const QColor &text, const QColor &window)
{
    return (text == Qt::white && window == Qt::black) || (text == Qt::black && window == Qt::white);
}

} // namespace

ThemeKind systemTheme()
{
    const QColor window = desktopPalette().color(QPalette::Window);
    if (isHighContrast(desktopPalette().color(QPalette::WindowText), window))
        return ThemeKind::HighContrast;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? ThemeKind::Dark
                                                                                 : ThemeKind::Light;
#else
    return window.lightness() < 128 ? ThemeKind::Dark : ThemeKind::Light;
#endif
}

} // namespace app

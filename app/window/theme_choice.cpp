#include "app/window/theme_choice.h"

#include "app/actions.h"
#include "app/settings.h"

#include <QApplication>

#include <utility>
#include <vector>

namespace app {
namespace {

using Desktop = std::function<ThemeKind()>;

ThemeKind themeOf(ThemeChoice choice, const Desktop &desktop)
{
    switch (choice) {
    case ThemeChoice::System: return desktop();
    case ThemeChoice::Light: return ThemeKind::Light;
    case ThemeChoice::Dark: return ThemeKind::Dark;
    case ThemeChoice::HighContrast: return ThemeKind::HighContrast;
    }
    return ThemeKind::Light;
}

void applyChoice(ThemeChoice choice, const Desktop &desktop)
{
    const ThemeKind wanted = themeOf(choice, desktop);
    if (wanted != currentTheme() || qApp->styleSheet().isEmpty())
        applyTheme(*qApp, wanted);
}

} // namespace

void followTheme(Actions &actions, Settings &settings, std::function<ThemeKind()> desktop)
{
    const std::vector<std::pair<QAction *, ThemeChoice>> choices{
        {actions.themeSystem, ThemeChoice::System}, {actions.themeLight, ThemeChoice::Light},
        {actions.themeDark, ThemeChoice::Dark},
        {actions.themeHighContrast, ThemeChoice::HighContrast}};
    for (const auto &[action, choice] : choices) {
        action->setChecked(choice == settings.theme());
        QObject::connect(
            action, &QAction::triggered, &actions, [&settings, choice = choice, desktop] {
                settings.setTheme(choice);
                applyChoice(choice, desktop);
            });
    }
    const auto *watch = new DesktopWatch(&actions);
    QObject::connect(watch, &DesktopWatch::changed, &actions, [&settings, desktop] {
        if (settings.theme() == ThemeChoice::System)
            applyChoice(ThemeChoice::System, desktop);
    });
    applyChoice(settings.theme(), desktop);
}

} // namespace app

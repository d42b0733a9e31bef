#include "app/window/theme_choice.h"

#include "app/actions.h"
#include "app/settings.h"
#include "app/widgets/theme.h"

#include <QApplication>

#include <utility>
#include <vector>

namespace app {
namespace {

ThemeKind themeOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System: return systemTheme();
    case ThemeChoice::Light: return ThemeKind::Light;
    case ThemeChoice::Dark: return ThemeKind::Dark;
    case ThemeChoice::HighContrast: return ThemeKind::HighContrast;
    }
    return ThemeKind::Light;
}

void apply(ThemeChoice choice)
{
    const ThemeKind wanted = themeOf(choice);
    if (wanted != currentTheme() || qApp->styleSheet().isEmpty())
        applyTheme(*qApp, wanted);
}

} // namespace

void followTheme(Actions &actions, Settings &settings)
{
    const std::vector<std::pair<QAction *, ThemeChoice>> choices{
        {actions.themeSystem, ThemeChoice::System}, {actions.themeLight, ThemeChoice::Light},
        {actions.themeDark, ThemeChoice::Dark},
        {actions.themeHighContrast, ThemeChoice::HighContrast}};
    for (const auto &[action, choice] : choices) {
        action->setChecked(choice == settings.theme());
        QObject::connect(action, &QAction::triggered, &actions, [&settings, choice = choice] {
            settings.setTheme(choice);
            apply(choice);
        });
    }
    apply(settings.theme());
}

} // namespace app

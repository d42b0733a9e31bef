#pragma once

#include "app/widgets/theme.h"

#include <functional>

namespace app {

class Actions;
class Settings;

/// Applies the theme that the settings name, the one chosen by an action from then on, and where
/// that is the desktop's, what the desktop asks for whenever it changes its mind.
void followTheme(
    Actions &actions, Settings &settings, std::function<ThemeKind()> desktop = systemTheme);

} // namespace app

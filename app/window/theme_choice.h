#pragma once

namespace app {

class Actions;
class Settings;

/// Applies the theme that the settings name, and the one chosen by an action from then on.
void followTheme(Actions &actions, Settings &settings);

} // namespace app

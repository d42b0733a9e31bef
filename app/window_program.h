#pragma once

#include "app/arguments.h"

#include <span>

namespace app {

/// Opens the window and runs until it is closed; the exit status. Settings, flows and unsaved work
/// live in the data directory.
int runWindow(const WindowCommand &command, std::span<char *> arguments);

} // namespace app

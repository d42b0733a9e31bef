#pragma once

#include "app/arguments.h"

#include <span>

namespace app {

/// Runs a command that needs no window and returns the exit status. Never opens a display.
int runWithoutWindow(const Command &command, std::span<char *> arguments);
/// Says what is wrong with the words of a command line; the exit status for that.
int sayWrongUsage(const engine::Error &error);

} // namespace app

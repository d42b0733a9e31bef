#pragma once

#include "app/arguments.h"

#include <span>
#include <string_view>

namespace app {

/// Runs a command that needs no window and returns the exit status. Never opens a display.
int runWithoutWindow(const Command &command, std::span<char *> arguments);
/// Says what is wrong with the words of a command line, the first of which is `verb`; the exit
/// status for that.
int sayWrongUsage(const engine::Error &error, std::string_view verb);

} // namespace app

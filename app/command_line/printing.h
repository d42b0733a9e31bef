#pragma once

#include "engine/base/error.h"

#include <string_view>

namespace app {

/// To standard output, as it is.
void print(std::string_view text);
/// `signalbox: …` to standard error.
void printError(std::string_view text);
/// The same, and the exit status that goes with it.
int fail(const engine::Error &error, int status);

} // namespace app

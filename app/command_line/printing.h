#pragma once

#include "engine/base/error.h"

#include <string_view>

namespace app {

/// To standard output, as it is. Nothing more after a writing that failed.
void print(std::string_view text);
/// Whether all of it could be written so far.
bool isPrinted();
/// `status`, or Refused, which is said, if the answer could not be written.
int printedOr(int status);
/// `signalbox: …` to standard error.
void printError(std::string_view text);
/// The same, and the exit status that goes with it.
int fail(const engine::Error &error, int status);

} // namespace app

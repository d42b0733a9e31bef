#pragma once

#include "engine/base/json_text.h"
#include "engine/base/result.h"

#include <string>

namespace app {

/// The content of a file. Unavailable, naming it, if it cannot be read; TooLarge over `most` bytes.
engine::Result<std::string> fileText(const std::string &path, std::size_t most = 16 * 1024 * 1024);
/// JSON as written on a command line, or of the file behind an `@`; `null` if nothing is written.
engine::Result<engine::JsonText> writtenJson(const std::string &written);

} // namespace app

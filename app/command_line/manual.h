#pragma once

#include <string>

namespace app {

/// The manual page signalbox(1), in the language of man(7).
std::string manualText();

} // namespace app

#pragma once

#include <string>

namespace app {

/// The name of whoever runs the program, as the system knows it: who answers by a click (semantics
/// 6.3). Empty if the system knows none. Any thread.
std::string systemUser();

} // namespace app

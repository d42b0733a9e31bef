#pragma once

#include <string_view>

namespace app {

/// The files of resources/completion. They ask the program itself what may follow, so that they
/// are as new as it.
std::string_view bashCompletion();
std::string_view zshCompletion();

} // namespace app

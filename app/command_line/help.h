#pragma once

#include <string>
#include <string_view>

namespace app {

/// What `signalbox help VERB` says; all verbs if it is empty.
std::string helpText(std::string_view verb);
std::string versionText();

} // namespace app

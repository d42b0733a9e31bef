#pragma once

#include <string>

namespace engine {

/// `host:port` of a URL in lower case, without the user's name; empty: it has none.
std::string authorityOf(const std::string &url);

} // namespace engine

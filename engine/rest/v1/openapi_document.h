#pragma once

#include <string>
#include <string_view>

namespace engine {

/// resources/openapi.json, as it was when the program was built.
std::string_view openApiDocument();
/// The same as a page of HTML for people, without scripts and without anything from elsewhere.
std::string openApiPage(std::string_view document);

} // namespace engine

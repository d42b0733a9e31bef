#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engine {

/// The JSON pointer (RFC 6901) of the member or element `key` of the value at `pointer`.
std::string childPointer(std::string_view pointer, std::string_view key);
std::string childPointer(std::string_view pointer, std::size_t index);
/// The pointer without its last part; "" stays.
std::string_view parentPointer(std::string_view pointer);

} // namespace engine

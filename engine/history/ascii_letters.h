#pragma once

#include <algorithm>
#include <string_view>

namespace engine {

/// Event names and list filters disregard the case of ASCII letters alone; other bytes are exact.
constexpr char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool sameAsciiLetters(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, lowerAscii, lowerAscii);
}

} // namespace engine

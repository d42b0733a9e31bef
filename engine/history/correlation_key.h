#pragma once

#include "engine/base/json_text.h"

#include <cstddef>
#include <optional>
#include <string>

namespace engine {

// The keys by which events find instances (semantics 10.1).

/// In bytes.
inline constexpr std::size_t longestKey = 512;

/// The key that a value amounts to: a text as it is, a number or a boolean as JSON writes it, so
/// that `7` and `"7"` are one key. Nothing if it is none of them, empty, or longer than longestKey.
std::optional<std::string> keyFrom(const JsonText &value);
/// What is wrong with a value that is no key, as the end of a sentence.
std::string whyNoKey(const JsonText &value);

} // namespace engine

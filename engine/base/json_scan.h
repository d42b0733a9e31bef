#pragma once

#include "engine/base/error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

enum class JsonKind { Null, Boolean, Number, String, Array, Object };

/// Hears what a text holds while it is scanned, in its order. Offsets are bytes; an end is one past
/// the last byte.
class JsonListener
{
public:
    virtual ~JsonListener() = default;
    virtual void scalar(JsonKind kind, std::size_t begin, std::size_t end) = 0;
    virtual void key(std::size_t begin, std::size_t end) = 0;
    virtual void opened(JsonKind kind, std::size_t begin) = 0;
    virtual void closed(std::size_t end) = 0;
};

/// Where and why a text is not JSON.
struct JsonFault {
    std::size_t offset = 0;
    std::string reason; ///< part of a sentence: "expected ',' or '}'"
    bool tooDeep = false;
};

/// A place as an editor shows it: both from 1, the column in characters.
struct TextPlace {
    int line = 1;
    int column = 1;
};

/// Reads exactly one RFC 8259 value: valid UTF-8, paired surrogates, numbers that a double can
/// hold, at most `depth` arrays and objects inside one another. Builds nothing and recurses no
/// deeper than `depth`.
std::optional<JsonFault> scanJson(
    std::string_view text, int depth, JsonListener *listener = nullptr);
TextPlace placeAt(std::string_view text, std::size_t offset);
/// The fault with its place in `text`; TooLarge where it is too deep, else InvalidArgument.
Error errorOf(const JsonFault &fault, std::string_view text);
/// The value of a checked string, given with its quotes.
std::string unquoted(std::string_view string);

} // namespace engine

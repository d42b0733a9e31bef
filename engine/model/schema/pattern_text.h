#pragma once

#include <string>
#include <string_view>

namespace engine {

/// A regular expression of ECMA-262 (Unicode mode) as PCRE2 has to be told it.
struct PatternText {
    std::string text;
    std::string problem; ///< what is not of ECMA-262; empty: nothing
};

PatternText pcreText(std::string_view source);

} // namespace engine

#pragma once

#include "app/command_line/verb_form.h"
#include "engine/base/result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What the user wrote after a verb, sorted out.
struct SortedWords {
    std::vector<std::string> positions;
    std::map<std::string, std::string, std::less<>>
        options; ///< by name with dashes; the last counts

    bool has(std::string_view name) const { return options.contains(name); }
    std::string value(std::string_view name) const;
};

/// `--name value`, `--name=value`, `--` before words that begin with a dash; `-5` is a word.
/// InvalidArgument for unknown options (with the nearest known one) and missing values.
engine::Result<SortedWords> sortWords(
    std::span<const std::string> words, std::span<const OptionForm> forms);

/// The one of `known` that `word` is probably meant to be, or empty.
std::string_view nearestWord(std::string_view word, std::span<const std::string_view> known);

} // namespace app

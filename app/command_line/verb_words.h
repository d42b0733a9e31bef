#pragma once

#include "app/arguments.h"
#include "app/command_line/verb_form.h"
#include "app/command_line/words.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace app {

using Words = std::span<const std::string>;

/// What is wrong with the words, and what to write instead.
engine::Error usage(const std::string &message);

/// The words after a verb, which fit its form.
struct VerbWords {
    const VerbForm *verb = nullptr;
    std::size_t use = 0; ///< which of its uses
    SortedWords sorted;  ///< without the deed
    Target target;

    const UseForm &form() const { return verb->uses[use]; }
    std::string_view deed() const { return form().deed; }
    bool has(std::string_view option) const { return sorted.has(option); }
    std::string value(std::string_view option) const { return sorted.value(option); }
    std::size_t count() const { return sorted.positions.size(); }
    /// Empty if there is none.
    std::string at(std::size_t position) const
    {
        return position < count() ? sorted.positions[position] : std::string();
    }
};

/// InvalidArgument says what is wrong with the words. With `--help` they may be whatever they are.
engine::Result<VerbWords> wordsOf(const VerbForm &verb, Words words);

struct NumberOption {
    std::string_view name;
    std::int64_t least = 1;
    std::int64_t most = 1;
    std::int64_t otherwise = 0; ///< if it is not given
};
engine::Result<std::int64_t> numberOf(const VerbWords &words, const NumberOption &option);

/// `signalbox raise ID EVENT [JSON|@FILE]`
std::string usageLine(const VerbForm &verb, const UseForm &use);

/// How many words a use takes.
struct WordCount {
    std::size_t least = 0;
    std::size_t most = 0;
};
WordCount countOf(const UseForm &use);

} // namespace app

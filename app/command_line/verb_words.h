#pragma once

#include "app/arguments.h"
#include "app/command_line/words.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app {

using Words = std::span<const std::string>;

/// What is wrong with the words, and what to write instead.
engine::Error usage(const std::string &message);
/// What a verb takes beside the options that say which Signalbox is meant.
std::vector<OptionForm> withTarget(std::vector<OptionForm> forms);
Target targetFrom(const SortedWords &words);

/// How many words a verb takes, and what they are called.
struct Positions {
    std::size_t least = 0;
    std::size_t most = 0;
    std::string_view form;
};

/// The words after a verb; with `--help` they may be whatever they are.
engine::Result<SortedWords> sorted(
    Words words, const std::vector<OptionForm> &forms, Positions positions);

// The verbs of people and operators.
engine::Result<Command> tasksFrom(Words rest);
engine::Result<Command> approveFrom(Words rest);
engine::Result<Command> rejectFrom(Words rest);
engine::Result<Command> answerFrom(Words rest);
engine::Result<Command> suspendFrom(Words rest);
engine::Result<Command> resumeFrom(Words rest);
engine::Result<Command> terminateFrom(Words rest);
engine::Result<Command> retryFrom(Words rest);

} // namespace app

#pragma once

#include "app/command_line/verb_words.h"

#include <string_view>
#include <vector>

namespace app {

/// What somebody may write after `signalbox`, and what it becomes.
struct Verb {
    VerbForm form;
    engine::Result<Command> (*read)(const VerbWords &words);
};

/// All of them, in the order of the help.
const std::vector<Verb> &verbs();
/// Nothing if there is none of this name.
const Verb *verbNamed(std::string_view name);
/// What is written without a verb: the options of the engine behind the window, and files.
const Verb &windowVerb();
/// `name` is none of them: what it was probably meant to be.
engine::Error unknownVerb(const std::string &name);

} // namespace app

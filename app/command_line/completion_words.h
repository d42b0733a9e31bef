#pragma once

#include "app/arguments.h"
#include "app/command_line/verb_form.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace app {

/// What a word may become, and what that is.
struct Candidate {
    std::string word;
    std::string meaning;

    bool operator==(const Candidate &) const = default;
};

/// A word that is being written, where only a running Signalbox knows what it may become.
struct OpenWord {
    WordForm form;
    std::string begin; ///< as far as it is written
    std::vector<std::string>
        before; ///< the words in front of it, without the verb, its deed, options
    Target target;
};
using LiveWords = std::function<std::vector<Candidate>(const OpenWord &)>;

struct Completion {
    enum class Files { None, Any, Directories };
    std::vector<Candidate> candidates;
    Files files = Files::None; ///< those of the shell

    bool operator==(const Completion &) const = default;
};

/// What the last of `words`, which is not ended, may become. `words` are those behind the program.
Completion completionOf(std::span<const std::string> words, const LiveWords &live);

} // namespace app

#include "app/command_line/verb_form.h"

#include <algorithm>

namespace app {

const std::vector<OptionForm> &targetOptions()
{
    static const std::vector<OptionForm> options{
        {"--data", "DIR",
            "the one of this data directory; opened here if none runs (default: your own)",
            {Offer::Directories}},
        {"--url", "URL", "the one at this address, for example http://127.0.0.1:7071"},
        {"--key", "KEY",
            "its key; also by SIGNALBOX_KEY (default: the one kept in the data directory)"},
        {"--json", {}, "print the body of the call instead of text for people"},
    };
    return options;
}

const OptionForm &helpOption()
{
    static const OptionForm option{"--help", {}, "say how this is written, and do nothing"};
    return option;
}

std::vector<OptionForm> allOptions(const VerbForm &verb)
{
    std::vector<OptionForm> options = verb.options;
    if (verb.hasTarget)
        options.insert(options.end(), targetOptions().begin(), targetOptions().end());
    options.push_back(helpOption());
    return options;
}

bool isSameWord(std::string_view one, std::string_view other)
{
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return std::ranges::equal(one, other, {}, lower, lower);
}

std::vector<std::string_view> wordsIn(std::string_view list)
{
    std::vector<std::string_view> words;
    while (!list.empty()) {
        const std::string_view word = list.substr(0, list.find(' '));
        list.remove_prefix(std::min(list.size(), word.size() + 1));
        if (!word.empty())
            words.push_back(word);
    }
    return words;
}

} // namespace app

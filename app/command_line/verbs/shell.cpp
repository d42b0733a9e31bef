// The program about itself.
#include "app/command_line/verbs/groups.h"

namespace app {
namespace {

using engine::Result;

constexpr std::string_view group = "This program";

Verb completionVerb()
{
    return {
        {.name = "completion",
            .group = group,
            .purpose = "print what makes a shell complete commands, options and ids",
            .uses = {{.words = "SHELL", .offers = {{Offer::Words, "bash zsh"}}}},
            .notes = "SHELL is bash or zsh. An installed Signalbox has put it where they find it.",
            .examples = {{"completion bash > ~/.local/share/bash-completion/completions/signalbox",
                             "for bash, without installing"},
                {"completion zsh > ~/.zfunc/_signalbox", "for zsh, with ~/.zfunc in its fpath"}},
            .hasTarget = false},
        [](const VerbWords &words) -> Result<Command> {
            if (words.at(0) != "bash" && words.at(0) != "zsh")
                return usage("completion is there for bash and zsh, not for '" + words.at(0) + "'");
            return Command(CompletionCommand{words.at(0)});
        }};
}

Verb manualVerb()
{
    return {{.name = "man",
                .group = group,
                .purpose = "print the manual page",
                .uses = {{}},
                .examples = {{"man | man -l -", "read it without installing"}},
                .hasTarget = false},
        [](const VerbWords &) -> Result<Command> { return Command(ManualCommand{}); }};
}

Verb helpVerb()
{
    return {{.name = "help",
                .group = group,
                .purpose = "say how a command is written",
                .uses = {{.words = "[COMMAND]", .offers = {{Offer::Verbs}}}},
                .hasTarget = false},
        [](const VerbWords &words) -> Result<Command> {
            if (words.count() > 0 && words.at(0) != "version" && !verbNamed(words.at(0)))
                return unknownVerb(words.at(0));
            return Command(HelpCommand{words.at(0)});
        }};
}

} // namespace

std::vector<Verb> shellVerbs() { return {completionVerb(), manualVerb(), helpVerb()}; }

} // namespace app

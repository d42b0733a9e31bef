#include "app/arguments.h"

#include "app/command_line/verbs.h"

namespace app {

namespace {

using engine::Result;

Result<Command> commandOf(const Verb &verb, Words rest)
{
    const auto words = wordsOf(verb.form, rest);
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{std::string(verb.form.name)});
    return verb.read(*words);
}

} // namespace

Result<Command> commandFrom(const std::vector<std::string> &words)
{
    if (words.empty())
        return commandOf(windowVerb(), {});
    const std::string &first = words.front();
    const auto rest = Words(words).subspan(1);
    if (first == "--version" || first == "version")
        return Command(VersionCommand{});
    if (first == "-h")
        return Command(HelpCommand{});
    // What the completion of a shell asks; nobody writes it.
    if (first == "__complete")
        return Command(CompleteCommand{{rest.begin(), rest.end()}});
    if (const Verb *verb = verbNamed(first))
        return commandOf(*verb, rest);
    if (first.starts_with("-") || first.ends_with(".json"))
        return commandOf(windowVerb(), words);
    return unknownVerb(first);
}

} // namespace app

#include "app/command_line/help.h"

#include "app/command_line/table.h"
#include "app/command_line/verbs.h"
#include "engine/base/joined.h"

#include <algorithm>

namespace app {

namespace {

/// What stands left of a meaning, and the meaning.
struct Row {
    std::string left;
    std::string_view meaning;
};

std::string rowsText(const std::vector<Row> &rows)
{
    std::size_t width = 0;
    for (const Row &row : rows)
        width = std::max(width, charactersIn(row.left));
    std::string text;
    for (const Row &row : rows)
        text += "  " + row.left + std::string(width - charactersIn(row.left) + 2, ' ') +
                std::string(row.meaning) + "\n";
    return text;
}

std::string optionsText(const std::vector<OptionForm> &options)
{
    std::vector<Row> rows;
    for (const OptionForm &option : options)
        rows.push_back({std::string(option.name) +
                            (option.value.empty() ? "" : " " + std::string(option.value)),
            option.purpose});
    return rowsText(rows);
}

std::string deedsText(const VerbForm &verb)
{
    std::vector<Row> rows;
    for (const UseForm &use : verb.uses)
        if (!use.deed.empty())
            rows.push_back(
                {std::string(use.deed) + (use.words.empty() ? "" : " " + std::string(use.words)),
                    use.meaning});
    return rows.empty() ? std::string() : "\n" + rowsText(rows);
}

/// An option of some deeds says so.
std::string forDeeds(const VerbForm &verb)
{
    std::string text;
    for (const OptionForm &option : verb.options) {
        if (!option.deeds.empty())
            text += std::string(option.name) + " is for " + engine::joined(wordsIn(option.deeds)) +
                    ". ";
    }
    if (text.empty())
        return text;
    text.back() = '\n';
    return "\n" + text;
}

std::string examplesText(const VerbForm &verb)
{
    if (verb.examples.empty())
        return {};
    std::string text = "\nExamples:\n";
    for (const ExampleForm &example : verb.examples)
        text += "  signalbox " + std::string(example.words) + "\n      " +
                std::string(example.meaning) + "\n";
    return text;
}

std::string usageText(const VerbForm &verb)
{
    std::string text;
    for (const UseForm &use : verb.uses)
        text += (text.empty() ? "Usage: " : "       ") + usageLine(verb, use) + "\n";
    return text;
}

std::string verbText(const VerbForm &verb)
{
    std::string purpose(verb.purpose);
    if (purpose.front() >= 'a' && purpose.front() <= 'z')
        purpose.front() = static_cast<char>(purpose.front() - 'a' + 'A');
    std::string text = usageText(verb) + "\n" + purpose + ".\n" + deedsText(verb);
    if (!verb.options.empty())
        text += "\n" + optionsText(verb.options) + forDeeds(verb);
    if (!verb.notes.empty())
        text += "\n" + std::string(verb.notes) + "\n";
    text += examplesText(verb);
    if (verb.hasTarget)
        text += "\nWhich Signalbox:\n" + optionsText(targetOptions());
    return text + "\nExit status: 0 done, 1 refused, 2 wrong usage, 3 not reachable.\n";
}

std::string overview()
{
    std::size_t width = 0;
    for (const Verb &verb : verbs())
        width = std::max(width, verb.form.name.size());
    std::string text = "Signalbox: flows that wait.\n\n"
                       "  signalbox [OPTIONS] [FILE…]    open the window; options as for serve\n";
    std::string_view group;
    for (const Verb &verb : verbs()) {
        if (verb.form.group != group)
            text += "\n" + std::string(verb.form.group) + ":\n";
        group = verb.form.group;
        text += "  " + std::string(verb.form.name) +
                std::string(width - verb.form.name.size() + 2, ' ') +
                std::string(verb.form.purpose) + "\n";
    }
    return text +
           "\n'signalbox help COMMAND' tells more. 'signalbox --version' tells the version.\n";
}

} // namespace

std::string helpText(std::string_view verb)
{
    const Verb *found = verbNamed(verb);
    return found ? verbText(found->form) : overview();
}

std::string versionText() { return "signalbox " SIGNALBOX_VERSION "\n"; }

} // namespace app

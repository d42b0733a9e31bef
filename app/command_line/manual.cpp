#include "app/command_line/manual.h"

#include "app/command_line/commands.h"
#include "app/command_line/printing.h"
#include "app/command_line/verbs.h"
#include "engine/base/joined.h"

#include <algorithm>

namespace app {
namespace {

/// Text as roff takes it: what it would obey is escaped.
std::string plain(std::string_view text)
{
    std::string escaped;
    for (const char letter : text) {
        switch (letter) {
        case '\\': escaped += "\\e"; break;
        case '-': escaped += "\\-"; break;
        case '\'': escaped += "\\(aq"; break;
        case '^': escaped += "\\(ha"; break;
        case '~': escaped += "\\(ti"; break;
        default: escaped += letter;
        }
    }
    for (std::size_t at = 0; (at = escaped.find("…", at)) != std::string::npos;)
        escaped.replace(at, std::string_view("…").size(), "...");
    return escaped;
}

/// A paragraph in lines of the length that is usual, each sentence in lines of its own.
std::string filled(std::string_view text)
{
    constexpr std::size_t widest = 78;
    std::string lines;
    std::string line;
    const auto end = [&] {
        if (!line.empty())
            lines += (line.starts_with('.') ? "\\&" : "") + line + "\n";
        line.clear();
    };
    std::string blanks(text);
    std::ranges::replace(blanks, '\n', ' ');
    for (const std::string_view word : wordsIn(blanks)) {
        const std::string escaped = plain(word);
        if (line.size() + 1 + escaped.size() > widest)
            end();
        line += (line.empty() ? "" : " ") + escaped;
        if (word.ends_with('.') && !word.ends_with(".."))
            end();
    }
    end();
    return lines;
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }

std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

/// Paragraphs that an empty line parts.
std::string paragraphs(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const auto end = text.find("\n\n");
        result += ".PP\n" + filled(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    }
    return result;
}

std::string optionText(const OptionForm &option)
{
    std::string text = ".TP\n" + bold(option.name);
    if (!option.value.empty())
        text += " " + italic(option.value);
    std::string purpose(option.purpose);
    if (!option.deeds.empty())
        purpose += "; for " + engine::joined(wordsIn(option.deeds));
    return text + "\n" + filled(purpose);
}

std::string usesText(const VerbForm &verb)
{
    std::string text;
    for (const UseForm &use : verb.uses) {
        if (!text.empty())
            text += ".br\n";
        text += bold("signalbox " + std::string(verb.name) +
                     (use.deed.empty() ? "" : " " + std::string(use.deed)));
        for (const std::string_view part : {use.words, use.shown})
            text += part.empty() ? std::string() : " " + plain(part);
        text += "\n";
        if (!use.meaning.empty())
            text += "\\(en " + filled(use.meaning);
    }
    return text;
}

std::string verbText(const VerbForm &verb)
{
    std::string text = ".SS " + plain(verb.name) + "\n" + usesText(verb) + ".PP\n" +
                       filled(std::string(verb.purpose) + ".");
    for (const OptionForm &option : verb.options)
        text += optionText(option);
    if (!verb.notes.empty())
        text += paragraphs(verb.notes);
    return text;
}

std::string verbsText()
{
    std::string text = ".SH VERBS\n";
    for (const Verb &verb : verbs())
        text += verbText(verb.form);
    return text;
}

std::string optionsText()
{
    std::string text =
        ".SH OPTIONS\n"
        "What says which Signalbox is meant stands behind every verb that talks to one:\n";
    for (const OptionForm &option : targetOptions())
        text += optionText(option);
    text += ".PP\nBehind every verb, and alone:\n" + optionText(helpOption()) + ".TP\n" +
            bold("--version") + "\nprint the version\n";
    return text + R"(.PP
Without a verb the window opens, with the options of
.BR serve .
An option and its value may be joined by
.BR = ;
behind
.B \-\-
all words are no options.
)";
}

std::string examplesText()
{
    std::string text = ".SH EXAMPLES\n";
    for (const Verb &verb : verbs())
        for (const ExampleForm &example : verb.form.examples)
            text += ".TP\n" + bold("signalbox " + std::string(example.words)) + "\n" +
                    filled(example.meaning);
    return text;
}

constexpr std::string_view beginning = R"(.SH NAME
signalbox \- draw and run workflows that wait
.SH SYNOPSIS
.B signalbox
.RI [ OPTIONS ]
.RI [ FILE ...]
.br
.B signalbox
.I VERB
.RI [ WORD ...]
.RI [ OPTIONS ]
.SH DESCRIPTION
Signalbox draws workflows that wait, for events, timers, activities and
people, and runs them on a durable engine in the same program.
Without a verb it opens its window.
With one it does what the verb says, without a display, and ends.
.PP
A verb talks to a Signalbox that runs, on a data directory or at an address,
by its REST port.
If none runs on the data directory, it is opened for as long as the verb
takes.
.PP
What was answered with success is on disk: a verb that ends with status 0 has
done what it says, also if the power fails right behind it.
)";

constexpr std::string_view ending = R"(.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
refused: the engine said no, or, of several, to one of them; standard error
says why
.TP
.B 2
wrong usage: an unknown word, a file that cannot be read, text that is not
JSON
.TP
.B 3
not reachable: nobody answers, or somebody who is no Signalbox, or the
directory cannot be opened
.SH ENVIRONMENT
.TP
.B SIGNALBOX_KEY
the key, if
.B \-\-key
does not say it; unlike that, it stands in no list of processes
.TP
.B XDG_DATA_HOME
where the data directory of a user is, as
.I $XDG_DATA_HOME/signalbox
.SH FILES
In the data directory, by default
.IR \(ti/.local/share/signalbox :
.TP
.I signalbox.db
everything: flows, instances, their histories
.TP
.I key
the key that opens everything, for its owner alone
.TP
.I server.json
where the Signalbox that runs is reached; gone when it ends
.PP
Flow files end in
.IR .flow.json .
)";

constexpr std::string_view seeAlso = R"(.SH SEE ALSO
.BR curl (1),
.BR jq (1),
.BR bash (1),
.BR zshcompsys (1)
.PP
The files
.I docs/flows.md
about flow files and
.I docs/rest.md
about the REST port.
)";

} // namespace

std::string manualText()
{
    return ".TH SIGNALBOX 1 2026-11-22 \"signalbox " SIGNALBOX_VERSION "\" Signalbox\n" +
           std::string(beginning) + verbsText() + optionsText() + std::string(ending) +
           examplesText() + std::string(seeAlso);
}

int run(const ManualCommand &)
{
    print(manualText());
    return Done;
}

} // namespace app

#pragma once

#include <string_view>
#include <vector>

// What a verb takes. The parser, the help, the completion of shells and the manual all read this.

namespace app {

/// What a word may be, as far as the completion of a shell can know.
enum class Offer {
    Nothing,
    Words, ///< those of the form
    Verbs,
    Files,
    Directories,
    // What the running Signalbox knows; the words of the form narrow instances by their status.
    Flows,
    Instances,
    Tasks,
    Keys,
    Webhooks,
    Undelivered,
    // Of the instance or task that stands before.
    AwaitedEvents,
    Steps,
    Outcomes,
};

struct WordForm {
    Offer offer = Offer::Nothing;
    std::string_view words = {}; ///< of Offer::Words, with blanks between
};

/// An option that a verb takes.
struct OptionForm {
    std::string_view name;         ///< with its dashes
    std::string_view value = {};   ///< what the help calls its value; empty: it takes none
    std::string_view purpose = {}; ///< one line
    WordForm offer = {};
    std::string_view deeds = {}; ///< the deeds that it is for, with blanks between; empty: all
};

/// One way to write a verb.
struct UseForm {
    std::string_view deed =
        {}; ///< the first word, as `make` of `keys make`; empty: the verb has none
    std::string_view words =
        {}; ///< `ID EVENT [JSON|@FILE]`: what stands in brackets may be missing
    std::string_view meaning = {};     ///< of a deed, one line
    std::vector<WordForm> offers = {}; ///< for the words, in their order
    std::string_view options = {};     ///< any of these makes it this way; for verbs without deeds
    std::string_view shown = {};       ///< how the options stand in the usage
};

struct ExampleForm {
    std::string_view words; ///< behind `signalbox `
    std::string_view meaning;
};

struct VerbForm {
    std::string_view name;
    std::string_view group;   ///< the heading that it stands under
    std::string_view purpose; ///< one line, in the imperative, without a full stop
    std::vector<UseForm> uses;
    std::vector<OptionForm> options = {};
    std::string_view notes = {}; ///< paragraphs of whole lines
    std::vector<ExampleForm> examples = {};
    bool hasTarget = true; ///< takes the options that say which Signalbox is meant
};

/// `--data`, `--url`, `--key`, `--json`.
const std::vector<OptionForm> &targetOptions();
/// `--help`, which every verb takes.
const OptionForm &helpOption();
/// All that a verb takes: its own, those of the target, `--help`.
std::vector<OptionForm> allOptions(const VerbForm &verb);
/// The words of a form: of a list with blanks between.
std::vector<std::string_view> wordsIn(std::string_view list);
/// Without regard to case.
bool isSameWord(std::string_view one, std::string_view other);

} // namespace app

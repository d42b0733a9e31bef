// What operators do to instances.
#include "app/command_line/api_path.h"
#include "app/command_line/done_text.h"
#include "app/command_line/instance_text.h"
#include "app/command_line/verbs/filter_options.h"
#include "app/command_line/verbs/groups.h"
#include "engine/base/joined.h"
#include "engine/wire/json_writer.h"

#include <algorithm>

namespace app {
namespace {

using engine::Result;

constexpr std::string_view group = "Operations";

OptionForm reasonOption()
{
    return {"--reason", "TEXT", "why; it is kept in the history and the audit log"};
}

engine::Error reasonMissing()
{
    return usage("say why: --reason TEXT; it is kept in the history and the audit log");
}

Result<Command> readOperation(const VerbWords &words)
{
    return Command(OperateCommand{words.target, std::string(words.verb->name),
        words.sorted.positions, words.value("--reason"), words.has("--keep-sub-flows")});
}

/// `states`: those of the instances that it can be done to, for completion.
VerbForm operationForm(std::string_view name, std::string_view purpose, std::string_view states)
{
    return {.name = name,
        .group = group,
        .purpose = purpose,
        .uses = {{.words = "ID…",
            .offers = {{Offer::Instances, states}},
            .shown = "[--reason TEXT]"}},
        .options = {reasonOption()}};
}

Verb suspendVerb()
{
    VerbForm form =
        operationForm("suspend", "halt instances; what comes for them is kept", "Pending Running");
    form.examples = {{"suspend order-7 --reason 'the bank asks'", "halt it"}};
    return {std::move(form), readOperation};
}

Verb resumeVerb()
{
    VerbForm form = operationForm("resume", "let suspended instances go on", "Suspended");
    form.examples = {{"resume order-7", "it takes what came meanwhile"}};
    return {std::move(form), readOperation};
}

Verb terminateVerb()
{
    VerbForm form =
        operationForm("terminate", "end instances at once, with the sub-flows that they wait for",
            "Pending Running Suspended");
    form.options.push_back({"--keep-sub-flows", {}, "the sub-flows go on by themselves"});
    form.examples = {{"terminate order-7 order-8 --reason 'ordered twice'", "end both"}};
    return {std::move(form), readOperation};
}

Verb retryVerb()
{
    VerbForm form = operationForm(
        "retry", "try instances again that a fault has set aside", "Pending Running Suspended");
    form.examples = {{"retry order-7", "after the fault is mended"}};
    return {std::move(form), readOperation};
}

Verb rewindVerb()
{
    VerbForm form =
        operationForm("rewind", "let failed instances try again the steps that failed", "Failed");
    form.notes = "What succeeded is not repeated. Id, input and the time of the start stay.";
    form.examples = {{"rewind order-7 --reason 'the bank is back'", "go on where it failed"}};
    return {std::move(form), readOperation};
}

Result<Command> readRestart(const VerbWords &words)
{
    engine::JsonObjectWriter body;
    if (words.has("--id"))
        body.text("instance", words.value("--id"));
    body.text("reason", words.value("--reason"));
    return Command(CallCommand{words.target,
        {.method = "POST",
            .path = instancePath(words.at(0), "restart"),
            .body = std::move(body).finish()},
        startedText});
}

Verb restartVerb()
{
    return {
        {.name = "restart",
            .group = group,
            .purpose = "start an instance's flow again with the same input; prints the new id",
            .uses = {{.words = "ID",
                .offers = {{Offer::Instances}},
                .shown = "[--id ID] [--reason TEXT]"}},
            .options = {{"--id", "ID",
                            "under this id (default: a new one); the same one if it has finished"},
                reasonOption()},
            .notes = "It is the version that the instance ran.",
            .examples = {{"restart order-7", "as another instance"},
                {"restart order-7 --id order-7", "in place of the finished one"}}},
        readRestart};
}

/// The finished states among those that are written; all of them if none is.
std::vector<std::string_view> finishedOf(std::string_view written)
{
    const auto finished = wordsIn(finishedWords);
    if (written.empty())
        return finished;
    std::vector<std::string_view> both;
    std::string list(written);
    std::ranges::replace(list, ',', ' ');
    const auto said = wordsIn(list);
    for (const std::string_view one : finished) {
        const auto isOne = [one](std::string_view other) { return isSameWord(one, other); };
        if (std::ranges::any_of(said, isOne))
            both.push_back(one);
    }
    return both;
}

Result<Command> readPurge(const VerbWords &words)
{
    if (words.use == 0 && words.has("--dry-run"))
        return usage("--dry-run is for a filter; 'signalbox show ID' shows one instance");
    if (words.use == 0)
        return readOperation(words);
    const auto finished = finishedOf(words.value("--status"));
    if (finished.empty())
        return usage("only finished instances can be purged: --status takes Completed, Failed, "
                     "Terminated, not " +
                     words.value("--status"));
    QueryPath path("/api/v1/instances");
    addFilter(path, words);
    if (!words.has("--dry-run"))
        return Command(CallCommand{words.target,
            {.method = "DELETE", .path = path.add("reason", words.value("--reason")).text()},
            purgedText});
    QueryPath list("/api/v1/instances");
    std::string states;
    for (const std::string_view one : finished)
        states += (states.empty() ? "" : ",") + std::string(one);
    list.add("limit", "1000");
    addFilter(list, words, states);
    return Command(CallCommand{words.target, {.path = list.text()}, instancesText});
}

Verb purgeVerb()
{
    std::vector<OptionForm> options = filterOptions();
    options.push_back(reasonOption());
    options.push_back({"--dry-run", {}, "purge nothing; list what would go"});
    return {
        {.name = "purge",
            .group = group,
            .purpose = "remove finished instances with all that belongs to them",
            .uses = {{.words = "ID…", .offers = {{Offer::Instances, finishedWords}}},
                {.options = filterOptionNames, .shown = "--status STATUS,… [OPTIONS]"}},
            .options = std::move(options),
            .notes =
                "They are gone for good; the audit log keeps who did it. Live instances are never\n"
                "purged. A filter must say something: nothing purges all by accident.",
            .examples = {{"purge order-7", "one instance"},
                {"purge --status Completed --created-to 2026-01-31T00:00:00Z --dry-run",
                    "see what would go"}}},
        readPurge};
}

Result<Command> readVariables(const VerbWords &words)
{
    if (!words.has("--reason"))
        return reasonMissing();
    CorrectCommand command{.target = words.target,
        .operation = "variables",
        .instance = words.at(0),
        .texts = {{"reason", words.value("--reason")}}};
    for (std::size_t i = 1; i < words.count(); ++i) {
        const std::string word = words.at(i);
        const auto equals = word.find('=');
        if (equals == 0 || equals == std::string::npos)
            return usage("expected NAME=JSON, such as total=3, not '" + word + "'");
        command.values.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    return Command(std::move(command));
}

Verb variablesVerb()
{
    return {{.name = "variables",
                .group = group,
                .purpose = "set variables of a live instance",
                .uses = {{.words = "ID NAME=JSON|@FILE…",
                    .offers = {{Offer::Instances}},
                    .shown = "--reason TEXT"}},
                .options = {reasonOption()},
                .examples = {{"variables order-7 total=3 'note=\"checked\"' --reason 'wrong price'",
                    "a number and a text"}}},
        readVariables};
}

Result<Command> readSkip(const VerbWords &words)
{
    if (!words.has("--reason"))
        return reasonMissing();
    CorrectCommand command{.target = words.target,
        .operation = "skip",
        .instance = words.at(0),
        .texts = {{"step", words.at(1)}}};
    for (const char *name : {"branch", "event", "reason"}) {
        if (const std::string option = "--" + std::string(name); words.has(option))
            command.texts.emplace_back(name, words.value(option));
    }
    if (words.count() == 3)
        command.values.emplace_back("result", words.at(2));
    return Command(std::move(command));
}

Verb skipVerb()
{
    return {
        {.name = "skip",
            .group = group,
            .purpose = "stand in for what a wait, collect or timer waits for",
            .uses = {{.words = "ID STEP [JSON|@FILE]",
                .offers = {{Offer::Instances}, {Offer::Steps}},
                .shown = "--reason TEXT"}},
            .options = {reasonOption(),
                {"--branch", "PATH", "the branch that stands there (default: the main one)"},
                {"--event", "NAME",
                    "which event it would have been, if the step waits for several"}},
            .notes = "JSON is the result of the step, as if it had come.",
            .examples = {{"skip order-7 awaitPayment '{\"amount\": 120}' --reason 'paid in cash'",
                "go on as if it was paid"}}},
        readSkip};
}

Result<Command> readMove(const VerbWords &words)
{
    if (!words.has("--reason"))
        return reasonMissing();
    engine::JsonObjectWriter body;
    body.text("to", words.at(1)).text("reason", words.value("--reason"));
    for (const char *name : {"from", "branch"}) {
        if (const std::string option = "--" + std::string(name); words.has(option))
            body.text(name, words.value(option));
    }
    return Command(CallCommand{words.target,
        {.method = "POST",
            .path = instancePath(words.at(0), "move"),
            .body = std::move(body).finish()},
        movedText});
}

Verb moveVerb()
{
    return {{.name = "move",
                .group = group,
                .purpose = "send a branch of an instance to another step",
                .uses = {{.words = "ID STEP",
                    .offers = {{Offer::Instances}},
                    .shown = "--reason TEXT"}},
                .options = {reasonOption(), {"--from", "STEP", "only if it stands there"},
                    {"--branch", "PATH", "this branch (default: the main one)"}},
                .examples = {{"move order-7 awaitPayment --from ship --reason 'it was not paid'",
                    "back, if it still stands where you saw it"}}},
        readMove};
}

} // namespace

std::vector<Verb> operatorVerbs()
{
    return {suspendVerb(), resumeVerb(), terminateVerb(), retryVerb(), rewindVerb(), restartVerb(),
        purgeVerb(), variablesVerb(), skipVerb(), moveVerb()};
}

} // namespace app

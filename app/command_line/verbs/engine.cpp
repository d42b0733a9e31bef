#include "app/command_line/done_text.h"
#include "app/command_line/key_text.h"
#include "app/command_line/verbs/filter_options.h"
#include "app/command_line/verbs/groups.h"
#include "engine/base/joined.h"
#include "engine/rest/url.h"
#include "engine/wire/json_writer.h"

#include <algorithm>
#include <limits>

namespace app {
namespace {

using engine::Result;

constexpr std::string_view group = "Engine";

std::set<std::string> setOf(std::string list)
{
    std::ranges::replace(list, ',', ' ');
    std::set<std::string> words;
    for (const std::string_view word : wordsIn(list))
        words.emplace(word);
    return words;
}

Result<ServeCommand> serveCommand(const VerbWords &words)
{
    const auto port =
        numberOf(words, {.name = "--port", .least = 0, .most = 65535, .otherwise = 0});
    if (!port)
        return usage("--port must be a number from 0 to 65535; 0 takes any free port");
    ServeCommand command{.data = words.value("--data"),
        .port = static_cast<std::uint16_t>(*port),
        .key = words.value("--key"),
        .flows = words.value("--flows"),
        .allowed = setOf(words.value("--allow")),
        .rpc = words.has("--rpc")};
    if (words.has("--hub"))
        command.hub = words.value("--hub");
    if (command.hub.empty())
        return usage("--hub must not be empty");
    return command;
}

std::vector<OptionForm> serveOptions()
{
    return {{"--data", "DIR", "where everything is kept (default: your own directory)",
                {Offer::Directories}},
        {"--port", "N", "the port on 127.0.0.1 and ::1; 0, the default, takes any free one"},
        {"--hub", "NAME", "the task hub of the Durable Functions API (default: signalbox)"},
        {"--key", "KEY", "the key for callers (default: made at the first start, kept in DIR/key)"},
        {"--flows", "DIR",
            "deploy every *.flow.json of a directory; wrong ones are reported and skipped",
            {Offer::Directories}},
        {"--allow", "KINDS",
            "what flows may do unasked: all, or kinds of activities as http,process",
            {Offer::Words, "all emit file http log mail notify process script sql worker"}},
        {"--rpc", {}, "answer /durabletask/ without a key, for clients in local RPC mode"}};
}

Verb serveVerb()
{
    return {
        {.name = "serve",
            .group = group,
            .purpose = "run the engine with its REST port, without windows",
            .uses = {{.shown = "[OPTIONS]"}},
            .options = serveOptions(),
            .notes = "When it is ready it prints one line of JSON, {\"url\", \"hub\", \"pid\"}, "
                     "then logs to standard\n"
                     "error. SIGTERM and Ctrl+C end it with status 0.",
            .examples = {{"serve --flows flows --allow http --port 7071", "flows that call out"}},
            .hasTarget = false},
        [](const VerbWords &words) -> Result<Command> {
            auto command = serveCommand(words);
            if (!command)
                return command.error();
            return Command(*std::move(command));
        }};
}

/// The states of a list as the API spells them; `Finished` is three of them.
Result<std::set<std::string>> statesOf(const std::string &list)
{
    std::set<std::string> states;
    const auto known = wordsIn(statusWords);
    for (const std::string &word : setOf(list)) {
        if (isSameWord(word, "finished")) {
            for (const std::string_view state : wordsIn(finishedWords))
                states.emplace(state);
            continue;
        }
        const auto found =
            std::ranges::find_if(known, [&](auto state) { return isSameWord(word, state); });
        if (found == known.end())
            return usage(
                "--until takes " + engine::joined(known) + " and Finished, not '" + word + "'");
        states.emplace(*found);
    }
    if (states.empty())
        return usage("--until must not be empty");
    return states;
}

Result<Command> readStream(const VerbWords &words)
{
    StreamCommand command{.target = words.target,
        .after = words.value("--after"),
        .instance = words.value("--instance"),
        .flow = words.value("--flow")};
    if (!words.has("--until"))
        return Command(std::move(command));
    auto states = statesOf(words.value("--until"));
    if (!states)
        return states.error();
    command.until = *std::move(states);
    return Command(std::move(command));
}

Verb streamVerb()
{
    return {
        {.name = "stream",
            .group = group,
            .purpose = "follow what changes, a line an event",
            .uses = {{.shown = "[--instance ID] [--until STATES]"}},
            .options = {{"--after", "PLACE",
                            "go on behind this place; 0 begins with the first that is known"},
                {"--instance", "ID", "only this instance and its tasks", {Offer::Instances}},
                {"--flow", "FLOW", "only instances of this flow", {Offer::Flows}},
                {"--until", "STATES",
                    "end when an instance is in one of these: Finished, Completed, Failed, …",
                    {Offer::Words,
                        "Finished Pending Running Suspended Completed Failed Terminated"}}},
            .notes =
                "In brackets at the end is the place of an event; --after goes on behind one. "
                "When\n"
                "the connection is lost it is made again, and goes on where it was: nothing is\n"
                "missed and nothing comes twice. Ctrl+C ends it with status 0. With --instance "
                "and\n"
                "--until it ends with status 1 when the instance has finished otherwise.",
            .examples = {{"stream --flow Order", "watch the orders"},
                {"stream --instance order-7 --until Completed", "wait for the end of one"},
                {"stream --after 0 --json > changes.jsonl", "all that is known, and what comes"}}},
        readStream};
}

Result<Command> readKeys(const VerbWords &words)
{
    const std::string keys = "/api/v1/keys";
    const std::string one = keys + "/" + engine::segmentEncoded(words.at(0));
    if (words.deed() == "rotate")
        return Command(
            CallCommand{words.target, {.method = "POST", .path = one + "/rotate"}, newKeyText});
    if (words.deed() == "revoke")
        return Command(CallCommand{words.target, {.method = "DELETE", .path = one}, revokedText});
    if (words.deed() == "list")
        return Command(CallCommand{words.target, {.path = keys}, keysText});
    engine::JsonObjectWriter body;
    body.text("label", words.at(0));
    body.text("scope", words.has("--scope") ? words.value("--scope") : "full");
    return Command(CallCommand{words.target,
        {.method = "POST", .path = keys, .body = std::move(body).finish()}, newKeyText});
}

Verb keysVerb()
{
    const std::vector<WordForm> label{{Offer::Keys}};
    return {
        {.name = "keys",
            .group = group,
            .purpose = "keys of the REST port for other programs and people",
            .uses = {{.deed = "list", .meaning = "their labels and scopes"},
                {.deed = "make", .words = "LABEL", .meaning = "make a key and print it"},
                {.deed = "rotate",
                    .words = "LABEL",
                    .meaning = "put another key in its place and print it",
                    .offers = label},
                {.deed = "revoke",
                    .words = "LABEL",
                    .meaning = "from now on it opens nothing",
                    .offers = label}},
            .options = {{"--scope", "SCOPE",
                "full (default), raise-only (raises events, opens nothing else), read-only",
                {Offer::Words, "full raise-only read-only"}, "make"}},
            .notes = "A key is printed this one time: Signalbox keeps only a digest. What is done "
                     "with it\n"
                     "stands in the history under LABEL.",
            .examples = {{"keys make shop --scope raise-only", "for a program that raises events"},
                {"keys revoke shop", "when it has become known"}}},
        readKeys};
}

Result<Command> readSecret(const VerbWords &words)
{
    const std::string_view deed = words.deed();
    return Command(SecretCommand{deed == "set"      ? SecretCommand::Deed::Set
                                 : deed == "remove" ? SecretCommand::Deed::Remove
                                                    : SecretCommand::Deed::List,
        words.value("--data"), words.at(0), words.has("--file")});
}

Verb secretVerb()
{
    return {
        {.name = "secret",
            .group = group,
            .purpose = "keep what flows may use as ${secret:NAME}",
            .uses = {{.deed = "list", .meaning = "their names"},
                {.deed = "set",
                    .words = "NAME",
                    .meaning = "keep the value that comes on standard input"},
                {.deed = "remove", .words = "NAME", .meaning = "forget it"}},
            .options = {{"--data", "DIR",
                            "the directory of the Signalbox that is to use it (default: your own)",
                            {Offer::Directories}},
                {"--file", {}, "do not ask the keychain", {}, "set"}},
            .notes = "A value never stands on the command line. It goes to the system's keychain "
                     "where one\n"
                     "runs, else to a file in the data directory that you alone can read. Secrets "
                     "stay on\n"
                     "this machine: there is no --url.",
            .examples = {{"secret set SHOP_PAYMENT < payment.secret", "from a file"}},
            .hasTarget = false},
        readSecret};
}

Verb backupVerb()
{
    return {{.name = "backup",
                .group = group,
                .purpose = "copy the database to a new file, also while it is in use",
                .uses = {{.words = "FILE", .offers = {{Offer::Files}}}},
                .notes = "The copy is the state of one moment. To use it, put it as signalbox.db "
                         "into an empty\n"
                         "data directory. FILE is on the machine of the engine.",
                .examples = {{"backup /media/backup/signalbox.db",
                    "into a file that is not there yet"}}},
        [](const VerbWords &words) -> Result<Command> {
            return Command(BackupCommand{words.target, words.at(0)});
        }};
}

Verb healthVerb()
{
    return {{.name = "health",
                .group = group,
                .purpose = "say whether the engine runs, and how much lives in it",
                .uses = {{}},
                .examples = {{"health --url http://127.0.0.1:7071",
                    "exit status 3 if nobody answers"}}},
        [](const VerbWords &words) -> Result<Command> {
            return Command(CallCommand{words.target, {.path = "/api/v1/health"}, healthText});
        }};
}

Result<Command> readWindow(const VerbWords &words)
{
    auto engine = serveCommand(words);
    if (!engine)
        return engine.error();
    return Command(WindowCommand{*std::move(engine), words.sorted.positions});
}

} // namespace

const Verb &windowVerb()
{
    static const Verb verb{
        {.name = "",
            .purpose = "open the window",
            .uses = {{.words = "[FILE…]", .offers = {{Offer::Files}}, .shown = "[OPTIONS]"}},
            .options = serveOptions(),
            .hasTarget = false},
        readWindow};
    return verb;
}

std::vector<Verb> engineVerbs()
{
    return {serveVerb(), streamVerb(), healthVerb(), keysVerb(), secretVerb(), backupVerb()};
}

} // namespace app

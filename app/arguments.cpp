#include "app/arguments.h"

#include "app/command_line/verb_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace app {

namespace {

using engine::Error;
using engine::Result;
using Words = std::span<const std::string>;

Result<std::uint16_t> portFrom(const SortedWords &words)
{
    const std::string text = words.value("--port");
    if (!words.has("--port"))
        return std::uint16_t{0};
    int port = -1;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (fault != std::errc() || end != text.data() + text.size() || port < 0 ||
        port > std::numeric_limits<std::uint16_t>::max())
        return usage("--port must be a number from 0 to 65535; 0 takes any free port");
    return static_cast<std::uint16_t>(port);
}

std::set<std::string> kindsFrom(std::string_view list)
{
    std::set<std::string> kinds;
    while (!list.empty()) {
        const std::string_view kind = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), kind.size() + 1));
        if (!kind.empty())
            kinds.emplace(kind);
    }
    return kinds;
}

const std::vector<OptionForm> serveForms{{"--data"}, {"--port"}, {"--hub"}, {"--key"}, {"--flows"},
    {"--allow"}, {"--rpc", false}, {"--help", false}};

Result<ServeCommand> serveFrom(const SortedWords &words)
{
    const auto port = portFrom(words);
    if (!port)
        return port.error();
    ServeCommand command{.data = words.value("--data"),
        .port = *port,
        .key = words.value("--key"),
        .flows = words.value("--flows"),
        .allowed = kindsFrom(words.value("--allow")),
        .rpc = words.has("--rpc")};
    if (words.has("--hub"))
        command.hub = words.value("--hub");
    if (command.hub.empty())
        return usage("--hub must not be empty");
    return command;
}

Result<Command> serve(Words rest)
{
    const auto words = sorted(rest, serveForms, {0, 0, "signalbox serve [OPTIONS]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"serve"});
    auto command = serveFrom(*words);
    if (!command)
        return command.error();
    return Command(*std::move(command));
}

Result<Command> window(Words rest)
{
    const auto words = sorted(rest, serveForms,
        {0, std::numeric_limits<std::size_t>::max(), "signalbox [OPTIONS] [FILE…]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{});
    auto engine = serveFrom(*words);
    if (!engine)
        return engine.error();
    return Command(WindowCommand{*std::move(engine), words->positions});
}

Result<Command> start(Words rest)
{
    const auto words = sorted(rest, withTarget({{"--id"}, {"--input"}}),
        {1, 1, "signalbox start FLOW [--id ID] [--input JSON|@FILE]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"start"});
    return Command(StartCommand{
        targetFrom(*words), words->positions[0], words->value("--id"), words->value("--input")});
}

Result<Command> raise(Words rest)
{
    const auto words = sorted(rest, withTarget({{"--event-id"}, {"--branch"}}),
        {2, 3, "signalbox raise ID EVENT [JSON|@FILE] [--event-id ID] [--branch PATH]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"raise"});
    RaiseCommand command{.target = targetFrom(*words),
        .instance = words->positions[0],
        .event = words->positions[1],
        .eventId = words->value("--event-id")};
    if (words->positions.size() == 3)
        command.payload = words->positions[2];
    if (words->has("--branch"))
        command.branch = words->value("--branch");
    return Command(std::move(command));
}

Result<Command> list(Words rest)
{
    const auto words = sorted(rest, withTarget({{"--status"}, {"--flow"}}),
        {0, 0, "signalbox list [--status STATUS,…] [--flow FLOW]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"list"});
    return Command(
        ListCommand{targetFrom(*words), words->value("--status"), words->value("--flow")});
}

Result<Command> show(Words rest)
{
    const auto words = sorted(rest, withTarget({}), {1, 1, "signalbox show ID"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"show"});
    return Command(ShowCommand{targetFrom(*words), words->positions[0]});
}

Result<Command> deploy(Words rest)
{
    const auto words = sorted(rest, withTarget({}), {1, 1, "signalbox deploy FILE"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"deploy"});
    return Command(DeployCommand{targetFrom(*words), words->positions[0]});
}

Result<Command> check(Words rest)
{
    const auto words = sorted(rest, withTarget({}), {1, 1, "signalbox check FILE"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"check"});
    return Command(CheckCommand{words->positions[0], words->has("--json")});
}

Result<Command> backup(Words rest)
{
    const auto words = sorted(rest, withTarget({}), {1, 1, "signalbox backup FILE"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"backup"});
    return Command(BackupCommand{targetFrom(*words), words->positions[0]});
}

Result<Command> secret(Words rest)
{
    const auto words = sorted(rest, {{"--data"}, {"--file", false}, {"--help", false}},
        {1, 2, "signalbox secret set|remove NAME, or signalbox secret list"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"secret"});
    const std::string &deed = words->positions[0];
    SecretCommand command{.data = words->value("--data"), .file = words->has("--file")};
    if (deed == "set")
        command.deed = SecretCommand::Deed::Set;
    else if (deed == "remove")
        command.deed = SecretCommand::Deed::Remove;
    else if (deed != "list")
        return usage("expected set, remove or list after 'secret', not '" + deed + "'");
    if ((words->positions.size() == 2) == (deed == "list"))
        return usage(deed == "list" ? "'secret list' takes no name"
                                    : "expected: signalbox secret " + deed +
                                          " NAME; the value comes on standard input");
    if (words->positions.size() == 2)
        command.name = words->positions[1];
    return Command(std::move(command));
}

Result<Command> keys(Words rest)
{
    const auto words = sorted(rest, withTarget({{"--scope"}}),
        {0, 2, "signalbox keys [list], or signalbox keys make|rotate|revoke LABEL"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"keys"});
    const std::string deed = words->positions.empty() ? "list" : words->positions[0];
    KeysCommand command{.target = targetFrom(*words), .scope = words->value("--scope")};
    if (deed == "make")
        command.deed = KeysCommand::Deed::Make;
    else if (deed == "rotate")
        command.deed = KeysCommand::Deed::Rotate;
    else if (deed == "revoke")
        command.deed = KeysCommand::Deed::Revoke;
    else if (deed != "list")
        return usage("expected list, make, rotate or revoke after 'keys', not '" + deed + "'");
    if ((words->positions.size() == 2) == (command.deed == KeysCommand::Deed::List))
        return usage(command.deed == KeysCommand::Deed::List
                         ? "'keys list' takes no label"
                         : "expected: signalbox keys " + deed + " LABEL");
    if (words->has("--scope") && command.deed != KeysCommand::Deed::Make)
        return usage("--scope is for 'keys make'");
    if (words->positions.size() == 2)
        command.label = words->positions[1];
    return Command(std::move(command));
}

Result<Command> help(Words rest);

struct VerbRow {
    std::string_view verb;
    Result<Command> (*read)(Words rest);
};

constexpr std::array verbRows{VerbRow{"serve", serve}, VerbRow{"start", start},
    VerbRow{"raise", raise}, VerbRow{"list", list}, VerbRow{"show", show},
    VerbRow{"tasks", tasksFrom}, VerbRow{"approve", approveFrom}, VerbRow{"reject", rejectFrom},
    VerbRow{"answer", answerFrom}, VerbRow{"suspend", suspendFrom}, VerbRow{"resume", resumeFrom},
    VerbRow{"terminate", terminateFrom}, VerbRow{"retry", retryFrom}, VerbRow{"deploy", deploy},
    VerbRow{"check", check}, VerbRow{"secret", secret}, VerbRow{"backup", backup},
    VerbRow{"keys", keys},
    VerbRow{"help", help}};

Result<Command> help(Words rest)
{
    if (rest.empty())
        return Command(HelpCommand{});
    if (std::ranges::find(verbRows, rest.front(), &VerbRow::verb) == verbRows.end())
        return usage("there is no command '" + rest.front() + "' to explain");
    return Command(HelpCommand{rest.front()});
}

Error unknownVerb(const std::string &word)
{
    std::vector<std::string_view> known{"version"};
    for (const VerbRow &row : verbRows)
        known.push_back(row.verb);
    const auto nearest = nearestWord(word, known);
    return usage("there is no command '" + word + "'" +
                 (nearest.empty() ? "; flow files end in .json"
                                  : "; did you mean '" + std::string(nearest) + "'?"));
}

} // namespace

Result<Command> commandFrom(const std::vector<std::string> &words)
{
    if (words.empty())
        return window({});
    const std::string &first = words.front();
    const auto rest = Words(words).subspan(1);
    if (first == "--version" || first == "version")
        return Command(VersionCommand{});
    if (first == "-h")
        return Command(HelpCommand{});
    if (const auto row = std::ranges::find(verbRows, first, &VerbRow::verb); row != verbRows.end())
        return row->read(rest);
    if (first.starts_with("-") || first.ends_with(".json"))
        return window(words);
    return unknownVerb(first);
}

} // namespace app

#pragma once

#include "app/command_line/http_client.h"
#include "engine/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace app {

/// Which Signalbox a command talks to, and how it answers.
struct Target {
    std::string data;  ///< directory; empty: the user's own
    std::string url;   ///< instead of a directory
    std::string key;   ///< empty: SIGNALBOX_KEY, or the one kept in the directory
    bool json = false; ///< print the body of the call instead of text for people

    bool operator==(const Target &) const = default;
};

/// An engine with its REST port: without windows, or behind one.
struct ServeCommand {
    std::string data; ///< directory; empty: the user's own
    std::uint16_t port = 0;
    std::string hub = "signalbox";
    std::string key;   ///< empty: the one kept in the directory, made if there is none
    std::string flows; ///< directory of flow files to deploy, or empty
    std::set<std::string> allowed;
    bool rpc = false;

    bool operator==(const ServeCommand &) const = default;
};

struct WindowCommand {
    ServeCommand engine;
    std::vector<std::string> files; ///< flow files to open

    bool operator==(const WindowCommand &) const = default;
};

struct StartCommand {
    Target target;
    std::string flow;
    std::string instance; ///< empty: one is made
    std::string input;    ///< JSON, `@FILE`, or empty: null
    int version = 0;      ///< 0: the newest

    bool operator==(const StartCommand &) const = default;
};

struct RaiseCommand {
    Target target;
    std::string instance; ///< empty: for whoever waits under its key
    std::string event;
    std::string payload; ///< JSON, `@FILE`, or empty: null
    std::string eventId;
    std::optional<std::string> branch;
    std::optional<std::string> correlationKey; ///< nothing: flows read it from the payload

    bool operator==(const RaiseCommand &) const = default;
};

/// Events from lines of JSON: `{"instance" or "key", "event", "data", "id", "branch"}`.
struct RaiseLinesCommand {
    Target target;
    std::string file;       ///< `-`: standard input
    bool correlate = false; ///< lines without `instance` and `key` are meant: flows read the key

    bool operator==(const RaiseLinesCommand &) const = default;
};

/// A call to the API whose answer is printed: what most commands are.
struct CallCommand {
    Target target;
    ApiCall call;
    std::string (*say)(const nlohmann::json &answer) = nullptr; ///< the answer for people

    bool operator==(const CallCommand &) const = default;
};

/// The answer of a person to a task (semantics 6.3).
struct AnswerCommand {
    enum class Choice { Approve, Reject, Named };
    Target target;
    Choice choice = Choice::Named; ///< the first positive outcome, the first negative one, or `outcome`
    std::string task;              ///< `17-5`; empty: the one that `instance` waits for
    std::string instance;
    std::string outcome;
    std::string comment;
    std::string data; ///< of the form: JSON, `@FILE`, or empty: null
    std::string by;   ///< empty: the system user
    std::string answerId;

    bool operator==(const AnswerCommand &) const = default;
};

/// What an operator does to instances, each by a call of its own: `suspend`, `resume`, …
struct OperateCommand {
    Target target;
    std::string operation;
    std::vector<std::string> instances;
    std::string reason;
    bool keepSubFlows = false; ///< of `terminate`

    bool operator==(const OperateCommand &) const = default;
};

/// What an operator puts right in an instance: its variables, or a wait that is stood in for.
struct CorrectCommand {
    Target target;
    std::string operation; ///< `variables` or `skip`
    std::string instance;
    std::vector<std::pair<std::string, std::string>> texts; ///< members of the body
    /// JSON, or `@FILE`: the values of variables by their names, or the `result` of a step.
    std::vector<std::pair<std::string, std::string>> values;

    bool operator==(const CorrectCommand &) const = default;
};

/// Prints a flow file as it was deployed.
struct FlowFileCommand {
    Target target;
    std::string flow;
    int version = 0; ///< 0: the newest

    bool operator==(const FlowFileCommand &) const = default;
};

/// A webhook from a file.
struct WebhookCommand {
    Target target;
    std::string file;

    bool operator==(const WebhookCommand &) const = default;
};

/// Follows what changes until it is told to end, or until what it waits for has come.
struct StreamCommand {
    Target target;
    std::string after; ///< the place to go on behind; empty: what comes next
    std::string instance;
    std::string flow;
    std::set<std::string> until; ///< ends when an instance has one of these states

    bool operator==(const StreamCommand &) const = default;
};

struct DeployCommand {
    Target target;
    std::string file;

    bool operator==(const DeployCommand &) const = default;
};

struct CheckCommand {
    std::string file;
    bool json = false;

    bool operator==(const CheckCommand &) const = default;
};

struct BackupCommand {
    Target target;
    std::string file; ///< as written: of the directory where the command runs

    bool operator==(const BackupCommand &) const = default;
};

/// Secrets stay on this machine, so it takes a directory and no address.
struct SecretCommand {
    enum class Deed { Set, Remove, List };
    Deed deed = Deed::List;
    std::string data; ///< directory; empty: the user's own
    std::string name; ///< empty for List; the value comes on standard input
    bool file = false; ///< do not ask the keychain

    bool operator==(const SecretCommand &) const = default;
};

/// Prints what makes a shell complete the words of this program.
struct CompletionCommand {
    std::string shell; ///< `bash` or `zsh`

    bool operator==(const CompletionCommand &) const = default;
};

/// What a shell asks while somebody writes: what the last of the words may become.
struct CompleteCommand {
    std::vector<std::string> words;

    bool operator==(const CompleteCommand &) const = default;
};

/// Prints the manual page.
struct ManualCommand {
    bool operator==(const ManualCommand &) const = default;
};

struct HelpCommand {
    std::string verb; ///< empty: all of it

    bool operator==(const HelpCommand &) const = default;
};

struct VersionCommand {
    bool operator==(const VersionCommand &) const = default;
};

using Command = std::variant<WindowCommand, ServeCommand, StartCommand, RaiseCommand,
    AnswerCommand, OperateCommand, DeployCommand, CheckCommand, SecretCommand, HelpCommand,
    VersionCommand, BackupCommand, CallCommand, RaiseLinesCommand, CorrectCommand, FlowFileCommand,
    WebhookCommand, StreamCommand, CompletionCommand, CompleteCommand, ManualCommand>;

/// What the words after the program's name ask for. InvalidArgument says what is wrong with them
/// and what to write instead.
engine::Result<Command> commandFrom(const std::vector<std::string> &words);

} // namespace app

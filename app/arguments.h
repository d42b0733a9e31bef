#pragma once

#include "engine/base/result.h"

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

    bool operator==(const StartCommand &) const = default;
};

struct RaiseCommand {
    Target target;
    std::string instance;
    std::string event;
    std::string payload; ///< JSON, `@FILE`, or empty: null
    std::string eventId;
    std::optional<std::string> branch;

    bool operator==(const RaiseCommand &) const = default;
};

struct ListCommand {
    Target target;
    std::string status; ///< as in the API: names joined by commas, or empty
    std::string flow;

    bool operator==(const ListCommand &) const = default;
};

struct ShowCommand {
    Target target;
    std::string instance;

    bool operator==(const ShowCommand &) const = default;
};

/// Open tasks: what people have to answer.
struct TasksCommand {
    Target target;
    std::string assignee; ///< those that this one is asked for; empty: all
    std::string flow;
    std::string instance;

    bool operator==(const TasksCommand &) const = default;
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

/// What an operator does to one instance: `suspend`, `resume`, `terminate` or `retry`.
struct OperateCommand {
    Target target;
    std::string operation;
    std::string instance;
    std::string reason;

    bool operator==(const OperateCommand &) const = default;
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

/// Keys of the REST port beside the one kept in the directory.
struct KeysCommand {
    enum class Deed { List, Make, Rotate, Revoke };
    Target target;
    Deed deed = Deed::List;
    std::string label; ///< empty for List
    std::string scope; ///< for Make: as in the API, or empty: full

    bool operator==(const KeysCommand &) const = default;
};

struct HelpCommand {
    std::string verb; ///< empty: all of it

    bool operator==(const HelpCommand &) const = default;
};

struct VersionCommand {
    bool operator==(const VersionCommand &) const = default;
};

using Command = std::variant<WindowCommand, ServeCommand, StartCommand, RaiseCommand, ListCommand,
    ShowCommand, TasksCommand, AnswerCommand, OperateCommand, DeployCommand, CheckCommand,
    SecretCommand, HelpCommand, VersionCommand, BackupCommand, KeysCommand>;

/// What the words after the program's name ask for. InvalidArgument says what is wrong with them
/// and what to write instead.
engine::Result<Command> commandFrom(const std::vector<std::string> &words);

} // namespace app

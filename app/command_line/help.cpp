#include "app/command_line/help.h"

#include <algorithm>
#include <array>

namespace app {

namespace {

struct HelpRow {
    std::string_view verb;
    std::string_view form;
    std::string_view purpose;
    std::string_view options;
};

constexpr std::string_view targetOptions = R"(
Which Signalbox:
  --data DIR     the one of this data directory; opened here if none runs (default: your own)
  --url URL      the one at this address, for example http://127.0.0.1:7071
  --key KEY      its key; also by SIGNALBOX_KEY (default: the one kept in the data directory)
  --json         print the body of the call instead of text for people

Exit status: 0 done, 1 refused, 2 wrong usage, 3 not reachable.
)";

constexpr std::string_view answerOptions = R"(
  --instance ID    in place of TASK: the one that this instance waits for
  --comment TEXT   why
  --form JSON      what the task's form asks for, or @FILE to read it from a file
  --by NAME        who answers (default: you)
  --answer-id ID   the same id again has no second effect
)";

constexpr std::string_view operationOptions = R"(
  --reason TEXT  why; it is kept in the history of the instance
)";

constexpr std::array rows{
    HelpRow{"serve", "signalbox serve [OPTIONS]",
        "run the engine with its REST port, without windows",
        R"(
  --data DIR     where everything is kept (default: your own directory)
  --port N       the port on 127.0.0.1 and ::1; 0, the default, takes any free one
  --hub NAME     the task hub of the Durable Functions API (default: signalbox)
  --key KEY      the key for callers (default: made at the first start, kept in DIR/key)
  --flows DIR    deploy every *.flow.json of a directory; wrong ones are reported and skipped
  --allow KINDS  what flows may do unasked: all, or kinds of activities as http,process
  --rpc          answer /durabletask/ without a key, for clients in local RPC mode

When it is ready it prints one line of JSON, {"url", "hub", "pid"}, then logs to standard error.
SIGTERM and Ctrl+C end it with status 0.
)"},
    HelpRow{"start", "signalbox start FLOW [--id ID] [--input JSON|@FILE]",
        "start an instance; prints its id",
        R"(
  --id ID        the instance's id (default: one is made)
  --input JSON   its input, or @FILE to read it from a file (default: null)
)"},
    HelpRow{"raise", "signalbox raise ID EVENT [JSON|@FILE]", "raise an event for an instance",
        R"(
  --event-id ID  the same id again has no second effect
  --branch PATH  only this branch may take it
)"},
    HelpRow{"list", "signalbox list [--status STATUS,…] [--flow FLOW]",
        "list instances, newest first",
        R"(
  --status LIST  Pending, Running, Suspended, Completed, Failed, Terminated; several with commas
  --flow FLOW    of this flow only
)"},
    HelpRow{"show", "signalbox show ID",
        "show an instance: what it waits for, its events, its output", ""},
    HelpRow{"tasks", "signalbox tasks [--assignee NAME] [--flow FLOW] [--instance ID]",
        "list what people have to answer, what is due first",
        R"(
  --assignee N   only what this person is asked
  --flow FLOW    of this flow only
  --instance ID  of this instance only
)"},
    HelpRow{"approve", "signalbox approve TASK [OPTIONS]", "answer a task with its positive outcome",
        answerOptions},
    HelpRow{"reject", "signalbox reject TASK [OPTIONS]", "answer a task with its negative outcome",
        answerOptions},
    HelpRow{"answer", "signalbox answer TASK OUTCOME [OPTIONS]",
        "answer a task with any of its outcomes", answerOptions},
    HelpRow{"suspend", "signalbox suspend ID [--reason TEXT]",
        "halt an instance; what comes for it is kept", operationOptions},
    HelpRow{"resume", "signalbox resume ID [--reason TEXT]",
        "let a suspended instance go on", operationOptions},
    HelpRow{"terminate", "signalbox terminate ID [--reason TEXT]",
        "end an instance at once, with the sub-flows that it waits for", operationOptions},
    HelpRow{"retry", "signalbox retry ID [--reason TEXT]",
        "try an instance again that a fault has set aside", operationOptions},
    HelpRow{"deploy", "signalbox deploy FILE", "deploy a flow file; problems are printed", ""},
    HelpRow{
        "check", "signalbox check FILE", "check a flow file; exit status 1 if it has errors", R"(
Problems are printed as FILE:LINE: STEP: TEXT.

  --json         print them as JSON
)"},
    HelpRow{"backup", "signalbox backup FILE",
        "copy the database to a new file, also while it is in use", R"(
The copy is the state of one moment. To use it, put it as signalbox.db into an empty data directory.
)"},
    HelpRow{"keys", "signalbox keys [list], or signalbox keys make|rotate|revoke LABEL",
        "keys of the REST port for other programs and people", R"(
'make' and 'rotate' print the key, this one time: Signalbox keeps only a digest. What is done with it
stands in the history under LABEL. 'revoke' takes effect at once.

  --scope SCOPE  of 'make': full (default), raise-only (raises events, opens nothing else), read-only
)"},
    HelpRow{"secret", "signalbox secret set|remove NAME, or signalbox secret list",
        "keep what flows may use as ${secret:NAME}", R"(
'set' reads the value from standard input, never from the command line. It goes to the system's
keychain where one runs, else to a file in the data directory that you alone can read. 'list' prints
names only.

  --data DIR     the directory of the Signalbox that is to use it (default: your own)
  --file         do not ask the keychain
)"},
};

std::string overview()
{
    std::string text = "Signalbox: flows that wait.\n\n"
                       "  signalbox [OPTIONS] [FILE…]    open the window; options as for serve\n\n"
                       "Commands:\n";
    for (const HelpRow &row : rows)
        text += "  " + std::string(row.verb) + std::string(10 - row.verb.size(), ' ') +
                std::string(row.purpose) + "\n";
    return text +
           "\n'signalbox help COMMAND' tells more. 'signalbox --version' tells the version.\n";
}

} // namespace

std::string helpText(std::string_view verb)
{
    const auto row = std::ranges::find(rows, verb, &HelpRow::verb);
    if (row == rows.end())
        return overview();
    std::string purpose(row->purpose);
    purpose.front() = static_cast<char>(purpose.front() - 'a' + 'A');
    const bool hasTarget = verb != "serve" && verb != "check" && verb != "secret";
    return "Usage: " + std::string(row->form) + "\n\n" + purpose + ".\n" +
           std::string(row->options) + std::string(hasTarget ? targetOptions : "");
}

std::string versionText() { return "signalbox " SIGNALBOX_VERSION "\n"; }

} // namespace app

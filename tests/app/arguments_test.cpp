#include "app/arguments.h"

#include <QTest>

using namespace app;

namespace {

Command read(const std::vector<std::string> &words)
{
    const auto command = commandFrom(words);
    if (!command)
        qFatal("%s", command.error().message.c_str());
    return *command;
}

} // namespace

class ArgumentsTest : public QObject
{
    Q_OBJECT

private slots:
    void serveTakesWhatItPromises()
    {
        const ServeCommand expected{.data = "d",
            .port = 7071,
            .hub = "h",
            .key = "k",
            .flows = "f",
            .allowed = {"http", "process"},
            .rpc = true};
        QVERIFY(read({"serve", "--data", "d", "--port=7071", "--hub", "h", "--key", "k", "--flows",
                    "f", "--allow", "http,process", "--rpc"}) == Command(expected));
        QVERIFY(read({"serve"}) == Command(ServeCommand{}));
        QCOMPARE(std::get<ServeCommand>(read({"serve", "--allow", "all"})).allowed,
            (std::set<std::string>{"all"}));
    }

    void startTakesWhatItPromises()
    {
        const StartCommand expected{
            {.data = "d", .url = "", .key = "k", .json = true}, "Order", "7", "@in.json"};
        QVERIFY(read({"start", "Order", "--id", "7", "--input", "@in.json", "--data", "d", "--key",
                    "k", "--json"}) == Command(expected));
        QVERIFY(read({"start", "Order"}) == Command(StartCommand{{}, "Order", "", ""}));
    }

    void backupTakesAFile()
    {
        QVERIFY(read({"backup", "copy.db", "--data", "d"}) ==
                Command(BackupCommand{{.data = "d"}, "copy.db"}));
        QVERIFY(!commandFrom({"backup"}));
        QVERIFY(!commandFrom({"backup", "a", "b"}));
    }

    void keysTakeADeedAndALabel()
    {
        using Deed = KeysCommand::Deed;
        QVERIFY(read({"keys"}) == Command(KeysCommand{{}, Deed::List, "", ""}));
        QVERIFY(read({"keys", "list", "--json"}) ==
                Command(KeysCommand{{.json = true}, Deed::List, "", ""}));
        QVERIFY(read({"keys", "make", "shop", "--scope", "raise-only", "--url", "u"}) ==
                Command(KeysCommand{{.url = "u"}, Deed::Make, "shop", "raise-only"}));
        QVERIFY(read({"keys", "rotate", "shop"}) ==
                Command(KeysCommand{{}, Deed::Rotate, "shop", ""}));
        QVERIFY(read({"keys", "revoke", "shop"}) ==
                Command(KeysCommand{{}, Deed::Revoke, "shop", ""}));
        for (const auto &wrong : std::vector<std::vector<std::string>>{{"keys", "make"},
                 {"keys", "list", "shop"}, {"keys", "shop"}, {"keys", "rotate", "a", "b"},
                 {"keys", "revoke", "shop", "--scope", "full"}})
            QVERIFY(!commandFrom(wrong));
    }

    void secretTakesNoValueAndNoAddress()
    {
        using Deed = SecretCommand::Deed;
        QVERIFY(read({"secret", "set", "KEY", "--data", "d", "--file"}) ==
                Command(SecretCommand{Deed::Set, "d", "KEY", true}));
        QVERIFY(
            read({"secret", "remove", "KEY"}) == Command(SecretCommand{Deed::Remove, "", "KEY"}));
        QVERIFY(read({"secret", "list"}) == Command(SecretCommand{}));
        for (const std::vector<std::string> &words : {std::vector<std::string>{"secret"},
                 {"secret", "set"}, {"secret", "set", "KEY", "value"}, {"secret", "list", "KEY"},
                 {"secret", "show", "KEY"}, {"secret", "list", "--url", "http://localhost:1"}})
            QVERIFY(!commandFrom(words));
    }

    void raiseTakesWhatItPromises()
    {
        const RaiseCommand expected{
            {.data = "", .url = "http://localhost:1", .key = "", .json = false}, "7", "Paid",
            "{\"a\": 1}", "e-1", "p/s"};
        QVERIFY(read({"raise", "7", "Paid", "{\"a\": 1}", "--event-id", "e-1", "--branch", "p/s",
                    "--url", "http://localhost:1"}) == Command(expected));
        const auto bare = std::get<RaiseCommand>(read({"raise", "7", "Paid"}));
        QVERIFY(bare.payload.empty() && bare.eventId.empty() && !bare.branch);
        QCOMPARE(std::get<RaiseCommand>(read({"raise", "7", "Paid", "--branch", ""})).branch,
            std::optional<std::string>(""));
    }

    void negativeNumbersAreWords()
    {
        QCOMPARE(
            std::get<RaiseCommand>(read({"raise", "7", "Paid", "-5"})).payload, std::string("-5"));
        QCOMPARE(
            std::get<ShowCommand>(read({"show", "--", "--odd"})).instance, std::string("--odd"));
        QCOMPARE(std::get<ShowCommand>(read({"show", "-"})).instance, std::string("-"));
    }

    void theRestTakesWhatItPromises()
    {
        QVERIFY(read({"list", "--status", "Failed,Running", "--flow", "Order", "--json"}) ==
                Command(ListCommand{{.json = true}, "Failed,Running", "Order"}));
        QVERIFY(read({"show", "7"}) == Command(ShowCommand{{}, "7"}));
        QVERIFY(read({"deploy", "a.flow.json"}) == Command(DeployCommand{{}, "a.flow.json"}));
        QVERIFY(
            read({"check", "a.flow.json", "--json"}) == Command(CheckCommand{"a.flow.json", true}));
    }

    void answersTakeATaskOrAnInstance()
    {
        using Choice = AnswerCommand::Choice;
        const AnswerCommand expected{.target = {.json = true},
            .choice = Choice::Reject,
            .task = "17-5",
            .comment = "too much",
            .data = "{}",
            .by = "ann",
            .answerId = "a-1"};
        QVERIFY(read({"reject", "17-5", "--comment", "too much", "--form", "{}", "--by", "ann",
                    "--answer-id", "a-1", "--json"}) == Command(expected));
        QVERIFY(read({"approve", "--instance", "7"}) ==
                Command(AnswerCommand{.choice = Choice::Approve, .instance = "7"}));
        QVERIFY(read({"answer", "17-5", "later"}) ==
                Command(AnswerCommand{.task = "17-5", .outcome = "later"}));
        QVERIFY(read({"answer", "later", "--instance", "7"}) ==
                Command(AnswerCommand{.instance = "7", .outcome = "later"}));
        QVERIFY(read({"tasks", "--assignee", "ann", "--flow", "Order", "--instance", "7"}) ==
                Command(TasksCommand{{}, "ann", "Order", "7"}));
    }

    void operationsTakeAnInstanceAndAReason()
    {
        for (const std::string operation : {"suspend", "resume", "terminate", "retry"}) {
            QVERIFY(read({operation, "7", "--reason", "why", "--data", "d"}) ==
                    Command(OperateCommand{{.data = "d"}, operation, "7", "why"}));
            QVERIFY(read({operation, "7"}) == Command(OperateCommand{{}, operation, "7", ""}));
        }
    }

    void withoutACommandThereIsAWindow()
    {
        QVERIFY(read({}) == Command(WindowCommand{}));
        QVERIFY(read({"--data", "d", "a.flow.json"}) ==
                Command(WindowCommand{{.data = "d"}, {"a.flow.json"}}));
        QVERIFY(read({"a.flow.json", "b.flow.json"}) ==
                Command(WindowCommand{{}, {"a.flow.json", "b.flow.json"}}));
    }

    void helpIsThereForAll()
    {
        QVERIFY(read({"--help"}) == Command(HelpCommand{}));
        QVERIFY(read({"-h"}) == Command(HelpCommand{}));
        QVERIFY(read({"help"}) == Command(HelpCommand{}));
        QVERIFY(read({"--version"}) == Command(VersionCommand{}));
        for (const std::string verb :
            {"serve", "start", "raise", "list", "show", "tasks", "approve", "reject", "answer",
                "suspend", "resume", "terminate", "retry", "deploy", "check", "secret"}) {
            QVERIFY(read({"help", verb}) == Command(HelpCommand{verb}));
            QVERIFY(read({verb, "--help"}) == Command(HelpCommand{verb}));
        }
    }

    void wrongWordsAreExplained_data()
    {
        QTest::addColumn<std::vector<std::string>>("words");
        QTest::addColumn<std::string>("named");
        const auto row = [](const char *title, std::vector<std::string> words, const char *named) {
            QTest::newRow(title) << std::move(words) << std::string(named);
        };
        row("misspelt command", {"strat", "Order"}, "did you mean 'start'?");
        row("no command", {"frobnicate"}, "no command 'frobnicate'");
        row("misspelt option", {"start", "Order", "--idd", "7"}, "did you mean '--id'?");
        row("no such option", {"list", "--frobnicate"}, "unknown option '--frobnicate'");
        row("option of another command", {"list", "--input", "1"}, "unknown option '--input'");
        row("value missing", {"start", "Order", "--id"}, "'--id' needs a value");
        row("value too much", {"serve", "--rpc=yes"}, "'--rpc' takes no value");
        row("flow missing", {"start"}, "signalbox start FLOW");
        row("event missing", {"raise", "7"}, "signalbox raise ID EVENT");
        row("word too much", {"show", "7", "8"}, "signalbox show ID");
        row("words for serve", {"serve", "now"}, "signalbox serve");
        row("port of words", {"serve", "--port", "http"}, "--port must be a number");
        row("port too large", {"serve", "--port", "65536"}, "--port must be a number");
        row("port negative", {"serve", "--port", "-1"}, "--port must be a number");
        row("no hub", {"serve", "--hub", ""}, "--hub");
        row("task missing", {"approve"}, "signalbox approve TASK");
        row("task and instance", {"approve", "17-5", "--instance", "7"}, "signalbox approve TASK");
        row("outcome missing", {"answer", "17-5"}, "signalbox answer TASK OUTCOME");
        row("instance missing", {"suspend"}, "signalbox suspend ID");
        row("two places", {"list", "--url", "u", "--data", "d"}, "--url and --data");
        row("help for nothing", {"help", "me"}, "'me'");
    }
    void wrongWordsAreExplained()
    {
        QFETCH(std::vector<std::string>, words);
        QFETCH(std::string, named);
        const auto command = commandFrom(words);
        QVERIFY(!command);
        QVERIFY2(command.error().message.find(named) != std::string::npos,
            command.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"

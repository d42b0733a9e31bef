#include "app/command_line/verbs.h"

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

CallCommand call(const std::vector<std::string> &words)
{
    return std::get<CallCommand>(read(words));
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
        QVERIFY(read({"keys"}) == read({"keys", "list"}));
        const CallCommand list = call({"keys", "list", "--json"});
        QCOMPARE(list.call.path, std::string("/api/v1/keys"));
        QVERIFY(list.target.json);
        const CallCommand make = call({"keys", "make", "a b", "--scope", "raise-only"});
        QCOMPARE(make.call.method, std::string("POST"));
        QCOMPARE(make.call.body, std::string(R"({"label":"a b","scope":"raise-only"})"));
        QCOMPARE(
            call({"keys", "rotate", "a b"}).call.path, std::string("/api/v1/keys/a%20b/rotate"));
        QCOMPARE(call({"keys", "revoke", "shop"}).call.method, std::string("DELETE"));
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
        QVERIFY(read({"secret"}) == Command(SecretCommand{}));
        for (const std::vector<std::string> &words : {std::vector<std::string>{"secret", "set"},
                 {"secret", "set", "KEY", "value"}, {"secret", "list", "KEY"},
                 {"secret", "show", "KEY"}, {"secret", "remove", "KEY", "--file"},
                 {"secret", "list", "--url", "http://localhost:1"}})
            QVERIFY(!commandFrom(words));
    }

    void raiseTakesWhatItPromises()
    {
        const RaiseCommand expected{
            {.data = "", .url = "http://localhost:1", .key = "", .json = false}, "7", "Paid",
            "{\"a\": 1}", "e-1", "p/s"};
        QVERIFY(read({"raise", "7", "Paid", "{\"a\": 1}", "--event-id", "e-1", "--branch", "p/s",
                    "--url", "http://localhost:1"}) == Command(expected));
        RaiseCommand correlated{.event = "Paid", .payload = "1", .correlationKey = "k"};
        QVERIFY(read({"raise", "Paid", "1", "--correlation-key", "k"}) == Command(correlated));
        correlated.correlationKey = {};
        QVERIFY(read({"raise", "Paid", "1", "--correlate"}) == Command(correlated));
        QVERIFY(read({"raise", "--from", "-", "--correlate"}) ==
                Command(RaiseLinesCommand{{}, "-", true}));
        const auto bare = std::get<RaiseCommand>(read({"raise", "7", "Paid"}));
        QVERIFY(bare.payload.empty() && bare.eventId.empty() && !bare.branch);
        QCOMPARE(std::get<RaiseCommand>(read({"raise", "7", "Paid", "--branch", ""})).branch,
            std::optional<std::string>(""));
    }

    void negativeNumbersAreWords()
    {
        QCOMPARE(
            std::get<RaiseCommand>(read({"raise", "7", "Paid", "-5"})).payload, std::string("-5"));
        QCOMPARE(call({"show", "--", "--odd"}).call.path, std::string("/api/v1/instances/--odd"));
        QCOMPARE(call({"show", "-"}).call.path, std::string("/api/v1/instances/-"));
    }

    void theRestTakesWhatItPromises()
    {
        QCOMPARE(
            call({"list", "--status", "Failed,Running", "--flow", "Order", "--waiting"}).call.path,
            std::string(
                "/api/v1/instances?limit=1000&status=Failed%2CRunning&flow=Order&waiting=true"));
        QCOMPARE(call({"list", "--id-prefix", "a", "--text", "b", "--created-from", "c",
                          "--created-to", "d", "--limit", "7", "--after", "e"})
                     .call.path,
            std::string(
                "/api/v1/instances?limit=7&idPrefix=a&text=b&createdFrom=c&createdTo=d&after=e"));
        QCOMPARE(call({"history", "7", "--from", "3", "--limit", "2"}).call.path,
            std::string("/api/v1/instances/7/history?from=3&limit=2"));
        QCOMPARE(call({"explain", "7", "Paid", "--kept", "4"}).call.path,
            std::string("/api/v1/instances/7/explain?event=Paid&kept=4"));
        QCOMPARE(call({"audit", "7"}).call.path, std::string("/api/v1/audit?instance=7&limit=100"));
        QVERIFY(read({"flows", "show", "Order", "--version", "2"}) ==
                Command(FlowFileCommand{{}, "Order", 2}));
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
        QCOMPARE(
            call({"tasks", "--assignee", "ann", "--flow", "Order", "--instance", "7"}).call.path,
            std::string("/api/v1/tasks?limit=1000&assignee=ann&flow=Order&instance=7"));
        QCOMPARE(call({"tasks", "reassign", "17-5", "ann", "tom", "--from", "mara"}).call.body,
            std::string(R"({"from":"mara","to":["ann","tom"],"reason":""})"));
        QCOMPARE(call({"tasks", "comment", "17-5", "why?", "--by", "ann", "--question"}).call.body,
            std::string(R"({"text":"why?","by":"ann","question":true})"));
        QCOMPARE(call({"tasks", "give-back", "17-5"}).call.method, std::string("DELETE"));
        QCOMPARE(call({"tasks", "claim", "17-5", "--by", "ann"}).call.body,
            std::string(R"({"by":"ann"})"));
    }

    void operationsTakeInstancesAndAReason()
    {
        for (const std::string operation :
            {"suspend", "resume", "terminate", "retry", "rewind", "purge"}) {
            QVERIFY(read({operation, "7", "8", "--reason", "why", "--data", "d"}) ==
                    Command(OperateCommand{{.data = "d"}, operation, {"7", "8"}, "why"}));
            QVERIFY(read({operation, "7"}) == Command(OperateCommand{{}, operation, {"7"}, ""}));
        }
        QVERIFY(
            std::get<OperateCommand>(read({"terminate", "7", "--keep-sub-flows"})).keepSubFlows);
        QCOMPARE(call({"restart", "7", "--id", "8"}).call.body,
            std::string(R"({"instance":"8","reason":""})"));
        const CallCommand purge = call({"purge", "--status", "failed,Running", "--reason", "old"});
        QCOMPARE(purge.call.method, std::string("DELETE"));
        QCOMPARE(
            purge.call.path, std::string("/api/v1/instances?status=failed%2CRunning&reason=old"));
        QCOMPARE(call({"purge", "--status", "failed,Running", "--dry-run"}).call.path,
            std::string("/api/v1/instances?limit=1000&status=Failed"));
    }

    void correctionsTakeAReason()
    {
        using Pairs = std::vector<std::pair<std::string, std::string>>;
        QVERIFY(read({"variables", "7", "total=3", "note=\"a=b\"", "--reason", "why"}) ==
                Command(CorrectCommand{{}, "variables", "7", Pairs{{"reason", "why"}},
                    Pairs{{"total", "3"}, {"note", "\"a=b\""}}}));
        QVERIFY(read({"skip", "7", "pay", "{}", "--branch", "p", "--event", "Paid", "--reason",
                    "why"}) ==
                Command(CorrectCommand{{}, "skip", "7",
                    Pairs{{"step", "pay"}, {"branch", "p"}, {"event", "Paid"}, {"reason", "why"}},
                    Pairs{{"result", "{}"}}}));
        QCOMPARE(call({"move", "7", "pay", "--from", "ship", "--reason", "why"}).call.body,
            std::string(R"({"to":"pay","reason":"why","from":"ship"})"));
        for (const std::vector<std::string> &words :
            {std::vector<std::string>{"variables", "7", "a=1"}, {"skip", "7", "pay"},
                {"move", "7", "pay"}})
            QVERIFY(commandFrom(words).error().message.find("--reason") != std::string::npos);
    }

    void eventsAreOfAnInstanceOrOfTheLog()
    {
        QCOMPARE(call({"events"}).call.path, std::string("/api/v1/events?limit=1000"));
        QCOMPARE(call({"events", "undelivered", "--limit", "3"}).call.path,
            std::string("/api/v1/undelivered?limit=3"));
        QCOMPARE(call({"events", "kept", "7"}).call.path, std::string("/api/v1/instances/7"));
        QCOMPARE(call({"events", "replay", "12"}).call.path,
            std::string("/api/v1/undelivered/12/replay"));
        const CallCommand handOn = call({"events", "replay", "9", "--instance", "7", "--to", "8"});
        QCOMPARE(handOn.call.path, std::string("/api/v1/instances/7/kept/9"));
        QCOMPARE(handOn.call.body, std::string(R"({"instance":"8"})"));
        QCOMPARE(call({"events", "delete", "9", "--instance", "7", "--reason", "a b"}).call.path,
            std::string("/api/v1/instances/7/kept/9?reason=a%20b"));
        QCOMPARE(call({"events", "delete", "9", "--under-key", "--reason", "a"}).call.path,
            std::string("/api/v1/events/kept/9?reason=a"));
        QCOMPARE(call({"events", "replay", "9", "--under-key", "--to", "8"}).call.path,
            std::string("/api/v1/events/kept/9"));
        QCOMPARE(call({"events", "delete", "12"}).call.path, std::string("/api/v1/undelivered/12"));
        QCOMPARE(call({"webhooks", "remove", "payment/{token}"}).call.path,
            std::string("/api/v1/webhooks?path=payment%2F%7Btoken%7D"));
    }

    void streamTakesStatesInAnyCase()
    {
        const auto stream = std::get<StreamCommand>(read({"stream", "--instance", "7", "--flow",
            "Order", "--after", "12.1", "--until", "finished,suspended"}));
        QVERIFY(stream == (StreamCommand{{}, "12.1", "7", "Order",
                              {"Completed", "Failed", "Suspended", "Terminated"}}));
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
                "suspend", "resume", "terminate", "retry", "rewind", "restart", "purge", "events",
                "webhooks", "keys", "stream", "deploy", "check", "secret", "completion", "man"})
            QVERIFY2(verbNamed(verb), verb.c_str());
        for (const Verb &one : verbs()) {
            const std::string verb(one.form.name);
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
        row("command of another program", {"describe", "7"}, "did you mean 'show'?");
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
        row("instance missing for some", {"purge"},
            "signalbox purge ID…, or: signalbox purge --status");
        row("no address", {"list", "--url", "localhost:7071"}, "such as http://127.0.0.1:7071");
        row("address of a file", {"list", "--url", "file:///etc"}, "such as http://127.0.0.1:7071");
        row("number of words", {"list", "--limit", "many"}, "--limit must be a whole number");
        row("number too large", {"history", "7", "--limit", "1001"}, "from 1 to 1000");
        row("misspelt deed", {"keys", "rotat", "shop"}, "did you mean 'rotate'?");
        row("option of another deed", {"events", "list", "--to", "7"},
            "--to is for 'events replay'");
        row("kept in two places", {"events", "delete", "9", "--instance", "7", "--under-key"},
            "exclude one another");
        row("kept event for nobody", {"events", "replay", "9", "--instance", "7"}, "--to ID");
        row("only finished ones", {"purge", "--status", "Running"}, "only finished instances");
        row("dry run of one", {"purge", "7", "--dry-run"}, "--dry-run");
        row("no variable", {"variables", "7", "=3", "--reason", "x"}, "NAME=JSON");
        row("no state", {"stream", "--until", "Done"}, "not 'Done'");
        row("no states", {"stream", "--until", ","}, "--until must not be empty");
        row("branch of nobody", {"raise", "Paid", "--correlate", "--branch", "p"}, "--branch");
        row("id of many", {"raise", "--from", "-", "--event-id", "e"},
            "--event-id is for one event");
        row("no shell", {"completion", "fish"}, "bash and zsh");
        row("two places", {"list", "--url", "http://a", "--data", "d"}, "--url and --data");
        row("help for nothing", {"help", "me"}, "'me'");
        row("help for something misspelt", {"help", "strem"}, "'stream'");
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

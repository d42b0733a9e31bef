#include "engine/base/calendar.h"
#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace engine;
using nlohmann::json;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::RestFixture;

namespace {

const QByteArray webhook = "/runtime/webhooks/durabletask/";
const QByteArray jsonType = "Content-Type: application/json\r\n";

json parsed(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

HistoryEvent fact(Sequence sequence, Fact content)
{
    return {sequence, Instant(Milliseconds(1'769'904'000'000 + sequence)), std::move(content)};
}

/// What every answer with an error object of an exception looks like.
QByteArray exceptionBody(
    const QByteArray &message, const QByteArray &explanation, const QByteArray &type)
{
    return R"({"Message":")" + message + R"(","ExceptionMessage":")" + explanation +
           R"(","ExceptionType":")" + type + R"(","StackTrace":null})";
}

} // namespace

class DurableFunctionsTest : public QObject
{
    Q_OBJECT

private slots:
    void startAnswersWithEveryUrl()
    {
        RestFixture rest;
        const auto started =
            rest.call("POST", webhook + "orchestrators/Order/a%20b", R"( {"n": 1.10} )");
        QCOMPARE(started.status, 202);
        QCOMPARE(started.reason, QByteArray("Accepted"));
        QCOMPARE(
            started.headers.value("content-type"), QByteArray("application/json; charset=utf-8"));
        QCOMPARE(started.headers.value("retry-after"), QByteArray("10"));
        const QByteArray base = rest.base() + "/runtime/webhooks/durabletask/instances/a+b";
        const QByteArray query = "taskHub=signalbox&connection=Storage&code=secret";
        QCOMPARE(started.headers.value("location"), base + "?" + query);
        QCOMPARE(started.body,
            QByteArray(R"({"id":"a b","statusQueryGetUri":")" + base + "?" + query +
                       R"(","sendEventPostUri":")" + base + "/raiseEvent/{eventName}?" + query +
                       R"(","terminatePostUri":")" + base + "/terminate?reason={text}&" + query +
                       R"(","purgeHistoryDeleteUri":")" + base + "?" + query +
                       R"(","restartPostUri":")" + base + "/restart?" + query +
                       R"(","suspendPostUri":")" + base + "/suspend?reason={text}&" + query +
                       R"(","resumePostUri":")" + base + "/resume?reason={text}&" + query +
                       R"("})"));
        QCOMPARE(rest.door.started.at(0).input.text(), std::string(R"({"n": 1.10})"));
        QCOMPARE(rest.door.started.at(0).instance.value, std::string("a b"));
        QCOMPARE(rest.door.started.at(0).source, (Source{"rest", "default"}));
    }

    void theUrlsLeadBackToTheHostOfTheCaller()
    {
        RestFixture rest;
        HttpClient client(rest.port());
        client.send("POST /ADMIN/extensions/durabletaskextension/Orchestrators/Order/7?code=secret "
                    "HTTP/1.1\r\n"
                    "Host: localhost:8080\r\nContent-Length: 0\r\n\r\n");
        const auto answer = client.receive();
        QCOMPARE(answer.status, 202);
        QVERIFY(answer.headers.value("location")
                    .startsWith("http://localhost:8080/runtime/webhooks/durabletask/instances/7?"));
    }

    void withoutABodyTheInputIsNull()
    {
        RestFixture rest;
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order").status, 202);
        QVERIFY(rest.door.started.at(0).input.isNull());
        QVERIFY(rest.door.started.at(0).instance.empty());
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/9", "\"\"").status, 202);
        QCOMPARE(rest.door.started.at(1).input.text(), std::string("\"\""));
    }

    void aVersionCanBeAskedFor()
    {
        RestFixture rest;
        rest.call("POST", webhook + "orchestrators/Order?version=3");
        QCOMPARE(rest.door.started.at(0).version, std::optional(3));
    }

    void whatIsNoJsonStartsNothing_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("words") << QByteArray("hello");
        QTest::newRow("cut off") << QByteArray("{\"a\":");
        QTest::newRow("two values") << QByteArray("1 2");
        QTest::newRow("blank") << QByteArray(" ");
        QTest::newRow("undefined") << QByteArray("undefined");
        QTest::newRow("single quotes") << QByteArray("'a'");
        QTest::newRow("not a number") << QByteArray("NaN");
        QTest::newRow("too deep") << QByteArray(65, '[') + QByteArray(65, ']');
        QTest::newRow("broken UTF-8") << QByteArray("\"\xc3\"");
        QTest::newRow("comment") << QByteArray("1 // one");
    }
    void whatIsNoJsonStartsNothing()
    {
        QFETCH(QByteArray, body);
        RestFixture rest;
        const auto answer = rest.call("POST", webhook + "orchestrators/Order", body);
        QCOMPARE(answer.status, 400);
        QVERIFY(parsed(answer).at("Message") == "Invalid JSON content");
        QVERIFY(rest.door.started.empty());
    }

    void anUnknownOrchestratorIsABadArgumentThatNamesTheKnown()
    {
        RestFixture rest;
        rest.door.flowVersions = {
            {{"Order"}, 1, {}, "{}"}, {{"Order"}, 2, {}, "{}"}, {{"Permit"}, 1, {}, "{}"}};
        const auto answer = rest.call("POST", webhook + "orchestrators/None");
        QCOMPARE(answer.status, 400);
        QCOMPARE(
            answer.body, exceptionBody("One or more of the arguments submitted is incorrect",
                             "The function 'None' doesn't exist, is disabled, or is not an "
                             "orchestrator function. "
                             "The following are the known orchestrator functions: Order, Permit.",
                             "System.ArgumentException"));
    }

    void aLiveIdIsAConflict()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Suspended);
        const auto answer = rest.call("POST", webhook + "orchestrators/Order/7");
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.body,
            QByteArray(
                R"({"Message":"An Orchestration instance with the status Suspended already exists."})"));
        rest.door.instances.at("7").summary.status = InstanceStatus::Failed;
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/7").status, 202);
    }

    void wrongIdsAreBadArguments()
    {
        RestFixture rest;
        rest.door.refusal = Error{ErrorCode::InvalidArgument, "the id may not begin with '@'", {}};
        const auto answer = rest.call("POST", webhook + "orchestrators/Order/@x");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, exceptionBody("One or more of the arguments submitted is incorrect",
                                  "the id may not begin with '@'", "System.ArgumentException"));
    }

    void statusHasEveryKeyInItsOrder()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running).summary.input = JsonText::trusted("[1.10]");
        const auto answer = rest.call("GET", webhook + "instances/7?showHistory=false");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.headers.value("location"),
            rest.base() + webhook + "instances/7?showHistory=false");
        QCOMPARE(answer.headers.value("retry-after"), QByteArray("5"));
        QCOMPARE(answer.body,
            QByteArray(
                R"({"name":"Order","instanceId":"7","runtimeStatus":"Running","input":[1.10],)"
                R"("customStatus":null,"output":null,"createdTime":"2026-01-31T23:59:59Z",)"
                R"("lastUpdatedTime":"2026-02-01T00:01:00Z"})"));
        const auto without = rest.call("GET", webhook + "instances/7/?SHOWINPUT=False");
        QVERIFY(parsed(without).at("input") == nullptr);
    }

    void everyStatusHasItsCode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("code");
        const auto row = [](const char *title, InstanceStatus status, const char *query, int code) {
            QTest::newRow(title) << static_cast<int>(status) << QByteArray(query) << code;
        };
        row("pending", InstanceStatus::Pending, "", 202);
        row("running", InstanceStatus::Running, "", 202);
        row("suspended", InstanceStatus::Suspended, "", 202);
        row("completed", InstanceStatus::Completed, "", 200);
        row("terminated", InstanceStatus::Terminated, "", 200);
        row("failed", InstanceStatus::Failed, "", 200);
        row("failed, flag", InstanceStatus::Failed, "?returnInternalServerErrorOnFailure=TRUE",
            500);
        row("failed, odd flag", InstanceStatus::Failed, "?returnInternalServerErrorOnFailure=1",
            200);
        row("completed, flag", InstanceStatus::Completed,
            "?returnInternalServerErrorOnFailure=true", 200);
    }
    void everyStatusHasItsCode()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, query);
        QFETCH(int, code);
        RestFixture rest;
        rest.door.add("7", static_cast<InstanceStatus>(status));
        const auto answer = rest.call("GET", webhook + "instances/7" + query);
        QCOMPARE(answer.status, code);
        QCOMPARE(answer.headers.contains("location"), code == 202);
        QCOMPARE(answer.headers.contains("retry-after"), code == 202);
        QVERIFY(parsed(answer).at("runtimeStatus") == toText(static_cast<InstanceStatus>(status)));
    }

    void historyIsThatOfDurableFunctions()
    {
        RestFixture rest;
        const Failure failure{"HttpError", "it is down", JsonText::trusted("[500]"), true};
        auto &known = rest.door.add("7", InstanceStatus::Failed);
        known.events = {
            fact(1, ExecutionStarted{{"7"}, {"Order"}, 1, JsonText::trusted("[1]"), {}}),
            fact(2, StepEntered{{}, {"pay"}}),
            fact(3, TaskScheduled{{}, {"pay"}, "http", JsonText::trusted("2")}),
            fact(4, TaskCompleted{3, 1, JsonText::trusted("3")}),
            fact(5, TimerCreated{{}, {"wait"}, TimerPurpose::Timeout,
                        Instant(Milliseconds(1'769'990'400'000)), 0}),
            fact(6, EventRaised{"Paid", JsonText::trusted("true"), std::nullopt, std::nullopt, {}}),
            fact(7, TimerFired{5}),
            fact(8, TaskScheduled{{}, {"ship"}, "http", JsonText::trusted("4")}),
            fact(9, TaskFailed{8, 1, failure}),
            fact(10, TaskScheduled{{}, {"tell"}, "mail", JsonText::trusted("5")}),
            fact(11, ExecutionCompleted{JsonText(), failure}),
        };
        const auto answer =
            rest.call("GET", webhook + "instances/7?showHistory=true&showHistoryOutput=true");
        QCOMPARE(answer.status, 200);
        const auto expected =
            QByteArray(R"json([
{"EventType":"ExecutionStarted","Timestamp":"2026-02-01T00:00:00.001Z","FunctionName":"Order",
"Input":"[1]","Correlation":null,"ScheduledStartTime":null,"ParentTraceContext":null,
"Generation":0},
{"EventType":"TaskCompleted","Timestamp":"2026-02-01T00:00:00.004Z","FunctionName":"pay",
"ScheduledTime":"2026-02-01T00:00:00.003Z","Input":"2","Result":3},
{"EventType":"TimerCreated","Timestamp":"2026-02-01T00:00:00.005Z",
"FireAt":"2026-02-02T00:00:00.000Z"},
{"EventType":"EventRaised","Timestamp":"2026-02-01T00:00:00.006Z","Name":"Paid","Input":"true",
"ParentTraceContext":null},
{"EventType":"TimerFired","Timestamp":"2026-02-01T00:00:00.007Z",
"FireAt":"2026-02-02T00:00:00.000Z"},
{"EventType":"TaskFailed","Timestamp":"2026-02-01T00:00:00.009Z","FunctionName":"ship",
"ScheduledTime":"2026-02-01T00:00:00.008Z","Input":"4","Reason":"it is down",
"Details":"[500]","FailureDetails":DETAILS},
{"EventType":"TaskScheduled","Timestamp":"2026-02-01T00:00:00.010Z","Name":"tell","Input":"5",
"ParentTraceContext":null,"Tags":null},
{"EventType":"ExecutionCompleted","Timestamp":"2026-02-01T00:00:00.011Z",
"OrchestrationStatus":"Failed","Result":null,"FailureDetails":DETAILS}])json")
                .replace("DETAILS", R"json({"ErrorType":"HttpError","ErrorMessage":"it is down",
"StackTrace":null,"InnerFailure":null,"IsNonRetriable":false,"Properties":null})json")
                .replace("\n", "");
        const auto status = answer.body;
        const auto begin = status.indexOf(R"("historyEvents":)") + 16;
        QCOMPARE(status.mid(begin, status.indexOf(R"(,"history":)") - begin), expected);
        QVERIFY(parsed(answer).at("history") == parsed(answer).at("historyEvents"));
    }

    void historyLeavesOutWhatNobodyAskedFor()
    {
        RestFixture rest;
        auto &known = rest.door.add("7", InstanceStatus::Terminated);
        known.events = {
            fact(1, ExecutionStarted{{"7"}, {"Order"}, 1, JsonText::trusted("[1]"), {}}),
            fact(2, TaskScheduled{{}, {"pay"}, "http", JsonText::trusted("2")}),
            fact(3, TaskCompleted{2, 1, JsonText::trusted("3")}),
            fact(4, ExecutionTerminated{"enough", {}}),
        };
        rest.door.historyPage = 1;
        const auto plain = parsed(rest.call("GET", webhook + "instances/7"));
        QVERIFY(!plain.contains("historyEvents"));
        const auto shown =
            rest.call("GET", webhook + "instances/7?showHistory=true&showInput=false");
        QVERIFY(!shown.body.contains(R"("Input")"));
        QVERIFY(!shown.body.contains(R"("Result")"));
        const auto events = parsed(shown).at("historyEvents");
        QCOMPARE(events.size(), 4u);
        QVERIFY(events[2].at("EventType") == "ExecutionTerminated");
        QVERIFY(events[3].at("EventType") == "ExecutionCompleted");
        QVERIFY(events[3].at("OrchestrationStatus") == "Terminated");
        const auto inputs = parsed(rest.call("GET", webhook + "instances/7?showHistory=true"));
        QVERIFY(inputs.at("historyEvents")[2].at("Input") == "\"enough\"");
    }

    void whatHasNotBegunHasNoHistory()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Pending);
        QVERIFY(!parsed(rest.call("GET", webhook + "instances/7?showHistory=true"))
                     .contains("historyEvents"));
    }

    void subFlowsAndNewGenerationsAreThoseOfDurableTask()
    {
        RestFixture rest;
        auto &known = rest.door.add("7", InstanceStatus::Running);
        known.events = {
            fact(1, SubFlowScheduled{{}, {"ship"}, {"7-ship"}, {"Shipping"}, {}, JsonText::trusted("1")}),
            fact(2, SubFlowCompleted{1, JsonText::trusted("2")}),
            fact(3, SubFlowScheduled{{}, {"bill"}, {"7-bill"}, {"Billing"}, {}, JsonText()}),
            fact(4, SubFlowFailed{3, {.type = "SubFlowFailed", .message = "no"}}),
            fact(5, SubFlowScheduled{{}, {"tell"}, {"7-tell"}, {"Telling"}, {}, JsonText()}),
            fact(6, EventSent{{}, {"go"}, {"8"}, "Packed", JsonText::trusted("true")}),
            fact(7, SubFlowCanceled{5}),
            fact(8, ExecutionContinuedAsNew{JsonText::trusted("3")}),
        };
        const auto events = parsed(rest.call("GET",
            webhook + "instances/7?showHistory=true&showHistoryOutput=true&showInput=true"))
                                .at("historyEvents");
        QCOMPARE(events.size(), 5u);
        QVERIFY(events[0].at("EventType") == "SubOrchestrationInstanceCompleted");
        QVERIFY(events[0].at("FunctionName") == "Shipping" && events[0].at("Result") == 2);
        QVERIFY(events[1].at("EventType") == "SubOrchestrationInstanceFailed");
        QVERIFY(events[1].at("Reason") == "no");
        QVERIFY(events[2].at("EventType") == "SubOrchestrationInstanceCreated");
        QVERIFY(events[2].at("InstanceId") == "7-tell" && events[2].at("Name") == "Telling");
        QVERIFY(events[3].at("EventType") == "EventSent");
        QVERIFY(events[3].at("InstanceId") == "8" && events[3].at("Input") == "true");
        QVERIFY(events[4].at("OrchestrationStatus") == "ContinuedAsNew");
    }

    void everyFailedAttemptIsShown()
    {
        RestFixture rest;
        auto &known = rest.door.add("7", InstanceStatus::Running);
        known.events = {
            fact(1, TaskScheduled{{}, {"pay"}, "http", JsonText()}),
            fact(2, TaskAttemptFailed{1, 1, {}}),
            fact(3, TaskCompleted{1, 2, JsonText()}),
        };
        const auto events =
            parsed(rest.call("GET", webhook + "instances/7?showHistory=true")).at("historyEvents");
        QCOMPARE(events.size(), 2u);
        QVERIFY(events[0].at("EventType") == "TaskFailed");
        QVERIFY(events[1].at("EventType") == "TaskCompleted");
        QVERIFY(events[1].at("ScheduledTime") == "2026-02-01T00:00:00.001Z");
    }

    void aListIsAnArrayWithItsToken()
    {
        RestFixture rest;
        const auto none = rest.call("GET", webhook + "instances");
        QCOMPARE(none.status, 200);
        QCOMPARE(none.body, QByteArray("[]"));
        QVERIFY(none.headers.contains("x-ms-continuation-token"));
        QCOMPARE(none.headers.value("x-ms-continuation-token"), QByteArray());
        rest.door.add("7", InstanceStatus::Running);
        rest.door.nextPage = "n1";
        const auto some = rest.call("GET", webhook + "instances/?showHistory=true&showInput=false",
            {}, "x-ms-continuation-token: n0\r\n");
        QCOMPARE(some.headers.value("x-ms-continuation-token"), QByteArray("n1"));
        QCOMPARE(parsed(some).size(), 1u);
        QVERIFY(!parsed(some)[0].contains("historyEvents"));
        QCOMPARE(rest.door.listed.at(0).after, std::string());
        QCOMPARE(rest.door.listed.at(1).after, std::string("n0"));
    }

    void filtersAreTakenWhereTheyCanBeRead_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<std::string>("read");
        const auto row = [](const char *query, const char *read) {
            QTest::newRow(query) << QByteArray(query) << std::string(read);
        };
        row("", " - - limit=100");
        row("top=7", " - - limit=7");
        row("top=0", " - - limit=100");
        row("top=-5", " - - limit=100");
        row("top=x", " - - limit=100");
        row("top=1000000", " - - limit=1000");
        row("runtimeStatus=Failed", "Failed - - limit=100");
        row("runtimeStatus=Failed,Running&runtimeStatus=Pending",
            "Failed Running Pending - - limit=100");
        row("runtimeStatus=0,%203", "Running Failed - - limit=100");
        row("runtimeStatus=failed", " - - limit=100");
        row("runtimeStatus=Nonsense,99,-1", " - - limit=100");
        row("runtimeStatus=Canceled,Failed", "Failed - - limit=100");
        row("instanceIdPrefix=a%2Fb", " - - limit=100 prefix=a/b");
        row("createdTimeFrom=2026-01-02T03:04:05.678Z", " 2026-01-02T03:04:05.678Z - limit=100");
        row("createdTimeFrom=2026-01-02T03:04:05", " 2026-01-02T03:04:05.000Z - limit=100");
        row("createdTimeFrom=2026-01-02+03:04", " 2026-01-02T03:04:00.000Z - limit=100");
        row("createdTimeTo=2026-01-02", " - 2026-01-02T00:00:00.000Z limit=100");
        row("createdTimeTo=2026-01-02T03:04:05%2B02:00", " - 2026-01-02T01:04:05.000Z limit=100");
        row("createdTimeTo=yesterday", " - - limit=100");
    }
    void filtersAreTakenWhereTheyCanBeRead()
    {
        QFETCH(QByteArray, query);
        QFETCH(std::string, read);
        RestFixture rest;
        QCOMPARE(rest.call("GET", webhook + "instances?" + query).status, 200);
        const auto &asked = rest.door.listed.at(0);
        std::string text;
        for (const auto status : asked.filter.statuses)
            text += (text.empty() ? "" : " ") + std::string(toText(status));
        for (const auto &time : {asked.filter.createdFrom, asked.filter.createdTo})
            text += " " + (time ? toText(*time) : "-");
        text += " limit=" + std::to_string(asked.limit);
        if (!asked.filter.idPrefix.empty())
            text += " prefix=" + asked.filter.idPrefix;
        QCOMPARE(text, read);
    }

    void statusesThatNobodyRestsInMatchNothing()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("GET", webhook + "instances?runtimeStatus=Canceled,2").body,
            QByteArray("[]"));
        QVERIFY(rest.door.listed.empty());
    }

    void aForeignHubIsEmpty_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("foreign");
        QTest::newRow("ours") << QByteArray("taskHub=signalbox&connection=Storage") << false;
        QTest::newRow("other case") << QByteArray("TASKHUB=SignalBox") << false;
        QTest::newRow("blank") << QByteArray("taskHub=&connection=") << false;
        QTest::newRow("other hub") << QByteArray("taskHub=other") << true;
        QTest::newRow("other storage") << QByteArray("connection=other") << true;
    }
    void aForeignHubIsEmpty()
    {
        QFETCH(QByteArray, query);
        QFETCH(bool, foreign);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto list = rest.call("GET", webhook + "instances?" + query);
        QCOMPARE(list.status, 200);
        QCOMPARE(list.body == "[]", foreign);
        QVERIFY(list.headers.contains("x-ms-continuation-token"));
        QCOMPARE(rest.call("GET", webhook + "instances/7?" + query).status, foreign ? 404 : 202);
        QCOMPARE(rest.call("POST", webhook + "instances/7/terminate?" + query).status,
            foreign ? 404 : 202);
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/8?" + query).status,
            foreign ? 404 : 202);
    }

    void anEventIsRaised()
    {
        RestFixture rest;
        rest.door.add("a b", InstanceStatus::Running);
        const auto answer =
            rest.call("POST", webhook + "Instances/a+b/RAISEEVENT/Pay%20Done", R"( {"n": 1.10} )",
                "content-type: Application/JSON; charset=utf-8\r\nIdempotency-Key: e-1\r\n");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, QByteArray());
        const auto &raised = rest.door.raised.at(0);
        QCOMPARE(raised.instance.value, std::string("a b"));
        QCOMPARE(raised.name, std::string("Pay Done"));
        QCOMPARE(raised.payload.text(), std::string(R"({"n": 1.10})"));
        QCOMPARE(raised.eventId, std::optional<std::string>("e-1"));
    }

    void wrongEventsAreRefusedInOrder_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("message");
        const QByteArray text = "Content-Type: text/plain\r\n";
        const QByteArray onlyJson = "Only application/json request content is supported";
        const QByteArray noJson = "Invalid JSON content";
        QTest::newRow("unknown") << QByteArray("none") << jsonType << QByteArray("1") << 404
                                 << QByteArray();
        QTest::newRow("unknown, all wrong")
            << QByteArray("none") << text << QByteArray("{") << 404 << QByteArray();
        QTest::newRow("finished") << QByteArray("done") << jsonType << QByteArray("1") << 410
                                  << QByteArray();
        QTest::newRow("finished, no JSON")
            << QByteArray("done") << jsonType << QByteArray("{") << 410 << QByteArray();
        QTest::newRow("finished, other type")
            << QByteArray("done") << text << QByteArray("1") << 410 << QByteArray();
        QTest::newRow("no type") << QByteArray("live") << QByteArray() << QByteArray("1") << 400
                                 << onlyJson;
        QTest::newRow("other type")
            << QByteArray("live") << text << QByteArray("{") << 400 << onlyJson;
        QTest::newRow("nearly") << QByteArray("live")
                                << QByteArray("Content-Type: application/jsonx\r\n")
                                << QByteArray("1") << 400 << onlyJson;
        QTest::newRow("empty") << QByteArray("live") << jsonType << QByteArray() << 400 << noJson;
        QTest::newRow("no JSON") << QByteArray("live") << jsonType << QByteArray("{") << 400
                                 << noJson;
        QTest::newRow("too deep") << QByteArray("live") << jsonType
                                  << QByteArray(65, '[') + QByteArray(65, ']') << 400 << noJson;
    }
    void wrongEventsAreRefusedInOrder()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, message);
        RestFixture rest;
        rest.door.add("live", InstanceStatus::Running);
        rest.door.add("done", InstanceStatus::Terminated);
        const auto answer =
            rest.call("POST", webhook + "instances/" + id + "/raiseEvent/A", body, headers);
        QCOMPARE(answer.status, status);
        if (message.isEmpty())
            QCOMPARE(answer.body, QByteArray());
        else
            QVERIFY(parsed(answer).at("Message") == message.toStdString());
    }

    void terminateTakesItsReasonFromTheQuery()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        rest.door.add("done", InstanceStatus::Completed);
        const auto answer =
            rest.call("POST", webhook + "instances/7/Terminate?reason=no+longer%20needed");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, QByteArray());
        QCOMPARE(rest.door.terminated.at(0).reason, std::string("no longer needed"));
        rest.call("POST", webhook + "instances/7/terminate?reason=undefined");
        QCOMPARE(rest.door.terminated.at(1).reason, std::string("undefined"));
        rest.call("POST", webhook + "instances/7/terminate");
        QCOMPARE(rest.door.terminated.at(2).reason, std::string());
        const auto gone = rest.call("POST", webhook + "instances/done/terminate");
        QCOMPARE(gone.status, 410);
        QCOMPARE(gone.body, QByteArray());
        const auto none = rest.call("POST", webhook + "instances/none/terminate");
        QCOMPARE(none.status, 404);
        QCOMPARE(none.body, QByteArray());
    }

    void whatHasNoRouteIsAnEmpty404_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char *method, const char *path) {
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path);
        };
        row("GET", "");
        row("GET", "orchestrators/Order");
        row("POST", "orchestrators");
        row("POST", "orchestrators/Order/7/8");
        row("POST", "instances");
        row("POST", "instances/7");
        row("PUT", "instances/7");
        row("HEAD", "instances/7");
        row("OPTIONS", "instances");
        row("GET", "instances/7/terminate");
        row("POST", "instances/7/nonsense");
        row("POST", "instances/7/raiseEvent");
        row("POST", "instances/7/raiseEvent/a%2Fb");
        row("GET", "instances/7%2F8");
        row("GET", "instances/none");
        row("GET", "instances/..%2F7");
        row("GET", "instances//7");
    }
    void whatHasNoRouteIsAnEmpty404()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto answer = rest.call(method, webhook + path, {}, jsonType);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, QByteArray());
        QVERIFY(
            rest.door.raised.empty() && rest.door.started.empty() && rest.door.terminated.empty());
    }
};

QTEST_GUILESS_MAIN(DurableFunctionsTest)
#include "durable_functions_test.moc"

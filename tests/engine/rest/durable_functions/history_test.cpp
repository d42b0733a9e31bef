#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using nlohmann::json;
using tests::RestFixture;
using tests::parsed;
using tests::webhook;

namespace {

HistoryEvent fact(Sequence sequence, Fact content)
{
    return {sequence, Instant(Milliseconds(1'769'904'000'000 + sequence)), std::move(content)};
}

} // namespace

class DurableHistoryTest : public QObject
{
    Q_OBJECT

private slots:
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
        QVERIFY(inputs.at("historyEvents")[2].at("Input") == "enough");
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
        QVERIFY(events[2].contains("ClientSpanId") && events[2].contains("Tags"));
        QVERIFY(events[4] == json::parse(R"({"EventType":"ContinueAsNew",
            "Timestamp":"2026-02-01T00:00:00.008Z","OrchestrationStatus":2,"Result":"3",
            "FailureDetails":null})"));
    }

    void suspensionsAndWhatIsHandedOnAreThoseOfDurableTask()
    {
        RestFixture rest;
        auto &known = rest.door.add("7", InstanceStatus::Running);
        known.events = {
            fact(1, EventRaised{"Paid", JsonText::trusted("[1]"), std::nullopt, std::nullopt, {}}),
            fact(2, ExecutionSuspended{"audit", {}}),
            fact(3, ExecutionResumed{"done", {}}),
            fact(4, EventHandedOn{1, {"8"}}),
        };
        const auto shown = rest.call("GET", webhook + "instances/7?showHistory=true");
        QVERIFY(parsed(shown).at("historyEvents") == json::parse(R"([
            {"EventType":"EventRaised","Timestamp":"2026-02-01T00:00:00.001Z","Name":"Paid",
             "Input":"[1]","ParentTraceContext":null},
            {"EventType":"ExecutionSuspended","Timestamp":"2026-02-01T00:00:00.002Z","Reason":"audit"},
            {"EventType":"ExecutionResumed","Timestamp":"2026-02-01T00:00:00.003Z","Reason":"done"},
            {"EventType":"EventSent","Timestamp":"2026-02-01T00:00:00.004Z","InstanceId":"8",
             "Name":"Paid","Input":"[1]"}])"));
    }

    /// What a rewind took back keeps its place; what nobody rewound stays as it was.
    void whatWasRewoundIsBlank()
    {
        RestFixture rest;
        const Failure failure{"HttpError", "it is down", {}, true};
        auto &known = rest.door.add("7", InstanceStatus::Running);
        known.events = {
            fact(1, TaskScheduled{{}, {"try"}, "http", JsonText()}),
            fact(2, TaskFailed{1, 1, failure}), // handled by the flow
            fact(3, TaskScheduled{{}, {"pay"}, "http", JsonText()}),
            fact(4, TaskFailed{3, 1, failure}),
            fact(5, ExecutionCompleted{JsonText(), failure}),
            fact(6, InstanceRewound{.reason = "the bank is back", .to = 4}),
            fact(7, BranchRewound{.to = {"pay"}}),
            fact(8, TaskScheduled{{}, {"pay"}, "http", JsonText()}),
            fact(9, TaskFailed{8, 1, failure}),
            fact(10, ExecutionCompleted{JsonText(), failure}),
        };
        const auto events =
            parsed(rest.call("GET", webhook + "instances/7?showHistory=true")).at("historyEvents");
        QCOMPARE(events.size(), 6u);
        QVERIFY(events[0].at("EventType") == "TaskFailed" && events[0].at("FunctionName") == "try");
        QVERIFY(events[1] == json::parse(R"({"EventType":"GenericEvent",
            "Timestamp":"2026-02-01T00:00:00.004Z","Data":"Rewound: TaskFailed"})"));
        QVERIFY(events[2].at("Data") == "Rewound: ExecutionCompleted");
        QVERIFY(events[3] == json::parse(R"({"EventType":"ExecutionRewound",
            "Timestamp":"2026-02-01T00:00:00.006Z","Reason":"the bank is back",
            "ParentExecutionId":null,"InstanceId":null,"ParentTraceContext":null})"));
        QVERIFY(events[4].at("EventType") == "TaskFailed" && events[4].at("FunctionName") == "pay");
        QVERIFY(events[5].at("OrchestrationStatus") == "Failed");
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
};

QTEST_GUILESS_MAIN(DurableHistoryTest)
#include "history_test.moc"

#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using tests::HttpClient;
using tests::RestFixture;
using tests::badArgument;
using tests::parsed;
using tests::webhook;

class DurableStartingTest : public QObject
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
        rest.call("POST", webhook + "orchestrators/Order?version=");
        QVERIFY(!rest.door.started.at(1).version);
        const auto text = rest.call("POST", webhook + "orchestrators/Order?version=1.0");
        QCOMPARE(text.status, 400);
        QCOMPARE(text.body, badArgument("the version '1.0' is no whole number; versions of a flow are "
                                        "1, 2, 3 and so on"));
        QCOMPARE(rest.door.started.size(), 2u);
    }

    void aVersionThatAFlowDoesNotHaveIsSaid()
    {
        RestFixture rest; // whose door starts only what is named Order
        rest.door.flowVersions = {{{"Other"}, 1, {}, "{}"}};
        const auto answer = rest.call("POST", webhook + "orchestrators/Other?version=9");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, badArgument("The function 'Other' has no version 9."));
    }

    void whereThereAreNoFlowsNoneIsNamed()
    {
        RestFixture rest;
        QCOMPARE(rest.call("POST", webhook + "orchestrators/None").body,
            badArgument("The function 'None' doesn't exist, is disabled, or is not an orchestrator "
                        "function. Additional info: No orchestrator functions are currently "
                        "registered!"));
    }

    void theContentTypeOfAnInputIsNotLookedAt()
    {
        RestFixture rest;
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order", "[1]",
                         "Content-Type: text/plain\r\n")
                     .status,
            202);
        QCOMPARE(rest.door.started.at(0).input.text(), std::string("[1]"));
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
        QCOMPARE(answer.body,
            badArgument("The function 'None' doesn't exist, is disabled, or is not an orchestrator "
                        "function. Additional info: The following are the known orchestrator "
                        "functions: 'Order', 'Permit'."));
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
        InstanceSummary ended = rest.door.instances.at("7").summary;
        ended.status = InstanceStatus::Completed;
        rest.door.looks = {ended}; // between the refusal and the look
        QVERIFY(rest.call("POST", webhook + "orchestrators/Order/7")
                    .body.contains("with the status Running already exists"));
        rest.door.instances.at("7").summary.status = InstanceStatus::Failed;
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/7").status, 202);
    }

    void wrongIdsAreBadArguments()
    {
        RestFixture rest;
        rest.door.refusal = Error{ErrorCode::InvalidArgument, "the id may not begin with '@'", {}};
        const auto answer = rest.call("POST", webhook + "orchestrators/Order/@x");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, badArgument("the id may not begin with '@'"));
    }
};

QTEST_GUILESS_MAIN(DurableStartingTest)
#include "starting_test.moc"

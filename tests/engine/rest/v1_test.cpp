#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace engine;
using nlohmann::json;
using tests::HttpAnswer;
using tests::RestFixture;

namespace {

json parsed(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

HistoryEvent event(Sequence sequence, Fact fact)
{
    return {sequence, Instant(Milliseconds(1'769'904'000'000 + sequence)), std::move(fact)};
}

/// An order that waits for its payment and has an event that nobody asked for yet.
void addWaitingOrder(RestFixture &rest)
{
    auto &known = rest.door.add("7", InstanceStatus::Running);
    known.summary.waiting = true;
    known.summary.input = JsonText::trusted(R"({"total": 1.10})");
    known.summary.standsOn = "Paid";
    known.summary.standsAt = {"awaitPayment"};
    known.events = {
        event(1, ExecutionStarted{{"7"}, {"Order"}, 1, known.summary.input, {}}),
        event(2, StepEntered{{}, {"awaitPayment"}}),
        event(3, WaitOpened{{}, {"awaitPayment"}, {"Paid"}, 1}),
        event(4, EventRaised{"Later", JsonText::trusted("[1]"), "e-1", std::nullopt, {}}),
    };
}

} // namespace

class V1Test : public QObject
{
    Q_OBJECT

private slots:
    void startAnswersWhatWasMade()
    {
        RestFixture rest;
        const auto answer = rest.call("POST", "/api/v1/instances",
            R"({"flow":"Order","version":2,"instance":"a b","input":{"total": 1.10}})");
        QCOMPARE(answer.status, 201);
        QCOMPARE(answer.body, QByteArray(R"({"instance":"a b","run":7,"duplicate":false})"));
        QCOMPARE(answer.headers.value("location"), QByteArray("/api/v1/instances/a%20b"));
        QCOMPARE(rest.door.started.size(), 1u);
        QCOMPARE(rest.door.started[0].version, std::optional(2));
        QCOMPARE(rest.door.started[0].source, (Source{"rest", "default"}));
        QCOMPARE(rest.door.started[0].input.text(), std::string(R"({"total": 1.10})"));
    }

    void aStartNeedsTheFlowAlone()
    {
        RestFixture rest;
        QCOMPARE(rest.call("POST", "/api/v1/instances", R"({"flow":"Order"})").status, 201);
        QVERIFY(rest.door.started[0].instance.empty());
        QVERIFY(rest.door.started[0].input.isNull());
        QVERIFY(!rest.door.started[0].version);
    }

    void wrongStartsAreExplained_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("empty") << QByteArray() << 400 << QByteArray();
        QTest::newRow("no JSON") << QByteArray("flow=Order") << 400 << QByteArray();
        QTest::newRow("no object") << QByteArray("[]") << 400 << QByteArray();
        QTest::newRow("no flow") << QByteArray("{}") << 400 << QByteArray("flow");
        QTest::newRow("flow of a wrong type")
            << QByteArray(R"({"flow":1})") << 400 << QByteArray("/flow");
        QTest::newRow("typo") << QByteArray(R"({"flow":"Order","inptu":1})") << 400
                              << QByteArray("inptu");
        QTest::newRow("version 0")
            << QByteArray(R"({"flow":"Order","version":0})") << 400 << QByteArray("/version");
        QTest::newRow("version of words")
            << QByteArray(R"({"flow":"Order","version":"1"})") << 400 << QByteArray("/version");
        QTest::newRow("unknown flow") << QByteArray(R"({"flow":"None"})") << 404 << QByteArray();
        QTest::newRow("too deep") << QByteArray(R"({"flow":"Order","input":)") +
                                         QByteArray(65, '[') + QByteArray(65, ']') + "}"
                                  << 413 << QByteArray();
        QTest::newRow("broken UTF-8") << QByteArray("{\"flow\":\"\xff\"}") << 400 << QByteArray();
        QTest::newRow("two values") << QByteArray(R"({"flow":"Order"}{})") << 400 << QByteArray();
    }
    void wrongStartsAreExplained()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, named);
        RestFixture rest;
        const auto answer = rest.call("POST", "/api/v1/instances", body);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.headers.value("content-type"), QByteArray("application/problem+json"));
        QVERIFY2(answer.body.contains(named), answer.body.constData());
        const auto problem = parsed(answer);
        QVERIFY(problem.at("status") == status);
        QVERIFY(problem.at("type").get<std::string>().starts_with("urn:signalbox:problem:"));
        QVERIFY(rest.door.instances.empty());
    }

    void aLiveIdIsAConflict()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto answer =
            rest.call("POST", "/api/v1/instances", R"({"flow":"Order","instance":"7"})");
        QCOMPARE(answer.status, 409);
        QVERIFY(parsed(answer).at("type") == "urn:signalbox:problem:already-exists");
    }

    void anInstanceShowsWhatItWaitsForAndKeeps()
    {
        RestFixture rest;
        addWaitingOrder(rest);
        const auto answer = rest.call("GET", "/api/v1/instances/7");
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.contains(R"("input":{"total": 1.10})"), "payloads keep their bytes");
        const auto shown = parsed(answer);
        QVERIFY(shown.at("instance") == "7");
        QVERIFY(shown.at("status") == "Running");
        QVERIFY(shown.at("waiting") == true);
        QVERIFY(shown.at("createdAt") == "2026-01-31T23:59:59.999Z");
        QVERIFY(shown.at("finishedAt") == nullptr);
        QCOMPARE(shown.at("waits").size(), 1u);
        QVERIFY(shown.at("waits")[0].at("step") == "awaitPayment");
        QVERIFY(shown.at("waits")[0].at("events") == json::array({"Paid"}));
        QCOMPARE(shown.at("kept").size(), 1u);
        QVERIFY(shown.at("kept")[0].at("name") == "Later");
        QVERIFY(shown.at("kept")[0].at("payload") == json::array({1}));
        QVERIFY(shown.at("kept")[0].at("eventId") == "e-1");
        QVERIFY(shown.at("kept")[0].at("sequence") == 4);
    }

    void aLongHistoryIsFoldedPageByPage()
    {
        RestFixture rest;
        addWaitingOrder(rest);
        rest.door.historyPage = 1;
        QCOMPARE(parsed(rest.call("GET", "/api/v1/instances/7")).at("kept").size(), 1u);
    }

    void unknownInstancesAreNotFound_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("show") << QByteArray("GET") << QByteArray("/api/v1/instances/none");
        QTest::newRow("history") << QByteArray("GET")
                                 << QByteArray("/api/v1/instances/none/history");
        QTest::newRow("raise") << QByteArray("POST")
                               << QByteArray("/api/v1/instances/none/events/A");
        QTest::newRow("terminate")
            << QByteArray("POST") << QByteArray("/api/v1/instances/none/terminate");
    }
    void unknownInstancesAreNotFound()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        RestFixture rest;
        const auto answer = rest.call(method, target);
        QCOMPARE(answer.status, 404);
        QVERIFY(parsed(answer).at("type") == "urn:signalbox:problem:not-found");
    }

    void aListIsFilteredAndPaged()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        rest.door.nextPage = "n1";
        const auto answer = rest.call("GET",
            "/api/v1/instances?status=failed,Running&flow=Order&waiting=true&idPrefix=a&text=b"
            "&createdFrom=2026-01-01T00:00:00Z&createdTo=2026-01-02T00:00:00%2B01:00&limit=5&after="
            "n0");
        QCOMPARE(answer.status, 200);
        QVERIFY(parsed(answer).at("next") == "n1");
        QVERIFY(parsed(answer).at("instances")[0].at("instance") == "7");
        const auto &asked = rest.door.listed.at(0);
        QCOMPARE(
            asked.filter.statuses, (std::vector{InstanceStatus::Failed, InstanceStatus::Running}));
        QCOMPARE(asked.filter.waiting, std::optional(true));
        QCOMPARE(asked.filter.flow.value, std::string("Order"));
        QCOMPARE(asked.filter.idPrefix, std::string("a"));
        QCOMPARE(asked.filter.text, std::string("b"));
        QCOMPARE(asked.filter.createdTo->time_since_epoch().count(), 1'767'308'400'000);
        QCOMPARE(asked.limit, 5);
        QCOMPARE(asked.after, std::string("n0"));
        rest.door.nextPage.clear();
        QVERIFY(parsed(rest.call("GET", "/api/v1/instances")).at("next") == nullptr);
        QCOMPARE(rest.door.listed.at(1).limit, 100);
    }

    void wrongParametersAreExplained_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"status=Done", "limit=0", "limit=1001", "limit=x",
                 "limit=99999999999999999999", "waiting=perhaps", "createdFrom=yesterday",
                 "createdTo=2026-01-01", "statuss=Failed"})
            QTest::newRow(query) << QByteArray(query);
    }
    void wrongParametersAreExplained()
    {
        QFETCH(QByteArray, query);
        RestFixture rest;
        const auto answer = rest.call("GET", "/api/v1/instances?" + query);
        QCOMPARE(answer.status, 400);
        const auto name = query.left(query.indexOf('=')).toStdString();
        QVERIFY(parsed(answer).at("detail").get<std::string>().find(name) != std::string::npos);
        QVERIFY(rest.door.listed.empty());
    }

    void aHistoryKeepsTheBytesOfPayloads()
    {
        RestFixture rest;
        auto &known = rest.door.add("7", InstanceStatus::Running);
        const std::string payload = R"({"n":12345678901234567890.123456789,"b":1,"a":[1e2, 0.10]})";
        known.events = {{1, {}, EventRaised{.name = "Go", .payload = JsonText::trusted(payload)}},
            {2, {}, VariablesSet{{{"x", JsonText::trusted(payload)}}, {}}}};
        const auto answer = rest.call("GET", "/api/v1/instances/7/history");
        QCOMPARE(answer.body.count(QByteArray::fromStdString(payload)), 2);
        QCOMPARE(parsed(answer).at("events").at(0).at("name").get<std::string>(), std::string("Go"));
    }

    void historyComesInPages()
    {
        RestFixture rest;
        addWaitingOrder(rest);
        const auto first = parsed(rest.call("GET", "/api/v1/instances/7/history?limit=3"));
        QCOMPARE(first.at("events").size(), 3u);
        QVERIFY(first.at("events")[0].at("type") == "ExecutionStarted");
        QVERIFY(first.at("next") == 4);
        QVERIFY(first.at("run") == 7);
        const auto rest2 = parsed(rest.call("GET", "/api/v1/instances/7/history?from=4"));
        QCOMPARE(rest2.at("events").size(), 1u);
        QVERIFY(rest2.at("next") == nullptr);
        QCOMPARE(rest.call("GET", "/api/v1/instances/7/history?from=-1").status, 400);
    }

    void anEventIsRaised()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto answer = rest.call("POST", "/api/v1/instances/7/events/Pay%2Fment?branch=p%2Fs",
            R"( {"ok":true} )", "Idempotency-Key: e-1\r\n");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, QByteArray(R"({"instance":"7","run":7,"duplicate":false})"));
        const auto &raised = rest.door.raised.at(0);
        QCOMPARE(raised.name, std::string("Pay/ment"));
        QCOMPARE(raised.payload.text(), std::string(R"({"ok":true})"));
        QCOMPARE(raised.eventId, std::optional<std::string>("e-1"));
        QCOMPARE(raised.branch, std::optional(BranchPath{"p/s"}));
        QCOMPARE(raised.source, (Source{"rest", "default"}));
    }

    void anEventWithoutABodyIsNull()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/events/Go").status, 202);
        QVERIFY(rest.door.raised.at(0).payload.isNull());
        QVERIFY(!rest.door.raised.at(0).eventId);
        QVERIFY(!rest.door.raised.at(0).branch);
        rest.call("POST", "/api/v1/instances/7/events/Go?branch=");
        QCOMPARE(rest.door.raised.at(1).branch, std::optional(BranchPath{""}));
    }

    void whoIsGoneComesBeforeABadPayload_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown") << QByteArray("none") << 404;
        QTest::newRow("finished") << QByteArray("done") << 410;
        QTest::newRow("live") << QByteArray("live") << 400;
    }
    void whoIsGoneComesBeforeABadPayload()
    {
        QFETCH(QByteArray, id);
        QFETCH(int, status);
        RestFixture rest;
        rest.door.add("live", InstanceStatus::Running);
        rest.door.add("done", InstanceStatus::Completed);
        QCOMPARE(rest.call("POST", "/api/v1/instances/" + id + "/events/A", "{").status, status);
        QVERIFY(rest.door.raised.empty());
    }

    void terminateTakesAReason()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(
            rest.call("POST", "/api/v1/instances/7/terminate", R"({"reason":"no longer"})").status,
            202);
        QCOMPARE(rest.door.terminated.at(0).reason, std::string("no longer"));
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/terminate").status, 202);
        QVERIFY(!rest.door.terminated.at(1).keepSubFlows);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/terminate", R"({"keepSubFlows":true})").status, 202);
        QVERIFY(rest.door.terminated.at(2).keepSubFlows);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/terminate", R"({"keepSubFlows":1})").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/terminate", R"({"reason":1})").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/terminate", R"({"why":"x"})").status, 400);
        rest.door.add("done", InstanceStatus::Failed);
        QCOMPARE(rest.call("POST", "/api/v1/instances/done/terminate").status, 410);
    }

    void aFlowIsDeployedWithoutAGrant()
    {
        RestFixture rest;
        rest.door.deployment = {{"Order"}, 3,
            {{.severity = Severity::Hint,
                .id = "no-timeout",
                .text = "'%1' waits for ever",
                .arguments = {"pay"},
                .step = {"pay"},
                .pointer = "/steps/pay",
                .line = 12}}};
        const auto answer = rest.call("POST", "/api/v1/flows", R"({"signalbox":1})");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body,
            QByteArray(
                R"({"flow":"Order","version":3,"problems":[{"severity":"hint","id":"no-timeout",)"
                R"("message":"'pay' waits for ever","step":"pay","pointer":"/steps/pay","line":12}]})"));
        QCOMPARE(rest.door.deployed.at(0).text, std::string(R"({"signalbox":1})"));
        QVERIFY(!rest.door.deployed.at(0).grant);
    }

    void aWrongFlowComesBackWithItsProblems()
    {
        RestFixture rest;
        rest.door.deployment = {{"Order"}, 0,
            {{.severity = Severity::Error,
                .id = "dangling-transition",
                .text = "'next' leads nowhere",
                .arguments = {},
                .step = {"pay"},
                .pointer = "/steps/pay/next",
                .line = 4}}};
        const auto answer = rest.call("POST", "/api/v1/flows", "{}");
        QCOMPARE(answer.status, 422);
        const auto problem = parsed(answer);
        QVERIFY(problem.at("type") == "urn:signalbox:problem:flow-refused");
        QVERIFY(problem.at("problems")[0].at("step") == "pay");
        QVERIFY(problem.at("problems")[0].at("pointer") == "/steps/pay/next");
        QVERIFY(problem.at("problems")[0].at("line") == 4);
    }

    void aProblemComesWithItsMend_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("mend");
        const auto row = [](Mend::Kind kind, const char *value, const char *mend) {
            QTest::newRow(mend) << int(kind) << QByteArray(value) << QByteArray(mend);
        };
        row(Mend::Kind::Replace, "[1.50]", R"("kind":"replace","pointer":"/a","value":[1.50])");
        row(Mend::Kind::Add, "{}", R"("kind":"add","pointer":"/a","value":{})");
        row(Mend::Kind::Remove, "", R"("kind":"remove","pointer":"/a")");
        row(Mend::Kind::Rename, "b", R"("kind":"rename","pointer":"/a","key":"b")");
    }
    void aProblemComesWithItsMend()
    {
        QFETCH(const int, kind);
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, mend);
        RestFixture rest;
        const Mend mended{Mend::Kind(kind), "/a", value.toStdString()};
        rest.door.deployment = {{"Order"}, 0,
            {{.severity = Severity::Warning, .id = "odd", .text = "It is odd", .pointer = "/a", .mend = mended}}};
        const auto answer = rest.call("POST", "/api/v1/flows", "{}");
        QVERIFY2(answer.body.contains("\"severity\":\"warning\""), answer.body);
        QVERIFY2(answer.body.contains("\"mend\":{" + mend), answer.body);
        QVERIFY(parsed(answer).at("problems")[0].at("mend").at("sentence") == sentence(mended));
    }

    void flowsAreListedAndShown()
    {
        RestFixture rest;
        const Instant at(Milliseconds(1'769'903'999'999));
        rest.door.flowVersions = {
            {{"A"}, 1, at, R"({"v": 1})"}, {{"A"}, 2, at, R"({"v": 2})"}, {{"B"}, 1, at, "{}"}};
        const auto list = parsed(rest.call("GET", "/api/v1/flows"));
        QCOMPARE(list.at("flows").size(), 2u);
        QVERIFY(list.at("flows")[0].at("flow") == "A");
        QVERIFY(list.at("flows")[0].at("version") == 2);
        QCOMPARE(list.at("flows")[0].at("versions").size(), 2u);
        const auto shown = parsed(rest.call("GET", "/api/v1/flows/A"));
        QVERIFY(shown.at("version") == 2);
        QVERIFY(shown.at("definition") == json::parse(R"({"v":2})"));
        QCOMPARE(rest.call("GET", "/api/v1/flows/A/versions/1").body, QByteArray(R"({"v": 1})"));
        QCOMPARE(rest.call("GET", "/api/v1/flows/A/versions/3").status, 404);
        QCOMPARE(rest.call("GET", "/api/v1/flows/a").status, 404);
    }

    void everyPathSaysWhichVerbsItTakes()
    {
        RestFixture rest;
        const auto wrong = rest.call("BREW", "/api/v1/instances");
        QCOMPARE(wrong.status, 405);
        QCOMPARE(wrong.headers.value("allow"), QByteArray("POST, GET, DELETE, HEAD, OPTIONS"));
        const auto options = rest.call("OPTIONS", "/api/v1/instances/7/events/A");
        QCOMPARE(options.status, 204);
        QCOMPARE(options.headers.value("allow"), QByteArray("POST, OPTIONS"));
        QCOMPARE(rest.call("BREW", "/api/v1/flows").status, 405);
        const auto head = rest.call("HEAD", "/api/v1/instances");
        QCOMPARE(head.status, 200);
        QVERIFY(head.headers.value("content-length").toInt() > 0);
    }

    void otherPathsAreNothing_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *target : {"/", "/api", "/api/v1", "/api/v2/flows", "/API/V1/flows",
                 "/api/v1/instances/7/events", "/api/v1//flows", "/api/v1/instances/7/../8",
                 "/api/v1/%2e%2e/flows", "/etc/passwd", "/api/v1/instances/7/nothing"})
            QTest::newRow(target) << QByteArray(target);
    }
    void otherPathsAreNothing()
    {
        QFETCH(QByteArray, target);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto answer = rest.call("GET", target);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.headers.value("content-type"), QByteArray("application/problem+json"));
    }
};

QTEST_GUILESS_MAIN(V1Test)
#include "v1_test.moc"

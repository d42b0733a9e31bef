#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace engine;
using nlohmann::json;
using tests::HttpAnswer;
using tests::RestFixture;

namespace {

json parsed(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

} // namespace

/// /api/v1: suspend, resume, retry, kept and undelivered events, explain, CloudEvents.
class V1OperationsTest : public QObject
{
    Q_OBJECT

private slots:
    void ordersGoThroughTheDoor_data()
    {
        QTest::addColumn<QByteArray>("verb");
        for (const char *verb : {"suspend", "resume", "retry"})
            QTest::newRow(verb) << QByteArray(verb);
    }

    void ordersGoThroughTheDoor()
    {
        QFETCH(QByteArray, verb);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        rest.door.add("over", InstanceStatus::Failed);
        const QByteArray path = "/api/v1/instances/7/" + verb;
        QCOMPARE(rest.call("POST", path, R"({"reason":"audit"})").status, 202);
        QCOMPARE(rest.call("POST", path).status, 202);
        QCOMPARE(rest.door.ordered.size(), 2u);
        QCOMPARE(rest.door.ordered[0].first, verb.toStdString());
        QCOMPARE(rest.door.ordered[0].second.reason, std::string("audit"));
        QCOMPARE(rest.door.ordered[0].second.source, (Source{"rest", "default"}));
        for (const char *wrong : {R"({"instance":"x"})", "{", "[]", R"({"reason":5})"})
            QCOMPARE(rest.call("POST", path, wrong).status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/instances/over/" + verb).status, 410);
        QCOMPARE(rest.call("POST", "/api/v1/instances/no/" + verb).status, 404);
        rest.door.refusal = Error{ErrorCode::WrongState, "not now", {}};
        QCOMPARE(rest.call("POST", path).status, 409);
    }

    void aFailedInstanceIsRewound()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Failed);
        rest.door.add("runs", InstanceStatus::Running);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/rewind", R"({"reason":"again"})").status, 202);
        QCOMPARE(rest.door.ordered.at(0).first, std::string("rewind"));
        QCOMPARE(rest.door.ordered.at(0).second.reason, std::string("again"));
        QCOMPARE(rest.call("POST", "/api/v1/instances/runs/rewind").status, 409);
        QCOMPARE(rest.call("POST", "/api/v1/instances/no/rewind").status, 404);
    }

    void correctionsGoThroughTheDoor()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const QByteArray path = "/api/v1/instances/7/";
        QCOMPARE(rest.call("POST", path + "variables",
                         R"({"values":{"total":1.10,"a \u0062":[]},"reason":"wrong"})").status, 202);
        const auto &values = rest.door.edited.at(0).values;
        QCOMPARE(values.size(), 2u);
        QCOMPARE(values.at(0).second.text(), std::string("1.10"));
        QCOMPARE(values.at(1).first, std::string("a b"));
        QCOMPARE(rest.door.edited.at(0).source, (Source{"rest", "default"}));
        QCOMPARE(rest.call("POST", path + "skip",
                         R"({"branch":"b","step":"w","event":"Go","result":{"x":1.10},"reason":"by mail"})").status, 202);
        QCOMPARE(rest.door.skipped.at(0).branch.value, std::string("b"));
        QCOMPARE(rest.door.skipped.at(0).step.value, std::string("w"));
        QCOMPARE(rest.door.skipped.at(0).event, std::string("Go"));
        QCOMPARE(rest.door.skipped.at(0).result->text(), std::string(R"({"x":1.10})"));
        QCOMPARE(rest.door.skipped.at(0).reason, std::string("by mail"));
        QCOMPARE(rest.call("POST", path + "move", R"({"from":"a","to":"c","reason":"lost"})").status, 202);
        QCOMPARE(rest.door.moved.at(0).from.value, std::string("a"));
        QCOMPARE(rest.door.moved.at(0).to.value, std::string("c"));
        QVERIFY(rest.door.moved.at(0).branch.empty());
        for (const char *wrong : {"", "{", "[]", R"({"values":5,"reason":"x"})", R"({"values":{},"who":"x"})",
                 R"({"values":{},"reason":5})"})
            QCOMPARE(rest.call("POST", path + "variables", wrong).status, 400);
        for (const char *wrong : {"", "[]", R"({"to":5})", R"({"too":"x"})"})
            QCOMPARE(rest.call("POST", path + "move", wrong).status, 400);
        QCOMPARE(rest.call("POST", path + "skip", R"({"step":null})").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/instances/no/move", R"({"to":"c","reason":"x"})").status, 404);
        QCOMPARE(rest.door.edited.size() + rest.door.skipped.size(), 2u);
    }

    void finishedInstancesArePurged()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Failed);
        rest.door.add("runs", InstanceStatus::Running);
        rest.door.purgedCount = 12;
        const auto one = rest.call("DELETE", "/api/v1/instances/7?reason=old");
        QCOMPARE(one.status, 200);
        QCOMPARE(one.body, QByteArray("{\"purged\":1}"));
        QCOMPARE(rest.door.ordered.at(0).second.reason, std::string("old"));
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/runs").status, 409);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/no").status, 404);
        const auto many = rest.call("DELETE", "/api/v1/instances?status=failed&flow=Order&reason=old");
        QCOMPARE(many.status, 200);
        QCOMPARE(many.body, QByteArray("{\"purged\":12}"));
        QCOMPARE(rest.door.purged.at(0).filter.flow.value, std::string("Order"));
        QCOMPARE(rest.door.purged.at(0).reason, std::string("old"));
        QCOMPARE(rest.call("DELETE", "/api/v1/instances").status, 400);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances?reason=old").status, 400);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances?flwo=Order").status, 400);
        QCOMPARE(rest.door.purged.size(), 1u);
    }

    void aRestartAnswersWhoWasStarted()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        rest.door.add("over", InstanceStatus::Completed);
        const QByteArray path = "/api/v1/instances/";
        const auto fresh = rest.call("POST", path + "7/restart");
        QCOMPARE(fresh.status, 201);
        QCOMPARE(fresh.headers.value("location"), path + QByteArray(32, 'a'));
        QCOMPARE(rest.call("POST", path + "over/restart", R"({"instance":"over","reason":"once more"})").status, 201);
        QCOMPARE(rest.door.restarted.at(1).as.value, std::string("over"));
        QCOMPARE(rest.door.restarted.at(1).reason, std::string("once more"));
        QCOMPARE(rest.door.restarted.at(1).source, (Source{"rest", "default"}));
        QCOMPARE(rest.call("POST", path + "7/restart", R"({"instance":"7"})").status, 409);
        QCOMPARE(rest.call("POST", path + "no/restart").status, 404);
        QCOMPARE(rest.call("POST", path + "7/restart", R"({"sameId":true})").status, 400);
    }

    void theAuditLogIsListedByPages()
    {
        RestFixture rest;
        rest.door.auditPage = {{{.id = 9,
                                   .at = Instant(Milliseconds(1'769'904'060'001)),
                                   .source = {"rest", "shop"},
                                   .operation = "deleteKept",
                                   .instance = {"7"},
                                   .run = {3},
                                   .flow = {"Order"},
                                   .about = "event/5",
                                   .before = JsonText::trusted(R"({"name":"Paid"})"),
                                   .reason = "twice"},
                                   {.id = 8, .operation = "deploy", .flow = {"Order"}}},
            "8"};
        const auto page = rest.call("GET", "/api/v1/audit?instance=7&after=12&limit=2");
        QCOMPARE(page.status, 200);
        const json body = parsed(page);
        QVERIFY(body.at("next") == "8");
        QVERIFY(body.at("audit").at(0) ==
                json::parse(R"({"id":9,"at":"2026-02-01T00:01:00.001Z","via":"rest","who":"shop",
                    "operation":"deleteKept","instance":"7","run":3,"flow":"Order","about":"event/5",
                    "before":{"name":"Paid"},"after":null,"reason":"twice"})"));
        QVERIFY(body.at("audit").at(1).at("run").is_null());
        QVERIFY(body.at("audit").at(1).at("instance").is_null());
        QCOMPARE(rest.door.auditsAsked.at(0).instance.value, std::string("7"));
        QCOMPARE(rest.door.auditsAsked.at(0).after, std::string("12"));
        QCOMPARE(rest.door.auditsAsked.at(0).limit, 2);
        QCOMPARE(rest.call("GET", "/api/v1/instances/8/audit").status, 200);
        QCOMPARE(rest.door.auditsAsked.at(1).instance.value, std::string("8"));
        QCOMPARE(rest.call("GET", "/api/v1/audit?limit=0").status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/audit?who=me").status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/instances/8/audit?instance=7").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/audit").status, 405);
    }

    void aKeptEventIsDeletedOrHandedOn()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/7/kept/12?reason=wrong").status, 202);
        QCOMPARE(
            rest.call("POST", "/api/v1/instances/7/kept/12", R"({"instance":"8","reason":"his"})")
                .status,
            202);
        QCOMPARE(rest.door.keptOrders.size(), 2u);
        QCOMPARE(rest.door.keptOrders[0].first, std::string("delete"));
        QCOMPARE(rest.door.keptOrders[0].second.event, Sequence(12));
        QCOMPARE(rest.door.keptOrders[0].second.reason, std::string("wrong"));
        QCOMPARE(rest.door.keptOrders[1].first, std::string("handOn"));
        QCOMPARE(rest.door.keptOrders[1].second.to.value, std::string("8"));
        QCOMPARE(rest.door.keptOrders[1].second.reason, std::string("his"));
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/7/kept/x").status, 400);
        const auto nobody = rest.call("POST", "/api/v1/instances/7/kept/12", "{}");
        QCOMPARE(nobody.status, 400);
        QVERIFY(parsed(nobody).at("pointer") == "/instance");
        for (const char *wrong : {"{", R"({"instance":5})", R"({"instance":"8","who":"me"})"})
            QCOMPARE(rest.call("POST", "/api/v1/instances/7/kept/12", wrong).status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/kept/x", R"({"instance":"8"})").status, 400);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/7/kept/12?why=wrong").status, 400);
        QCOMPARE(rest.door.keptOrders.size(), 2u);
        QCOMPARE(rest.call("GET", "/api/v1/instances/7/kept/12").status, 405);
    }

    void explainingShowsEveryVerdict()
    {
        RestFixture rest;
        rest.door.verdicts = {
            {4, "Paid", Instant(Milliseconds(1)), true, "no open wait takes it",
                {{3, {}, {"pay"}, {"Paid"}, false, "its 'where' was not true"}}},
            {0, "Paid", {}, false, "it would be offered", {}},
        };
        const auto answer = rest.call("GET", "/api/v1/instances/7/explain?event=Paid");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body,
            QByteArray(R"({"events":[{"event":4,"name":"Paid","at":"1970-01-01T00:00:00.001Z",)"
                       R"("kept":true,"why":"no open wait takes it","waits":[{"wait":3,)"
                       R"("branch":"","step":"pay","events":["Paid"],"matches":false,)"
                       R"("why":"its 'where' was not true"}]},{"event":null,"name":"Paid",)"
                       R"("at":null,"kept":false,"why":"it would be offered","waits":[]}]})"));
        rest.call("GET", "/api/v1/instances/7/explain?kept=12");
        QCOMPARE(rest.door.explained.at(0).name, std::string("Paid"));
        QCOMPARE(rest.door.explained.at(1).event, Sequence(12));
        QCOMPARE(rest.call("GET", "/api/v1/instances/7/explain?evnt=x").status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/instances/7/explain?kept=first").status, 400);
    }

    void aBackupIsMadeWhereTheBodySays()
    {
        RestFixture rest;
        const auto made = rest.call("POST", "/api/v1/backup", R"({"path":"/media/copy.db"})");
        QCOMPARE(made.status, 201);
        QVERIFY(parsed(made) == json({{"path", "/media/copy.db"}, {"bytes", 4096}}));
        QCOMPARE(rest.door.backups, std::vector<std::string>{"/media/copy.db"});
        for (const char *body : {"", "[]", "{}", R"({"path":1})", R"({"path":"/a","file":"b"})"})
            QCOMPARE(rest.call("POST", "/api/v1/backup", body).status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/backup").status, 405);
        QCOMPARE(rest.door.backups.size(), std::size_t(1));
        rest.door.refusal = Error{ErrorCode::AlreadyExists, "/media/copy.db: it is there", {}};
        QCOMPARE(rest.call("POST", "/api/v1/backup", R"({"path":"/media/copy.db"})").status, 409);
    }

    void undeliveredEventsAreListedReplayedAndDeleted()
    {
        RestFixture rest;
        rest.door.undeliveredEvents = {
            {9, {"gone"}, {"Paid", JsonText::trusted("1.10"), "e-1", {}, {"rest", "shop"}},
                "finished instance", Instant(Milliseconds(1))},
            {8, {"no"}, {"Go", {}, {}, BranchPath{"a/b"}, {"window", ""}}, "unknown instance",
                Instant(Milliseconds(0))},
        };
        const auto all = rest.call("GET", "/api/v1/undelivered");
        QCOMPARE(all.status, 200);
        QVERIFY(all.body.contains(R"("payload":1.10)"));
        const json list = parsed(all).at("undelivered");
        QCOMPARE(list.size(), 2u);
        QVERIFY(list[0].at("id") == 9 && list[0].at("eventId") == "e-1");
        QVERIFY(list[0].at("reason") == "finished instance" && list[0].at("who") == "shop");
        QVERIFY(list[1].at("branch") == "a/b" && list[1].at("eventId").is_null());
        QCOMPARE(parsed(rest.call("GET", "/api/v1/undelivered?limit=1")).at("undelivered").size(), 1u);
        rest.door.nextPage = "12";
        QVERIFY(parsed(rest.call("GET", "/api/v1/undelivered?after=20")).at("next") == "12");
        QCOMPARE(rest.door.logsAsked.back().after, std::string("20"));
        QCOMPARE(rest.call("POST", "/api/v1/undelivered/9/replay").status, 202);
        QCOMPARE(rest.call("POST", "/api/v1/undelivered/8/replay", R"({"instance":"7"})").status, 202);
        QCOMPARE(rest.call("DELETE", "/api/v1/undelivered/9").status, 202);
        QCOMPARE(rest.door.undeliveredOrders.size(), 3u);
        QCOMPARE(rest.door.undeliveredOrders[0].first, std::string("replay"));
        QVERIFY(rest.door.undeliveredOrders[0].second.to.empty());
        QCOMPARE(rest.door.undeliveredOrders[1].second.to.value, std::string("7"));
        QCOMPARE(rest.door.undeliveredOrders[2].first, std::string("delete"));
        QCOMPARE(rest.door.undeliveredOrders[2].second.id, std::int64_t(9));
        QCOMPARE(rest.call("DELETE", "/api/v1/undelivered/nine").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/undelivered/nine/replay").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/undelivered/9/replay", "{").status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/undelivered?limit=0").status, 400);
        QCOMPARE(rest.call("GET", "/api/v1/undelivered?most=5").status, 400);
        QCOMPARE(rest.door.undeliveredOrders.size(), 3u);
    }

    void cloudEventsBringTheirId_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("id");
        const QByteArray structured = "Content-Type: application/cloudevents+json; charset=utf-8\r\n";
        const QByteArray event =
            R"({"specversion":"1.0","id":"ce-1","source":"/shop","type":"paid","data":{"total":1.10}})";
        const QByteArray binary = "ce-specversion: 1.0\r\nce-id: ce-2\r\nce-source: /shop\r\n"
                                  "ce-type: paid\r\nContent-Type: application/json\r\n";
        QTest::newRow("structured") << structured << event << QByteArray(R"({"total":1.10})")
                                    << QByteArray("ce-1");
        QTest::newRow("binary") << binary << QByteArray("[1.10]") << QByteArray("[1.10]")
                                << QByteArray("ce-2");
        QTest::newRow("key wins") << binary + "Idempotency-Key: key\r\n" << QByteArray("7")
                                  << QByteArray("7") << QByteArray("key");
        QTest::newRow("without data")
            << structured
            << QByteArray(R"({"specversion":"1.0","id":"ce-3","source":"/s","type":"t"})")
            << QByteArray("null") << QByteArray("ce-3");
        QTest::newRow("binary with escapes")
            << QByteArray("ce-specversion: 1.0\r\nce-id: a%20b+c\r\nce-source: /s\r\nce-type: t\r\n")
            << QByteArray("1") << QByteArray("1") << QByteArray("a b+c");
        QTest::newRow("plain") << QByteArray() << event << event << QByteArray();
    }

    void cloudEventsBringTheirId()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, id);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/events/Paid", body, headers).status, 202);
        const RaiseRequest &raised = rest.door.raised.at(0);
        QCOMPARE(QByteArray::fromStdString(raised.payload.text()), payload);
        QCOMPARE(QByteArray::fromStdString(raised.eventId.value_or("")), id);
    }

    void whatIsNoCloudEventIsRefused_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        const QByteArray structured = "Content-Type: application/cloudevents+json\r\n";
        QTest::newRow("no id") << structured
                               << QByteArray(R"({"specversion":"1.0","source":"/s","type":"t"})");
        QTest::newRow("a number as id")
            << structured << QByteArray(R"({"specversion":"1.0","id":7,"source":"/s","type":"t"})");
        QTest::newRow("no object") << structured << QByteArray("[]");
        QTest::newRow("bytes") << structured
                               << QByteArray(R"({"specversion":"1.0","id":"7","source":"/s",)"
                                             R"("type":"t","data_base64":"AAAA"})");
        const QByteArray head = "ce-id: 1\r\nce-source: /s\r\nce-type: t\r\nce-specversion: ";
        QTest::newRow("another version") << structured << QByteArray(
            R"({"specversion":"0.3","id":"1","source":"/s","type":"t"})");
        QTest::newRow("binary of another version") << head + "0.3\r\n" << QByteArray("1");
        QTest::newRow("binary without source")
            << QByteArray("ce-specversion: 1.0\r\nce-id: 1\r\nce-type: t\r\n") << QByteArray("1");
        QTest::newRow("binary without id") << QByteArray("ce-specversion: 1.0\r\n") << QByteArray("1");
    }

    void whatIsNoCloudEventIsRefused()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("POST", "/api/v1/instances/7/events/Paid", body, headers).status, 400);
        QVERIFY(rest.door.raised.empty());
    }
};

QTEST_GUILESS_MAIN(V1OperationsTest)
#include "v1_operations_test.moc"

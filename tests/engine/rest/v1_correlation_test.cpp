#include "tests/engine/rest/rest_fixture.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;
using namespace tests;

namespace {

nlohmann::json parsed(const HttpAnswer &answer)
{
    return nlohmann::json::parse(answer.body.toStdString(), nullptr, false);
}

} // namespace

/// Events that name no instance, under /api/v1 (semantics 10.1).
class V1CorrelationTest : public QObject
{
    Q_OBJECT

private slots:
    void anEventIsRaisedForWhoeverWaits()
    {
        RestFixture rest;
        rest.door.correlation = {{.reached = {"a", "b"}}, true};
        const auto answer = rest.call("POST", "/api/v1/events/Pay%2Fment?key=a%20b",
            R"( {"ok":1.10} )", "Idempotency-Key: e-1\r\n");
        QCOMPARE(answer.status, 202);
        QVERIFY(parsed(answer) == nlohmann::json::parse(R"({"reached":["a","b"],"started":[],
            "keptUntil":null,"undelivered":false,"duplicate":true})"));
        const auto &raised = rest.door.correlations.at(0);
        QCOMPARE(raised.name, std::string("Pay/ment"));
        QCOMPARE(raised.payload.text(), std::string(R"({"ok":1.10})"));
        QCOMPARE(raised.key, std::optional<std::string>("a b"));
        QCOMPARE(raised.eventId, std::optional<std::string>("e-1"));
        QCOMPARE(raised.source, (Source{"rest", "default"}));
    }

    void itMayBeACloudEvent()
    {
        RestFixture rest;
        rest.door.correlation.reached.keptUntil = Instant(Milliseconds(1'769'903'999'999));
        rest.door.correlation.reached.started = {"n"};
        const auto binary = rest.call("POST", "/api/v1/events/Paid", R"({"a":1})",
            "ce-specversion: 1.0\r\nce-id: c-1\r\nce-type: Paid\r\nce-source: /shop\r\n");
        QCOMPARE(binary.status, 202);
        QVERIFY(parsed(binary).at("keptUntil") == "2026-01-31T23:59:59.999Z");
        QVERIFY(parsed(binary).at("started") == std::vector<std::string>{"n"});
        QCOMPARE(rest.door.correlations.at(0).eventId, std::optional<std::string>("c-1"));
        QCOMPARE(rest.door.correlations.at(0).payload.text(), std::string(R"({"a":1})"));
        QVERIFY(!rest.door.correlations.at(0).key);
        rest.call("POST", "/api/v1/events/Paid",
            R"({"specversion":"1.0","id":"c-2","source":"/s","type":"Paid","data":{"b":2}})",
            "Content-Type: application/cloudevents+json\r\n");
        QCOMPARE(rest.door.correlations.at(1).eventId, std::optional<std::string>("c-2"));
        QCOMPARE(rest.door.correlations.at(1).payload.text(), std::string(R"({"b":2})"));
    }

    void whatIsWrongIsSaid()
    {
        RestFixture rest;
        QCOMPARE(rest.call("POST", "/api/v1/events/Unknown", "{}").status, 404);
        QCOMPARE(rest.call("POST", "/api/v1/events/Paid", "{").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/events/Paid?branch=a", "{}").status, 400);
        QCOMPARE(rest.door.correlations.size(), 1u);
        rest.door.refusal = Error{ErrorCode::Busy, "too many", {}};
        QCOMPARE(rest.call("POST", "/api/v1/events/Paid", "{}").status, 503);
    }

    void whatIsKeptIsListed()
    {
        RestFixture rest;
        const Instant at(Milliseconds(1'769'903'999'999));
        rest.door.correlatedEvents = {
            {4, {"Paid", JsonText::trusted("1.10"), {}, "e", {"rest", "me"}}, {{"event.id", "7"}},
                at, at}};
        const auto answer = rest.call("GET", "/api/v1/events?limit=5");
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.contains("\"payload\":1.10"), "payloads keep their bytes");
        QVERIFY(parsed(answer).at("events").at(0) == nlohmann::json::parse(R"({"id":4,"name":"Paid",
            "keys":[{"expression":"event.id","key":"7"}],"payload":1.10,"eventId":"e","via":"rest",
            "who":"me","raisedAt":"2026-01-31T23:59:59.999Z","until":"2026-01-31T23:59:59.999Z"})"));
        QCOMPARE(rest.call("GET", "/api/v1/events?limit=0").status, 400);
    }

    void whatIsKeptIsDeletedAndHandedOn()
    {
        RestFixture rest;
        rest.door.correlatedEvents = {{4, {"Paid", {}, {}, {}, {}}, {{"event.id", "7"}}, {}, {}}};
        QCOMPARE(rest.call("DELETE", "/api/v1/events/kept/4?reason=wrong").status, 202);
        QCOMPARE(rest.call("POST", "/api/v1/events/kept/4", R"({"instance":"8"})").status, 202);
        QCOMPARE(rest.door.keptOrders.size(), 2u);
        QVERIFY(rest.door.keptOrders[0].second.instance.empty());
        QCOMPARE(rest.door.keptOrders[0].second.event, 4);
        QCOMPARE(rest.door.keptOrders[0].second.reason, std::string("wrong"));
        QCOMPARE(rest.door.keptOrders[1].second.to.value, std::string("8"));
        QCOMPARE(rest.call("DELETE", "/api/v1/events/kept/5").status, 404);
        QCOMPARE(rest.call("DELETE", "/api/v1/events/kept/x").status, 400);
        QCOMPARE(rest.call("POST", "/api/v1/events/kept/4", "{}").status, 400);
    }
};

QTEST_GUILESS_MAIN(V1CorrelationTest)
#include "v1_correlation_test.moc"

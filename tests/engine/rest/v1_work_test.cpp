#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::HttpAnswer;
using tests::RestFixture;

namespace {

json parsed(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

} // namespace

/// /api/v1/work: what programs outside fetch and report.
class V1WorkTest : public QObject
{
    Q_OBJECT

private slots:
    void aFetchGetsItsWork()
    {
        RestFixture rest;
        rest.door.work = {{.lease = "7-3-1-ab",
            .key = "7/3",
            .instance = {"order-7"},
            .attempt = 2,
            .input = JsonText::of({{"box", 1}}),
            .until = Instant(1'769'904'060'001ms)}};
        const auto answer = rest.call("POST", "/api/v1/work/pack%20box?lease=30&wait=20&most=5");
        QCOMPARE(answer.status, 200);
        QVERIFY(parsed(answer) ==
                json::parse(R"({"work":[{"lease":"7-3-1-ab","until":"2026-02-01T00:01:00.001Z",
                    "key":"7/3","instance":"order-7","attempt":2,"input":{"box":1}}]})"));
        QCOMPARE(rest.door.fetched.size(), 1u);
        QCOMPARE(rest.door.fetched[0].name, std::string("pack box"));
        QCOMPARE(rest.door.fetched[0].lease, Milliseconds(30s));
        QCOMPARE(rest.door.fetched[0].wait, Milliseconds(20s));
        QCOMPARE(rest.door.fetched[0].most, 5u);
    }

    void whatIsNoRangeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"lease=0", "lease=86401", "wait=61", "wait=-1", "most=0",
                 "most=101", "leese=5", "wait=soon"})
            QTest::newRow(query) << QByteArray(query);
    }
    void whatIsNoRangeIsRefused()
    {
        QFETCH(const QByteArray, query);
        RestFixture rest;
        QCOMPARE(rest.call("POST", "/api/v1/work/pack?" + query).status, 400);
        QVERIFY(rest.door.fetched.empty());
    }

    void aHeartbeatSaysUntilWhen()
    {
        RestFixture rest;
        const auto answer = rest.call("POST", "/api/v1/work/pack/7-3-1-ab/heartbeat?lease=90");
        QCOMPARE(answer.status, 200);
        QVERIFY(parsed(answer) == json({{"until", "2026-02-01T00:01:00.001Z"}}));
        QCOMPARE(rest.door.prolonged.at(0).lease, std::string("7-3-1-ab"));
        QCOMPARE(rest.door.prolonged.at(0).by, Milliseconds(90s));
    }

    void aResultIsTheBody()
    {
        RestFixture rest;
        const QByteArray path = "/api/v1/work/pack/7-3-1-ab/complete";
        QCOMPARE(rest.call("POST", path, R"({"weight":2})").status, 202);
        QCOMPARE(rest.call("POST", path).status, 202);
        QCOMPARE(rest.call("POST", path, "{").status, 400);
        QCOMPARE(rest.door.finished.size(), 2u);
        QVERIFY(std::get<JsonText>(rest.door.finished[0].outcome).tree() == json({{"weight", 2}}));
        QVERIFY(std::get<JsonText>(rest.door.finished[1].outcome).isNull());
    }

    void aFailureSaysWhatHappened()
    {
        RestFixture rest;
        const QByteArray path = "/api/v1/work/pack/7-3-1-ab/fail";
        QCOMPARE(rest.call("POST", path, R"({"message":"no box"})").status, 202);
        QCOMPARE(std::get<Failure>(rest.door.finished.at(0).outcome),
            (Failure{.type = "WorkerError", .message = "no box"}));
        QCOMPARE(rest.call("POST", path,
                         R"({"message":"m","type":"Torn","details":{"n":1},"retriable":false})")
                     .status,
            202);
        QCOMPARE(std::get<Failure>(rest.door.finished.at(1).outcome),
            (Failure{.type = "Torn",
                .message = "m",
                .details = JsonText::of({{"n", 1}}),
                .retriable = false}));
        for (const char *wrong : {"", "{}", "[]", R"({"message":5})", R"({"message":"m","type":5})",
                 R"({"message":"m","retriable":"no"})", R"({"message":"m","more":1})"})
            QCOMPARE(rest.call("POST", path, wrong).status, 400);
        QCOMPARE(rest.door.finished.size(), 2u);
    }

    void aLostLeaseIsAConflictAndCanceledWorkIsGone()
    {
        RestFixture rest;
        for (const auto &[code, status] :
            {std::pair(ErrorCode::WrongState, 409), std::pair(ErrorCode::Finished, 410)}) {
            rest.door.refusal = Error{code, "drop it", {}};
            for (const char *verb : {"heartbeat", "complete"}) {
                const auto answer =
                    rest.call("POST", QByteArray("/api/v1/work/pack/7-3-1-ab/") + verb);
                QCOMPARE(answer.status, status);
                QVERIFY(parsed(answer).at("detail") == "drop it");
            }
        }
        QCOMPARE(tests::HttpClient(rest.port()).call("POST", "/api/v1/work/pack").status, 401);
        QCOMPARE(rest.call("GET", "/api/v1/work/pack").status, 405);
    }
};

QTEST_GUILESS_MAIN(V1WorkTest)
#include "v1_work_test.moc"

#include "engine/rest/rest_server.h"

#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace engine;
using tests::HttpClient;
using tests::RestFixture;

namespace {

nlohmann::json json(const QByteArray &text) { return nlohmann::json::parse(text.toStdString()); }

} // namespace

class RestServerTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCallNeedsAKey_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("type");
        const QByteArray durable = "application/json; charset=utf-8";
        const QByteArray problem = "application/problem+json";
        QTest::newRow("list") << QByteArray("GET")
                              << QByteArray("/runtime/webhooks/durabletask/instances") << durable;
        QTest::newRow("start") << QByteArray("POST")
                               << QByteArray("/runtime/webhooks/durabletask/orchestrators/Order")
                               << durable;
        QTest::newRow("admin") << QByteArray("GET")
                               << QByteArray("/admin/extensions/DurableTaskExtension/instances")
                               << durable;
        QTest::newRow("rpc, which is off")
            << QByteArray("GET") << QByteArray("/durabletask/instances") << durable;
        QTest::newRow("instances")
            << QByteArray("GET") << QByteArray("/api/v1/instances") << problem;
        QTest::newRow("deploy") << QByteArray("POST") << QByteArray("/api/v1/flows") << problem;
        QTest::newRow("nothing") << QByteArray("GET") << QByteArray("/") << problem;
        QTest::newRow("options") << QByteArray("OPTIONS") << QByteArray("/api/v1/flows") << problem;
        QTest::newRow("trick") << QByteArray("GET") << QByteArray("/api/v1/health/../instances")
                               << problem;
        QTest::newRow("escaped trick")
            << QByteArray("GET") << QByteArray("/api/v1/health%2F..%2Finstances") << problem;
    }
    void everyCallNeedsAKey()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, type);
        RestFixture rest;
        for (const QByteArray key : {"", "x-functions-key: wrong\r\n"}) {
            const auto answer = HttpClient(rest.port()).call(method, target, {}, key);
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.headers.value("content-type"), type);
        }
        QVERIFY(
            rest.door.started.empty() && rest.door.listed.empty() && rest.door.deployed.empty());
    }

    void aKeyInTheUrlServesToo()
    {
        RestFixture rest;
        HttpClient client(rest.port());
        QCOMPARE(client.call("GET", "/api/v1/instances?code=secret").status, 200);
        QCOMPARE(
            client.call("GET", "/runtime/webhooks/durabletask/instances?code=secret").status, 200);
        QCOMPARE(
            client.call("GET", "/api/v1/instances", {}, "Authorization: Bearer secret\r\n").status,
            200);
    }

    void aGluedKeyIsExplained()
    {
        RestFixture rest;
        const auto answer =
            HttpClient(rest.port())
                .call("POST", "/runtime/webhooks/durabletask/orchestrators/Order&code=secret");
        QCOMPARE(answer.status, 401);
        QVERIFY(
            json(answer.body).at("Message").get<std::string>().find("?code=") != std::string::npos);
    }

    void pagesAndForeignHostsAreRefused()
    {
        RestFixture rest;
        HttpClient client(rest.port());
        client.send("GET /api/v1/instances?code=secret HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        QCOMPARE(client.receive().status, 403);
        client.send("GET http://evil.example/api/v1/instances?code=secret HTTP/1.1\r\nHost: "
                    "localhost\r\n\r\n");
        QCOMPARE(client.receive().status, 403);
        client.send("GET /api/v1/health HTTP/1.0\r\n\r\n");
        QCOMPARE(client.receive().status, 403);
        QCOMPARE(rest.call("POST", "/api/v1/instances", R"({"flow":"Order"})",
                         "Origin: http://evil.example\r\n")
                     .status,
            403);
        QCOMPARE(
            rest.call("GET", "/api/v1/instances", {}, "Origin: " + rest.base() + "\r\n").status,
            200);
        QVERIFY(rest.door.started.empty());
    }

    void nothingIsSharedWithOtherOrigins()
    {
        RestFixture rest;
        const auto answer =
            rest.call("GET", "/api/v1/instances", {}, "Origin: " + rest.base() + "\r\n");
        QVERIFY(!answer.headers.contains("access-control-allow-origin"));
    }

    void healthNeedsNoKeyAndTellsStrangersLittle()
    {
        RestFixture rest;
        rest.door.condition.live = 3;
        const auto stranger = HttpClient(rest.port()).call("GET", "/api/v1/health");
        QCOMPARE(stranger.status, 200);
        QCOMPARE(stranger.body, QByteArray(R"({"status":"running"})"));
        QCOMPARE(rest.call("GET", "/api/v1/health").body,
            QByteArray(R"({"status":"running","hub":"signalbox","live":3})"));
        rest.door.condition.damage = "/data/signalbox.db: a page is damaged";
        QVERIFY(rest.call("GET", "/api/v1/health").body.contains("\"damage\":\"/data/signalbox.db"));
        QVERIFY(!HttpClient(rest.port()).call("GET", "/api/v1/health").body.contains("/data"));
        rest.door.condition = {false, "the disk /data is full; free some space and start again", 0};
        const auto stopped = HttpClient(rest.port()).call("GET", "/api/v1/health");
        QCOMPARE(stopped.status, 503);
        QVERIFY(!stopped.body.contains("/data"));
        QVERIFY(rest.call("GET", "/api/v1/health").body.contains("/data"));
    }

    void theKeylessPrefixIsThereOnlyWhenSwitchedOn()
    {
        RestFixture closed;
        QCOMPARE(closed.call("GET", "/durabletask/instances").status, 404);
        RestOptions options;
        options.rpc = true;
        RestFixture open(options);
        HttpClient client(open.port());
        QCOMPARE(client.call("GET", "/durabletask/instances").status, 200);
        const auto started = client.call("POST", "/durabletask/orchestrators/Order/7", "1");
        QCOMPARE(started.status, 202);
        QVERIFY(!started.body.contains("secret"));
        QVERIFY(json(started.body)
                    .at("statusQueryGetUri")
                    .get<std::string>()
                    .starts_with((open.base() + "/durabletask/instances/7?").toStdString()));
        QCOMPARE(client.call("GET", "/runtime/webhooks/durabletask/instances").status, 401);
        QCOMPARE(client.call("GET", "/api/v1/instances").status, 401);
        QCOMPARE(client.call("GET", "/durabletask/instances", {}, "Origin: http://evil.example\r\n")
                     .status,
            403);
    }

    void bodiesOver1MbAreRefusedEverywhere_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("event") << QByteArray(
            "/runtime/webhooks/durabletask/instances/7/raiseEvent/A");
        QTest::newRow("start") << QByteArray("/runtime/webhooks/durabletask/orchestrators/Order");
        QTest::newRow("flow") << QByteArray("/api/v1/flows");
    }
    void bodiesOver1MbAreRefusedEverywhere()
    {
        QFETCH(QByteArray, target);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const QByteArray body = '"' + QByteArray(20'000'000, 'a') + '"';
        QCOMPARE(rest.call("POST", target, body).status, 413);
        HttpClient client(rest.port());
        client.send("POST " + target +
                    " HTTP/1.1\r\nHost: localhost\r\nx-functions-key: secret\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n" +
                    QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n");
        QCOMPARE(client.receive().status, 413);
        QVERIFY(
            rest.door.raised.empty() && rest.door.started.empty() && rest.door.deployed.empty());
    }

    void anEngineThatDropsACallIsA503()
    {
        RestFixture rest;
        rest.door.dropsCalls = true;
        for (const QByteArray target :
            {"/api/v1/instances", "/runtime/webhooks/durabletask/instances"}) {
            const auto answer = rest.call("GET", target);
            QCOMPARE(answer.status, 503);
            QCOMPARE(answer.headers.value("retry-after"), QByteArray("1"));
        }
    }

    void anErrorOfTheEngineIsAnAnswer_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::newRow("busy") << static_cast<int>(ErrorCode::Busy) << 503;
        QTest::newRow("disk") << static_cast<int>(ErrorCode::Unavailable) << 503;
        QTest::newRow("not granted") << static_cast<int>(ErrorCode::NotAllowed) << 403;
        QTest::newRow("damaged") << static_cast<int>(ErrorCode::Damaged) << 500;
    }
    void anErrorOfTheEngineIsAnAnswer()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        RestFixture rest;
        rest.door.refusal = Error{static_cast<ErrorCode>(code), "why, and what to do", {}};
        const auto durable = rest.call("POST", "/runtime/webhooks/durabletask/orchestrators/Order");
        QCOMPARE(durable.status, status);
        QVERIFY(json(durable.body).at(status == 500 ? "ExceptionMessage" : "Message") ==
                "why, and what to do");
        const auto own = rest.call("POST", "/api/v1/instances", R"({"flow":"Order"})");
        QCOMPARE(own.status, status);
        QVERIFY(json(own.body).at("detail") == "why, and what to do");
        QCOMPARE(own.headers.value("retry-after"), QByteArray(status == 503 ? "1" : ""));
    }

    void answersAreNotKeptByAnyone()
    {
        RestFixture rest;
        const auto answer = rest.call("GET", "/api/v1/instances");
        QCOMPARE(answer.headers.value("cache-control"), QByteArray("no-store"));
        QCOMPARE(answer.headers.value("x-content-type-options"), QByteArray("nosniff"));
    }
};

QTEST_GUILESS_MAIN(RestServerTest)
#include "rest_server_test.moc"

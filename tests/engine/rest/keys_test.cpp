#include "engine/rest/access.h"
#include "engine/rest/v1/routes.h"
#include "tests/engine/rest/rest_fixture.h"
#include "tests/support/engine_over_rest.h"

#include <QDir>
#include <QSet>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::RestFixture;

namespace {

const QByteArray durable = "/runtime/webhooks/durabletask/";

json bodyOf(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

} // namespace

/// Keys with scopes: made, rotated and revoked over `/api/v1/keys` (http-api C2).
class KeysTest : public QObject
{
    Q_OBJECT

    static QByteArray make(EngineOverRest &rest, const char *label, const char *scope)
    {
        const auto answer = rest.call("POST", "/api/v1/keys",
            QByteArray::fromStdString(json{{"label", label}, {"scope", scope}}.dump()));
        return answer.status == 201
                   ? QByteArray::fromStdString(bodyOf(answer).at("key").get<std::string>())
                   : QByteArray();
    }
    static HttpAnswer with(quint16 port, const QByteArray &key, const QByteArray &method,
        const QByteArray &path, const QByteArray &body = {})
    {
        return HttpClient(port).call(method, path, body, "x-functions-key: " + key + "\r\n");
    }

private slots:
    void aKeyIsShownOnceAndKeptAsADigest()
    {
        EngineOverRest rest;
        const QByteArray key = make(rest, "shop", "full");
        QCOMPARE(key.size(), 64);
        QCOMPARE(with(rest.port(), key, "GET", "/api/v1/instances").status, 200);
        for (const QByteArray &way : {"?code=" + key, QByteArray()}) {
            const QByteArray header = way.isEmpty() ? "Authorization: Bearer " + key + "\r\n" : "";
            QCOMPARE(HttpClient(rest.port()).call("GET", "/api/v1/flows" + way, {}, header).status,
                200);
        }
        const auto list = rest.call("GET", "/api/v1/keys");
        QVERIFY(!list.body.contains(key));
        QVERIFY(!list.body.contains(QByteArray::fromStdString(digestOfKey(key.toStdString()))));
        const json keys = bodyOf(list).at("keys");
        QCOMPARE(keys.size(), std::size_t(2));
        QVERIFY(keys.at(0).at("label") == "default" && keys.at(1).at("label") == "shop");
        QVERIFY(keys.at(1).at("scope") == "full" && keys.at(1).at("at").is_string());
        rest.call("POST", "/api/v1/backup",
            QByteArray::fromStdString(json{{"path", rest.directory() + "/copy.db"}}.dump()));
        int read = 0;
        for (const QFileInfo &info :
            QDir(QString::fromStdString(rest.directory())).entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(key), qPrintable(info.fileName()));
            ++read;
        }
        QVERIFY(read >= 2);
    }

    void keysOutliveARestart()
    {
        EngineOverRest rest;
        const QByteArray key = make(rest, "board", "read-only");
        const auto before = rest.call("GET", "/api/v1/keys").body;
        rest.restart();
        QCOMPARE(rest.call("GET", "/api/v1/keys").body, before);
        QCOMPARE(with(rest.port(), key, "GET", "/api/v1/instances").status, 200);
        QCOMPARE(with(rest.port(), key, "POST", "/api/v1/keys").status, 403);
    }

    void aRevokedKeyOpensNothingFromTheAnswerOn()
    {
        EngineOverRest rest;
        const QByteArray key = make(rest, "shop", "full");
        HttpClient kept(rest.port()); // a connection that it has opened already
        const QByteArray header = "x-functions-key: " + key + "\r\n";
        QCOMPARE(kept.call("GET", "/api/v1/instances", {}, header).status, 200);
        QCOMPARE(rest.call("DELETE", "/api/v1/keys/shop").status, 200);
        QCOMPARE(kept.call("GET", "/api/v1/instances", {}, header).status, 401);
        rest.restart();
        QCOMPARE(with(rest.port(), key, "GET", "/api/v1/instances").status, 401);
        QCOMPARE(rest.call("DELETE", "/api/v1/keys/shop").status, 404);
        QVERIFY(!make(rest, "shop", "full").isEmpty()); // the label is free again
    }

    void aRotatedKeyKeepsItsLabelAndScope()
    {
        EngineOverRest rest;
        const QByteArray old = make(rest, "shop", "raise-only");
        const auto answer = rest.call("POST", "/api/v1/keys/shop/rotate");
        QCOMPARE(answer.status, 200);
        const auto fresh = QByteArray::fromStdString(bodyOf(answer).at("key").get<std::string>());
        QVERIFY(fresh != old && fresh.size() == 64);
        QVERIFY(bodyOf(answer).at("scope") == "raise-only");
        QCOMPARE(with(rest.port(), old, "POST", "/api/v1/instances/x/events/Go").status, 401);
        QCOMPARE(with(rest.port(), fresh, "POST", "/api/v1/instances/x/events/Go").status, 404);
        QCOMPARE(with(rest.port(), fresh, "GET", "/api/v1/instances").status, 403);
        QCOMPARE(rest.call("POST", "/api/v1/keys/nobody/rotate").status, 404);
    }

    void theFirstKeyStaysAsItIs()
    {
        EngineOverRest rest;
        QCOMPARE(make(rest, "default", "full"), QByteArray());
        for (const auto &[method, path] : {std::pair("POST", "/api/v1/keys/default/rotate"),
                 std::pair("DELETE", "/api/v1/keys/default")}) {
            const auto answer = rest.call(method, path);
            QCOMPARE(answer.status, 409);
            QVERIFY(answer.body.contains("the file 'key'"));
        }
        QCOMPARE(rest.call("GET", "/api/v1/instances").status, 200);
    }

    void aRaiseOnlyKeyRaisesAndOpensNothingElse()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(R"({"signalbox": 1, "name": "Wait", "start": "w", "steps": {
            "w": {"kind": "wait", "event": "Go", "next": "e"}, "e": {"kind": "end"}}})"));
        for (const char *id : {"a", "b"})
            QVERIFY(rest.starts("Wait", id));
        const QByteArray key = make(rest, "shop", "raise-only");
        const auto call = [&](const QByteArray &method, const QByteArray &path,
                              const QByteArray &body = {}) {
            return with(rest.port(), key, method, path, body);
        };
        QCOMPARE(call("POST", "/api/v1/instances/a/events/Go", "1").status, 202);
        QCOMPARE(HttpClient(rest.port())
                     .call("POST", durable + "instances/b/raiseEvent/Go?code=" + key, "1",
                         "Content-Type: application/json\r\n")
                     .status,
            202);
        QCOMPARE(call("POST", "/api/v1/events/Nothing", "1").status, 404); // no flow correlates it
        QCOMPARE(call("GET", "/api/v1/health").status, 200);
        for (const auto &[method, path] : {std::pair("POST", "/api/v1/instances"),
                 std::pair("GET", "/api/v1/instances"), std::pair("DELETE", "/api/v1/instances/a"),
                 std::pair("DELETE", "/api/v1/instances?status=completed"),
                 std::pair("GET", "/api/v1/keys"), std::pair("GET", "/api/v1/nothing"),
                 std::pair("HEAD", "/api/v1/instances"), std::pair("OPTIONS", "/api/v1/flows"),
                 std::pair("GET", "/api/v1/instances/a/events/Go"),
                 std::pair("POST", "/runtime/webhooks/durabletask/orchestrators/Wait"),
                 std::pair("GET", "/runtime/webhooks/durabletask/instances"),
                 std::pair("GET", "/RUNTIME/webhooks/durabletask/Instances/a"),
                 std::pair("DELETE", "/runtime/webhooks/durabletask/instances/a"),
                 std::pair("POST", "/runtime/webhooks/durabletask/instances/a/terminate")}) {
            const auto answer = call(method, path);
            QVERIFY2(answer.status == 403, path);
            if (answer.body.isEmpty())
                continue; // of the HEAD
            QVERIFY2(answer.body.contains("the key 'shop' is raise-only"), answer.body.constData());
        }
        QCOMPARE(rest.get("/api/v1/instances").at("instances").size(), std::size_t(2));
    }

    void everyRouteSaysWhichKeysOpenIt()
    {
        RestFixture rest;
        rest.door.knownKeys = {{"raise", KeyScope::RaiseOnly, digestOfKey("r"), {}},
            {"read", KeyScope::ReadOnly, digestOfKey("g"), {}},
            {"full", KeyScope::Full, digestOfKey("f"), {}},
            {"hook", KeyScope::OneWebhook, digestOfKey("w"), {}, "ship"}};
        const auto streams = std::make_shared<EventStreams>(rest.door.door().changes, 1);
        const Router router = v1Routes({.door = rest.door.door(),
            .hub = "h",
            .payload = {},
            .streams = streams,
            .meter = std::make_shared<RestMeter>(),
            .holdsStill = {}});
        int raising = 0;
        int reading = 0;
        for (const Router::Route &route : router.routes()) {
            QByteArray path;
            for (const std::string &part : route.pattern)
                path += "/" + QByteArray(part.starts_with('{') ? "1" : part.c_str());
            const QByteArray method = QByteArray::fromStdString(route.method);
            const auto status = [&](const char *key) {
                return with(rest.port(), key, method, path).status;
            };
            const bool isWebhook = path.startsWith("/api/v1/webhooks/");
            QVERIFY2((status("w") == 403) == !isWebhook, path.constData());
            if (path == "/api/v1/health" || isWebhook)
                continue; // need no key
            const bool isStream = path == "/api/v1/stream"; // there is no end to wait for
            const bool handsOn = path.startsWith("/api/v1/events/kept/"); // what an operator does
            const bool raises = route.method == "POST" && path.contains("/events/") &&
                                !path.contains("callbacks") && !handsOn;
            const bool reads = route.method == "GET" && path != "/api/v1/keys" &&
                               path != "/api/v1/secrets";
            const bool calls = path.contains("/callbacks/");
            QVERIFY2((status("r") == 403) == !(raises || calls), path.constData());
            if (!isStream)
                QVERIFY2((status("g") == 403) == !reads, path.constData());
            if (!isStream)
                QVERIFY2(status("f") != 403, path.constData());
            raising += raises;
            reading += reads;
        }
        QVERIFY(raising == 2 && reading > 15);
    }

    void aKeyForOneWebhookOpensItWithoutASignatureAndNothingElse()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(R"({"signalbox": 1, "name": "Wait", "start": "w", "steps": {
            "w": {"kind": "wait", "event": "Go", "next": "e"}, "e": {"kind": "end"}}})"));
        for (const char *id : {"a", "b", "c"})
            QVERIFY(rest.starts("Wait", id));
        for (const char *path : {"ship/{order}", "ship/special", "pay"}) {
            const json webhook{{"path", path}, {"scheme", "token"}, {"secret", "S"},
                {"header", "x-token"}, {"event", "Go"}, {"instance", "=body.id"}};
            QCOMPARE(rest.call("PUT", "/api/v1/webhooks", QByteArray::fromStdString(webhook.dump())).status, 200);
        }
        const QByteArray key = make(rest, "shipper", "webhook:ship/{order}");
        const auto post = [&](const QByteArray &path, const QByteArray &body) {
            return with(rest.port(), key, "POST", "/api/v1/webhooks/" + path, body).status;
        };
        // The secret S is not even there: without the key nobody can be checked.
        QCOMPARE(HttpClient(rest.port()).call("POST", "/api/v1/webhooks/ship/7", R"({"id": "a"})").status, 503);
        QCOMPARE(post("ship/7", R"({"id": "a"})"), 202);
        QCOMPARE(rest.find("a").status, InstanceStatus::Completed);
        QCOMPARE(post("ship/special", R"({"id": "b"})"), 403); // another one, which fits better
        QCOMPARE(post("pay", R"({"id": "b"})"), 403);
        QCOMPARE(post("nothing", R"({"id": "b"})"), 404);
        for (const auto &[method, path] : {std::pair("GET", "/api/v1/webhooks"),
                 std::pair("PUT", "/api/v1/webhooks"), std::pair("GET", "/api/v1/webhooks/ship/7"),
                 std::pair("GET", "/api/v1/health"), std::pair("GET", "/api/v1/instances"),
                 std::pair("POST", "/api/v1/instances/b/events/Go"),
                 std::pair("POST", "/runtime/webhooks/durabletask/instances/b/raiseEvent/Go")})
            QVERIFY2(with(rest.port(), key, method, path).status == 403, path);
        QCOMPARE(rest.find("b").status, InstanceStatus::Running);
        rest.restart();
        QCOMPARE(post("ship/8", R"({"id": "c"})"), 202);
        const json keys = rest.get("/api/v1/keys").at("keys");
        QVERIFY(keys.at(1).at("scope") == "webhook:ship/{order}");
    }

    void aReadOnlyKeyChangesNothing()
    {
        EngineOverRest rest;
        const QByteArray key = make(rest, "board", "read-only");
        for (const char *path : {"/api/v1/instances", "/api/v1/flows", "/api/v1/tasks",
                 "/api/v1/audit", "/api/v1/metrics", "/api/v1/openapi.json",
                 "/runtime/webhooks/durabletask/instances"})
            QVERIFY2(with(rest.port(), key, "GET", path).status == 200, path);
        for (const auto &[method, path] : {std::pair("GET", "/api/v1/keys"),
                 std::pair("POST", "/api/v1/instances"), std::pair("POST", "/api/v1/backup"),
                 std::pair("POST", "/api/v1/instances/a/events/Go"),
                 std::pair("POST", "/api/v1/work/pay"), std::pair("PUT", "/api/v1/webhooks"),
                 std::pair("PATCH", "/api/v1/instances"),
                 std::pair("POST", "/runtime/webhooks/durabletask/instances/a/raiseEvent/Go")}) {
            const auto answer = with(rest.port(), key, method, path);
            QVERIFY2(answer.status == 403, path);
            QVERIFY(answer.body.contains("the key 'board' is read-only"));
        }
    }

    void whatIsDoneWithAKeyStandsUnderItsLabel()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(R"({"signalbox": 1, "name": "Wait", "start": "w", "steps": {
            "w": {"kind": "wait", "event": "Go", "next": "e"}, "e": {"kind": "end"}}})"));
        QVERIFY(rest.starts("Wait", "a"));
        const QByteArray key = make(rest, "shop", "raise-only");
        QCOMPARE(with(rest.port(), key, "POST", "/api/v1/instances/a/events/Go").status, 202);
        const auto history = rest.call("GET", "/api/v1/instances/a/history").body;
        QVERIFY2(history.contains("\"who\":\"shop\""), history.constData());
        QCOMPARE(rest.call("POST", "/api/v1/keys/shop/rotate").status, 200);
        QCOMPARE(rest.call("DELETE", "/api/v1/keys/shop").status, 200);
        const auto audit = rest.call("GET", "/api/v1/audit");
        std::vector<std::string> operations;
        const json entries = bodyOf(audit).at("audit");
        for (const json &entry : entries) {
            if (entry.at("about") == "key/shop") {
                operations.push_back(entry.at("operation").get<std::string>());
                QVERIFY(entry.at("who") == "default" && entry.at("via") == "rest");
            }
        }
        QVERIFY((operations == std::vector<std::string>{"revokeKey", "makeKey", "makeKey"}));
        QVERIFY(!audit.body.contains(key));
        QVERIFY(!audit.body.contains(QByteArray::fromStdString(digestOfKey(key.toStdString()))));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("pointer");
        QTest::newRow("no body") << QByteArray() << QByteArray();
        QTest::newRow("no label") << QByteArray(R"({"scope": "full"})") << QByteArray("/label");
        QTest::newRow("empty label") << QByteArray(R"({"label": "", "scope": "full"})") << QByteArray("/label");
        QTest::newRow("odd label") << QByteArray(R"({"label": "a b", "scope": "full"})") << QByteArray("/label");
        QTest::newRow("long label") << "{\"scope\": \"full\", \"label\": \"" + QByteArray(101, 'a') + "\"}"
                                    << QByteArray("/label");
        QTest::newRow("taken label") << QByteArray(R"({"label": "callback", "scope": "full"})")
                                     << QByteArray("/label");
        QTest::newRow("no scope") << QByteArray(R"({"label": "a"})") << QByteArray("/scope");
        QTest::newRow("unknown scope") << QByteArray(R"({"label": "a", "scope": "all"})")
                                       << QByteArray("/scope");
        QTest::newRow("webhook without a path") << QByteArray(R"({"label": "a", "scope": "webhook:"})")
                                                << QByteArray("/scope");
        QTest::newRow("webhook with a wrong path")
            << QByteArray(R"({"label": "a", "scope": "webhook:a b"})") << QByteArray("/scope");
        QTest::newRow("unknown member") << QByteArray(R"({"label": "a", "key": "x"})")
                                        << QByteArray("/key");
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, pointer);
        EngineOverRest rest;
        const auto answer = rest.call("POST", "/api/v1/keys", body);
        QCOMPARE(answer.status, 400);
        QCOMPARE(QByteArray::fromStdString(bodyOf(answer).value("pointer", std::string())), pointer);
        QCOMPARE(rest.get("/api/v1/keys").at("keys").size(), std::size_t(1));
    }

    void aLabelHasOneKey()
    {
        EngineOverRest rest;
        QVERIFY(!make(rest, "shop", "full").isEmpty());
        const auto answer = rest.call("POST", "/api/v1/keys", R"({"label": "shop", "scope": "full"})");
        QCOMPARE(answer.status, 409);
        QCOMPARE(rest.call("GET", "/api/v1/keys?all=1").status, 400);
    }
};

QTEST_GUILESS_MAIN(KeysTest)
#include "keys_test.moc"

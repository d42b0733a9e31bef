#include "engine/engine.h"
#include "engine/rest/rest_server.h"
#include "engine/secret_store.h"
#include "engine/webhooks/signature.h"
#include "tests/engine/rest/http_client.h"
#include "tests/support/patient_expressions.h"
#include "tests/support/sim_clock.h"
#include "tests/support/sim_random.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;
using nlohmann::json;

namespace {

const std::string orderFlow = json{{"signalbox", 1}, {"name", "Order"}, {"start", "paid"},
    {"events", {{"PaymentConfirmed", {{"schema", {{"required", {"success"}}}}}},
                   {"ParcelScanned", {{"correlate", {{"event", "=event.parcel"},
                                                        {"instance", "=input.parcel"}}}}}}},
    {"steps", {{"paid", {{"kind", "wait"}, {"event", "PaymentConfirmed"}, {"next", "sent"}}},
                  {"sent", {{"kind", "wait"}, {"event", "ParcelScanned"}, {"next", "done"}}},
                  {"done", {{"kind", "end"}, {"output", "=[steps.paid, steps.sent.status]"}}}}}}
                                  .dump();

const json stripe{{"path", "pay/{shop}"}, {"scheme", "stripe"}, {"secret", "PAY"},
    {"event", "=body.type === 'charge.succeeded' ? 'PaymentConfirmed' : null"},
    {"instance", "=body.order"}, {"payload", "=({ success: true, shop: path.shop })"}};
const json carrier{{"path", "ship/{token}"}, {"scheme", "token"}, {"secret", "SHIP"},
    {"event", "ParcelScanned"}, {"eventId", "=body.scan"}};

} // namespace

/// Foreign POSTs on a real engine, over its REST port (semantics 10.3).
class EngineWebhooksTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    tests::SimClock m_clock;
    tests::SimRandom m_random{1};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<RestServer> m_rest;

    void open()
    {
        m_rest.reset();
        m_engine.reset();
        auto opened =
            Engine::open({.directory = m_directory.path().toStdString(), .allowed = {"all"}},
                {m_clock, m_random, tests::makePatientExpressions});
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        m_engine = *std::move(opened);
        auto rest = RestServer::open({.key = "secret"}, m_engine->door());
        QVERIFY(bool(rest));
        m_rest = *std::move(rest);
    }
    tests::HttpAnswer call(const QByteArray &method, const QByteArray &path, const json &body)
    {
        return tests::HttpClient(m_rest->port())
            .call(method, "/api/v1/" + path, QByteArray::fromStdString(body.dump()),
                "x-functions-key: secret\r\nContent-Type: application/json\r\n");
    }
    /// Without our key.
    tests::HttpAnswer post(const QByteArray &path, const json &body, const QByteArray &headers = {})
    {
        return tests::HttpClient(m_rest->port())
            .call("POST", "/api/v1/webhooks/" + path, QByteArray::fromStdString(body.dump()),
                "Content-Type: application/json\r\n" + headers);
    }
    QByteArray signedNow(const json &body, const char *secret = "whsec")
    {
        const std::string seconds = std::to_string(m_clock.now().time_since_epoch().count() / 1000);
        return QByteArray::fromStdString("Stripe-Signature: t=" + seconds + ",v1=" +
                                         hmacSha256(secret, seconds + "." + body.dump()) + "\r\n");
    }
    json statusOf(const char *instance)
    {
        return json::parse(call("GET", QByteArray("instances/") + instance, {}).body.toStdString());
    }

private slots:
    void initTestCase()
    {
        const SecretStore secrets(m_directory.path().toStdString());
        QVERIFY(bool(secrets.set("PAY", "whsec", SecretStore::Keychain::Never)));
        QVERIFY(bool(secrets.set("SHIP", "open sesame", SecretStore::Keychain::Never)));
        open();
        QVERIFY(bool(m_engine->deploy({orderFlow, true, {"window", "me"}}).result()));
        for (const json &webhook : {stripe, carrier})
            QCOMPARE(call("PUT", "webhooks", webhook).status, 200);
        QCOMPARE(call("POST", "instances",
                     {{"flow", "Order"}, {"instance", "o-1"}, {"input", {{"parcel", "P-1"}}}})
                     .status,
            201);
    }

    void paymentAndShipmentReachTheirInstanceAlsoAfterARestart()
    {
        const json paid{{"id", "evt_1"}, {"type", "charge.succeeded"}, {"order", "o-1"}};
        QCOMPARE(post("pay/main", paid, signedNow(paid, "other")).status, 401);
        QCOMPARE(post("pay/main", paid).status, 401);
        const auto old = signedNow(paid);
        m_clock.advance(std::chrono::minutes(6));
        QCOMPARE(post("pay/main", paid, old).status, 401);
        const json other{{"id", "evt_0"}, {"type", "charge.failed"}, {"order", "o-1"}};
        QCOMPARE(post("pay/main", other, signedNow(other)).status, 204);
        auto answer = post("pay/main", paid, signedNow(paid));
        QVERIFY2(answer.status == 202, answer.body);
        QVERIFY(json::parse(answer.body.toStdString()).at("reached") == json({"o-1"}));
        // A delivery that comes again has no second effect.
        answer = post("pay/main", paid, signedNow(paid));
        QVERIFY(json::parse(answer.body.toStdString()).at("duplicate") == true);

        open();
        const json scan{{"parcel", "P-1"}, {"status", "Delivered"}, {"scan", 17}};
        QCOMPARE(post("ship/wrong", scan).status, 401);
        answer = post("ship/open%20sesame", scan);
        QVERIFY2(answer.status == 202, answer.body);
        QVERIFY(json::parse(answer.body.toStdString()).at("reached") == json({"o-1"}));
        answer = post("ship/open%20sesame", scan);
        QVERIFY(json::parse(answer.body.toStdString()).at("duplicate") == true);
        QVERIFY(statusOf("o-1").at("output") ==
                json::parse("[{\"success\":true,\"shop\":\"main\"},\"Delivered\"]"));
    }

    void whatIsWrongIsSaid()
    {
        QCOMPARE(post("nowhere", {}).status, 404);
        QCOMPARE(post("ship/open%20sesame", json::array()).status, 400);
        const json gone{{"id", "evt_9"}, {"type", "charge.succeeded"}, {"order", "nobody"}};
        QCOMPARE(post("pay/main", gone, signedNow(gone)).status, 404);
        json wrong = stripe;
        wrong["scheme"] = "rot13";
        const auto refused = call("PUT", "webhooks", wrong);
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.body.contains("/scheme"));
        // Without our key nobody changes webhooks.
        QCOMPARE(
            tests::HttpClient(m_rest->port()).call("GET", "/api/v1/webhooks", {}, {}).status, 401);
    }

    void webhooksAreListedWithoutTheirSecretsAndTakenAway()
    {
        const auto listed = call("GET", "webhooks", {});
        QCOMPARE(json::parse(listed.body.toStdString()).at("webhooks").size(), 2u);
        QVERIFY(listed.body.contains("\"secret\":\"PAY\"") && !listed.body.contains("whsec"));
        QCOMPARE(call("DELETE", "webhooks?path=none", {}).status, 404);
        QCOMPARE(call("DELETE", "webhooks?path=pay%2F%7Bshop%7D", {}).status, 200);
        open();
        QCOMPARE(post("pay/main", {}).status, 404);
        QCOMPARE(
            json::parse(call("GET", "webhooks", {}).body.toStdString()).at("webhooks").size(), 1u);
    }
};

QTEST_GUILESS_MAIN(EngineWebhooksTest)
#include "engine_webhooks_test.moc"

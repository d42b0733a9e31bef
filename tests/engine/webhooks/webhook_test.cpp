#include "engine/webhooks/signature.h"
#include "engine/webhooks/webhook_event.h"
#include "tests/support/patient_expressions.h"

#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;

namespace {

const Instant now{std::chrono::seconds(1'767'225'600)};

const std::string push =
    "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"shop/orders\"},"
    "\"commits\":[{\"id\":\"4f1c\",\"message\":\"Ship it\"}],"
    "\"pusher\":{\"name\":\"ann\"}}";
const std::string pushSignature =
    "sha256=cb01e460de75f998a9318434987d1dced0aed4a44ea41cfd0c7793b9442d3553";
const std::string payment = "{\"id\":\"evt_1001\",\"type\":\"payment_intent.succeeded\","
                            "\"data\":{\"object\":{\"id\":\"pi_7\",\"amount\":1999,"
                            "\"metadata\":{\"order\":\"order-7\"}}}}";
const std::string paymentSignature =
    "aa1a28ae4325b8ed00e0e5dd651860d11d850acd8c8f064f393fc414e848ea2f";

Webhook webhook(const char *text)
{
    auto read = webhookFrom(*JsonText::parse(text));
    if (!read)
        qFatal("%s", read.error().message.c_str());
    return *read;
}

/// One of those that ship.
Webhook example(const char *name)
{
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/webhooks/%1.webhook.json")
                   .arg(QLatin1String(name)));
    return webhook(file.open(QIODevice::ReadOnly) ? file.readAll().constData() : "null");
}

WebhookCall callOf(std::vector<std::string> segments, std::string body,
    std::vector<std::pair<std::string, std::string>> headers = {},
    std::vector<std::pair<std::string, std::string>> query = {})
{
    return {std::move(segments), std::move(headers), std::move(query), std::move(body)};
}

Result<std::optional<WebhookEvent>> mapped(const Webhook &hook, const WebhookCall &call)
{
    return eventOf(hook, call, tests::patientExpressions(), {}, now);
}

std::string faultOf(const Result<void> &checked)
{
    return checked ? std::string() : checked.error().message;
}

} // namespace

/// How foreign POSTs become events (semantics 10.3).
class WebhookTest : public QObject
{
    Q_OBJECT

private slots:
    void signaturesAreThoseOfTheSchemes()
    {
        // The example of GitHub's own page.
        QCOMPARE(hmacSha256("It's a Secret to Everybody", "Hello, World!"),
            std::string("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        QCOMPARE(faultOf(checkGitHubSignature("hub-secret", push, pushSignature)), std::string());
        QCOMPARE(faultOf(checkStripeSignature(
                     "whsec_test", payment, "t=1767225600,v1=" + paymentSignature, now)),
            std::string());
    }

    void aWrongSignatureIsRefused()
    {
        QVERIFY(!checkGitHubSignature("hub-secret", push + " ", pushSignature));
        QVERIFY(!checkGitHubSignature("other", push, pushSignature));
        QVERIFY(!checkGitHubSignature("hub-secret", push, ""));
        QVERIFY(!checkGitHubSignature("hub-secret", push, pushSignature.substr(7)));
        QVERIFY(!checkGitHubSignature("hub-secret", push, pushSignature + "0"));
        const auto stripe = [](const std::string &header, Instant at = now) {
            const auto checked = checkStripeSignature("whsec_test", payment, header, at);
            return !checked && checked.error().code == ErrorCode::NotAllowed;
        };
        QVERIFY(stripe(""));
        QVERIFY(stripe("t=1767225600"));
        QVERIFY(stripe("v1=" + paymentSignature));
        QVERIFY(stripe("t=1767225601,v1=" + paymentSignature));
        QVERIFY(stripe("t=1767225600,v0=" + paymentSignature));
        QVERIFY(stripe("t=999999999999999999,v1=" + paymentSignature));
    }

    void aStripeSignatureHoldsForFiveMinutesAndMayBeOneOfSeveral()
    {
        const std::string header = "t=1767225600,v1=00,v0=x,v1=" + paymentSignature;
        const auto at = [&header](std::chrono::seconds away) {
            return bool(checkStripeSignature("whsec_test", payment, header, now + away));
        };
        QVERIFY(at(std::chrono::seconds(0)));
        QVERIFY(at(std::chrono::minutes(5)));
        QVERIFY(at(-std::chrono::minutes(5)));
        QVERIFY(!at(std::chrono::seconds(301)));
        QVERIFY(!at(-std::chrono::seconds(301)));
    }

    void aGitHubPushBecomesAnEvent()
    {
        const Webhook hook =
            webhook("{\"path\":\"github/{flow}\",\"scheme\":\"github\",\"secret\":\"HUB\","
                    "\"event\":\"=headers['x-github-event'] === 'push' ? 'Pushed' : null\","
                    "\"key\":\"=body.repository.full_name\",\"payload\":\"=({ flow: path.flow,"
                    " by: body.pusher.name }) \"}");
        WebhookCall call = callOf({"github", "deploy"}, push,
            {{"X-GitHub-Event", "push"}, {"X-GitHub-Delivery", "72d3162e"},
                {"X-Hub-Signature-256", pushSignature}});
        QVERIFY(checkCaller(hook, "hub-secret", call, now));
        const auto event = mapped(hook, call);
        QVERIFY2(event && *event, event ? "none" : event.error().message.c_str());
        QVERIFY((
            **event == WebhookEvent{"Pushed", {}, "shop/orders",
                           JsonText::trusted("{\"flow\":\"deploy\",\"by\":\"ann\"}"), "72d3162e"}));
        call.headers[0].second = "ping";
        QVERIFY(mapped(hook, call) && !*mapped(hook, call));
        call.body += " ";
        QVERIFY(!checkCaller(hook, "hub-secret", call, now));
    }

    void aStripeEventBecomesAnEvent()
    {
        const Webhook hook = webhook(
            "{\"path\":\"stripe\",\"scheme\":\"stripe\",\"secret\":\"STRIPE\","
            "\"event\":\"PaymentConfirmed\",\"instance\":\"=body.data.object.metadata.order\","
            "\"payload\":\"=({ success: body.type === 'payment_intent.succeeded',"
            " transactionId: body.data.object.id }) \"}");
        const WebhookCall call = callOf(
            {"stripe"}, payment, {{"Stripe-Signature", "t=1767225600,v1=" + paymentSignature}});
        QVERIFY(checkCaller(hook, "whsec_test", call, now));
        const auto event = mapped(hook, call);
        QVERIFY(event && *event);
        QVERIFY((**event == WebhookEvent{"PaymentConfirmed", {"order-7"}, {},
                                JsonText::trusted("{\"success\":true,\"transactionId\":\"pi_7\"}"),
                                "evt_1001"}));
    }

    /// The two callbacks of an order, as the examples map them: payment by the id of the order, shipping
    /// by the number of the parcel, which the flow says is the key.
    void paymentAndShippingCallbacksBecomeEvents()
    {
        const Webhook paid = example("payment");
        const WebhookCall payCall = callOf({"payment", "open sesame"},
            "{\"orderId\":\"order-7\",\"status\":\"succeeded\",\"transactionId\":\"tx-1\"}");
        QVERIFY(checkCaller(paid, "open sesame", payCall, now));
        QVERIFY(!checkCaller(paid, "open sesame!", payCall, now));
        const WebhookEvent confirmed{"PaymentConfirmed", {"order-7"}, {},
            JsonText::trusted("{\"success\":true,\"transactionId\":\"tx-1\"}"), "tx-1"};
        QVERIFY(**mapped(paid, payCall) == confirmed);

        const Webhook shipped = example("shipping");
        const WebhookCall shipCall = callOf({"shipping", "fast"},
            "{\"trackingNumber\":\"P-1\",\"status\":\"InTransit\",\"location\":\"Hamm\"}",
            {{"x-carrier-token", "open sesame"}});
        QVERIFY(checkCaller(shipped, "open sesame", shipCall, now));
        QVERIFY(!checkCaller(shipped, "open sesame", callOf({"shipping", "fast"}, "{}"), now));
        const WebhookEvent scanned{"ParcelScanned", {}, {},
            JsonText::trusted("{\"parcel\":\"P-1\",\"status\":\"InTransit\",\"carrier\":\"fast\"}"),
            "P-1/InTransit"};
        QVERIFY(**mapped(shipped, shipCall) == scanned);
    }

    void theTokenIsReadByNoExpression()
    {
        const Webhook inPath =
            webhook("{\"path\":\"a/{token}\",\"scheme\":\"token\",\"secret\":\"S\",\"event\":\"E\","
                    "\"payload\":\"=({ path, headers }) \"}");
        QCOMPARE((**mapped(inPath, callOf({"a", "hidden"}, "{}"))).payload.text().find("hidden"),
            std::string::npos);
        const Webhook inHeader =
            webhook("{\"path\":\"a\",\"scheme\":\"token\",\"secret\":\"S\",\"header\":\"X-T\","
                    "\"event\":\"E\",\"payload\":\"=({ path, headers }) \"}");
        QCOMPARE((**mapped(inHeader, callOf({"a"}, "{}", {{"X-T", "hidden"}})))
                     .payload.text()
                     .find("hidden"),
            std::string::npos);
    }

    void whatDoesNotBecomeAnEventIsExplained_data()
    {
        QTest::addColumn<QByteArray>("expressions");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no JSON") << QByteArray("\"event\":\"E\"") << QByteArray("a=1")
                                 << QByteArray();
        QTest::newRow("no instance") << QByteArray("\"event\":\"E\",\"instance\":\"=body.id\"")
                                     << QByteArray("{}") << QByteArray("'instance' gives nothing");
        QTest::newRow("no key") << QByteArray("\"event\":\"E\",\"key\":\"=body\"")
                                << QByteArray("{}") << QByteArray("'key': a key is a text");
        QTest::newRow("throws") << QByteArray("\"event\":\"=body.a.b\"") << QByteArray("{}")
                                << QByteArray("'event': ");
    }
    void whatDoesNotBecomeAnEventIsExplained()
    {
        QFETCH(QByteArray, expressions);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, said);
        const Webhook hook =
            webhook("{\"path\":\"a\",\"scheme\":\"token\",\"secret\":\"S\",\"header\":\"X-T\"," +
                    expressions + "}");
        const auto event = mapped(hook, callOf({"a"}, body.toStdString()));
        QVERIFY(!event);
        QCOMPARE(event.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(event.error().message.find(said.toStdString()) != std::string::npos,
            event.error().message.c_str());
    }

    void wrongWebhooksAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("pointer");
        const QByteArray rest = "\"scheme\":\"github\",\"secret\":\"S\",\"event\":\"E\"}";
        QTest::newRow("no path") << "{" + rest << QByteArray("/path");
        QTest::newRow("empty segment") << "{\"path\":\"a//b\"," + rest << QByteArray("/path");
        QTest::newRow("slash in front") << "{\"path\":\"/a\"," + rest << QByteArray("/path");
        QTest::newRow("odd letters") << "{\"path\":\"a b\"," + rest << QByteArray("/path");
        QTest::newRow("open brace") << "{\"path\":\"{a\"," + rest << QByteArray("/path");
        QTest::newRow("scheme")
            << QByteArray("{\"path\":\"a\",\"scheme\":\"x\",\"secret\":\"S\",\"event\":\"E\"}")
            << QByteArray("/scheme");
        QTest::newRow("no secret")
            << QByteArray("{\"path\":\"a\",\"scheme\":\"github\",\"event\":\"E\"}")
            << QByteArray("/secret");
        QTest::newRow("no event") << QByteArray(
                                         "{\"path\":\"a\",\"scheme\":\"github\",\"secret\":\"S\"}")
                                  << QByteArray("/event");
        QTest::newRow("no token")
            << QByteArray("{\"path\":\"a\",\"scheme\":\"token\",\"secret\":\"S\",\"event\":\"E\"}")
            << QByteArray("/header");
        QTest::newRow("two places")
            << QByteArray(
                   "{\"path\":\"{token}\",\"scheme\":\"token\",\"secret\":\"S\",\"header\":\"X\","
                   "\"event\":\"E\"}")
            << QByteArray("/header");
        QTest::newRow("header of github")
            << "{\"path\":\"a\",\"header\":\"X\"," + rest << QByteArray("/header");
        QTest::newRow("both") << "{\"path\":\"a\",\"instance\":\"=1\",\"key\":\"=2\"," + rest
                              << QByteArray("/key");
        QTest::newRow("wrong type") << "{\"path\":1," + rest << QByteArray("/path");
    }
    void wrongWebhooksAreRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, pointer);
        const auto read = webhookFrom(*JsonText::parse(text.toStdString()));
        QVERIFY(!read);
        QCOMPARE(QByteArray::fromStdString(read.error().pointer), pointer);
    }
};

QTEST_GUILESS_MAIN(WebhookTest)
#include "webhook_test.moc"

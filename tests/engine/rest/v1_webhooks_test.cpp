#include "tests/engine/rest/rest_fixture.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace engine;
using namespace tests;
using nlohmann::json;

namespace {

json parsed(const HttpAnswer &answer)
{
    return json::parse(answer.body.toStdString(), nullptr, false);
}

const Instant noted(Milliseconds(1'769'903'999'999));

} // namespace

/// Webhooks under /api/v1, with nothing behind the port (semantics 10.3).
class V1WebhooksTest : public QObject
{
    Q_OBJECT

    /// A foreign program: without our key.
    static HttpAnswer post(const RestFixture &rest, const QByteArray &path,
        const QByteArray &body = "{}", const QByteArray &headers = {})
    {
        return HttpClient(rest.port()).call("POST", "/api/v1/webhooks" + path, body, headers);
    }

private slots:
    void aWebhookIsPutAsItIsWritten()
    {
        RestFixture rest;
        const auto answer = rest.call("PUT", "/api/v1/webhooks", R"( {"secret":"S", "n":1.10} )");
        QCOMPARE(answer.status, 200);
        QCOMPARE(rest.door.webhooks.size(), std::size_t{1});
        QCOMPARE(rest.door.webhooks[0].text.text(), std::string(R"({"secret":"S", "n":1.10})"));
        QCOMPARE(rest.door.webhookSources.at(0), (Source{"rest", "default"}));
        QVERIFY2(answer.body.contains(R"("webhook":{"secret":"S", "n":1.10})"), answer.body);
        QVERIFY(parsed(answer).at("path") == "put");
    }

    void webhooksAreListed()
    {
        RestFixture rest;
        QCOMPARE(rest.call("GET", "/api/v1/webhooks").body, QByteArray(R"({"webhooks":[]})"));
        rest.door.webhooks = {{"github/{repo}", noted, JsonText::trusted(R"({"n":1.10})")},
            {"stripe", Instant(), JsonText::trusted("{}")}};
        const auto answer = rest.call("GET", "/api/v1/webhooks");
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.contains("1.10"), "definitions keep their bytes");
        QVERIFY(parsed(answer) == json::parse(R"({"webhooks":[
            {"path":"github/{repo}","at":"2026-01-31T23:59:59.999Z","webhook":{"n":1.10}},
            {"path":"stripe","at":"1970-01-01T00:00:00.000Z","webhook":{}}]})"));
    }

    void aWebhookIsTakenAwayByItsPath()
    {
        RestFixture rest;
        const auto answer = rest.call("DELETE", "/api/v1/webhooks?path=github%2F%7Brepo%7D");
        QCOMPARE(answer.status, 200);
        QCOMPARE(rest.door.webhooksRemoved, std::vector<std::string>{"github/{repo}"});
        QCOMPARE(rest.door.webhookSources.at(0), (Source{"rest", "default"}));
        QVERIFY(parsed(answer).at("path") == "github/{repo}");
        QCOMPARE(rest.call("DELETE", "/api/v1/webhooks?path=a&all=true").status, 400);
        QCOMPARE(rest.door.webhooksRemoved.size(), std::size_t{1});
    }

    void whatIsWrongIsSaid()
    {
        RestFixture rest;
        QCOMPARE(rest.call("PUT", "/api/v1/webhooks", "{").status, 400);
        QVERIFY(rest.door.webhooks.empty());
        for (const auto &[code, status] :
            {std::pair(ErrorCode::InvalidArgument, 400), std::pair(ErrorCode::NotFound, 404),
                std::pair(ErrorCode::Unavailable, 503)}) {
            rest.door.refusal = Error{code, "the path is wrong", "/path"};
            for (const auto &answer : {rest.call("PUT", "/api/v1/webhooks", "{}"),
                     rest.call("DELETE", "/api/v1/webhooks?path=a"),
                     rest.call("GET", "/api/v1/webhooks")}) {
                QCOMPARE(answer.status, status);
                QVERIFY2(answer.body.contains("the path is wrong"), answer.body);
            }
        }
    }

    void onlyWhoHasTheKeyChangesWebhooks()
    {
        RestFixture rest;
        for (const char *method : {"PUT", "GET", "DELETE", "POST"}) {
            const auto answer =
                HttpClient(rest.port()).call(method, "/api/v1/webhooks?path=a", "{}");
            QVERIFY2(answer.status == 401, method);
        }
        // Only the calls of foreign programs come without it.
        for (const char *method : {"PUT", "GET", "DELETE"}) {
            const auto answer = HttpClient(rest.port()).call(method, "/api/v1/webhooks/a", "{}");
            QVERIFY2(answer.status == 401, method);
        }
        QVERIFY(rest.door.webhookSources.empty() && rest.door.webhookCalls.empty());
    }

    /// The signature is over the bytes, so they must come as they were sent.
    void aCallReachesTheDoorAsItCame()
    {
        RestFixture rest;
        rest.door.webhookAnswer = {true, {.reached = {"a"}}, true};
        const QByteArray body = "{ \"n\" : 1.10 }\n\xff";
        const auto answer =
            post(rest, "/git%2Fhub/a%20b?to=x%26y&to=z", body, "X-Hub-Signature-256: sha256=0A\r\n");
        QCOMPARE(answer.status, 202);
        QVERIFY(parsed(answer) == json::parse(R"({"reached":["a"],"started":[],"keptUntil":null,
            "undelivered":false,"duplicate":true})"));
        const WebhookRequest &call = rest.door.webhookCalls.at(0);
        QVERIFY(call.segments == (std::vector<std::string>{"git/hub", "a b"}));
        QCOMPARE(call.body, body.toStdString());
        QVERIFY(call.query ==
                (std::vector<std::pair<std::string, std::string>>{{"to", "x&y"}, {"to", "z"}}));
        const auto signature = std::ranges::find_if(call.headers, [](const auto &header) {
            return QByteArray::fromStdString(header.first).toLower() == "x-hub-signature-256";
        });
        QVERIFY(signature != call.headers.end());
        QCOMPARE(signature->second, std::string("sha256=0A"));
    }

    void aCallThatIsNoEventIsAnsweredWithoutABody()
    {
        RestFixture rest;
        const auto answer = post(rest, "/stripe");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.body, QByteArray());
    }

    /// 401 where the caller is not who it must be: without a key there is no other no.
    void aRefusedCallSaysWhy_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, ErrorCode code, int status) {
            QTest::newRow(name) << static_cast<int>(code) << status;
        };
        row("wrong signature", ErrorCode::NotAllowed, 401);
        row("no such webhook", ErrorCode::NotFound, 404);
        row("wrong payload", ErrorCode::InvalidArgument, 400);
        row("full", ErrorCode::Busy, 503);
    }
    void aRefusedCallSaysWhy()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        RestFixture rest;
        rest.door.refusal = Error{static_cast<ErrorCode>(code), "no, because", {}};
        const auto answer = post(rest, "/stripe");
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.body.contains("no, because"), answer.body);
    }

    void aPathHasEightSegmentsAtMost()
    {
        RestFixture rest;
        QCOMPARE(post(rest, "/1/2/3/4/5/6/7/8").status, 204);
        QCOMPARE(post(rest, "/1/2/3/4/5/6/7/8/9").status, 404);
        QCOMPARE(rest.door.webhookCalls.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(V1WebhooksTest)
#include "v1_webhooks_test.moc"

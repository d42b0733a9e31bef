#include "engine/activities/builtin/emit_activity.h"

#include "engine/activities/builtin/http_activity.h"
#include "tests/support/http_stub.h"
#include "tests/support/net_place.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace engine;
using nlohmann::json;
using tests::HttpStub;

class EmitActivityTest : public QObject
{
    Q_OBJECT

    HttpStub::Request m_seen; ///< on the stub's thread
    int m_status = 202;
    std::unique_ptr<HttpStub> m_stub;
    tests::NetPlace m_net;
    EmitActivity m_activity{std::make_unique<HttpActivity>(m_net.place())};

    ActivityOutcome run(const json &with, std::set<std::string> granted = {"*"})
    {
        return tests::begin(m_activity, {.key = {RunKey{7}, 3},
                                            .instance = {"order-1"},
                                            .activity = "emit",
                                            .with = JsonText::of(with),
                                            .granted = std::move(granted)})
            .get();
    }

private slots:
    void init()
    {
        m_stub = std::make_unique<HttpStub>([this](const HttpStub::Request &request) {
            m_seen = request;
            return HttpStub::Answer{.status = m_status, .body = "{\"a\":1}"};
        });
    }

    void aCloudEventIsPosted()
    {
        const std::string url = m_stub->url(QStringLiteral("/in")).toStdString();
        const auto outcome = run({{"url", url}, {"type", "shop.paid"}, {"data", {{"amount", 5}}}});
        QVERIFY(std::get<JsonText>(outcome).isNull());
        m_stub.reset();
        QCOMPARE(m_seen.method, QByteArray("POST"));
        QCOMPARE(m_seen.headers.value("content-type"),
            QByteArray("application/cloudevents+json; charset=utf-8"));
        QVERIFY(json::parse(m_seen.body.toStdString()) ==
                json({{"specversion", "1.0"}, {"id", "7/3"}, {"source", "/instances/order-1"},
                    {"type", "shop.paid"}, {"datacontenttype", "application/json"},
                    {"data", {{"amount", 5}}}}));
    }

    void whatTheReceiverRefusesIsAnHttpError()
    {
        m_status = 500;
        const std::string url = m_stub->url(QStringLiteral("/in")).toStdString();
        QCOMPARE(
            std::get<Failure>(run({{"url", url}, {"type", "t"}})).type, std::string("HttpError"));
        m_status = 202;
    }

    void onlyGrantedHostsAreReached()
    {
        const auto refused = std::get<Failure>(
            run({{"url", "http://127.0.0.1:1/"}, {"type", "t"}}, {"shop.example"}));
        QCOMPARE(refused.type, std::string("NotAllowed"));
    }

    void wrongInputIsRefused()
    {
        for (const char *with :
            {"null", "{\"url\":\"http://a\"}", "{\"url\":\"http://a\",\"type\":\"\"}", "{\"type\":\"t\"}"})
            QCOMPARE(
                std::get<Failure>(run(json::parse(with))).type, std::string("ValidationError"));
    }
};

QTEST_GUILESS_MAIN(EmitActivityTest)
#include "emit_activity_test.moc"

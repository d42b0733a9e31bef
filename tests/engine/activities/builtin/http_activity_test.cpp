#include "engine/activities/builtin/http_activity.h"

#include "tests/support/http_stub.h"
#include "tests/support/net_place.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <atomic>
#include <future>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::HttpStub;
using tests::valueOf;

namespace {

std::optional<HttpStub::Answer> answerTo(const HttpStub::Request &request)
{
    if (request.target.startsWith("/echo")) {
        json headers = json::object();
        for (auto header = request.headers.begin(); header != request.headers.end(); ++header)
            headers[header.key().toStdString()] = header.value().toStdString();
        const json echo{{"method", request.method.toStdString()},
            {"target", request.target.toStdString()}, {"headers", headers},
            {"body", request.body.toStdString()}};
        return HttpStub::Answer{.headers = "Content-Type: application/json\r\nX-Kind: echo\r\n",
            .body = QByteArray::fromStdString(echo.dump())};
    }
    if (request.target == "/text")
        return HttpStub::Answer{.headers = "Content-Type: text/plain\r\n", .body = "1 < 2"};
    if (request.target == "/busy")
        return HttpStub::Answer{.status = 503, .body = "{\"wait\":true}"};
    if (request.target == "/missing")
        return HttpStub::Answer{.status = 404, .body = "no"};
    if (request.target == "/huge")
        return HttpStub::Answer{.body = QByteArray(3 * 1024 * 1024, 'x')};
    if (request.target == "/escaping")
        return HttpStub::Answer{.body = QByteArray(900 * 1024, '\1')};
    if (request.target == "/deep")
        return HttpStub::Answer{.body = QByteArray(100, '[') + QByteArray(100, ']')};
    if (request.target == "/away")
        return HttpStub::Answer{.status = 302, .headers = "Location: ftp://127.0.0.1/x\r\n"};
    if (request.target == "/elsewhere")
        return HttpStub::Answer{.status = 302, .headers = "Location: http://127.0.0.1:1/x\r\n"};
    if (request.target == "/here")
        return HttpStub::Answer{.status = 302, .headers = "Location: /text\r\n"};
    if (request.target == "/moved" || request.target == "/made")
        return HttpStub::Answer{
            .status = request.target == "/made" ? 303 : 307, .headers = "Location: /echo\r\n"};
    if (request.target == "/slow")
        return HttpStub::Answer{.body = "\"late\"", .delayMs = 50};
    return {};
}

} // namespace

class HttpActivityTest : public QObject
{
    Q_OBJECT

    tests::NetPlace m_net;
    std::unique_ptr<HttpStub> m_stub = std::make_unique<HttpStub>(answerTo);
    std::unique_ptr<HttpActivity> m_activity;
    Sequence m_lastTask = 0;

    ActivityRequest request(const json &with, Milliseconds timeout = 10s)
    {
        return {.key = {RunKey{7}, ++m_lastTask},
            .instance = {"order-1"},
            .activity = "http",
            .with = JsonText::of(with),
            .timeout = timeout,
            .granted = {"*"}};
    }

    json with(const QString &path) { return {{"url", m_stub->url(path).toStdString()}}; }

    ActivityOutcome run(const json &with, Milliseconds timeout = 10s)
    {
        return tests::begin(*m_activity, request(with, timeout)).get();
    }

private slots:
    void initTestCase() { m_activity = std::make_unique<HttpActivity>(m_net.place()); }

    void aRequestCarriesWhatWasAsked()
    {
        json asked = with(QStringLiteral("/echo?a=1"));
        asked["method"] = "post";
        asked["query"] = {{"b", "x +&"}, {"n", 2}};
        asked["headers"] = {{"X-Mine", "yes"}};
        asked["body"] = {{"amount", 5}};
        const json answer = valueOf(run(asked));
        QVERIFY(answer["status"] == json(200));
        QVERIFY(answer["headers"]["x-kind"] == json("echo"));
        const json &echo = answer["body"];
        QVERIFY(echo["method"] == json("POST"));
        QVERIFY(echo["target"] == json("/echo?a=1&b=x%20%2B%26&n=2"));
        QVERIFY(echo["headers"]["x-mine"] == json("yes"));
        QVERIFY(echo["headers"]["content-type"] == json("application/json"));
        QVERIFY(echo["headers"]["idempotency-key"] == json("7/" + std::to_string(m_lastTask)));
        QVERIFY(echo["body"] == json("{\"amount\":5}"));
    }

    void aTextBodyOfAnotherTypeTravelsAsItIs()
    {
        json asked = with(QStringLiteral("/echo"));
        asked["method"] = "PUT";
        asked["headers"] = {{"content-type", "text/csv"}};
        asked["body"] = "a;b";
        QVERIFY(valueOf(run(asked))["body"]["body"] == json("a;b"));
    }

    void anAnswerThatIsNoJsonIsAText()
    {
        QVERIFY(valueOf(run(with(QStringLiteral("/text"))))["body"] == json("1 < 2"));
        QVERIFY(valueOf(run(with(QStringLiteral("/deep"))))["body"].is_string());
    }

    void anErrorStatusIsAFailureWithTheAnswerInIt()
    {
        const auto busy = std::get<Failure>(run(with(QStringLiteral("/busy"))));
        QCOMPARE(busy.type, std::string("HttpError"));
        QVERIFY(busy.retriable);
        QVERIFY(busy.details.tree()["status"] == json(503));
        QVERIFY(busy.details.tree()["body"]["wait"] == json(true));
        const auto missing = std::get<Failure>(run(with(QStringLiteral("/missing"))));
        QVERIFY(!missing.retriable);
    }

    void anAnswerThatIsTooLargeIsAFailure()
    {
        for (const auto *path : {"/huge", "/escaping"}) {
            const auto huge = std::get<Failure>(run(with(QString::fromLatin1(path))));
            QCOMPARE(huge.type, std::string("HttpError"));
            QVERIFY(!huge.retriable);
        }
    }

    void onlyTheSameServerIsFollowed()
    {
        QVERIFY(valueOf(run(with(QStringLiteral("/here"))))["body"] == json("1 < 2"));
        for (const auto *path : {"/away", "/elsewhere"}) {
            const auto away = std::get<Failure>(run(with(QString::fromLatin1(path))));
            QCOMPARE(away.type, std::string("HttpError"));
            QVERIFY2(away.details.tree()["status"] == json(302),
                (away.message + away.details.text()).c_str());
        }
    }

    void aRedirectIsFollowedAsItAsks()
    {
        json asked = with(QStringLiteral("/made"));
        asked["method"] = "POST";
        asked["body"] = {{"amount", 5}};
        const json made = valueOf(run(asked))["body"];
        QVERIFY(made["method"] == json("GET") && made["body"] == json(""));
        QVERIFY(!made["headers"].contains("content-type"));
        asked["url"] = m_stub->url(QStringLiteral("/moved")).toStdString();
        const json moved = valueOf(run(asked))["body"];
        QVERIFY(moved["method"] == json("POST") && moved["body"] == json("{\"amount\":5}"));
    }

    void aHostIsReachedByItsName()
    {
        QUrl url(m_stub->url(QStringLiteral("/text")));
        url.setHost(QStringLiteral("localhost"));
        QVERIFY(valueOf(run({{"url", url.toString().toStdString()}}))["body"] == json("1 < 2"));
        const auto unknown = std::get<Failure>(run({{"url", "http://nobody.invalid/"}}));
        QCOMPARE(unknown.type, std::string("HttpError"));
        QVERIFY(unknown.retriable);
        QVERIFY2(unknown.message.find("nobody.invalid") != std::string::npos, unknown.message.c_str());
    }

    void noConnectionIsAFailureThatMayPass()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const auto port = closed.serverPort();
        closed.close();
        const auto failure = std::get<Failure>(
            run({{"url", "http://127.0.0.1:" + std::to_string(port) + "/x?secret=1"}}));
        QCOMPARE(failure.type, std::string("HttpError"));
        QVERIFY(failure.retriable);
        QVERIFY(failure.message.find("secret") == std::string::npos);
    }

    void anAttemptEndsAtItsTimeout()
    {
        const auto failure = std::get<Failure>(run(with(QStringLiteral("/never")), 30ms));
        QCOMPARE(failure.type, std::string("ActivityTimeout"));
        QVERIFY(failure.retriable);
    }

    void cancelingEndsARequest()
    {
        const auto asked = request(with(QStringLiteral("/never")), 0ms);
        auto outcome = tests::begin(*m_activity, asked);
        m_activity->cancel(asked.key);
        QVERIFY(std::holds_alternative<Failure>(outcome.get()));
    }

    void aThousandRequestsAtOnceAreAnswered()
    {
        QElapsedTimer clock;
        clock.start();
        std::vector<std::future<ActivityOutcome>> outcomes;
        for (int i = 0; i < 1000; ++i)
            outcomes.push_back(
                tests::begin(*m_activity, request(with(QStringLiteral("/slow")), 60s)));
        for (auto &outcome : outcomes)
            QVERIFY(valueOf(outcome.get())["body"] == json("late"));
        qInfo("1,000 requests that take 50 ms each: %lld ms", clock.elapsed());
    }

    void onlyGrantedHostsAreReached()
    {
        auto asked = request(with(QStringLiteral("/text")));
        asked.granted = {"shop.example"};
        const auto refused = std::get<Failure>(tests::begin(*m_activity, asked).get());
        QCOMPARE(refused.type, std::string("NotAllowed"));
        QVERIFY(!refused.retriable);
        asked.granted = {m_stub->url({}).toStdString().substr(7)};
        QVERIFY(valueOf(tests::begin(*m_activity, asked).get())["body"] == json("1 < 2"));
    }

    void wrongInputIsRefused_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with : {"null", "{}", "{'url':'nothing'}", "{'url':'file:///etc/passwd'}",
                 "{'url':5}", "{'url':'http://x','method':'A B'}", "{'url':'http://x','method':5}",
                 "{'url':'http://x','method':'CONNECT'}", "{'url':'http://x','headers':[]}",
                 "{'url':'http://x','headers':{'a':'b\\r\\nc: d'}}",
                 "{'url':'http://x','headers':{'a b':'c'}}", "{'url':'http://x','query':5}",
                 "{'url':'http://x','query':{'a':{}}}"})
            QTest::newRow(with) << QByteArray(with).replace('\'', '"');
    }
    void wrongInputIsRefused()
    {
        QFETCH(const QByteArray, with);
        const auto failure = std::get<Failure>(run(json::parse(with.toStdString())));
        QCOMPARE(failure.type, std::string("ValidationError"));
        QVERIFY(!failure.retriable);
    }
};

QTEST_GUILESS_MAIN(HttpActivityTest)
#include "http_activity_test.moc"

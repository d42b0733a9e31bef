#include "engine/rest/http_server.h"

#include "tests/engine/rest/http_client.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace engine;
using namespace std::chrono_literals;
using tests::HttpAnswer;
using tests::HttpClient;

namespace {

/// A server that answers with what it got: `METHOD target body`.
struct Echo {
    HttpLimits limits;
    RestPost post;
    std::atomic<int> answered = 0;
    std::mutex mutex;
    RestReply held; ///< of the last request for /hold
    std::unique_ptr<HttpServer> server;

    void open(std::uint16_t port = 0)
    {
        HttpHandler handler{
            .admit = [](RestRequest &head) -> HttpAdmission {
                if (head.target.starts_with("/denied"))
                    return {RestResponse{401, {}, "no"}, false};
                return {std::nullopt, head.target.starts_with("/key")};
            },
            .answer = [this](RestRequest request, RestReply reply) { answer(request, reply); },
            .refuse =
                [](const std::string &, int status, const std::string &detail) {
                    RestResponse response{status, {}, detail};
                    if (status == 503)
                        response.headers.emplace_back("Retry-After", "1");
                    return response;
                },
            .opened = [this](std::uint16_t, RestPost way, const RestLater &) { post = std::move(way); },
            .log = {},
        };
        auto opened = HttpServer::open(port, limits, std::move(handler));
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        server = *std::move(opened);
    }
    void answer(const RestRequest &request, const RestReply &reply)
    {
        ++answered;
        if (request.target == "/hold") {
            const std::lock_guard lock(mutex);
            held = reply;
            return;
        }
        reply({200, {{"X-Host", request.host}},
            request.method + " " + request.target + " " + request.body});
    }
    bool isHolding()
    {
        const std::lock_guard lock(mutex);
        return static_cast<bool>(held);
    }
    void release()
    {
        const std::lock_guard lock(mutex);
        post([reply = held] { reply({200, {}, "released"}); });
    }
    quint16 port() const { return server->port(); }
};

QByteArray head(const QByteArray &line, const QByteArray &headers = {})
{
    return line + "\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

} // namespace

class HttpServerTest : public QObject
{
    Q_OBJECT

private slots:
    void bothLoopbackAddressesAnswer()
    {
        Echo echo;
        echo.open();
        HttpClient four(echo.port());
        const auto answer = four.call("GET", "/a?b=c");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.reason, QByteArray("OK"));
        QCOMPARE(answer.body, QByteArray("GET /a?b=c "));
        QVERIFY(answer.headers.value("date").endsWith(" GMT"));
        HttpClient six(echo.port(), QStringLiteral("::1"));
        if (!six.isConnected())
            QSKIP("this machine has no IPv6");
        QCOMPARE(six.call("GET", "/a").status, 200);
    }

    void aTakenPortIsNamed()
    {
        Echo echo;
        echo.open();
        HttpHandler nobody{.opened = [](std::uint16_t, const RestPost &, const RestLater &) {}};
        const auto second = HttpServer::open(echo.port(), {}, nobody);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Unavailable);
        QVERIFY(second.error().message.find(std::to_string(echo.port())) != std::string::npos);
    }

    void theSamePortServesAgainAtOnce()
    {
        Echo echo;
        echo.open();
        const auto port = echo.port();
        QCOMPARE(HttpClient(port).call("GET", "/").status, 200);
        echo.server.reset();
        echo.open(port);
        QCOMPARE(HttpClient(port).call("GET", "/").status, 200);
    }

    void aConnectionIsKeptForMany()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        for (int i = 0; i < 100; ++i)
            QCOMPARE(client.call("POST", "/n", QByteArray::number(i)).body,
                QByteArray("POST /n " + QByteArray::number(i)));
    }

    void requestsInARowAreAnsweredInOrder()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        QByteArray all;
        for (int i = 0; i < 50; ++i)
            all += head("POST /" + QByteArray::number(i) + " HTTP/1.1", "Content-Length: 2\r\n") +
                   "ab";
        client.send(all);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(client.receive().body, QByteArray("POST /" + QByteArray::number(i) + " ab"));
    }

    void chunksAreJoined()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("POST /c HTTP/1.1", "Transfer-Encoding: chunked\r\n") +
                    "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n");
        QCOMPARE(client.receive().body, QByteArray("POST /c abcde"));
        QCOMPARE(client.call("GET", "/next").status, 200);
    }

    void aHeadHasNoBodyButItsLength()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        const auto answer = client.call("HEAD", "/abc");
        QCOMPARE(answer.headers.value("content-length"), QByteArray("10"));
        QCOMPARE(client.call("GET", "/abc").body, QByteArray("GET /abc "));
    }

    void unknownVerbsReachTheHandler()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        QCOMPARE(client.call("BREW", "/pot").body, QByteArray("BREW /pot "));
    }

    void version10IsAnsweredAndClosed()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send("GET /old HTTP/1.0\r\nHost: localhost\r\n\r\n");
        const auto answer = client.receive();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
        QVERIFY(client.isClosed());
    }

    void theHostInTheTargetCounts()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("GET http://evil.example/a?b HTTP/1.1"));
        const auto answer = client.receive();
        QCOMPARE(answer.body, QByteArray("GET /a?b "));
        QCOMPARE(answer.headers.value("x-host"), QByteArray("evil.example"));
    }

    void continueIsSaidBeforeTheBody()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("POST /e HTTP/1.1", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
        QCOMPARE(client.receive().status, 100);
        client.send("abc");
        QCOMPARE(client.receive().body, QByteArray("POST /e abc"));
    }

    void whoIsRefusedIsNotAskedForTheBody()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("POST /denied HTTP/1.1", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
        QCOMPARE(client.receive().status, 401);
        QVERIFY(client.isClosed());
        QCOMPARE(echo.answered.load(), 0);
    }

    void aRefusalWithoutABodyKeepsTheConnection()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        QCOMPARE(client.call("GET", "/denied").status, 401);
        QCOMPARE(client.call("GET", "/fine").status, 200);
    }

    void whatIsNoRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("status");
        const QByteArray host = "Host: localhost\r\n";
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 11) << 400;
        QTest::newRow("words") << QByteArray("hello there\r\n\r\n") << 400;
        QTest::newRow("nul in the target") << QByteArray("GET /\0 HTTP/1.1\r\n\r\n", 19) << 400;
        QTest::newRow("space in a name") << "GET / HTTP/1.1\r\n" + host + "X Y: z\r\n\r\n" << 400;
        QTest::newRow("version 2") << "GET / HTTP/2.0\r\n" + host + "\r\n" << 505;
        QTest::newRow("two lengths")
            << "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"
            << 400;
        QTest::newRow("length and chunks")
            << "POST / HTTP/1.1\r\n" + host +
                   "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("chunks and length")
            << "POST / HTTP/1.1\r\n" + host +
                   "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("negative length")
            << "POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"
            << 400;
        QTest::newRow("length of words")
            << "POST / HTTP/1.1\r\n" + host + "Content-Length: many\r\n\r\n"
            << 400;
        QTest::newRow("length beyond numbers")
            << "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n"
            << 400;
        QTest::newRow("other coding")
            << "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
            << 501;
        QTest::newRow("chunk of no size")
            << "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n"
            << 400;
        QTest::newRow("chunk beyond numbers")
            << "POST / HTTP/1.1\r\n" + host +
                   "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n"
            << 400;
        const QByteArray post = "POST / HTTP/1.1\r\n" + host;
        QTest::newRow("two lengths, joined") << post + "Content-Length: 3, 4\r\n\r\nabcd" << 400;
        QTest::newRow("length with a sign") << post + "Content-Length: +3\r\n\r\nabc" << 400;
        QTest::newRow("length in hexadecimal") << post + "Content-Length: 0x3\r\n\r\nabc" << 400;
        QTest::newRow("empty length") << post + "Content-Length:\r\n\r\nabc" << 400;
        QTest::newRow("blank before a colon") << post + "Content-Length : 3\r\n\r\nabc" << 400;
        QTest::newRow("chunked twice")
            << post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("chunked and something")
            << post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" << 501;
        QTest::newRow("nearly chunked")
            << post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" << 501;
        QTest::newRow("chunked after a tab of another kind")
            << post + "Transfer-Encoding: \x0b" + "chunked\r\n\r\n0\r\n\r\n" << 400;
        QTest::newRow("chunk with a sign")
            << post + "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n" << 400;
        QTest::newRow("chunk in hexadecimal with its prefix")
            << post + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n" << 400;
        QTest::newRow("chunk that is longer than it says")
            << post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n" << 400;
        QTest::newRow("lines that end with LF alone")
            << QByteArray("GET / HTTP/1.1\nHost: localhost\n\n") << 505;
        QTest::newRow("nul in a header") << post + QByteArray("X: a\0b\r\n\r\n", 10) << 400;
        QTest::newRow("CR in a header") << post + "X: a\rb\r\n\r\n" << 400;
        QTest::newRow("two hosts") << "GET / HTTP/1.1\r\n" + host + host + "\r\n" << 400;
        QTest::newRow("odd expectation")
            << "POST / HTTP/1.1\r\n" + host + "Expect: miracles\r\n\r\n"
            << 417;
        QTest::newRow("long URL") << "GET /" + QByteArray(9'000, 'a') + " HTTP/1.1\r\n" + host +
                                         "\r\n"
                                  << 414;
        QTest::newRow("endless URL") << "GET /" + QByteArray(40'000, 'a') << 414;
        QTest::newRow("large headers")
            << "GET / HTTP/1.1\r\n" + host + "X: " + QByteArray(17'000, 'a') + "\r\n\r\n"
            << 431;
        QTest::newRow("many headers")
            << "GET / HTTP/1.1\r\n" + host + QByteArray("A: b\r\n").repeated(5'000) << 431;
        QTest::newRow("large body said")
            << "POST / HTTP/1.1\r\n" + host + "Content-Length: 20000000\r\n\r\n"
            << 413;
        QTest::newRow("large body said, with expectation")
            << "POST / HTTP/1.1\r\n" + host +
                   "Expect: 100-continue\r\nContent-Length: 20000000\r\n\r\n"
            << 413;
        QTest::newRow("large chunk")
            << "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1312D00\r\n" +
                   QByteArray(2'000'000, 'a')
            << 413;
    }
    void whatIsNoRequestIsRefused()
    {
        QFETCH(QByteArray, sent);
        QFETCH(int, status);
        Echo echo;
        echo.limits.lingerTime = 200ms;
        echo.open();
        HttpClient client(echo.port());
        client.send(sent);
        const auto answer = client.receive();
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
        QVERIFY(client.isClosed());
        QCOMPARE(echo.answered.load(), 0);
        QCOMPARE(HttpClient(echo.port()).call("GET", "/still").status, 200);
    }

    void aBodyOf20MbIsRefusedWhileItComes()
    {
        Echo echo;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("POST /big HTTP/1.1", "Content-Length: 20000000\r\n") +
                    QByteArray(20'000'000, 'a'));
        QCOMPARE(client.receive().status, 413);
        QCOMPARE(HttpClient(echo.port()).call("GET", "/still").status, 200);
    }

    void aBodyAtTheLimitIsTaken()
    {
        Echo echo;
        echo.limits.body = 1000;
        echo.open();
        QCOMPARE(HttpClient(echo.port()).call("POST", "/b", QByteArray(1000, 'a')).status, 200);
        QCOMPARE(HttpClient(echo.port()).call("POST", "/b", QByteArray(1001, 'a')).status, 413);
    }

    void slowHeadsAreToldSo()
    {
        Echo echo;
        echo.limits.headTime = 50ms;
        echo.open();
        HttpClient client(echo.port());
        client.send("GET / HTTP/1.1\r\nHo");
        QCOMPARE(client.receive().status, 408);
        HttpClient silent(echo.port());
        QCOMPARE(silent.receive().status, 408);
    }

    void slowBodiesAreToldSo()
    {
        Echo echo;
        echo.limits.bodyTime = 50ms;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("POST / HTTP/1.1", "Content-Length: 10\r\n") + "abc");
        QCOMPARE(client.receive().status, 408);
        QCOMPARE(echo.answered.load(), 0);
    }

    void idleConnectionsAreClosedWithoutAWord()
    {
        Echo echo;
        echo.limits.idleTime = 50ms;
        echo.open();
        HttpClient client(echo.port());
        QCOMPARE(client.call("GET", "/").status, 200);
        QVERIFY(client.isClosed());
    }

    void theLongestSilentClientMakesRoom()
    {
        Echo echo;
        echo.limits.connections = 4;
        echo.limits.reservedConnections = 1;
        echo.open();
        HttpClient first(echo.port());
        HttpClient second(echo.port());
        HttpClient third(echo.port());
        first.send("GET /"); // dripping is silence too
        for (int i = 0; i < 20; ++i)
            QCOMPARE(HttpClient(echo.port()).call("GET", "/key").status, 200);
        QVERIFY(first.isClosed());
    }

    void withoutASilentOneNewcomersAreTurnedAway()
    {
        Echo echo;
        echo.limits.connections = 1;
        echo.limits.reservedConnections = 0;
        echo.open();
        HttpClient busy(echo.port());
        busy.send(head("GET /hold HTTP/1.1"));
        QTRY_VERIFY(echo.isHolding());
        HttpClient late(echo.port());
        const auto answer = late.receive();
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.headers.value("retry-after"), QByteArray("1"));
        echo.release();
        QCOMPARE(busy.receive().body, QByteArray("released"));
    }

    void twoThousandSilentClientsHinderNobody()
    {
        Echo echo;
        echo.limits.connections = 64;
        echo.open();
        std::vector<std::unique_ptr<HttpClient>> silent;
        for (int i = 0; i < 2000; ++i) {
            if (silent.size() == 200)
                silent.erase(silent.begin());
            silent.push_back(std::make_unique<HttpClient>(echo.port()));
        }
        QCOMPARE(HttpClient(echo.port()).call("GET", "/key").status, 200);
    }

    void whatIsInFlightIsAnsweredAtTheEnd()
    {
        Echo echo;
        echo.open();
        const auto port = echo.port();
        HttpClient client(port);
        client.send(head("GET /hold HTTP/1.1"));
        HttpClient idle(port);
        QCOMPARE(idle.call("GET", "/").status, 200);
        QTRY_VERIFY(echo.isHolding());
        std::thread ending([&] { echo.server.reset(); });
        QVERIFY(idle.isClosed()); // so the server is ending now
        echo.release();
        const auto answer = client.receive();
        QCOMPARE(answer.body, QByteArray("released"));
        QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
        ending.join();
        QVERIFY(!HttpClient(port).isConnected());
    }

    void whoNeverAnswersDoesNotHoldTheEndUp()
    {
        Echo echo;
        echo.limits.closingTime = 50ms;
        echo.open();
        HttpClient client(echo.port());
        client.send(head("GET /hold HTTP/1.1"));
        QTRY_VERIFY(echo.isHolding());
        echo.server.reset();
        echo.release(); // too late, and harmless
        QVERIFY(client.isClosed());
    }

    void clientsThatLeaveAreForgotten()
    {
        Echo echo;
        echo.open();
        for (int i = 0; i < 50; ++i) {
            HttpClient client(echo.port());
            client.send(head("POST /half HTTP/1.1", "Content-Length: 10\r\n") + "abc");
            client.socket().abort();
        }
        QCOMPARE(HttpClient(echo.port()).call("GET", "/").status, 200);
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "http_server_test.moc"

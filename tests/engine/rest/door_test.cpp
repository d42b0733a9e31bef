#include "engine/rest/url.h"
#include "tests/support/engine_over_rest.h"

#include <QNetworkInterface>

#include <mutex>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpAnswer;
using tests::HttpClient;

namespace {

constexpr const char *waitFlow = R"({"signalbox": 1, "name": "Wait", "start": "w", "steps": {
    "w": {"kind": "wait", "event": "Go", "next": "e"}, "e": {"kind": "end"}}})";
const QByteArray durable = "/runtime/webhooks/durabletask/";
const QByteArray withKey = "x-functions-key: secret\r\n";

QByteArray encoded(const QByteArray &segment)
{
    return QByteArray::fromStdString(segmentEncoded(segment.toStdString()));
}

/// All lines that anybody logged while it lives.
class LogWatch
{
public:
    LogWatch()
    {
        lines().clear();
        m_before = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &text) { add(text.toUtf8()); });
    }
    ~LogWatch() { qInstallMessageHandler(m_before); }
    static void add(const QByteArray &line)
    {
        const std::lock_guard lock(mutex());
        lines() += line + '\n';
    }
    static QByteArray text()
    {
        const std::lock_guard lock(mutex());
        return lines();
    }

private:
    static std::mutex &mutex()
    {
        static std::mutex one;
        return one;
    }
    static QByteArray &lines()
    {
        static QByteArray all;
        return all;
    }
    QtMessageHandler m_before = nullptr;
};

/// So many sockets to the port that say nothing, or the beginning of something.
class SilentCrowd
{
public:
    SilentCrowd(quint16 port, int count)
    {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (int i = 0; i < count; ++i) {
            const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (one < 0)
                break;
            m_sockets.push_back(one);
            if (::connect(one, reinterpret_cast<const sockaddr *>(&place), sizeof(place)) != 0)
                break;
            ++connected;
            constexpr std::string_view begin = "POST /api/v1/instances HTTP/1.1\r\nHost: loc";
            if (i % 2 == 0) // half of them are slow, not silent
                (void)::send(one, begin.data(), begin.size(), MSG_NOSIGNAL);
        }
    }
    ~SilentCrowd()
    {
        for (const int one : m_sockets)
            ::close(one);
    }
    int connected = 0;

private:
    std::vector<int> m_sockets;
};

/// As many descriptors as the system lets us have, up to `wanted`.
rlim_t raiseDescriptorLimit(rlim_t wanted)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, wanted));
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

} // namespace

/// Part C of http-api.md, sentence by sentence, on the whole engine: what a stranger, a web page or a
/// broken client tries. What belongs to HTTP alone is in http_server_test.
class DoorTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<EngineOverRest> m_rest;

    /// Nobody has started anything, and everything goes on.
    void isUnharmed(std::size_t instances = 0)
    {
        const auto list = m_rest->call("GET", "/api/v1/instances");
        QCOMPARE(list.status, 200);
        QCOMPARE(json::parse(list.body.toStdString()).at("instances").size(), instances);
    }

private slots:
    void init()
    {
        RestOptions options;
        options.log = [](const std::string &line) { LogWatch::add(QByteArray::fromStdString(line)); };
        m_rest = std::make_unique<EngineOverRest>(options);
        QVERIFY(m_rest->deploys(waitFlow));
    }
    void cleanup() { m_rest.reset(); }

    // C1
    void onlyTheLoopbackAddressesAreListenedOn()
    {
        QVERIFY(HttpClient(m_rest->port()).isConnected());
        QVERIFY(!HttpClient(m_rest->port(), QStringLiteral("127.0.0.2")).isConnected());
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (!address.isLoopback())
                QVERIFY2(!HttpClient(m_rest->port(), address.toString()).isConnected(),
                    qPrintable(address.toString()));
        }
    }

    // C2
    void aWrongKeyOpensNothing_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("none") << QByteArray() << QByteArray();
        QTest::newRow("empty code") << QByteArray("?code=") << QByteArray();
        QTest::newRow("empty header") << QByteArray() << QByteArray("x-functions-key:\r\n");
        QTest::newRow("a part") << QByteArray("?code=secre") << QByteArray();
        QTest::newRow("more") << QByteArray("?code=secretx") << QByteArray();
        QTest::newRow("other case") << QByteArray("?code=SECRET") << QByteArray();
        QTest::newRow("with a nul") << QByteArray("?code=secret%00") << QByteArray();
        QTest::newRow("twice") << QByteArray("?code=secret&code=secret") << QByteArray();
        QTest::newRow("a wrong one first") << QByteArray("?code=x") << withKey;
        QTest::newRow("in the fragment") << QByteArray("#code=secret") << QByteArray();
        QTest::newRow("basic") << QByteArray()
                               << "Authorization: Basic " + QByteArray("x:secret").toBase64() +
                                      "\r\n";
        QTest::newRow("no scheme") << QByteArray() << QByteArray("Authorization: secret\r\n");
        QTest::newRow("cookie") << QByteArray() << QByteArray("Cookie: code=secret\r\n");
        QTest::newRow("a digest") << "?code=" + QByteArray(64, 'a') << QByteArray();
    }
    void aWrongKeyOpensNothing()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, header);
        for (const QByteArray path : {"/api/v1/instances", "/runtime/webhooks/durabletask/instances"})
            QCOMPARE(HttpClient(m_rest->port()).call("GET", path + query, {}, header).status, 401);
        isUnharmed();
    }

    // C3
    void aForeignHostIsRefused_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        for (const char *ours : {"localhost", "LOCALHOST:1", "localhost.", "127.0.0.1", "127.0.0.1:80",
                 "[::1]", "[::1]:9"})
            QTest::newRow(ours) << QByteArray(ours) << 200;
        for (const char *foreign : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                 "evil.example:80", "localhost:80@evil.example", "evil.example#localhost", "127.1",
                 "0", "0.0.0.0", "2130706433", "0x7f000001", "::1", "[::1", "[::1]x", "[::ffff:127.0.0.1]",
                 "localhost:port", "localhost:999999", "localhost,evil.example", "local host", ":80"})
            QTest::newRow(foreign) << QByteArray(foreign) << 403;
        QTest::newRow("none") << QByteArray() << 403;
    }
    void aForeignHostIsRefused()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, status);
        HttpClient client(m_rest->port());
        client.send("GET /api/v1/instances?code=secret HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QCOMPARE(client.receive().status, status);
    }

    void aWebPageRaisesNothing_data()
    {
        QTest::addColumn<QByteArray>("origin");
        const QByteArray port = "%PORT%";
        for (const QByteArray &origin : {QByteArray("http://evil.example"), QByteArray("null"),
                 QByteArray("file://"), "https://127.0.0.1:" + port, QByteArray("http://127.0.0.1"),
                 "http://127.0.0.1:" + port + ".evil.example", "http://localhost:" + port + "@evil",
                 "http://evil.example:" + port, QByteArray("http://127.0.0.1:1"),
                 "http://127.0.0.1:" + port + "/", QByteArray("chrome-extension://abc"), QByteArray()})
            QTest::newRow(origin.isEmpty() ? "empty" : origin.constData()) << origin;
    }
    void aWebPageRaisesNothing()
    {
        QFETCH(QByteArray, origin);
        QVERIFY(m_rest->starts("Wait", "a"));
        const QByteArray header =
            "Origin: " + QByteArray(origin).replace("%PORT%", QByteArray::number(m_rest->port())) +
            "\r\n";
        const QByteArray ours =
            "Origin: http://127.0.0.1:" + QByteArray::number(m_rest->port()) + "\r\n";
        for (const QByteArray type : {"application/json", "text/plain",
                 "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
            const QByteArray typed = "Content-Type: " + type + "\r\n";
            for (const QByteArray path :
                {"/api/v1/instances/a/events/Go?code=secret",
                    "/runtime/webhooks/durabletask/instances/a/raiseEvent/Go?code=secret"}) {
                HttpClient client(m_rest->port());
                QCOMPARE(client.call("POST", path, "1", typed + header).status, 403);
                // One that is ours beside it opens nothing.
                QCOMPARE(HttpClient(m_rest->port()).call("POST", path, "1", typed + ours + header).status,
                    403);
            }
        }
        const auto preflight = HttpClient(m_rest->port())
                                   .call("OPTIONS", "/api/v1/instances/a/events/Go?code=secret", {},
                                       header + "Access-Control-Request-Method: POST\r\n");
        QCOMPARE(preflight.status, 403);
        for (const auto &name : preflight.headers.keys())
            QVERIFY(!name.startsWith("access-control"));
        QCOMPARE(m_rest->find("a").status, InstanceStatus::Running);
    }

    void aFormIsNoJson()
    {
        QVERIFY(m_rest->starts("Wait", "a"));
        for (const QByteArray type : {"text/plain", "application/x-www-form-urlencoded"}) {
            const auto answer = m_rest->call("POST", durable + "instances/a/raiseEvent/Go",
                "{\"x\":1}", "Content-Type: " + type + "\r\n");
            QCOMPARE(answer.status, 400);
            QVERIFY(answer.body.contains("application/json"));
        }
        QCOMPARE(m_rest->find("a").status, InstanceStatus::Running);
    }

    // C4
    void whatIsNoJsonIsRefusedAtEveryEntrance_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("65 deep") << QByteArray(65, '[') + QByteArray(65, ']');
        QTest::newRow("100,000 deep") << QByteArray(100'000, '[');
        QTest::newRow("100,000 deep in objects") << QByteArray("{\"a\":").repeated(100'000);
        QTest::newRow("broken UTF-8") << QByteArray("\"\xc3(\"");
        QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"");
        QTest::newRow("UTF-8 of a surrogate") << QByteArray("\"\xed\xa0\x80\"");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0]\0", 6);
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf[]");
        QTest::newRow("a nul") << QByteArray("[\0]", 3);
        QTest::newRow("a nul in a text") << QByteArray("\"a\0b\"", 5);
        QTest::newRow("a nul at the end") << QByteArray("[]\0", 3);
        QTest::newRow("half a surrogate") << QByteArray("\"\\ud800\"");
        QTest::newRow("two values") << QByteArray("1 2");
        QTest::newRow("a comment") << QByteArray("[1] // x");
        QTest::newRow("NaN") << QByteArray("NaN");
        QTest::newRow("single quotes") << QByteArray("'a'");
        QTest::newRow("a large exponent") << QByteArray("[1e99999999999]");
    }
    void whatIsNoJsonIsRefusedAtEveryEntrance()
    {
        QFETCH(QByteArray, payload);
        QVERIFY(m_rest->starts("Wait", "a"));
        const QByteArray type = "Content-Type: application/json\r\n";
        const bool isDeep = QByteArray(QTest::currentDataTag()).contains("deep");
        const auto status = [&](const QByteArray &path, const QByteArray &body) {
            const int said = m_rest->call("POST", path, body, type).status;
            return isDeep && said == 413 ? 400 : said; // a limit, as the size is one
        };
        QCOMPARE(status("/api/v1/instances/a/events/Go", payload), 400);
        QCOMPARE(status("/api/v1/events/Go", payload), 400);
        QCOMPARE(status("/api/v1/instances", "{\"flow\":\"Wait\",\"input\":" + payload + "}"), 400);
        QCOMPARE(status("/api/v1/instances/a/suspend", "{\"reason\":" + payload + "}"), 400);
        QCOMPARE(status("/api/v1/tasks/1-1/answer", "{\"data\":" + payload + "}"), 400);
        QCOMPARE(status("/api/v1/keys", payload), 400);
        QCOMPARE(status("/api/v1/work/x/y/complete", payload), 400);
        QCOMPARE(status(durable + "instances/a/raiseEvent/Go", payload), 400);
        QCOMPARE(status(durable + "orchestrators/Wait", payload), 400);
        const int flow = status("/api/v1/flows", payload);
        QVERIFY(flow == 400 || flow == 422);
        isUnharmed(1);
        QCOMPARE(m_rest->find("a").status, InstanceStatus::Running);
    }

    void whatIsAllowedIsTakenByteForByte()
    {
        QVERIFY(m_rest->starts("Wait", "ok"));
        for (const QByteArray &payload :
            {QByteArray(64, '[') + QByteArray(64, ']'), QByteArray("\"\\u0000\""),
                QByteArray("\"\xf0\x9f\x9a\x82\""), QByteArray("123456789012345678901234567890"),
                '"' + QByteArray(1024 * 1024 - 2, 'a') + '"'}) {
            QCOMPARE(m_rest->call("POST", "/api/v1/instances/ok/events/Kept", payload).status, 202);
            const auto shown = m_rest->call("GET", "/api/v1/instances/ok").body;
            QVERIFY2(shown.contains("\"payload\":" + payload), payload.left(100).constData());
        }
    }

    void aBodyOverTheLimitStartsNothing()
    {
        const QByteArray body = "{\"flow\":\"Wait\",\"input\":\"" + QByteArray(1024 * 1024, 'a') + "\"}";
        QCOMPARE(m_rest->call("POST", "/api/v1/instances", body).status, 413);
        HttpClient client(m_rest->port());
        client.send("POST /api/v1/instances HTTP/1.1\r\nHost: localhost\r\n" + withKey +
                    "Transfer-Encoding: chunked\r\n\r\n");
        for (qsizetype at = 0; at < body.size(); at += 65'536) {
            const QByteArray part = body.mid(at, 65'536);
            client.send(QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n");
        }
        client.send("0\r\n\r\n");
        QCOMPARE(client.receive().status, 413);
        isUnharmed();
    }

    void silentAndSlowClientsUpToTenThousandOrWhatTheSystemAllowsHinderNobodyWithAKey()
    {
        constexpr int wanted = 10'000;
        const auto descriptors = raiseDescriptorLimit(wanted + 4'000);
        const int count = std::min(wanted, static_cast<int>(descriptors) - 2'500);
        QVERIFY2(count >= 500, "this system allows too few descriptors to show anything");
        const SilentCrowd crowd(m_rest->port(), count);
        QCOMPARE(crowd.connected, count);
        QVERIFY(m_rest->starts("Wait", "a"));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(m_rest->call("GET", "/api/v1/instances/a").status, 200);
        QCOMPARE(m_rest->call("POST", "/api/v1/instances/a/events/Go", "1").status, 202);
        HttpClient kept(m_rest->port());
        QCOMPARE(kept.call("GET", "/api/v1/health", {}, withKey).status, 200);
        const SilentCrowd more(m_rest->port(), 100);
        QCOMPARE(kept.call("GET", "/api/v1/health", {}, withKey).status, 200); // its seat is reserved
    }

    // C5
    void pathsAreNoTricks_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"/api/v1/instances/../keys", "/api/v1/instances/%2e%2e/keys",
                 "/api/v1/health/../keys", "/api/v1/health%2f..%2fkeys", "/api/v1/%6beys/", "/api/v1//keys",
                 "//api/v1/keys", "/./api/v1/keys", "/api/v1/keys;x", "/api/v1/keys%00", "/api%2fv1%2fkeys",
                 "/api\\v1\\keys", "/API/V1/KEYS", "/api/v1/keys/.", "/api/v1/%", "/api/v1/%zz",
                 "/api/v1/%ff", "/api/v1/\xff", "/api/v1/keys?", "/api/v1/instances/a/events/../../../keys",
                 "/api/v1/events/..", "/api/v1/webhooks/../keys", "/api/v1/callbacks/../../keys",
                 "/runtime/webhooks/durabletask/../../../api/v1/keys",
                 "/runtime/webhooks/durabletask/%2e%2e/%2e%2e/keys",
                 "/runtime/webhooks/durabletask/instances/%2e%2e%2forchestrators",
                 "/etc/passwd", "/..%2f..%2fetc%2fpasswd", "*", "/", "/?", "//", "/api/v1/openapi.json/.."})
            QTest::newRow(path) << QByteArray(path);
    }
    void pathsAreNoTricks()
    {
        QFETCH(QByteArray, path);
        const auto made = m_rest->call("POST", "/api/v1/keys", R"({"label": "x", "scope": "raise-only"})");
        const QByteArray key =
            QByteArray::fromStdString(json::parse(made.body.toStdString()).at("key").get<std::string>());
        for (const QByteArray method : {"GET", "POST", "DELETE", "PUT"}) {
            HttpClient stranger(m_rest->port());
            const auto status = stranger.call(method, path).status;
            QVERIFY2(status == 401 || status == 400 || status == 404, QByteArray::number(status));
            const auto raiser = HttpClient(m_rest->port())
                                    .call(method, path, {}, "x-functions-key: " + key + "\r\n");
            QVERIFY2(raiser.status >= 400 && raiser.status < 500, QByteArray::number(raiser.status));
            QVERIFY(!raiser.body.contains("\"keys\""));
            const auto owner = m_rest->call(method, path);
            QVERIFY2(owner.status < 500 && owner.status != 0, QByteArray::number(owner.status));
        }
        QCOMPARE(m_rest->get("/api/v1/keys").at("keys").size(), std::size_t(2));
        isUnharmed();
    }

    void everyLegalIdAndNameIsItself_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("event");
        QByteArray printable("x");
        for (char c = 0x20; c < 0x7f; ++c)
            printable += c;
        const QByteArray legal =
            QByteArray(printable).replace("/", "").replace("\\", "").replace("#", "").replace("?", "");
        QTest::newRow("all that is printable") << legal << printable;
        for (const char c : printable)
            QTest::newRow(QByteArray(1, c).toHex().constData())
                << QByteArray("x") + (legal.contains(c) ? QByteArray(1, c) : QByteArray()) + "y"
                << QByteArray("E") + c + "f";
        QTest::newRow("dots") << QByteArray("..") << QByteArray("..");
        QTest::newRow("one dot") << QByteArray(".") << QByteArray(".");
        QTest::newRow("escapes") << QByteArray("%2F%00%2e") << QByteArray("%2F%00");
        QTest::newRow("signs of SQL") << QByteArray("'; drop table instance; --")
                                      << QByteArray("' or 1=1 --");
        QTest::newRow("marks") << QByteArray("<script>alert(1)") << QByteArray("<!--");
        QTest::newRow("other letters") << QByteArray("Bestellung-Ä-日本-\xf0\x9f\x9a\x82")
                                       << QByteArray("Größe-é");
        QTest::newRow("256 letters") << QByteArray(256, 'a') << QByteArray(200, 'E');
    }
    void everyLegalIdAndNameIsItself()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, event);
        const std::string name = event.toStdString();
        const json flow{{"signalbox", 1}, {"name", "Odd"}, {"start", "w"},
            {"steps", {{"w", {{"kind", "wait"}, {"event", name}, {"next", "e"}}},
                          {"e", {{"kind", "end"}}}}}};
        const auto deployed = m_rest->call("POST", "/api/v1/flows", QByteArray::fromStdString(flow.dump()));
        const json start{{"flow", deployed.status == 200 ? "Odd" : "Wait"}, {"instance", id.toStdString()}};
        const QByteArray path = "/api/v1/instances/" + encoded(id);
        QCOMPARE(m_rest->call("POST", "/api/v1/instances", QByteArray::fromStdString(start.dump())).status,
            201);
        QCOMPARE(m_rest->get(path).at("instance").get<std::string>(), id.toStdString());
        QCOMPARE(m_rest->call("POST", path + "/events/" + encoded(event), "1").status, 202);
        if (deployed.status == 200)
            QCOMPARE(m_rest->find(id.toStdString()).status, InstanceStatus::Completed);
        const auto listed = m_rest->get("/api/v1/instances?idPrefix=" + encoded(id)).at("instances");
        QCOMPARE(listed.size(), std::size_t(1));
        QVERIFY(m_rest->get(path + "/history").at("events").dump().find("EventRaised") !=
                std::string::npos);
        if (deployed.status != 200)
            m_rest->call("POST", path + "/terminate");
        QCOMPARE(m_rest->call("DELETE", path).status, 200);
        isUnharmed();
    }

    void filtersAreNoPatterns()
    {
        for (const char *id : {"a_b", "a%b", "axb", "a*b"})
            QVERIFY(m_rest->starts("Wait", id));
        for (const QByteArray id : {"a_b", "a%b", "a*b"}) {
            for (const QByteArray name : {"idPrefix", "text"})
                QCOMPARE(
                    m_rest->get("/api/v1/instances?" + name + "=" + encoded(id)).at("instances").size(),
                    std::size_t(1));
        }
        for (const QByteArray odd : {"'", "\"", "\\", "';--", "%00", "a' or '1'='1"})
            QCOMPARE(m_rest->get("/api/v1/instances?flow=" + encoded(odd)).at("instances").size(),
                std::size_t(0));
    }

    void neitherKeysNorPayloadsAreLogged()
    {
        const LogWatch watch;
        QVERIFY(m_rest->starts("Wait", "a"));
        const QByteArray payload = "\"my-private-payload\"";
        m_rest->call("POST", "/api/v1/instances/a/events/Go?code=my-private-key", payload);
        m_rest->call("POST", "/api/v1/instances/a/events/Go", payload + "x");
        m_rest->call("POST", "/api/v1/instances/nobody/events/Go", payload);
        m_rest->call("POST", "/api/v1/flows", payload);
        const auto made = m_rest->call("POST", "/api/v1/keys", R"({"label": "x", "scope": "full"})");
        HttpClient(m_rest->port()).call("GET", "/api/v1/instances", {}, "x-functions-key: my-private-key\r\n");
        HttpClient broken(m_rest->port());
        broken.send("GET /?code=secret HTTP/1.1\r\nHost: localhost\r\nx-functions-key: secret\r\nX Y: z\r\n\r\n");
        QCOMPARE(broken.receive().status, 400);
        m_rest->restart();
        const QByteArray log = LogWatch::text();
        const QByteArray key =
            QByteArray::fromStdString(json::parse(made.body.toStdString()).at("key").get<std::string>());
        for (const QByteArray &secret : {QByteArray("my-private"), QByteArray("secret"), key})
            QVERIFY2(!log.contains(secret), log.constData());
    }

    void whoIsRefusedDoesNotSmuggle()
    {
        // What stands in the body of a request that was refused is no request.
        const QByteArray inner = "POST /api/v1/instances?code=secret HTTP/1.1\r\nHost: localhost\r\n"
                                 "Content-Length: 15\r\n\r\n{\"flow\":\"Wait\"}";
        for (const QByteArray head : {"Host: localhost\r\n", "Host: evil.example\r\n",
                 "Host: localhost\r\nOrigin: http://evil.example\r\n",
                 "Host: localhost\r\nExpect: 100-continue\r\n"}) {
            HttpClient client(m_rest->port());
            client.send("POST /api/v1/flows HTTP/1.1\r\n" + head +
                        "Content-Length: " + QByteArray::number(inner.size()) + "\r\n\r\n" + inner);
            const auto status = client.receive().status;
            QVERIFY(status == 401 || status == 403);
            QCOMPARE(client.receive().status, 0);
        }
        isUnharmed();
    }
};

QTEST_GUILESS_MAIN(DoorTest)
#include "door_test.moc"

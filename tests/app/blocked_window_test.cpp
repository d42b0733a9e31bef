#include "tests/app/window_fixture.h"
#include "tests/engine/rest/http_client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <QUrl>

#include <future>

using namespace Qt::StringLiterals;
using tests::HttpAnswer;
using tests::HttpClient;

namespace {

constexpr int count = 100;
const QByteArray base = "/runtime/webhooks/durabletask/";
const QByteArray flow =
    R"({"signalbox":1,"name":"Waiting","start":"wait","steps":{
        "wait":{"kind":"wait","event":"Go","next":"done"},
        "done":{"kind":"end","output":"=steps.wait"}}})";

struct Driven {
    int answers = 0;
    int completed = 0;
    QByteArray wrong; ///< the first answer that was not the expected one
    qint64 longest = 0; ///< microseconds for one answer
    qint64 all = 0;
};

/// A program outside, on a thread of its own.
class Driver
{
public:
    Driver(quint16 port, const QByteArray &key)
        : m_client(port)
        , m_headers("x-functions-key: " + key + "\r\nContent-Type: application/json\r\n")
    {}

    /// Starts, asks, raises and lists; then asks until all are completed.
    Driven drive(const QByteArray &name)
    {
        QElapsedTimer all;
        all.start();
        expect(200, 201, call("POST", "/api/v1/flows", flow));
        for (int i = 0; i < count && m_driven.wrong.isEmpty(); ++i) {
            const QByteArray instance = base + "instances/" + name + QByteArray::number(i);
            expect(202, 202,
                call("POST", base + "orchestrators/Waiting/" + name + QByteArray::number(i), "1"));
            expect(202, 202, call("GET", instance));
            expect(200, 200, call("GET", base + "instances?runtimeStatus=Running&top=5"));
            expect(202, 202, call("POST", instance + "/raiseEvent/Go", "true"));
            while (m_driven.wrong.isEmpty() &&
                   !call("GET", instance).body.contains("\"Completed\"")) {
            }
            ++m_driven.completed;
        }
        m_driven.all = all.nsecsElapsed() / 1000;
        return m_driven;
    }

private:
    HttpAnswer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {})
    {
        QElapsedTimer one;
        one.start();
        const auto answer = m_client.call(method, target, body, m_headers);
        m_driven.longest = std::max(m_driven.longest, one.nsecsElapsed() / 1000);
        if (answer.status == 0)
            m_driven.wrong = method + ' ' + target + ": no answer";
        ++m_driven.answers;
        return answer;
    }
    void expect(int one, int other, const HttpAnswer &answer)
    {
        if (m_driven.wrong.isEmpty() && answer.status != one && answer.status != other)
            m_driven.wrong = QByteArray::number(answer.status) + ' ' + answer.body;
    }

    HttpClient m_client;
    QByteArray m_headers;
    Driven m_driven;
};

} // namespace

/// The REST port of the window's program never waits for the window.
class BlockedWindowTest : public QObject
{
    Q_OBJECT

    tests::WindowFixture m_own;

    std::future<Driven> drive(const QByteArray &name)
    {
        QFile file(m_own.path(u"key"_s));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const auto port = static_cast<quint16>(QUrl(m_own.window->engineRoom().url()).port());
        return std::async(std::launch::async, [port, key = file.readAll().trimmed(), name] {
            return Driver(port, key).drive(name);
        });
    }
    static void print(const char *when, const Driven &driven)
    {
        qInfo("%s: %d answers in %lld us, the longest %lld us", when, driven.answers, driven.all,
            driven.longest);
    }

private slots:
    void requestsAreAnsweredWhileTheMainThreadIsBlocked()
    {
        QVERIFY(m_own.open());
        m_own.window->openEngine();
        QTRY_VERIFY(!m_own.window->engineRoom().url().isEmpty());
        m_own.window->actions().openMonitor->trigger(); // it follows what happens

        auto free = drive("free-");
        QVERIFY(free.valid());
        QTRY_VERIFY_WITH_TIMEOUT(
            free.wait_for(std::chrono::seconds(0)) == std::future_status::ready, 120'000);
        const Driven before = free.get();
        print("free", before);
        QCOMPARE(before.wrong, QByteArray());

        bool handledAnEvent = false;
        QTimer::singleShot(0, this, [&] { handledAnEvent = true; });
        auto blocked = drive("blocked-");
        QVERIFY(blocked.valid());
        const Driven meanwhile = blocked.get(); // here the main thread stands until all is answered
        print("blocked", meanwhile);
        QVERIFY(!handledAnEvent);
        QCOMPARE(meanwhile.wrong, QByteArray());
        QCOMPARE(meanwhile.completed, count);
        QTRY_VERIFY(handledAnEvent); // and goes on afterwards
    }
};

QTEST_MAIN(BlockedWindowTest)
#include "blocked_window_test.moc"

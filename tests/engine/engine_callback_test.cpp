#include "tests/support/engine_over_rest.h"
#include "tests/support/http_stub.h"

#include <QTest>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <memory>
#include <mutex>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpStub;

namespace {

std::string flowOf(const std::string &shop)
{
    json flow = json::parse(R"({"signalbox": 1, "name": "Pay", "start": "ask", "steps": {
        "ask": {"kind": "activity", "activity": "http", "next": "wait", "onError": {"*": "lost"}},
        "wait": {"kind": "wait", "event": "Paid", "next": "done"},
        "done": {"kind": "end", "output": "=steps.wait.by"},
        "lost": {"kind": "end", "output": "=error.message"}}})");
    flow["steps"]["ask"]["with"] = {{"method", "POST"}, {"url", shop},
        {"body", {{"amount", 7}, {"replyTo", "=callbackUrl + '/Paid'"}}}};
    return flow.dump();
}

} // namespace

/// `callbackUrl`: a flow tells somebody outside where to answer, and the answer needs no key.
class EngineCallbackTest : public QObject
{
    Q_OBJECT

    std::mutex m_mutex;
    std::string m_asked; ///< what the shop was sent
    HttpStub m_shop{[this](const HttpStub::Request &request) {
        const std::lock_guard lock(m_mutex);
        m_asked = request.body.toStdString();
        return HttpStub::Answer{.body = "{\"echo\":" + request.body + "}"};
    }};
    std::unique_ptr<EngineOverRest> m_engine;

    void start(const char *id) { QVERIFY(m_engine->starts("Pay", id)); }
    InstanceSummary find(const char *id) { return m_engine->find(id); }
    QUrl replyTo()
    {
        const std::lock_guard lock(m_mutex);
        return QUrl(QString::fromStdString(
            json::parse(m_asked).at("replyTo").get<std::string>()));
    }
    int post(const QUrl &url, const QByteArray &body)
    {
        return tests::HttpClient(m_engine->port())
            .call("POST", url.path(QUrl::FullyEncoded).toUtf8(), body)
            .status;
    }

private slots:
    void init()
    {
        m_engine = std::make_unique<EngineOverRest>();
        QVERIFY(m_engine->deploys(flowOf(m_shop.url(QStringLiteral("/pay")).toStdString())));
    }
    void cleanup() { m_engine.reset(); }

    void whoIsToldTheAddressRaisesTheEvent()
    {
        m_engine->listensForCallbacks();
        start("order 1");
        QTRY_COMPARE(find("order 1").standsAt.value, std::string("wait"));
        QCOMPARE(replyTo().port(), int(m_engine->port()));
        QCOMPARE(post(replyTo(), R"({"by":"card"})"), 202);
        QTRY_COMPARE(find("order 1").output.text(), std::string("\"card\""));
    }

    /// The history of today must be that of tomorrow, when the port is another.
    void neitherTheAddressNorItsCodeIsStored()
    {
        m_engine->listensForCallbacks();
        start("o-1");
        QTRY_COMPARE(find("o-1").standsAt.value, std::string("wait"));
        const auto history = m_engine->engine().history({.instance = {"o-1"}}).result();
        std::string told;
        for (const HistoryEvent &event : history->events) {
            if (const auto *task = std::get_if<TaskScheduled>(&event.fact))
                told += task->input.text();
            if (const auto *task = std::get_if<TaskCompleted>(&event.fact))
                told += task->result.text(); // the shop repeats what it was sent
        }
        QVERIFY2(told.find("127.0.0.1:" + std::to_string(m_engine->port())) == std::string::npos,
            told.c_str());
        QCOMPARE(QByteArray::fromStdString(told).count("${secret:callbackUrl}/Paid"), 2);
    }

    void theAddressOfOneInstanceIsNoneOfAnother()
    {
        m_engine->listensForCallbacks();
        start("o-1");
        start("o-2");
        QTRY_COMPARE(find("o-1").standsAt.value, std::string("wait"));
        QTRY_COMPARE(find("o-2").standsAt.value, std::string("wait"));
        QString path = replyTo().path();
        path.replace(path.contains(QStringLiteral("o-1")) ? QStringLiteral("o-1")
                                                          : QStringLiteral("o-2"),
            path.contains(QStringLiteral("o-1")) ? QStringLiteral("o-2") : QStringLiteral("o-1"));
        QCOMPARE(post(QUrl(path), "{}"), 401);
        QVERIFY(find("o-1").waiting && find("o-2").waiting);
    }

    void withoutAPortTheStepFailsAndSaysSo()
    {
        start("o-1");
        QTRY_COMPARE(find("o-1").status, InstanceStatus::Completed);
        const std::string said = find("o-1").output.text();
        QVERIFY2(said.find("no REST port is open") != std::string::npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(EngineCallbackTest)
#include "engine_callback_test.moc"

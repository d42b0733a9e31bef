#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include <QTest>

using namespace engine;
using tests::badArgument;
using tests::HttpClient;
using tests::parsed;
using tests::RestFixture;
using tests::webhook;

namespace {

const QByteArray forLong = "timeout=100000&pollingInterval=0.001";

InstanceSummary summary(InstanceStatus status, const char *output = "null")
{
    InstanceSummary summary;
    summary.instance = {"7"};
    summary.flow = {"Order"};
    summary.status = status;
    summary.input = JsonText::trusted("[1]");
    summary.output = JsonText::trusted(output);
    return summary;
}

} // namespace

/// Waiting on the server for the end of what was started or restarted (http-api.md A6).
class DurableWaitingTest : public QObject
{
    Q_OBJECT

private slots:
    void theEndIsAnswered_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("output");
        const auto row = [](const char *title, InstanceStatus status, const char *output) {
            QTest::newRow(title) << static_cast<int>(status) << QByteArray(output);
        };
        row("an object", InstanceStatus::Completed, "{\"n\":1.10}");
        row("a text", InstanceStatus::Completed, "\"done\"");
        row("null", InstanceStatus::Completed, "null");
        row("failed", InstanceStatus::Failed, "\"it is down\"");
        row("terminated", InstanceStatus::Terminated, "\"enough\"");
    }
    void theEndIsAnswered()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, output);
        const auto end = summary(static_cast<InstanceStatus>(status), output.constData());
        for (const QByteArray path : {"orchestrators/Order/7", "instances/7/restart"}) {
            RestFixture rest;
            rest.door.add("7", InstanceStatus::Completed);
            rest.door.looks = {summary(InstanceStatus::Pending), summary(InstanceStatus::Running),
                summary(InstanceStatus::Suspended), end, end};
            const auto answer = rest.call(
                "POST", webhook + path + "?restartWithNewInstanceId=false&" + forLong +
                            "&returnInternalServerErrorOnFailure=true");
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.headers.contains("location"));
            QVERIFY(!answer.headers.contains("retry-after"));
            if (end.status == InstanceStatus::Completed) {
                QCOMPARE(answer.body, output);
                continue;
            }
            QVERIFY(parsed(answer).at("runtimeStatus") == toText(end.status));
            QVERIFY(parsed(answer).at("input") == nlohmann::json({1}));
            QVERIFY(parsed(answer).at("output").dump() == output.toStdString());
        }
    }

    void whenTheTimeIsUpTheUrlsAreAnswered_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"timeout=0.02&pollingInterval=0.001", "timeout=0&pollingInterval=0",
                 "timeout=-1&pollingInterval=-1", "TIMEOUT=1e-2&POLLINGINTERVAL=1e-3"})
            QTest::newRow(query) << QByteArray(query);
    }
    void whenTheTimeIsUpTheUrlsAreAnswered()
    {
        QFETCH(QByteArray, query);
        RestFixture rest;
        const auto answer = rest.call("POST", webhook + "orchestrators/Order/7?" + query);
        QCOMPARE(answer.status, 202);
        QVERIFY(parsed(answer).at("id") == "7");
        QCOMPARE(answer.headers.value("location").toStdString(),
            parsed(answer).at("statusQueryGetUri").get<std::string>());
        QCOMPARE(answer.headers.value("retry-after"), QByteArray("10"));
    }

    void onlyBothTimesMakeItWait_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"", "timeout=100000", "pollingInterval=1",
                 "timeout=long&pollingInterval=1", "timeout=100000&pollingInterval=",
                 "timeout=100000&pollingInterval=1s", "timeout=inf&pollingInterval=1",
                 "timeout=5,5&pollingInterval=1", "timeout=5&timeout=5&pollingInterval=1"})
            QTest::newRow(query) << QByteArray(query);
    }
    void onlyBothTimesMakeItWait()
    {
        QFETCH(QByteArray, query);
        RestFixture rest;
        rest.door.looks = {summary(InstanceStatus::Completed)};
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/7?" + query).status, 202);
        QCOMPARE(rest.door.looks.size(), 1u);
    }

    void anIntervalBeyondTheTimeoutIsRefusedBehindTheStart()
    {
        RestFixture rest;
        rest.door.add("over", InstanceStatus::Completed);
        const QByteArray query = "?timeout=1.5&pollingInterval=2";
        const auto started = rest.call("POST", webhook + "orchestrators/Order/7" + query);
        QCOMPARE(started.status, 400);
        QCOMPARE(started.body,
            badArgument("Total timeout 1.5 should be bigger than retry timeout 2"));
        QCOMPARE(rest.door.started.size(), 1u);
        QCOMPARE(rest.call("POST", webhook + "instances/over/restart" + query).status, 400);
        QCOMPARE(rest.door.restarted.size(), 1u);
    }

    void whatIsPurgedMeanwhileIsWaitedForNoLongerThanTheRest()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const QByteArray query = "?timeout=0.02&pollingInterval=0.001&restartWithNewInstanceId=true";
        rest.door.looks = {summary(InstanceStatus::Running)};
        QCOMPARE(rest.call("POST", webhook + "instances/7/restart" + query).status, 202);
    }

    void aServerThatEndsAnswersWhoWaits()
    {
        RestFixture rest;
        HttpClient client(rest.port());
        client.send("POST " + webhook + "orchestrators/Order/7?code=secret&" + forLong +
                    " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        while (rest.call("GET", webhook + "instances/7").status != 202) {
        }
        rest.server.reset();
        const auto answer = client.receive();
        QCOMPARE(answer.status, 202);
        QVERIFY(parsed(answer).at("id") == "7");
    }

    void nobodyIsWaitedForWhoHasLeft()
    {
        RestFixture rest;
        const QByteArray answered = "{status=\"202\"} ";
        {
            HttpClient client(rest.port());
            client.send("POST " + webhook + "orchestrators/Order/7?code=secret&" + forLong +
                        " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            while (rest.call("GET", webhook + "instances/7").status == 404) {
            }
        }
        // Its answer is made, for nobody: that of the start beside those of the looks.
        constexpr int looks = 1;
        const auto count = [&] {
            const QByteArray text = rest.call("GET", "/api/v1/metrics").body;
            const auto at = text.indexOf(answered);
            return at < 0 ? 0 : text.mid(at + answered.size()).split('\n').front().toInt();
        };
        while (count() <= looks) {
        }
        QVERIFY(count() > looks);
    }
};

QTEST_GUILESS_MAIN(DurableWaitingTest)
#include "waiting_test.moc"

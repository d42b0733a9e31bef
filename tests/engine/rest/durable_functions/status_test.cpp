#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using tests::RestFixture;
using tests::parsed;
using tests::webhook;

class DurableStatusTest : public QObject
{
    Q_OBJECT

private slots:
    void statusHasEveryKeyInItsOrder()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running).summary.input = JsonText::trusted("[1.10]");
        const auto answer = rest.call("GET", webhook + "instances/7?showHistory=false");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.headers.value("location"),
            rest.base() + webhook + "instances/7?showHistory=false");
        QCOMPARE(answer.headers.value("retry-after"), QByteArray("5"));
        QCOMPARE(answer.body,
            QByteArray(
                R"({"name":"Order","instanceId":"7","runtimeStatus":"Running","input":[1.10],)"
                R"("customStatus":null,"output":null,"createdTime":"2026-01-31T23:59:59Z",)"
                R"("lastUpdatedTime":"2026-02-01T00:01:00Z"})"));
        const auto without = rest.call("GET", webhook + "instances/7/?SHOWINPUT=False");
        QVERIFY(parsed(without).at("input") == nullptr);
    }

    void everyStatusHasItsCode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("code");
        const auto row = [](const char *title, InstanceStatus status, const char *query, int code) {
            QTest::newRow(title) << static_cast<int>(status) << QByteArray(query) << code;
        };
        row("pending", InstanceStatus::Pending, "", 202);
        row("running", InstanceStatus::Running, "", 202);
        row("suspended", InstanceStatus::Suspended, "", 202);
        row("completed", InstanceStatus::Completed, "", 200);
        row("terminated", InstanceStatus::Terminated, "", 200);
        row("failed", InstanceStatus::Failed, "", 200);
        row("failed, flag", InstanceStatus::Failed, "?returnInternalServerErrorOnFailure=TRUE",
            500);
        row("failed, odd flag", InstanceStatus::Failed, "?returnInternalServerErrorOnFailure=1",
            200);
        row("completed, flag", InstanceStatus::Completed,
            "?returnInternalServerErrorOnFailure=true", 200);
    }
    void everyStatusHasItsCode()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, query);
        QFETCH(int, code);
        RestFixture rest;
        rest.door.add("7", static_cast<InstanceStatus>(status));
        const auto answer = rest.call("GET", webhook + "instances/7" + query);
        QCOMPARE(answer.status, code);
        QCOMPARE(answer.headers.contains("location"), code == 202);
        QCOMPARE(answer.headers.contains("retry-after"), code == 202);
        QVERIFY(parsed(answer).at("runtimeStatus") == toText(static_cast<InstanceStatus>(status)));
    }
};

QTEST_GUILESS_MAIN(DurableStatusTest)
#include "status_test.moc"

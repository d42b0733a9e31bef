#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using tests::RestFixture;
using tests::badArgument;
using tests::fault;
using tests::jsonType;
using tests::webhook;

class DurableRoutesTest : public QObject
{
    Q_OBJECT

private slots:
    void aForeignHubIsEmpty_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("foreign");
        QTest::newRow("ours") << QByteArray("taskHub=signalbox&connection=Storage") << false;
        QTest::newRow("other case") << QByteArray("TASKHUB=SignalBox") << false;
        QTest::newRow("blank") << QByteArray("taskHub=&connection=") << false;
        QTest::newRow("other hub") << QByteArray("taskHub=other") << true;
        QTest::newRow("other storage") << QByteArray("connection=other") << true;
    }
    void aForeignHubIsEmpty()
    {
        QFETCH(QByteArray, query);
        QFETCH(bool, foreign);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto list = rest.call("GET", webhook + "instances?" + query);
        QCOMPARE(list.status, 200);
        QCOMPARE(list.body == "[]", foreign);
        QVERIFY(list.headers.contains("x-ms-continuation-token"));
        QCOMPARE(rest.call("GET", webhook + "instances/7?" + query).status, foreign ? 404 : 202);
        for (const QByteArray path : {"entities", "entities/Counter"}) {
            const auto entities = rest.call("GET", webhook + path + "?" + query);
            QCOMPARE(entities.status, 200);
            QCOMPARE(entities.body, QByteArray("[]"));
        }
        QCOMPARE(rest.call("POST", webhook + "instances/7/terminate?" + query).status,
            foreign ? 404 : 202);
        QCOMPARE(rest.call("POST", webhook + "orchestrators/Order/8?" + query).status,
            foreign ? 404 : 202);
    }

    void thereAreNoEntities()
    {
        RestFixture rest;
        for (const QByteArray path : {"entities/Counter/one", "Entities/Counter/$", "entities/a/b/"}) {
            const auto answer = rest.call("GET", webhook + path);
            QCOMPARE(answer.status, 404);
            QCOMPARE(answer.body, QByteArray());
        }
        for (const QByteArray path : {"entities", "entities/", "ENTITIES/Counter?top=5"}) {
            const auto answer = rest.call("GET", webhook + path);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, QByteArray("[]"));
            QVERIFY(answer.headers.contains("x-ms-continuation-token"));
            QCOMPARE(answer.headers.value("x-ms-continuation-token"), QByteArray());
        }
        const QByteArray unknown =
            badArgument("The function 'Counter' doesn't exist, is disabled, or is not an entity "
                        "function. Additional info: No entity functions are currently registered!");
        for (const QByteArray method : {"POST", "DELETE"}) {
            const auto answer = rest.call(method, webhook + "entities/Counter/one?op=add", "1", jsonType);
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.body, unknown);
        }
    }

    void thereAreNoAppLeases()
    {
        RestFixture rest;
        for (const QByteArray method : {"GET", "POST", "DELETE", "OPTIONS"}) {
            const auto answer = rest.call(method, webhook + "MakePrimary/");
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.body,
                badArgument("App leases are not used here; the one Signalbox that has this hub open "
                            "is its primary."));
        }
    }

    void whatGoesWrongIsAFault()
    {
        RestFixture rest;
        rest.door.refusal = Error{ErrorCode::Damaged, "page 7 cannot be read", {}};
        const auto answer = rest.call("GET", webhook + "instances/7");
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.body, fault("page 7 cannot be read"));
    }

    void whatHasNoRouteIsAnEmpty404_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char *method, const char *path) {
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path);
        };
        row("GET", "");
        row("GET", "orchestrators/Order");
        row("POST", "orchestrators");
        row("POST", "orchestrators/Order/7/8");
        row("POST", "instances");
        row("POST", "instances/7");
        row("PUT", "instances/7");
        row("POST", "entities");
        row("POST", "entities/Counter");
        row("PUT", "makeprimary");
        row("HEAD", "instances/7");
        row("OPTIONS", "instances");
        row("GET", "instances/7/terminate");
        row("POST", "instances/7/nonsense");
        row("POST", "instances/7/raiseEvent");
        row("POST", "instances/7/raiseEvent/a%2Fb");
        row("GET", "instances/7%2F8");
        row("GET", "instances/none");
        row("GET", "instances/..%2F7");
        row("GET", "instances//7");
    }
    void whatHasNoRouteIsAnEmpty404()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const auto answer = rest.call(method, webhook + path, {}, jsonType);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, QByteArray());
        QVERIFY(
            rest.door.raised.empty() && rest.door.started.empty() && rest.door.terminated.empty());
    }
};

QTEST_GUILESS_MAIN(DurableRoutesTest)
#include "routes_test.moc"

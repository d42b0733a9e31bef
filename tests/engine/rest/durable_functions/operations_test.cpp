#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using tests::RestFixture;
using tests::exceptionBody;
using tests::fault;
using tests::jsonType;
using tests::parsed;
using tests::webhook;

class DurableOperationsTest : public QObject
{
    Q_OBJECT

private slots:
    void anEventIsRaised()
    {
        RestFixture rest;
        rest.door.add("a b", InstanceStatus::Running);
        const auto answer =
            rest.call("POST", webhook + "Instances/a+b/RAISEEVENT/Pay%20Done", R"( {"n": 1.10} )",
                "content-type: Application/JSON; charset=utf-8\r\nIdempotency-Key: e-1\r\n");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, QByteArray());
        const auto &raised = rest.door.raised.at(0);
        QCOMPARE(raised.instance.value, std::string("a b"));
        QCOMPARE(raised.name, std::string("Pay Done"));
        QCOMPARE(raised.payload.text(), std::string(R"({"n": 1.10})"));
        QCOMPARE(raised.eventId, std::optional<std::string>("e-1"));
    }

    void wrongEventsAreRefusedInOrder_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("message");
        const QByteArray text = "Content-Type: text/plain\r\n";
        const QByteArray onlyJson = "Only application/json request content is supported";
        const QByteArray noJson = "Invalid JSON content";
        QTest::newRow("unknown") << QByteArray("none") << jsonType << QByteArray("1") << 404
                                 << QByteArray();
        QTest::newRow("unknown, all wrong")
            << QByteArray("none") << text << QByteArray("{") << 404 << QByteArray();
        QTest::newRow("finished") << QByteArray("done") << jsonType << QByteArray("1") << 410
                                  << QByteArray();
        QTest::newRow("finished, no JSON")
            << QByteArray("done") << jsonType << QByteArray("{") << 410 << QByteArray();
        QTest::newRow("finished, other type")
            << QByteArray("done") << text << QByteArray("1") << 410 << QByteArray();
        QTest::newRow("no type") << QByteArray("live") << QByteArray() << QByteArray("1") << 400
                                 << onlyJson;
        QTest::newRow("other type")
            << QByteArray("live") << text << QByteArray("{") << 400 << onlyJson;
        QTest::newRow("nearly") << QByteArray("live")
                                << QByteArray("Content-Type: application/jsonx\r\n")
                                << QByteArray("1") << 400 << onlyJson;
        QTest::newRow("empty") << QByteArray("live") << jsonType << QByteArray() << 400 << noJson;
        QTest::newRow("no JSON") << QByteArray("live") << jsonType << QByteArray("{") << 400
                                 << noJson;
        QTest::newRow("too deep") << QByteArray("live") << jsonType
                                  << QByteArray(65, '[') + QByteArray(65, ']') << 400 << noJson;
    }
    void wrongEventsAreRefusedInOrder()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, message);
        RestFixture rest;
        rest.door.add("live", InstanceStatus::Running);
        rest.door.add("done", InstanceStatus::Terminated);
        const auto answer =
            rest.call("POST", webhook + "instances/" + id + "/raiseEvent/A", body, headers);
        QCOMPARE(answer.status, status);
        if (message.isEmpty())
            QCOMPARE(answer.body, QByteArray());
        else
            QVERIFY(parsed(answer).at("Message") == message.toStdString());
    }

    void terminateTakesItsReasonFromTheQuery()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        rest.door.add("done", InstanceStatus::Completed);
        const auto answer =
            rest.call("POST", webhook + "instances/7/Terminate?reason=no+longer%20needed");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, QByteArray());
        QCOMPARE(rest.door.terminated.at(0).reason, std::string("no longer needed"));
        rest.call("POST", webhook + "instances/7/terminate?reason=undefined");
        QCOMPARE(rest.door.terminated.at(1).reason, std::string("undefined"));
        rest.call("POST", webhook + "instances/7/terminate");
        QCOMPARE(rest.door.terminated.at(2).reason, std::string());
        const auto gone = rest.call("POST", webhook + "instances/done/terminate");
        QCOMPARE(gone.status, 410);
        QCOMPARE(gone.body, QByteArray());
        const auto none = rest.call("POST", webhook + "instances/none/terminate");
        QCOMPARE(none.status, 404);
        QCOMPARE(none.body, QByteArray());
    }

    void whatIsSuspendedOrRunsAlreadyIsAFault()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const QByteArray path = "/runtime/webhooks/durabletask/instances/";
        const auto suspended = rest.call("POST", path + "7/suspend?reason=audit");
        QCOMPARE(suspended.status, 202);
        QVERIFY(suspended.body.isEmpty());
        QCOMPARE(rest.call("POST", path + "7/resume?reason=done").status, 202);
        QCOMPARE(rest.door.ordered.at(0).first, std::string("suspend"));
        QCOMPARE(rest.door.ordered.at(0).second.reason, std::string("audit"));
        QCOMPARE(rest.door.ordered.at(1).first, std::string("resume"));
        QCOMPARE(rest.call("POST", path + "no/suspend").status, 404);
        rest.door.add("over", InstanceStatus::Completed);
        QCOMPARE(rest.call("POST", path + "over/resume").status, 410);
        rest.door.refusal = Error{ErrorCode::WrongState, "is suspended already", {}};
        const auto twice = rest.call("POST", path + "7/suspend");
        QCOMPARE(twice.status, 500);
        QCOMPARE(twice.body, fault("is suspended already"));
    }

    void aRewindAnswersWithTexts()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Failed);
        rest.door.add("runs", InstanceStatus::Running);
        // Clients show the body of an error as its text.
        const QByteArray path = "/runtime/webhooks/durabletask/instances/";
        const auto rewound = rest.call("POST", path + "7/rewind?reason=again");
        QCOMPARE(rewound.status, 202);
        QVERIFY(rewound.body.isEmpty());
        const auto runs = rest.call("POST", path + "runs/rewind");
        QCOMPARE(runs.status, 412);
        QCOMPARE(runs.body, QByteArray("\"it has not failed\""));
        const auto none = rest.call("POST", path + "no/rewind");
        QCOMPARE(none.status, 404);
        QVERIFY(parsed(none).is_string());
    }

    void onlyFinishedInstancesArePurged()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Failed);
        rest.door.add("runs", InstanceStatus::Running);
        const QByteArray path = "/runtime/webhooks/durabletask/instances";
        const auto one = rest.call("DELETE", path + "/7");
        QCOMPARE(one.status, 200);
        QCOMPARE(one.body, QByteArray("{\"instancesDeleted\":1}"));
        const auto live = rest.call("DELETE", path + "/runs");
        QCOMPARE(live.status, 412);
        QVERIFY(parsed(live).is_string());
        const auto none = rest.call("DELETE", path + "/no");
        QCOMPARE(none.status, 404);
        QVERIFY(none.body.isEmpty());

        const QByteArray since = "?createdTimeFrom=2026-01-01T00:00:00Z";
        QCOMPARE(rest.call("DELETE", path + since).status, 404);
        rest.door.purgedCount = 3;
        const auto many = rest.call("DELETE", path + since + "&runtimeStatus=Completed");
        QCOMPARE(many.status, 200);
        QCOMPARE(many.body, QByteArray("{\"instancesDeleted\":3}"));
        QVERIFY(rest.door.purged.at(1).filter.createdFrom.has_value());
        QVERIFY(rest.door.purged.at(1).filter.statuses == std::vector{InstanceStatus::Completed});
        QCOMPARE(rest.call("DELETE", path + since + "&runtimeStatus=Complted").status, 404);
        const auto always = rest.call("DELETE", path + "?runtimeStatus=Completed");
        QCOMPARE(always.status, 400);
        QCOMPARE(always.body, QByteArray("\"Please provide value for 'createdTimeFrom' parameter.\""));
        QCOMPARE(rest.door.purged.size(), 2u);
    }

    /// Whatever cannot be read must not widen what is deleted.
    void aFilterThatCannotBeReadPurgesNothing_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("status");
        QTest::newRow("no time") << QByteArray("createdTimeFrom=yesterday") << 400;
        QTest::newRow("blank") << QByteArray("createdTimeFrom=") << 400;
        QTest::newRow("nobody's status")
            << QByteArray("createdTimeFrom=2026-01-01&runtimeStatus=Canceled") << 404;
        QTest::newRow("misspelt")
            << QByteArray("createdTimeFrom=2026-01-01&runtimeStatus=completed") << 404;
    }
    void aFilterThatCannotBeReadPurgesNothing()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, status);
        RestFixture rest;
        rest.door.purgedCount = 3;
        QCOMPARE(rest.call("DELETE", webhook + "instances?" + query).status, status);
        QVERIFY(rest.door.purged.empty());
    }

    void aRestartIsAStart()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        const QByteArray path = "/runtime/webhooks/durabletask/instances/";
        const auto fresh = rest.call("POST", path + "7/restart");
        QCOMPARE(fresh.status, 202);
        QVERIFY(parsed(fresh).at("id") == std::string(32, 'a'));
        QVERIFY(!fresh.headers.value("location").isEmpty());
        const auto same = rest.call("POST", path + "7/restart?restartWithNewInstanceId=false");
        QCOMPARE(same.status, 409);
        QVERIFY(parsed(same).at("Message") ==
                "An Orchestration instance with the status Running already exists.");
        const auto none = rest.call("POST", path + "no/restart");
        QCOMPARE(none.status, 400);
        QCOMPARE(none.body,
            exceptionBody("InstanceId does not match a valid orchestration instance.",
                "no such instance", "System.ArgumentException"));
    }
};

QTEST_GUILESS_MAIN(DurableOperationsTest)
#include "operations_test.moc"

#include "tests/engine/rest/durable_functions/durable_functions_calls.h"

#include "engine/base/calendar.h"

#include <QTest>

using namespace engine;
using tests::RestFixture;
using tests::parsed;
using tests::webhook;

class DurableListsTest : public QObject
{
    Q_OBJECT

private slots:
    void aListIsAnArrayWithItsToken()
    {
        RestFixture rest;
        const auto none = rest.call("GET", webhook + "instances");
        QCOMPARE(none.status, 200);
        QCOMPARE(none.body, QByteArray("[]"));
        QVERIFY(none.headers.contains("x-ms-continuation-token"));
        QCOMPARE(none.headers.value("x-ms-continuation-token"), QByteArray());
        rest.door.add("7", InstanceStatus::Running);
        rest.door.nextPage = "n1";
        const auto some = rest.call("GET", webhook + "instances/?showHistory=true&showInput=false",
            {}, "x-ms-continuation-token: n0\r\n");
        QCOMPARE(some.headers.value("x-ms-continuation-token"), QByteArray("n1"));
        QCOMPARE(parsed(some).size(), 1u);
        QVERIFY(!parsed(some)[0].contains("historyEvents"));
        QCOMPARE(rest.door.listed.at(0).after, std::string());
        QCOMPARE(rest.door.listed.at(1).after, std::string("n0"));
    }

    void filtersAreTakenWhereTheyCanBeRead_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<std::string>("read");
        const auto row = [](const char *query, const char *read) {
            QTest::newRow(query) << QByteArray(query) << std::string(read);
        };
        row("", " - - limit=100");
        row("top=7", " - - limit=7");
        row("top=0", " - - limit=100");
        row("top=-5", " - - limit=100");
        row("top=x", " - - limit=100");
        row("top=1000000", " - - limit=1000");
        row("runtimeStatus=Failed", "Failed - - limit=100");
        row("runtimeStatus=Failed,Running&runtimeStatus=Pending",
            "Failed Running Pending - - limit=100");
        row("runtimeStatus=0,%203", "Running Failed - - limit=100");
        row("runtimeStatus=failed", " - - limit=100");
        row("runtimeStatus=Nonsense,99,-1", " - - limit=100");
        row("runtimeStatus=Canceled,Failed", "Failed - - limit=100");
        row("instanceIdPrefix=a%2Fb", " - - limit=100 prefix=a/b");
        row("createdTimeFrom=2026-01-02T03:04:05.678Z", " 2026-01-02T03:04:05.678Z - limit=100");
        row("createdTimeFrom=2026-01-02T03:04:05", " 2026-01-02T03:04:05.000Z - limit=100");
        row("createdTimeFrom=2026-01-02+03:04", " 2026-01-02T03:04:00.000Z - limit=100");
        row("createdTimeTo=2026-01-02", " - 2026-01-02T00:00:00.000Z limit=100");
        row("createdTimeTo=2026-01-02T03:04:05%2B02:00", " - 2026-01-02T01:04:05.000Z limit=100");
        row("createdTimeTo=yesterday", " - - limit=100");
    }
    void filtersAreTakenWhereTheyCanBeRead()
    {
        QFETCH(QByteArray, query);
        QFETCH(std::string, read);
        RestFixture rest;
        QCOMPARE(rest.call("GET", webhook + "instances?" + query).status, 200);
        const auto &asked = rest.door.listed.at(0);
        std::string text;
        for (const auto status : asked.filter.statuses)
            text += (text.empty() ? "" : " ") + std::string(toText(status));
        for (const auto &time : {asked.filter.createdFrom, asked.filter.createdTo})
            text += " " + (time ? toText(*time) : "-");
        text += " limit=" + std::to_string(asked.limit);
        if (!asked.filter.idPrefix.empty())
            text += " prefix=" + asked.filter.idPrefix;
        QCOMPARE(text, read);
    }

    void statusesThatNobodyRestsInMatchNothing()
    {
        RestFixture rest;
        rest.door.add("7", InstanceStatus::Running);
        QCOMPARE(rest.call("GET", webhook + "instances?runtimeStatus=Canceled,2").body,
            QByteArray("[]"));
        QVERIFY(rest.door.listed.empty());
    }
};

QTEST_GUILESS_MAIN(DurableListsTest)
#include "lists_test.moc"

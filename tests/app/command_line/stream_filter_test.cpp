#include "app/command_line/stream_filter.h"
#include "app/command_line/stream_text.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace app;
using nlohmann::json;

namespace {

const ServerEvent task{"12.1", "task",
    R"({"task": "3-5", "what": "opened", "instance": "a", "at": "2026-01-31T23:59:59.999Z"})"};
const ServerEvent waiting{"12", "instance",
    R"({"instance": "a", "flow": "Order", "version": 2, "status": "Running", "waiting": true,
        "setAside": null, "standsAt": "pay", "changedAt": "2026-01-31T23:59:59.999Z"})"};
const ServerEvent failed{"13", "instance",
    R"({"instance": "a", "flow": "Order", "version": 2, "status": "Failed", "waiting": false,
        "setAside": null, "standsAt": null, "changedAt": "2026-02-01T00:00:00.000Z"})"};
const ServerEvent purged{"14", "purged", R"({"instance": "a", "run": 3})"};
const ServerEvent lost{"99", "reset", R"({"detail": "read the lists again"})"};

std::string textOf(const ServerEvent &event) { return streamLine(event, json::parse(event.data)); }

} // namespace

class StreamFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void tasksComeWithTheirInstance()
    {
        const StreamCommand ofOrders{.flow = "Order"};
        StreamFilter filter(ofOrders);
        QVERIFY(filter.take(task).empty());
        QVERIFY(filter.take(waiting) == (std::vector<ServerEvent>{task, waiting}));
        const StreamCommand ofOthers{.flow = "Other"};
        StreamFilter others(ofOthers);
        QVERIFY(others.take(task).empty());
        QVERIFY(others.take(waiting).empty());
        QVERIFY(others.take(purged).empty());
    }

    void aResetIsAlwaysShown()
    {
        const StreamCommand ofOne{.instance = "b"};
        StreamFilter filter(ofOne);
        QVERIFY(filter.take(task).empty());
        QVERIFY(filter.take(lost) == std::vector<ServerEvent>{lost});
        QVERIFY(filter.take(failed).empty());
    }

    void aStateEndsIt()
    {
        const StreamCommand untilFailed{.instance = "a", .until = {"Failed"}};
        StreamFilter filter(untilFailed);
        QVERIFY(!filter.judge(waiting));
        QVERIFY(filter.judge(failed) == 0);
        QVERIFY(filter.judge(purged) == 1);
        QVERIFY(filter.judge("Completed") == 1);
        QVERIFY(!filter.judge("Suspended"));
        const StreamCommand anyOne{.until = {"Completed"}};
        StreamFilter any(anyOne);
        QVERIFY(!any.judge(failed)); // another may complete
        QVERIFY(!any.judge(purged));
        const StreamCommand forEver{.instance = "a"};
        QVERIFY(!StreamFilter(forEver).judge(failed));
    }

    void anEventIsALine()
    {
        const std::string at = "2026-01-31T23:59:59.999Z  ";
        const std::string never = "-                         ";
        const std::string a = "a                         ";
        QCOMPARE(textOf(task), at + a + "task 3-5 opened  (12.1)\n");
        QCOMPARE(textOf(waiting), at + a + "Order 2: Waiting, at pay  (12)\n");
        QCOMPARE(textOf(failed), "2026-02-01T00:00:00.000Z  " + a + "Order 2: Failed  (13)\n");
        QCOMPARE(textOf(purged), never + a + "purged  (14)\n");
        QCOMPARE(textOf(lost), never + never + "reset: read the lists again  (99)\n");
        QCOMPARE(streamJsonLine(purged), std::string("{\"id\":\"14\",\"event\":\"purged\",\"data\":"
                                                     "{\"instance\": \"a\", \"run\": 3}}\n"));
    }
};

QTEST_GUILESS_MAIN(StreamFilterTest)
#include "stream_filter_test.moc"

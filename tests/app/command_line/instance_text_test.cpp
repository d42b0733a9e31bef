#include "app/command_line/instance_text.h"
#include "app/command_line/problem_text.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace app;
using nlohmann::json;

namespace {

const char *const waiting = R"({"instance": "7", "run": 3, "flow": "Order", "version": 2,
    "status": "Running", "waiting": true, "setAside": null, "standsOn": "Paid", "errorType": null,
    "createdAt": "2026-01-31T23:59:59.999Z", "changedAt": "2026-02-01T00:00:00.000Z",
    "finishedAt": null, "input": {"total": 1}, "customStatus": null, "output": null,
    "waits": [{"step": "pay", "events": ["Paid", "Refused"], "taken": 0,
               "since": "2026-02-01T00:00:00.000Z", "until": null}],
    "kept": [{"sequence": 4, "name": "Later", "payload": "x", "eventId": null,
              "at": "2026-02-01T00:00:01.000Z"}]})";

} // namespace

class InstanceTextTest : public QObject
{
    Q_OBJECT

private slots:
    void anInstanceSaysWhatItWaitsFor()
    {
        QCOMPARE(instanceText(json::parse(waiting)),
            std::string("7\n"
                        "  flow        Order 2\n"
                        "  status      Waiting\n"
                        "  stands on   Paid\n"
                        "  created     2026-01-31T23:59:59.999Z\n"
                        "  changed     2026-02-01T00:00:00.000Z\n"
                        "  input       {\"total\":1}\n"
                        "\n"
                        "WAITS AT  FOR            SINCE                     UNTIL\n"
                        "pay       Paid, Refused  2026-02-01T00:00:00.000Z\n"
                        "\n"
                        "KEPT EVENT  CAME                      PAYLOAD\n"
                        "Later       2026-02-01T00:00:01.000Z  \"x\"\n"));
    }

    void aFinishedOneSaysHowItEnded()
    {
        auto instance = json::parse(waiting);
        instance["status"] = "Failed";
        instance["waiting"] = false;
        instance["finishedAt"] = "2026-02-02T00:00:00.000Z";
        instance["errorType"] = "HttpError";
        instance["output"] = "it is down";
        instance["waits"] = json::array();
        instance["kept"] = json::array();
        const auto text = instanceText(instance);
        QVERIFY(text.find("  error       HttpError\n") != std::string::npos);
        QVERIFY(text.find("  output      \"it is down\"\n") != std::string::npos);
        QVERIFY(text.find("WAITS AT") == std::string::npos);
    }

    void aListIsATable()
    {
        const json page{{"instances", json::array({json::parse(waiting)})}, {"next", nullptr}};
        QCOMPARE(instancesText(page),
            std::string("INSTANCE  FLOW     STATUS   STANDS ON  CREATED                   CHANGED\n"
                        "7         Order 2  Waiting  Paid       2026-01-31T23:59:59.999Z  "
                        "2026-02-01T00:00:00.000Z\n"));
        QCOMPARE(instancesText({{"instances", json::array()}, {"next", nullptr}}),
            std::string("no instances\n"));
    }

    void problemsAreWhereEditorsFindThem()
    {
        const std::vector<engine::Problem> problems{
            {.id = "a",
                .text = "'%1' leads nowhere",
                .arguments = {"next"},
                .step = {"pay"},
                .pointer = "/steps/pay/next",
                .line = 12},
            {.severity = engine::Severity::Hint,
                .id = "b",
                .text = "waits for ever",
                .arguments = {},
                .step = {},
                .pointer = ""},
        };
        QCOMPARE(problemText("a.flow.json", problems),
            std::string("a.flow.json:12: pay: 'next' leads nowhere\n"
                        "a.flow.json: hint: waits for ever\n"));
    }
};

QTEST_GUILESS_MAIN(InstanceTextTest)
#include "instance_text_test.moc"

#include "tests/support/engine_over_rest.h"

#include <set>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;

namespace {

const std::string waitFlow = json{{"signalbox", 1}, {"name", "Wait"}, {"start", "w"},
    {"steps", {{"w", {{"kind", "wait"}, {"event", "Go"}, {"next", "e"}}}, {"e", {{"kind", "end"}}}}}}
                                 .dump();

json bodyOf(const tests::HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

} // namespace

/// One thing done to many instances, and what else changes more than one, over the whole engine.
class V1BatchTest : public QObject
{
    Q_OBJECT

    static json post(EngineOverRest &rest, const json &body, int status = 200)
    {
        const auto answer = rest.call("POST", "/api/v1/instances/batch", QByteArray::fromStdString(body.dump()));
        if (answer.status != status)
            qWarning("%d %s", answer.status, answer.body.constData());
        return answer.status == status ? bodyOf(answer) : json();
    }
    static std::vector<std::string> operationsIn(EngineOverRest &rest)
    {
        std::vector<std::string> operations;
        const json audit = rest.get("/api/v1/audit?limit=1000").at("audit");
        for (const json &entry : audit)
            operations.push_back(entry.at("operation").get<std::string>());
        return operations;
    }

private slots:
    void aBatchGoesThroughPagesAndSaysWhatBecameOfEach()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow));
        constexpr int count = 250;
        for (int i = 0; i < count; ++i)
            QVERIFY(rest.starts("Wait", "i" + std::to_string(i), JsonText::trusted("{\"n\":" + std::to_string(i) + "}")));
        json order{{"operation", "suspend"}, {"query", "flow:wait $.n>=10"}, {"dryRun", true}, {"reason", "audit"}};
        const json dry = post(rest, order);
        QVERIFY(dry.at("matched") == count - 10 && dry.at("instances").size() == 100 && !dry.contains("done"));
        QCOMPARE(rest.find("i249").status, InstanceStatus::Running);

        order["dryRun"] = false;
        order["limit"] = 130;
        std::set<std::string> seen;
        int calls = 0;
        for (json result = post(rest, order);; result = post(rest, order)) {
            ++calls;
            QVERIFY(result.at("done") == result.at("matched"));
            for (const json &one : result.at("results")) {
                QVERIFY(one.at("done") == true && one.at("problem").is_null());
                QVERIFY(seen.insert(one.at("instance").get<std::string>()).second);
            }
            if (result.at("next").is_null())
                break;
            order["after"] = result.at("next");
        }
        QCOMPARE(calls, 2);
        QCOMPARE(seen.size(), std::size_t(count - 10));
        QCOMPARE(rest.find("i10").status, InstanceStatus::Suspended);
        QCOMPARE(rest.find("i9").status, InstanceStatus::Running);
        const auto operations = operationsIn(rest);
        QCOMPARE(std::ranges::count(operations, "suspend"), count - 10);
        QCOMPARE(std::ranges::count(operations, "batch"), 2);
        const json last = rest.get("/api/v1/audit?limit=1").at("audit").at(0);
        QVERIFY(last.at("about") == "batch/suspend" && last.at("reason") == "audit");
        QVERIFY(last.at("after").at("query") == "flow:wait $.n>=10" && last.at("after").at("done") == 110);
    }

    void onlyInstancesInAStateForItAreMet()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow));
        for (const char *id : {"a", "b", "c"})
            QVERIFY(rest.starts("Wait", id));
        const auto matched = [&](const char *operation) {
            return post(rest, {{"operation", operation}, {"query", "flow:wait"}, {"dryRun", true}}).at("matched").get<int>();
        };
        QCOMPARE(rest.call("POST", "/api/v1/instances/a/suspend").status, 202);
        QCOMPARE(rest.call("POST", "/api/v1/instances/b/terminate").status, 202);
        QCOMPARE(matched("suspend"), 1);
        QCOMPARE(matched("resume"), 1);
        QCOMPARE(matched("terminate"), 2);
        QCOMPARE(matched("purge"), 1);
        QCOMPARE(matched("rewind"), 0);
        QCOMPARE(matched("retry"), 0);
        const json gone = post(rest, {{"operation", "purge"}, {"query", "flow:wait"}});
        QVERIFY(gone.at("done") == 1 && gone.at("results").at(0).at("instance") == "b");
        QCOMPARE(rest.get("/api/v1/instances").at("instances").size(), std::size_t(2));
    }

    void aBatchThatSaysNothingIsRefused()
    {
        EngineOverRest rest;
        const auto pointer = [&](const json &body) { return post(rest, body, 400).value("pointer", std::string()); };
        QCOMPARE(pointer({{"operation", "purge"}, {"query", ""}}), std::string("/query"));
        QCOMPARE(pointer({{"operation", "purge"}, {"query", "  "}}), std::string("/query"));
        QCOMPARE(pointer({{"operation", "purge"}, {"query", "status:gone"}}), std::string("/query"));
        QCOMPARE(pointer({{"operation", "purge"}}), std::string("/query"));
        QCOMPARE(pointer({{"query", "id:a"}}), std::string("/operation"));
        QCOMPARE(pointer({{"operation", "purge"}, {"query", "id:a"}, {"limit", 0}}), std::string("/limit"));
        QCOMPARE(pointer({{"operation", "purge"}, {"query", "id:a"}, {"all", true}}), std::string("/all"));
        QVERIFY(operationsIn(rest).empty());
    }

    void aSecretGoesInAndNeverComesOut()
    {
        EngineOverRest rest;
        QCOMPARE(rest.call("PUT", "/api/v1/secrets/SHOP", R"({"value": "open sesame"})").status, 200);
        QVERIFY(rest.get("/api/v1/secrets").at("secrets") == json::array({"SHOP"}));
        for (const char *path : {"/api/v1/secrets", "/api/v1/audit", "/api/v1/secrets/SHOP"})
            QVERIFY2(!rest.call("GET", path).body.contains("sesame"), path);
        QCOMPARE(rest.call("GET", "/api/v1/secrets/SHOP").status, 405);
        QCOMPARE(rest.call("PUT", "/api/v1/secrets/a%20b", R"({"value": "x"})").status, 400);
        QCOMPARE(rest.call("DELETE", "/api/v1/secrets/SHOP").status, 200);
        QCOMPARE(rest.call("DELETE", "/api/v1/secrets/SHOP").status, 404);
        QVERIFY((operationsIn(rest) == std::vector<std::string>{"removeSecret", "setSecret"}));
    }

    void aFlowMayCallOutOnceThatIsAllowed()
    {
        EngineOverRest rest;
        const json caller{{"signalbox", 1}, {"name", "Caller"}, {"start", "h"},
            {"steps", {{"h", {{"kind", "activity"}, {"activity", "http"},
                                 {"with", {{"url", "http://127.0.0.1:9/"}}}, {"next", "e"}}},
                          {"e", {{"kind", "end"}}}}}};
        QCOMPARE(rest.call("POST", "/api/v1/flows", QByteArray::fromStdString(caller.dump())).status, 200);
        const auto start = [&] { return rest.call("POST", "/api/v1/instances", R"({"flow": "Caller"})").status; };
        QCOMPARE(start(), 403);
        QCOMPARE(rest.call("PUT", "/api/v1/grants/Caller", R"({"reason": "read it"})").status, 200);
        QCOMPARE(start(), 201);
        const json grant = rest.get("/api/v1/grants").at("grants").at(0);
        QVERIFY(grant.at("granted") == true && grant.at("demands") == json::array({"http 127.0.0.1:9"}));
        QCOMPARE(rest.call("DELETE", "/api/v1/grants/Caller?reason=no").status, 200);
        QCOMPARE(start(), 403);
    }

    void theListFindsByQueryOverTheWholeEngine()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow));
        for (int i = 0; i < 20; ++i)
            QVERIFY(rest.starts("Wait", "i" + std::to_string(i), JsonText::trusted("{\"n\":" + std::to_string(i) + "}")));
        const auto ids = [&](const QByteArray &query) {
            std::string text;
            const json list = rest.get("/api/v1/instances?query=" + query).at("instances");
            for (const json &one : list)
                text += one.at("instance").get<std::string>() + " ";
            return text;
        };
        QCOMPARE(ids("$.n%3E17"), std::string("i19 i18 "));
        QCOMPARE(ids("waiting:go+id:i1*+-$.n%3E10"), std::string("i10 i1 "));
        QCOMPARE(ids("by:me+$.n=3"), std::string("i3 "));
        QCOMPARE(ids("vars.x=1"), std::string());
        const auto wrong = rest.call("GET", "/api/v1/instances?query=flow:wait+sttus:x");
        QVERIFY(wrong.status == 400 && wrong.body.contains("query, column 11"));
    }
};

QTEST_GUILESS_MAIN(V1BatchTest)
#include "v1_batch_test.moc"

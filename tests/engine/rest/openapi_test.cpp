#include "engine/rest/access.h"
#include "engine/rest/durable_functions/routes.h"
#include "engine/rest/v1/routes.h"
#include "engine/secret_store.h"
#include "tests/engine/rest/openapi_calls.h"
#include "tests/engine/rest/rest_fixture.h"

#include <QDir>
#include <QFile>

#include <map>
#include <set>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpAnswer;
using tests::HttpClient;

namespace {

const json waitFlow{{"signalbox", 1}, {"name", "Wait"}, {"start", "w"},
    {"events", {{"Scanned", {{"correlate", {{"event", "=event.parcel"},
                                  {"instance", "=input.parcel"}}}}}}},
    {"variables", {{"total", {{"default", 1}}}}},
    {"steps", {{"w", {{"kind", "wait"}, {"event", "Go"}, {"next", "s"}}},
                  {"s", {{"kind", "wait"}, {"event", "Scanned"}, {"next", "e"}}},
                  {"e", {{"kind", "end"}}}}}};
const json askFlow{{"signalbox", 1}, {"name", "Ask"}, {"start", "a"},
    {"steps", {{"a", {{"kind", "approval"}, {"title", "May we?"}, {"assignees", {"mara"}},
                         {"outcomes", {{"approve", {{"kind", "positive"}, {"next", "e"}}},
                                          {"reject", {{"kind", "negative"}, {"next", "e"}}}}}}},
                  {"e", {{"kind", "end"}}}}}};
const json workFlow{{"signalbox", 1}, {"name", "Work"}, {"start", "p"},
    {"steps", {{"p", {{"kind", "activity"}, {"activity", "worker"},
                         {"with", {{"name", "pack"}, {"input", "=input"}}},
                         {"retry", {{"attempts", 1}}}, {"next", "e"}}},
                  {"e", {{"kind", "end"}}}}}};

/// Routes whose good answer needs what this test cannot bring about; each with why.
const std::map<std::string, const char *> withoutGoodAnswer{
    {"POST /api/v1/instances/{id}/retry", "no instance is damaged here"},
    {"GET /api/v1/stream", "has no end; stream_test reads it"},
    {"GET /runtime/webhooks/durabletask/entities/{name}/{key}", "there are no entities"},
    {"POST /runtime/webhooks/durabletask/entities/{name}/{key}", "there are no entities"},
    {"DELETE /runtime/webhooks/durabletask/entities/{name}/{key}", "there are no entities"},
    {"GET /runtime/webhooks/durabletask/makeprimary", "there are no leases"},
    {"POST /runtime/webhooks/durabletask/makeprimary", "there are no leases"},
    {"DELETE /runtime/webhooks/durabletask/makeprimary", "there are no leases"},
    {"OPTIONS /runtime/webhooks/durabletask/makeprimary", "there are no leases"},
};

} // namespace

/// The document describes the routes that there are, and their answers are as it says.
class OpenApiTest : public tests::OpenApiCalls
{
    Q_OBJECT

    static std::set<std::string> routes()
    {
        tests::FakeDoor door;
        const Router router = v1Routes({.door = door.door(),
            .hub = {},
            .payload = {},
            .streams = std::make_shared<EventStreams>(door.door().changes, 1),
            .meter = std::make_shared<RestMeter>(),
            .holdsStill = {}});
        const DurableFunctions durable({door.door(), {}, {}});
        std::set<std::string> all;
        const auto add = [&all](const std::string &prefix, const Router &routes) {
            for (const Router::Route &route : routes.routes()) {
                std::string line = route.method + " " + prefix;
                for (const std::string &part : route.pattern)
                    line += "/" + part;
                if (!all.insert(line).second)
                    qFatal("two routes for %s", line.c_str());
            }
        };
        add({}, router);
        add("/runtime/webhooks/durabletask", durable.router());
        return all;
    }

private slots:
    void everyRouteIsDescribedAndNothingElse()
    {
        QCOMPARE(m_document.at("openapi").get<std::string>(), std::string("3.1.0"));
        std::set<std::string> missing;
        const auto there = routes();
        const auto said = described();
        std::ranges::set_difference(there, said, std::inserter(missing, missing.end()));
        QVERIFY2(missing.empty(), missing.empty() ? "" : missing.begin()->c_str());
        std::ranges::set_difference(said, there, std::inserter(missing, missing.end()));
        QVERIFY2(missing.empty(), missing.empty() ? "" : missing.begin()->c_str());
        QVERIFY(there.size() > 60);
    }

    void everyReferenceLeadsSomewhereAndEverythingIsReferredTo()
    {
        std::set<std::string> references;
        collectReferences(m_document, references);
        for (const std::string &reference : references)
            QVERIFY2(m_document.contains(json::json_pointer(reference.substr(1))), reference.c_str());
        for (const char *kind : {"schemas", "responses", "parameters"}) {
            for (const auto &[name, value] : m_document.at("components").at(kind).items()) {
                const std::string place = std::string("#/components/") + kind + "/" + name;
                QVERIFY2(references.contains(place), place.c_str());
            }
        }
    }

    void everyOperationIsWhole()
    {
        std::set<std::string> ids;
        for (const auto &[path, operations] : m_document.at("paths").items()) {
            for (const auto &[verb, operation] : operations.items()) {
                QVERIFY(ids.insert(operation.at("operationId").get<std::string>()).second);
                QVERIFY(!operation.at("summary").get<std::string>().empty());
                std::set<std::string> inPath;
                for (const json &one : operation.value("parameters", json::array())) {
                    const json &parameter = resolved(one);
                    QVERIFY(!parameter.at("description").get<std::string>().empty());
                    if (parameter.at("in") == "path")
                        inPath.insert("{" + parameter.at("name").get<std::string>() + "}");
                }
                std::set<std::string> inPattern;
                for (const QByteArray &part : QByteArray::fromStdString(path).split('/')) {
                    if (part.startsWith('{'))
                        inPattern.insert(part.toStdString());
                }
                QVERIFY2(inPath == inPattern, path.c_str());
                for (const auto &[status, response] : operation.at("responses").items())
                    QVERIFY(!resolved(response).at("description").get<std::string>().empty());
            }
        }
    }

    void everySchemaIsOne()
    {
        for (const auto &[name, schema] : m_document.at("components").at("schemas").items()) {
            json whole = schema;
            whole["components"] = m_document.at("components");
            const auto problems = schemaProblems(JsonText::of(whole));
            QVERIFY2(problems.empty(),
                problems.empty() ? "" : (name + ": " + problems.front().message).c_str());
        }
    }

    void theDocumentIsServedWithAPageForPeople()
    {
        m_rest = std::make_unique<EngineOverRest>();
        QCOMPARE(HttpClient(m_rest->port()).call("GET", "/api/v1/openapi.json").status, 401);
        QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/openapi.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(m_rest->call("GET", "/api/v1/openapi.json").body, file.readAll());
        const auto page = m_rest->call("GET", "/api/v1/openapi.html");
        QCOMPARE(page.headers.value("content-type"), QByteArray("text/html; charset=utf-8"));
        QVERIFY(page.headers.value("content-security-policy").startsWith("default-src 'none'"));
        QVERIFY(!page.body.contains("<script") && !page.body.contains("http:"));
        for (const auto &[path, operations] : m_document.at("paths").items())
            QVERIFY2(page.body.contains("<code>" + QByteArray::fromStdString(path) + "</code>"),
                path.c_str());
    }

    void answersAreAsTheDocumentSays()
    {
        m_rest = std::make_unique<EngineOverRest>();
        for (const auto part : {&OpenApiTest::wholeEngine, &OpenApiTest::flows,
                 &OpenApiTest::instances, &OpenApiTest::corrections, &OpenApiTest::events,
                 &OpenApiTest::tasks, &OpenApiTest::work, &OpenApiTest::webhooks, &OpenApiTest::keys,
                 &OpenApiTest::reports, &OpenApiTest::batches, &OpenApiTest::settings,
                 &OpenApiTest::durableFunctions}) {
            try {
                (this->*part)();
            } catch (const json::exception &fault) { // an answer was another than expected
                m_faults += fault.what() + QByteArray("\n");
            }
        }
        QVERIFY2(m_faults.isEmpty(), m_faults.constData());
        for (const std::string &operation : described()) {
            if (operation.find("/webhooks/{1}/{2}/") != operation.npos)
                continue; // the same as the shorter ones
            QVERIFY2(m_answered.contains(operation) != withoutGoodAnswer.contains(operation),
                operation.c_str());
        }
    }

private:
    void wholeEngine()
    {
        get("/api/v1/health");
        call("GET", "/api/v1/health", {}, 200, {});
        get("/api/v1/metrics");
        get("/api/v1/openapi.json");
        get("/api/v1/openapi.html");
        get("/api/v1/audit");
        call("GET", "/api/v1/audit", {}, 401, {});
        get("/api/v1/audit?limit=0", 400);
        get("/api/v1/stream?lastEventId=x", 400);
        const std::string copy = m_rest->directory() + "/copy.db";
        call("POST", "/api/v1/backup", {{"path", copy}}, 201);
        call("POST", "/api/v1/backup", {{"path", copy}}, 409);
        call("POST", "/api/v1/backup", {{"path", "copy.db"}}, 400);
    }
    void flows()
    {
        for (const json &flow : {waitFlow, askFlow})
            call("POST", "/api/v1/flows", flow, 200);
        QVERIFY(m_rest->deploys(workFlow.dump())); // with a grant, which REST does not give
        call("POST", "/api/v1/flows", {{"signalbox", 1}, {"name", "No"}, {"steps", json::object()}},
            422);
        call("POST", "/api/v1/flows", 7, 400);
        get("/api/v1/flows");
        get("/api/v1/flows/Wait");
        get("/api/v1/flows/Nobody", 404);
        get("/api/v1/flows/Wait/versions/1");
        get("/api/v1/flows/Wait/versions/2", 404);
    }
    void instances()
    {
        start("Wait", "a", {{"parcel", "P-1"}});
        call("POST", "/api/v1/instances", {{"flow", "Wait"}, {"instance", "a"}}, 409);
        call("POST", "/api/v1/instances", {{"flow", "Nobody"}}, 404);
        call("POST", "/api/v1/instances", {{"flow", 7}}, 400);
        get("/api/v1/instances?limit=1");
        get("/api/v1/instances?status=odd", 400);
        get("/api/v1/instances/a");
        get("/api/v1/instances/nobody", 404);
        get("/api/v1/instances/a/history?limit=1");
        get("/api/v1/instances/nobody/history", 404);
        get("/api/v1/instances/a/explain?event=Go");
        call("DELETE", "/api/v1/instances/a", {}, 409);
        for (const char *verb : {"suspend", "resume"})
            call("POST", QByteArray("/api/v1/instances/a/") + verb, {{"reason", "lunch"}}, 202);
        call("POST", "/api/v1/instances/a/resume", {}, 409);
        call("POST", "/api/v1/instances/a/retry", {}, 409);
        call("POST", "/api/v1/instances/a/rewind", {}, 409);
        get("/api/v1/instances/a/audit");
        call("POST", "/api/v1/instances/a/restart", {{"instance", "a2"}}, 201);
        call("POST", "/api/v1/instances/a2/terminate", {{"reason", "enough"}}, 202);
        call("POST", "/api/v1/instances/a2/terminate", {}, 410);
        get("/api/v1/instances/a2");
        call("DELETE", "/api/v1/instances/a2", {}, 200);
        call("DELETE", "/api/v1/instances?flow=Nobody", {}, 200);
        call("DELETE", "/api/v1/instances", {}, 400);
    }
    void corrections()
    {
        start("Wait", "c", {{"parcel", "P-0"}});
        call("POST", "/api/v1/instances/c/variables", {{"values", {{"total", 3}}}, {"reason", "why"}},
            202);
        call("POST", "/api/v1/instances/c/variables", {{"values", {{"total", 3}}}}, 400);
        call("POST", "/api/v1/instances/c/skip",
            {{"step", "w"}, {"result", {{"by", "hand"}}}, {"reason", "why"}}, 202);
        call("POST", "/api/v1/instances/c/move", {{"to", "w"}, {"reason", "why"}}, 202);
        get("/api/v1/instances/c");
    }
    void events()
    {
        start("Wait", "e1", {{"parcel", "P-2"}});
        start("Wait", "e2", {{"parcel", "P-3"}});
        const auto keep = [&](const char *instance) {
            call("POST", QByteArray("/api/v1/instances/") + instance + "/events/Other", {{"a", 1}},
                202);
            const json kept = get(QByteArray("/api/v1/instances/") + instance).at("kept");
            return QByteArray("/api/v1/instances/") + instance + "/kept/" +
                   QByteArray::number(kept.at(0).at("sequence").get<int>());
        };
        call("DELETE", keep("e1"), {}, 202);
        call("POST", keep("e1"), {{"instance", "e2"}}, 202);
        get("/api/v1/instances/e2/explain");
        call("POST", "/api/v1/instances/e1/events/Go", 1, 202);
        call("POST", "/api/v1/instances/nobody/events/Go", 1, 404);
        call("POST", "/api/v1/events/Scanned", {{"parcel", "P-2"}}, 202);
        call("POST", "/api/v1/events/Scanned", {{"parcel", "P-9"}}, 202);
        call("POST", "/api/v1/events/Scanned", {{"parcel", "P-8"}}, 202);
        const int kept = get("/api/v1/events").at("events").at(0).at("id").get<int>();
        const auto place = [](int id) { return "/api/v1/events/kept/" + QByteArray::number(id); };
        call("POST", place(kept), {{"instance", "nobody"}}, 404);
        start("Wait", "e3", {{"parcel", "P-4"}});
        call("POST", place(kept), {{"instance", "e3"}}, 202);
        call("DELETE", place(kept + 1), {}, 202);
        call("POST", "/api/v1/events/Nothing", 1, 404);
        get("/api/v1/events");
        call("POST", "/api/v1/instances/e1/events/Go", 1, 410);
        const json log = get("/api/v1/undelivered").at("undelivered");
        QVERIFY(log.size() >= 2);
        const auto entry = [&](std::size_t i) {
            return "/api/v1/undelivered/" + QByteArray::number(log.at(i).at("id").get<int>());
        };
        call("POST", entry(0) + "/replay", {{"instance", "e2"}}, 202);
        call("DELETE", entry(1), {}, 202);
        call("DELETE", entry(1), {}, 404);
        m_rest->listensForCallbacks();
        const QByteArray code =
            QByteArray::fromStdString(callbackCode("secret", "e2"));
        call("POST", "/api/v1/callbacks/e2/" + code + "/Go", 1, 202, {});
        call("POST", "/api/v1/callbacks/e2/wrong/Go", 1, 401, {});
    }
    void tasks()
    {
        for (const char *id : {"t1", "t2"})
            start("Ask", id);
        const QByteArray one = taskOf("t1");
        get("/api/v1/tasks?limit=1");
        get("/api/v1/tasks?limit=x", 400);
        get(one);
        get("/api/v1/tasks/9-9", 404);
        call("POST", one + "/claim", {{"by", "mara"}}, 202);
        call("DELETE", one + "/claim", {}, 202);
        call("POST", one + "/comments", {{"text", "Why?"}, {"question", true}, {"by", "mara"}}, 202);
        call("POST", one + "/reassign", {{"to", {"ines", "mara"}}}, 202);
        call("POST", one + "/answer", {{"outcome", "odd"}, {"by", "mara"}}, 400);
        call("POST", one + "/answer", {{"outcome", "approve"}, {"by", "mara"}}, 202);
        call("POST", one + "/answer", {{"outcome", "approve"}, {"by", "ines"}}, 409);
        get(one); // closed
        get("/api/v1/instances/t1/history");
        const QByteArray two = taskOf("t2");
        call("POST", "/api/v1/instances/t2/terminate", {}, 202);
        call("POST", two + "/answer", {{"outcome", "approve"}, {"by", "mara"}}, 410);
    }
    void work()
    {
        for (const char *id : {"w1", "w2"})
            start("Work", id, {{"big", 1}});
        const QByteArray first = fetchWork();
        call("POST", first + "/heartbeat?lease=60", {}, 200);
        call("POST", first + "/complete", {{"weight", 2}}, 202);
        call("POST", first + "/complete", {{"weight", 2}}, 409);
        call("POST", fetchWork() + "/fail", {{"message", "torn"}, {"retriable", false}}, 202);
        call("POST", "/api/v1/work/other", {}, 200);
        call("POST", "/api/v1/work/other?most=0", {}, 400);
        for (const char *id : {"w1", "w2"}) {
            const json instance = get(QByteArray("/api/v1/instances/") + id);
            if (instance.at("status") == "Failed")
                call("POST", QByteArray("/api/v1/instances/") + id + "/rewind",
                    {{"reason", "again"}}, 202);
        }
    }
    void webhooks()
    {
        const SecretStore secrets(m_rest->directory());
        QVERIFY(bool(secrets.set("SHIP", "sesame", SecretStore::Keychain::Never)));
        start("Wait", "h", {{"parcel", "P-4"}});
        for (const char *path : {"ship", "ship/{more}"})
            call("PUT", "/api/v1/webhooks",
                {{"path", path}, {"scheme", "token"}, {"secret", "SHIP"}, {"header", "X-Token"},
                    {"event", "=body.name"}, {"instance", "='h'"}},
                200);
        call("PUT", "/api/v1/webhooks", {{"path", "ship"}}, 400);
        get("/api/v1/webhooks");
        const QByteArray token = "X-Token: sesame\r\n";
        call("POST", "/api/v1/webhooks/ship", {{"name", "Go"}}, 202, token);
        call("POST", "/api/v1/webhooks/ship", {{"name", nullptr}}, 204, token);
        call("POST", "/api/v1/webhooks/ship/fast", {{"name", "Go"}}, 202, token);
        call("POST", "/api/v1/webhooks/ship", {{"name", "Go"}}, 401, "X-Token: no\r\n");
        call("POST", "/api/v1/webhooks/other", {{"name", "Go"}}, 404, {});
        call("DELETE", "/api/v1/webhooks?path=ship", {}, 200);
        call("DELETE", "/api/v1/webhooks?path=ship", {}, 404);
    }
    void keys()
    {
        const json made = call("POST", "/api/v1/keys", {{"label", "shop"}, {"scope", "raise-only"}}, 201);
        call("POST", "/api/v1/keys", {{"label", "shop"}, {"scope", "full"}}, 409);
        call("POST", "/api/v1/keys", {{"label", "other"}}, 400);
        call("POST", "/api/v1/keys", {{"label", "ship"}, {"scope", "webhook:ship"}}, 201);
        call("POST", "/api/v1/keys", {{"label", ""}}, 400);
        get("/api/v1/keys");
        call("GET", "/api/v1/instances", {}, 403, "x-functions-key: " + text(made.at("key")) + "\r\n");
        call("POST", "/api/v1/keys/shop/rotate", {}, 200);
        call("POST", "/api/v1/keys/nobody/rotate", {}, 404);
        call("DELETE", "/api/v1/keys/shop", {}, 200);
        call("DELETE", "/api/v1/keys/shop", {}, 404);
    }
    void reports()
    {
        const json parent{{"signalbox", 1}, {"name", "Parent"}, {"start", "c"},
            {"steps", {{"c", {{"kind", "subFlow"}, {"flow", "Wait"}, {"next", "e"}}},
                          {"e", {{"kind", "end"}}}}}};
        call("POST", "/api/v1/flows", parent, 200);
        start("Parent", "parent-1");
        QVERIFY(get("/api/v1/instances/parent-1/children").at("children").at(0).at("now").is_object());
        get("/api/v1/instances/nobody/children", 404);
        QCOMPARE(get("/api/v1/instances/parent-1/timeline").at("visits").size(), std::size_t(1));
        get("/api/v1/instances/nobody/timeline", 404);
        get("/api/v1/instances/parent-1/timeline?limit=0", 400);
        get("/api/v1/instances/parent-1/variables");
        get("/api/v1/instances/nobody/variables", 404);
        get("/api/v1/statistics");
        get("/api/v1/statistics?flow=Wait");
        get("/api/v1/statistics?version=1", 400);
        get("/api/v1/instances?query=status:live+flow:parent");
        get("/api/v1/instances?query=status:none", 400);
    }
    void batches()
    {
        start("Wait", "batch-1");
        start("Wait", "batch-2");
        const char *path = "/api/v1/instances/batch";
        json body{{"operation", "suspend"}, {"query", "id:batch-*"}, {"dryRun", true}};
        QVERIFY(call("POST", path, body, 200).at("matched") == 2);
        body["dryRun"] = false;
        body["reason"] = "audit";
        QVERIFY(call("POST", path, body, 200).at("done") == 2);
        call("POST", path, {{"operation", "suspend"}, {"query", ""}}, 400);
        call("POST", path, {{"operation", "burn"}, {"query", "id:x"}}, 400);
    }
    void settings()
    {
        get("/api/v1/secrets");
        call("PUT", "/api/v1/secrets/SHOP", {{"value", "open sesame"}}, 200);
        call("PUT", "/api/v1/secrets/SHOP", {{"value", ""}}, 400);
        call("DELETE", "/api/v1/secrets/SHOP", {}, 200);
        call("DELETE", "/api/v1/secrets/SHOP", {}, 404);
        const json caller{{"signalbox", 1}, {"name", "Caller"}, {"start", "h"},
            {"steps", {{"h", {{"kind", "activity"}, {"activity", "http"},
                                 {"with", {{"url", "http://127.0.0.1:9/"}}}, {"next", "e"}}},
                          {"e", {{"kind", "end"}}}}}};
        call("POST", "/api/v1/flows", caller, 200);
        QVERIFY(get("/api/v1/grants").at("grants").at(0).at("granted") == false);
        call("DELETE", "/api/v1/grants/Caller", {}, 404);
        QVERIFY(call("PUT", "/api/v1/grants/Caller", {{"version", 1}}, 200).at("grants").at(0).at("granted") == true);
        call("PUT", "/api/v1/grants/Caller", {{"version", 0}}, 400);
        call("PUT", "/api/v1/grants/Nothing", {{"reason", "r"}}, 404);
        call("DELETE", "/api/v1/grants/Caller", {}, 200);
        call("DELETE", "/api/v1/flows/Caller/versions/1", {}, 200);
        call("DELETE", "/api/v1/flows/Caller/versions/1", {}, 404);
        call("DELETE", "/api/v1/flows/Wait/versions/1", {}, 409);
    }
    void durableFunctions()
    {
        const QByteArray base = "/runtime/webhooks/durabletask/";
        const json failing{{"signalbox", 1}, {"name", "Failing"}, {"start", "f"},
            {"steps", {{"f", {{"kind", "fail"}, {"type", "Torn"}, {"message", "the paper"}}}}}};
        call("POST", "/api/v1/flows", failing, 200);
        call("POST", base + "orchestrators/Wait", {{"a", 1}}, 202);
        call("POST", base + "orchestrators/Nothing", {}, 400);
        call("POST", base + "orchestrators/Wait/df-1", {{"a", 1}}, 202);
        call("POST", base + "orchestrators/Wait/df-1", {{"a", 1}}, 409);
        call("POST", base + "orchestrators/Failing/df-2", {}, 202);
        call("GET", base + "instances?top=2", {}, 200);
        call("GET", base + "instances/df-1?showHistory=true", {}, 202);
        call("GET", base + "instances/df-2?returnInternalServerErrorOnFailure=true", {}, 500);
        call("GET", base + "instances/df-9", {}, 404);
        call("GET", base + "instances", {}, 401, {});
        call("POST", base + "instances/df-1/raiseEvent/Later", true, 202);
        call("POST", base + "instances/df-9/raiseEvent/Later", true, 404);
        call("POST", base + "instances/df-2/raiseEvent/Later", true, 410);
        call("POST", base + "instances/df-1/suspend?reason=r", {}, 202);
        call("POST", base + "instances/df-1/suspend", {}, 500);
        call("POST", base + "instances/df-1/resume", {}, 202);
        call("POST", base + "instances/df-1/rewind", {}, 412);
        call("DELETE", base + "instances/df-1", {}, 412);
        call("POST", base + "instances/df-1/terminate?reason=r", {}, 202);
        call("POST", base + "instances/df-2/rewind", {}, 202);
        call("POST", base + "instances/df-9/rewind", {}, 404);
        call("POST", base + "instances/df-1/restart", {}, 202);
        call("GET", base + "instances/df-1", {}, 200);
        call("DELETE", base + "instances/df-1", {}, 200);
        call("DELETE", base + "instances", {}, 400);
        call("DELETE", base + "instances?createdTimeFrom=2020-01-01T00:00:00Z", {}, 200);
        call("DELETE", base + "instances?createdTimeFrom=2020-01-01T00:00:00Z", {}, 404);
        call("GET", base + "entities", {}, 200);
        call("GET", base + "entities/counter", {}, 200);
        call("GET", base + "entities/counter/a", {}, 404);
        call("POST", base + "entities/counter/a?op=add", 1, 400);
        call("DELETE", base + "entities/counter/a", {}, 400);
        for (const char *method : {"GET", "POST", "DELETE", "OPTIONS"})
            call(method, base + "makeprimary", {}, 400);
    }
};

QTEST_GUILESS_MAIN(OpenApiTest)
#include "openapi_test.moc"

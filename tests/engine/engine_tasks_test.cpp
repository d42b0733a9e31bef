#include "tests/support/engine_over_rest.h"

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpAnswer;

namespace {

constexpr auto expense = R"({"signalbox": 1, "name": "Expense", "start": "ask", "steps": {
    "ask": {"kind": "approval", "title": "=`Expense of ${input.who}`", "text": "Please look.",
        "assignees": "=input.to", "form": {"type": "object", "required": ["limit"]},
        "outcomes": {"approve": {"kind": "positive", "next": "done"},
            "reject": {"kind": "negative", "requireComment": true, "next": "done"}},
        "due": "P2D", "default": "reject"},
    "done": {"kind": "end", "output": "=steps.ask"}}})";

constexpr auto release = R"({"signalbox": 1, "name": "Release", "start": "ask", "steps": {
    "ask": {"kind": "approval", "policy": 2, "assignees": ["ann", "bob", "cid"],
        "outcomes": {"go": {"kind": "positive", "next": "done"}, "stop": {"kind": "negative", "next": "done"}}},
    "done": {"kind": "end", "output": "=steps.ask.outcome"}}})";

JsonText inputFor(const char *who)
{
    return JsonText::of({{"who", who}, {"to", {"bob", "cid"}}});
}

QByteArray pathOf(const json &task)
{
    return "/api/v1/tasks/" + QByteArray::fromStdString(task.at("id").get<std::string>());
}

json bodyOf(const HttpAnswer &answer) { return json::parse(answer.body.toStdString()); }

} // namespace

/// Tasks over the whole engine, its database and real HTTP (semantics 6, http-api part B).
class EngineTasksTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<EngineOverRest> m_rest;

    json tasks(const QByteArray &query = {})
    {
        return m_rest->get("/api/v1/tasks" + query).at("tasks");
    }
    HttpAnswer answer(const json &task, const QByteArray &body, const QByteArray &headers = {})
    {
        return m_rest->call("POST", pathOf(task) + "/answer", body, headers);
    }

private slots:
    void init()
    {
        m_rest = std::make_unique<EngineOverRest>();
        QVERIFY(m_rest->deploys(expense));
        QVERIFY(m_rest->deploys(release));
    }
    void cleanup() { m_rest.reset(); }

    void theInboxShowsWhatIsAsked()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        QVERIFY(task.at("title") == "Expense of ann" && task.at("instance") == "e-1");
        QVERIFY(task.at("assignees") == json({"bob", "cid"}) && task.at("dueAt").is_string());
        QVERIFY(tasks("?assignee=BOB").size() == 1 && tasks("?assignee=ann").empty());
        QVERIFY(tasks("?flow=Release").empty() && tasks("?instance=e-1").size() == 1);
        const json detail = m_rest->get(pathOf(task));
        QVERIFY(detail.at("text") == "Please look." && detail.at("open") == true);
        QVERIFY(detail.at("policy") == "first" && detail.at("outcomes").size() == 2);
        QVERIFY(detail.at("outcomes").at(1).at("requireComment") == true);
        QVERIFY(detail.at("form").at("required") == json({"limit"}));
    }

    void anAnswerMovesTheInstance()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        QCOMPARE(answer(task, R"({"outcome":"perhaps"})").status, 400);
        QCOMPARE(answer(task, R"({"outcome":"approve","by":"bob"})").status, 400); // the form
        QCOMPARE(answer(task, R"({"outcome":"approve","by":"bob","data":{"limit":5}})").status, 202);
        QTRY_COMPARE(m_rest->find("e-1").status, InstanceStatus::Completed);
        const json output = m_rest->find("e-1").output.tree();
        QVERIFY(output.at("outcome") == "approve" && output.at("by") == "bob");
        QVERIFY(output.at("data") == json({{"limit", 5}}));
        QVERIFY(tasks().empty());
    }

    void theSecondHearsWhoWasFirst()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        QCOMPARE(answer(task, R"({"outcome":"reject","comment":"no","by":"bob"})").status, 202);
        const HttpAnswer second = answer(task, R"({"outcome":"approve","by":"cid","data":{"limit":5}})");
        QCOMPARE(second.status, 409);
        QVERIFY2(second.body.contains("task 1-3 is decided: bob answered reject"), second.body);
        const json closed = m_rest->get(pathOf(task));
        QVERIFY(closed.at("open") == false && closed.at("end") == "decided");
    }

    void theSameKeyIsTheSameAnswer()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        const QByteArray no = R"({"outcome":"reject","comment":"no"})";
        QCOMPARE(answer(task, no, "Idempotency-Key: 1\r\n").status, 202);
        const HttpAnswer again = answer(task, no, "Idempotency-Key: 1\r\n");
        QCOMPARE(again.status, 202);
        QVERIFY(bodyOf(again).at("duplicate") == true);
        QCOMPARE(answer(task, no, "Idempotency-Key: 2\r\n").status, 409);
    }

    void whatIsWithdrawnSaysWhy()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        QVERIFY(m_rest->engine().terminate({{"e-1"}, "no longer wanted", EngineOverRest::window()}).result());
        QVERIFY(tasks().empty());
        const HttpAnswer late = answer(task, R"({"outcome":"reject","comment":"no"})");
        QCOMPARE(late.status, 410);
        QVERIFY2(late.body.contains("no longer wanted"), late.body);
        const json closed = m_rest->get(pathOf(task));
        QVERIFY(closed.at("end") == "withdrawn" && closed.at("reason") == "no longer wanted");
    }

    void claimReassignAndCommentAreThereForAll()
    {
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        const json task = tasks().at(0);
        const QByteArray path = pathOf(task);
        QCOMPARE(m_rest->call("POST", path + "/claim", R"({"by":"bob"})").status, 202);
        QVERIFY(tasks().at(0).at("claimedBy") == "bob");
        QCOMPARE(m_rest->call("POST", path + "/claim", R"({"by":"cid"})").status, 409);
        QCOMPARE(m_rest->call("DELETE", path + "/claim").status, 202);
        QCOMPARE(m_rest->call("POST", path + "/reassign", R"({"to":"dan","reason":"away"})").status, 202);
        QVERIFY(tasks().at(0).at("assignees") == json({"dan"}));
        QCOMPARE(m_rest->call("POST", path + "/comments", R"({"text":"which?","question":true})").status, 202);
        QVERIFY(tasks().at(0).at("askedBy").is_string());
        const json history = m_rest->get(path).at("history");
        std::vector<std::string> types;
        for (const json &event : history)
            types.push_back(event.at("type"));
        QVERIFY2(types == (std::vector<std::string>{"TaskOpened", "TimerCreated", "TaskClaimed",
                              "TaskClaimed", "TaskReassigned", "TaskCommented"}),
            history.dump(1).c_str());
    }

    void bodiesAndNamesAreChecked_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("no such task") << QByteArray("99-3/answer") << QByteArray("{}") << 404;
        QTest::newRow("no name of a task") << QByteArray("x/answer") << QByteArray("{}") << 404;
        QTest::newRow("unknown member") << QByteArray("1-3/answer") << QByteArray(R"({"outcom":1})") << 400;
        QTest::newRow("wrong member") << QByteArray("1-3/answer") << QByteArray(R"({"outcome":1})") << 400;
        QTest::newRow("no JSON") << QByteArray("1-3/claim") << QByteArray("{") << 400;
        QTest::newRow("names that are none") << QByteArray("1-3/reassign") << QByteArray(R"({"to":[1]})") << 400;
        QTest::newRow("nobody") << QByteArray("1-3/reassign") << QByteArray(R"({"to":[]})") << 400;
        QTest::newRow("nothing said") << QByteArray("1-3/comments") << QByteArray("{}") << 400;
        QTest::newRow("a query") << QByteArray("1-3/answer?x=1") << QByteArray("{}") << 400;
    }
    void bodiesAndNamesAreChecked()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        QVERIFY(m_rest->starts("Expense", "e-1", inputFor("ann")));
        QVERIFY(tasks().at(0).at("id") == "1-3");
        QCOMPARE(m_rest->call("POST", "/api/v1/tasks/" + path, body).status, status);
        QCOMPARE(m_rest->call("GET", "/api/v1/tasks?limit=0").status, 400);
        QCOMPARE(m_rest->call("GET", "/api/v1/tasks?after=x").status, 400);
        QCOMPARE(m_rest->call("GET", "/api/v1/tasks?dueBefore=soon").status, 400);
        QCOMPARE(m_rest->call("GET", "/api/v1/tasks/99-3").status, 404);
        QCOMPARE(m_rest->call("GET", "/api/v1/tasks/1-2").status, 404);
    }

    void fourEyesSurviveARestart()
    {
        QVERIFY(m_rest->starts("Release", "r-1"));
        QCOMPARE(answer(tasks().at(0), R"({"outcome":"go","by":"ann"})").status, 202);
        m_rest->restart();
        const json task = tasks().at(0);
        QVERIFY(task.at("answers") == 1);
        QCOMPARE(answer(task, R"({"outcome":"go","by":"Ann"})").status, 409);
        QCOMPARE(answer(task, R"({"outcome":"go","by":"zoe"})").status, 403);
        QCOMPARE(answer(task, R"({"outcome":"go","by":"bob"})").status, 202);
        QTRY_COMPARE(m_rest->find("r-1").output.text(), std::string("\"go\""));
    }

    void raisingTheEventIsTheSame()
    {
        QVERIFY(m_rest->starts("Release", "r-1"));
        const QByteArray path = "/api/v1/instances/r-1/events/Approval";
        QCOMPARE(m_rest->call("POST", path, R"({"approved":true,"by":"ann"})").status, 202);
        QCOMPARE(m_rest->call("POST", path, R"({"approved":true,"by":"zoe"})").status, 403);
        QCOMPARE(m_rest->call("POST", path, R"("perhaps")").status, 400);
        QCOMPARE(m_rest->call("POST", path, R"({"approved":true,"by":"cid"})").status, 202);
        QTRY_COMPARE(m_rest->find("r-1").output.text(), std::string("\"go\""));
    }

    void pagesFollowOneAnother()
    {
        for (int i = 0; i < 5; ++i)
            QVERIFY(m_rest->starts("Release", "r-" + std::to_string(i)));
        QByteArray next;
        int seen = 0;
        do {
            const json page = m_rest->get("/api/v1/tasks?limit=2" + (next.isEmpty() ? "" : "&after=" + next));
            QVERIFY(page.at("open") == 5);
            seen += int(page.at("tasks").size());
            next = page.at("next").is_null() ? QByteArray() : QByteArray::fromStdString(page.at("next"));
        } while (!next.isEmpty());
        QCOMPARE(seen, 5);
    }
};

QTEST_GUILESS_MAIN(EngineTasksTest)
#include "engine_tasks_test.moc"

#include "tests/support/engine_over_rest.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

#include <memory>

using namespace engine;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpAnswer;

namespace {

constexpr auto flow = R"({"signalbox": 1, "name": "Pack", "start": "pack", "steps": {
    "pack": {"kind": "activity", "activity": "worker",
        "with": {"name": "pack", "input": {"order": "=input"}},
        "retry": {"attempts": 2, "first": "PT0.001S"},
        "next": "done", "onError": {"Torn": "torn"}},
    "done": {"kind": "end", "output": "=steps.pack.weight"},
    "torn": {"kind": "end", "output": "=error.message"}}})";

} // namespace

/// Programs outside that do the work of a flow, over the whole engine and real HTTP.
class EngineWorkerTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<EngineOverRest> m_engine;

    HttpAnswer call(
        const QByteArray &path, const QByteArray &body = {}, const QByteArray &name = "pack")
    {
        return m_engine->call("POST", "/api/v1/work/" + name + path, body);
    }
    /// What there is, or comes within a minute.
    json fetch(const QByteArray &lease)
    {
        const auto answer = call("?wait=60&lease=" + lease);
        return json::parse(answer.body.toStdString()).at("work");
    }
    static QByteArray leaseOf(const json &work)
    {
        return '/' + QByteArray::fromStdString(work.at(0).at("lease").get<std::string>());
    }
    void start(const char *id)
    {
        QVERIFY(m_engine->starts("Pack", id, JsonText::of(id)));
    }
    InstanceSummary find(const char *id) { return m_engine->find(id); }

private slots:
    void init()
    {
        m_engine = std::make_unique<EngineOverRest>();
        QVERIFY(m_engine->deploys(flow));
    }
    void cleanup() { m_engine.reset(); }

    void whenAWorkerDisappearsAnotherDoesItsWork()
    {
        start("o-1");
        const json first = fetch("1"); // and nothing is heard of it any more
        QVERIFY(first.at(0).at("input") == json({{"order", "o-1"}}));
        QVERIFY(first.at(0).at("attempt") == 1);
        const json second = fetch("60");
        QVERIFY(second.at(0).at("attempt") == 2);
        QVERIFY(second.at(0).at("key") == first.at(0).at("key"));
        QCOMPARE(call(leaseOf(second) + "/heartbeat?lease=60").status, 200);
        // It was only slow: its result does not count.
        QCOMPARE(call(leaseOf(first) + "/complete", R"({"weight":1})").status, 409);
        QCOMPARE(call(leaseOf(second) + "/complete", R"({"weight":2})").status, 202);
        QTRY_COMPARE(find("o-1").status, InstanceStatus::Completed);
        QCOMPARE(find("o-1").output.text(), std::string("2"));
        QCOMPARE(call(leaseOf(second) + "/complete", R"({"weight":3})").status, 409);
    }

    void aFailureLeavesByItsType()
    {
        start("o-1");
        const json work = fetch("60");
        const auto failed = call(leaseOf(work) + "/fail",
            R"({"message":"the box is torn","type":"Torn","retriable":false})");
        QCOMPARE(failed.status, 202);
        QTRY_COMPARE(find("o-1").status, InstanceStatus::Completed);
        QCOMPARE(find("o-1").output.text(), std::string("\"the box is torn\""));
    }

    void theExampleIsDoneByAProgramOutside()
    {
        QFile file(QStringLiteral(
            SIGNALBOX_SOURCE_DIR "/resources/examples/LabelPrinting.flow.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(m_engine->deploys(file.readAll().toStdString()));
        const json input{{"order", "o-1"}, {"address", "Ada, London"}};
        for (const char *id : {"l-1", "l-2"})
            QVERIFY(m_engine->starts("LabelPrinting", id, JsonText::of(input)));
        const auto fetched = call("?wait=60&most=2", {}, "print-label");
        json work = json::parse(fetched.body.toStdString()).at("work");
        if (work.size() == 1) { // the second came after the answer
            const auto rest = call("?wait=60", {}, "print-label");
            work.push_back(json::parse(rest.body.toStdString()).at("work").at(0));
        }
        QVERIFY(work[0].at("input") == json({{"order", "o-1"}, {"lines", {"Ada", "London"}}}));
        if (work[0].at("instance") != "l-1")
            std::swap(work[0], work[1]);
        const auto leaseOfThe = [&work](std::size_t index) {
            return leaseOf(json::array({work[index]}));
        };
        QCOMPARE(call(leaseOfThe(0) + "/complete", R"({"tracking":"t-9"})", "print-label").status, 202);
        QCOMPARE(call(leaseOfThe(1) + "/fail",
                     R"({"message":"the roll is empty","type":"OutOfLabels"})", "print-label")
                     .status,
            202);
        QTRY_COMPARE(find("l-1").status, InstanceStatus::Completed);
        QVERIFY(find("l-1").output.tree() == json({{"tracking", "t-9"}}));
        QTRY_COMPARE(find("l-2").standsAt.value, std::string("refill"));
    }

    void terminatingTellsTheWorkerAtItsNextCall()
    {
        start("o-1");
        const json work = fetch("60");
        QCOMPARE(call(leaseOf(work) + "/heartbeat").status, 200);
        QVERIFY(m_engine->engine().terminate({{"o-1"}, "no more", EngineOverRest::window()}).result());
        QTRY_COMPARE(call(leaseOf(work) + "/heartbeat").status, 410);
        QCOMPARE(call(leaseOf(work) + "/complete", "1").status, 410);
        const auto none = call("?wait=0");
        QCOMPARE(none.body, QByteArray(R"({"work":[]})"));
    }

    void aWorkerGoesOnOverARestart()
    {
        start("o-1");
        const json work = fetch("60");
        m_engine->restart();
        // The first turn puts the work on the board again.
        QTRY_COMPARE(call(leaseOf(work) + "/heartbeat").status, 200);
        QCOMPARE(call("?wait=0").body, QByteArray(R"({"work":[]})"));
        QCOMPARE(call(leaseOf(work) + "/complete", R"({"weight":5})").status, 202);
        QTRY_COMPARE(find("o-1").status, InstanceStatus::Completed);
        QCOMPARE(find("o-1").output.text(), std::string("5"));
    }
};

QTEST_GUILESS_MAIN(EngineWorkerTest)
#include "engine_worker_test.moc"

#include "tests/support/engine_world.h"

#include <QTest>

#include <algorithm>

using namespace engine;
using namespace tests;

namespace {

/// Texts in this file have ' for ".
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// Goes ten times through the step `x`, which goes on to `count`.
std::string looping(const std::string &step)
{
    return quoted(
        "{ 'signalbox': 1, 'name': 'Loop', 'start': 'x', 'variables': { 'n': 0 }, 'steps': { "
        "'x':" +
        step +
        ", "
        "'count': { 'kind': 'set', 'variables': { 'n': '=vars.n + 1' }, 'next': 'enough' }, "
        "'enough': { 'kind': 'choice', 'cases': [ { 'when': '=vars.n < 10', 'next': 'x' } ], "
        "'otherwise': 'done' }, "
        "'done': { 'kind': 'end', 'output': '=vars.n' } } }");
}

const std::string child =
    "{ 'signalbox': 1, 'name': 'Child', 'start': 'e', 'steps': { 'e': { 'kind': 'end' } } }";
const std::string broken = "{ 'signalbox': 1, 'name': 'Broken', 'start': 'e', 'steps': { "
                           "'e': { 'kind': 'fail', 'type': 'X' } } }";

struct Row {
    const char *name;
    std::string step;
    bool fails = false; ///< its attempts
};

const std::vector<Row> &rows()
{
    static const std::vector<Row> all{
        {"timer", "{ 'kind': 'timer', 'after': 'PT1S', 'next': 'count' }"},
        {"timeout", "{ 'kind': 'wait', 'event': 'Stop', 'timeout': 'PT1S', 'next': 'count', "
                    "'onTimeout': 'count' }"},
        {"event", "{ 'kind': 'wait', 'event': 'Go', 'next': 'count' }"},
        {"result", "{ 'kind': 'activity', 'activity': 'log', 'with': { 'message': 'm' }, "
                   "'next': 'count' }"},
        {"failure",
            "{ 'kind': 'activity', 'activity': 'log', 'with': { 'message': 'm' }, "
            "'next': 'done', 'onError': { '*': 'count' } }",
            true},
        {"end of a sub-flow", "{ 'kind': 'subFlow', 'flow': 'Child', 'next': 'count' }"},
        {"failure of a sub-flow", "{ 'kind': 'subFlow', 'flow': 'Broken', 'next': 'done', "
                                  "'onError': { '*': 'count' } }"},
    };
    return all;
}

const std::string outside =
    "{ 'kind': 'activity', 'activity': 'http', "
    "'with': { 'method': 'GET', 'url': 'http://shop.example/' }, 'next': 'done', "
    "'onError': { '*': 'count' } }";

} // namespace

/// What counts as a loop without a wait (semantics 7.1).
class TightLoopTest : public QObject
{
    Q_OBJECT

private slots:
    /// 30 steps in all, and not more than 12 in a row.
    void whatComesFromOutsideIsNoStepOfTheLoop_data()
    {
        QTest::addColumn<int>("index");
        for (int index = 0; index < int(rows().size()); ++index)
            QTest::newRow(rows()[std::size_t(index)].name) << index;
    }
    void whatComesFromOutsideIsNoStepOfTheLoop()
    {
        QFETCH(int, index);
        const Row &row = rows()[std::size_t(index)];
        EngineWorld world(1, {.stepsWithoutWait = 12});
        for (const std::string &text : {child, broken})
            QVERIFY(world.deploy(quoted(text))->version == 1);
        QVERIFY(world.deploy(looping(row.step))->version == 1);
        QVERIFY(bool(world.send(startOf("a", "Loop"))));
        for (int round = 0; round < 10; ++round)
            comeFromOutside(world, row.fails);
        QCOMPARE(world.summary("a").errorType, std::string());
        QCOMPARE(world.summary("a").status, InstanceStatus::Completed);
        QCOMPARE(world.summary("a").output.text(), std::string("10"));
    }

    /// What was refused did not even try.
    void whatIsNotAllowedIsAStepOfTheLoop()
    {
        EngineWorld world(1, {.stepsWithoutWait = 12, .allowed = {"all"}});
        QVERIFY(world.deploy(looping(outside))->version == 1);
        QVERIFY(bool(world.send(startOf("a", "Loop"))));
        QCOMPARE(world.activities.running.size(), std::size_t(1));
        const auto failed =
            world.activities.finishOldest(Failure{.type = "HttpError", .message = "503"});
        world.limits.allowed = {};
        QVERIFY(bool(world.restart()));
        QVERIFY(bool(world.send(*failed)));
        QCOMPARE(world.summary("a").errorType, std::string("TightLoop"));
    }

private:
    static void comeFromOutside(EngineWorld &world, bool fails)
    {
        world.advance(std::chrono::seconds(2));
        ActivityOutcome outcome = JsonText();
        if (fails)
            outcome = Failure{.type = "HttpError", .message = "503"};
        if (const auto message = world.activities.finishOldest(std::move(outcome)))
            QVERIFY(bool(world.send(*message)));
        if (!isFinished(world.summary("a").status))
            QVERIFY(bool(world.send(eventFor("a", "Go"))));
    }
};

QTEST_GUILESS_MAIN(TightLoopTest)
#include "tight_loop_test.moc"

#include "designer/document/auto_layout.h"

#include "tests/designer/canvas/flow_fixture.h"

#include <QTest>

#include <cstdlib>

using namespace designer;
using engine::Position;
using tests::stepId;

namespace {

engine::Flow plainFlow()
{
    engine::Flow flow{.start = {"a"}};
    flow.steps.push_back({.id = {"a"},
        .body = engine::WaitStep{.events = {{"Paid", {}}},
            .timeout = engine::templateFrom(engine::JsonText::trusted("\"P3D\"")),
            .onTimeout = {"late"},
            .next = {"b"}}});
    flow.steps.push_back(
        {.id = {"b"}, .body = engine::ActivityStep{.activity = "log", .next = {"c"}}});
    flow.steps.push_back({.id = {"c"}, .body = engine::EndStep{}});
    flow.steps.push_back({.id = {"late"}, .body = engine::EndStep{}});
    return flow;
}

} // namespace

class AutoLayoutTest : public QObject
{
    Q_OBJECT

private slots:
    void theStraightWayRunsDownAndTimeoutsLeaveToTheRight();
    void aTurnedFlowRunsToTheRight();
    void placesThatAreGivenStay();
    void everyStepHasAPlaceOfItsOwnOnTheGrid();
    void manyStepsArePlacedInTime();
};

void AutoLayoutTest::theStraightWayRunsDownAndTimeoutsLeaveToTheRight()
{
    const Positions places = autoLayout(plainFlow());
    const Position a = places.at({"a"});
    QCOMPARE(places.at({"b"}), (Position{a.x, a.y + 100}));
    QCOMPARE(places.at({"c"}), (Position{a.x, a.y + 200}));
    QCOMPARE(places.at({"late"}), (Position{a.x + 240, a.y + 20})); // level with the timeout's port
}

void AutoLayoutTest::aTurnedFlowRunsToTheRight()
{
    engine::Flow flow = plainFlow();
    flow.layout.direction = "right";
    const Positions places = autoLayout(flow);
    const Position a = places.at({"a"});
    QCOMPARE(places.at({"b"}), (Position{a.x + 240, a.y}));
    QVERIFY(places.at({"late"}).y > a.y);
}

void AutoLayoutTest::placesThatAreGivenStay()
{
    engine::Flow flow = plainFlow();
    tests::place(flow, {"b"}, {700, 70});
    const Positions places = autoLayout(flow);
    QCOMPARE(places.at({"b"}), (Position{700, 70}));
    QCOMPARE(places.at({"c"}), (Position{700, 170}));
    QCOMPARE(autoLayoutAnew(flow), autoLayout(plainFlow()));
}

void AutoLayoutTest::everyStepHasAPlaceOfItsOwnOnTheGrid()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        engine::Flow flow = tests::randomFlow(seed, 60, 6);
        flow.layout.direction = seed % 2 ? "" : "right";
        const Positions places = autoLayoutAnew(flow);
        QCOMPARE(places.size(), flow.steps.size());
        for (const auto &[one, at] : places) {
            QCOMPARE(at.x % 10, 0);
            QCOMPARE(at.y % 10, 0);
            for (const auto &[other, there] : places)
                QVERIFY(one == other || std::abs(at.x - there.x) >= 180 ||
                        std::abs(at.y - there.y) >= 60);
        }
    }
}

void AutoLayoutTest::manyStepsArePlacedInTime()
{
    const Positions places = autoLayoutAnew(tests::longFlow(5000));
    QCOMPARE(places.size(), std::size_t(5000));
}

QTEST_GUILESS_MAIN(AutoLayoutTest)
#include "auto_layout_test.moc"

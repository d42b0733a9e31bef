#include "designer/document/arrange.h"

#include "tests/designer/canvas/flow_fixture.h"

#include <QTest>

using namespace designer;
using engine::Position;
using engine::StepId;

namespace {

engine::Flow placed(const std::vector<Position> &places)
{
    engine::Flow flow;
    for (std::size_t i = 0; i < places.size(); ++i) {
        flow.steps.push_back({.id = tests::stepId(int(i)), .body = engine::EndStep{}});
        tests::place(flow, tests::stepId(int(i)), places[i]);
    }
    return flow;
}

std::vector<StepId> all(const engine::Flow &flow)
{
    std::vector<StepId> ids;
    for (const engine::Step &step : flow.steps)
        ids.push_back(step.id);
    return ids;
}

Position at(const std::vector<std::pair<StepId, Position>> &places, int step)
{
    for (const auto &[id, place] : places)
        if (id == tests::stepId(step))
            return place;
    return {-1, -1};
}

} // namespace

class ArrangeTest : public QObject
{
    Q_OBJECT

private slots:
    void aColumnStandsOnTheLineOfTheUppermost()
    {
        const engine::Flow flow = placed({{300, 200}, {100, 50}, {500, 400}});
        const auto places = arranged(flow, all(flow), Arrangement::Column);
        QCOMPARE(at(places, 0), (Position{100, 200}));
        QCOMPARE(at(places, 1), (Position{100, 50}));
        QCOMPARE(at(places, 2), (Position{100, 400}));
    }

    void aRowStandsOnTheLineOfTheLeftmost()
    {
        const engine::Flow flow = placed({{300, 200}, {100, 50}});
        QCOMPARE(at(arranged(flow, all(flow), Arrangement::Row), 0), (Position{300, 50}));
    }

    void distancesGetEqualOnTheGrid()
    {
        const engine::Flow flow = placed({{0, 0}, {10, 20}, {20, 310}, {30, 100}});
        const auto places = arranged(flow, all(flow), Arrangement::SpaceDown);
        QCOMPARE(at(places, 0).y, 0);
        QCOMPARE(at(places, 1).y, 100);
        QCOMPARE(at(places, 3).y, 210);
        QCOMPARE(at(places, 2).y, 310);
        QCOMPARE(at(places, 2).x, 20);
    }

    void stepsWithoutAPlaceAndUnknownOnesDoNoHarm()
    {
        engine::Flow flow = placed({{0, 0}, {40, 100}});
        flow.layout.steps.pop_back();
        flow.start = tests::stepId(0);
        const auto places =
            arranged(flow, {tests::stepId(0), tests::stepId(1), {"none"}}, Arrangement::Column);
        QCOMPARE(places.size(), std::size_t{2});
        QCOMPARE(at(places, 1).x, 0);
        QVERIFY(arranged(flow, {}, Arrangement::SpaceAcross).empty());
    }
};

QTEST_MAIN(ArrangeTest)
#include "arrange_test.moc"

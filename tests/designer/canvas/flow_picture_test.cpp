// Routes, lanes and chips, asked of whole pictures: what a person sees is all of them together.
#include "designer/canvas/edge_lanes.h"
#include "designer/canvas/flow_picture.h"

#include "tests/designer/canvas/flow_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace designer;
using engine::StepId;
using tests::stepId;

namespace {

const FlowStyle &style()
{
    static const FlowStyle light = flowStyle(app::ThemeKind::Light);
    return light;
}

engine::Step log(const char *id, const char *next)
{
    return {.id = {id}, .body = engine::ActivityStep{.activity = "log", .next = {next}}};
}

engine::Step end(const char *id) { return {.id = {id}, .body = engine::EndStep{}}; }

const EdgePicture &edgeOf(const FlowPicture &picture, const EdgeId &id)
{
    return picture.edges()[std::size_t(picture.edgeNumber(id))];
}

QRectF pieceRect(const EdgePicture &edge, std::size_t i)
{
    return QRectF(edge.points[i - 1], edge.points[i]).normalized();
}

/// Everything by id, so that two pictures can be compared whatever their numbers are.
using Drawn = std::map<std::string, std::pair<std::vector<QPointF>, QRectF>>;
Drawn drawn(const FlowPicture &picture)
{
    Drawn result;
    for (const EdgePicture &edge : picture.edges()) {
        if (edge.present)
            result["edge " + edge.id.from.value + " " + edge.id.way] = {
                edge.points, edge.chip.rect};
    }
    for (const StepPicture &step : picture.steps()) {
        if (!step.present)
            continue;
        std::vector<QPointF> ports;
        for (const Port &port : step.geometry.ports)
            ports.push_back(port.at + step.centre);
        result["step " + step.id.value + " " + step.words.footer.toStdString()] = {
            ports, step.extent()};
    }
    return result;
}

/// What differs first, for the message of a failing test.
QString difference(const Drawn &one, const Drawn &other)
{
    for (const auto &[name, value] : one) {
        const auto found = other.find(name);
        if (found == other.end() || found->second != value) {
            QString text = QString::fromStdString(name) + QStringLiteral(": ");
            for (const QPointF &point : value.first)
                text += QStringLiteral("%1,%2 ").arg(point.x()).arg(point.y());
            text += QStringLiteral(" against ");
            if (found != other.end()) {
                for (const QPointF &point : found->second.first)
                    text += QStringLiteral("%1,%2 ").arg(point.x()).arg(point.y());
            }
            return text;
        }
    }
    return one.size() == other.size() ? QString() : QStringLiteral("more in the other");
}

} // namespace

class FlowPictureTest : public QObject
{
    Q_OBJECT

private slots:
    void aNextBelowIsOneStraightLine();
    void anApprovalGoesDownWithItsFirstPositiveOutcome();
    void aLoopGoesRoundTheLeftFortyFromTheWidest();
    void edgesIntoOneStepShareTheirTrunk();
    void aSecondLoopIsEightPixelsInside();
    void lanesAreSortedSoThatNoneCrosses();
    void aRoundStepIsEnteredFromWhereTheEdgeComes();
    void turnedFlowsRunToTheRight();
    void noEdgeRunsUnderAStep_data();
    void noEdgeRunsUnderAStep();
    void edgesBeginAtPortsAndEndOnOutlines_data() { noEdgeRunsUnderAStep_data(); }
    void edgesBeginAtPortsAndEndOnOutlines();
    void chipsAreOffCornersStepsAndArrows_data() { noEdgeRunsUnderAStep_data(); }
    void chipsAreOffCornersStepsAndArrows();
    void aChangedPictureIsTheOneMadeAnew_data();
    void aChangedPictureIsTheOneMadeAnew();
    void movingAStepLeavesFarEdgesAlone();
    void aHitNamesWhatIsThere();
    void interruptsStandBesideWithTheirFrame();
    void interruptsOfAParallelStandBesideItsBar();
    void oddFlowsAreDrawnAsFarAsTheyGo();
};

void FlowPictureTest::aNextBelowIsOneStraightLine()
{
    FlowPicture picture(style());
    engine::Flow flow{.start = {"a"}, .steps = {log("a", "b"), log("b", "c"), end("c")}};
    tests::place(flow, {"a"}, {200, 100});
    tests::place(flow, {"b"}, {200, 200});
    tests::place(flow, {"c"}, {440, 200});
    picture.show(flow);
    QCOMPARE(
        edgeOf(picture, {{"a"}, "next"}).points, (std::vector<QPointF>{{200, 132}, {200, 168}}));
    QCOMPARE(edgeOf(picture, {{}, "next"}).points, (std::vector<QPointF>{{200, 54}, {200, 68}}));
}

void FlowPictureTest::anApprovalGoesDownWithItsFirstPositiveOutcome()
{
    using engine::OutcomeKind;
    FlowPicture picture(style());
    engine::Flow flow{.start = {"a"},
        .steps = {{.id = {"a"},
                      .body =
                          engine::ApprovalStep{
                              .outcomes = {{"reject", OutcomeKind::Negative, false, {"b"}},
                                  {"approve", OutcomeKind::Positive, false, {"c"}}}}},
            end("b"), end("c")}};
    tests::place(flow, {"a"}, {200, 100});
    tests::place(flow, {"b"}, {440, 200});
    tests::place(flow, {"c"}, {200, 200});
    picture.show(flow);
    const EdgePicture approve = edgeOf(picture, {{"a"}, "outcome:approve"});
    const EdgePicture reject = edgeOf(picture, {{"a"}, "outcome:reject"});
    QCOMPARE(approve.points.front(), QPointF(200, 132));
    QCOMPARE(approve.words, QStringLiteral("approve"));
    QCOMPARE(reject.points.front(), QPointF(280, 80)); // 12 px under the upper edge
    QCOMPARE(reject.words, QStringLiteral("reject"));
}

engine::Flow loopFlow()
{
    engine::Flow flow{.start = {"a"},
        .steps = {log("a", "b"), log("b", "c"), log("c", "d"), log("d", "e"), end("e")}};
    int y = 0;
    for (const char *id : {"a", "b", "c", "d", "e"})
        tests::place(flow, {id}, {200, y += 100});
    return flow;
}

engine::Step choiceBack(const char *id, const char *back, const char *on)
{
    return {.id = {id},
        .body = engine::ChoiceStep{.cases = {{"again", {"x"}, {back}}}, .otherwise = {on}}};
}

void FlowPictureTest::aLoopGoesRoundTheLeftFortyFromTheWidest()
{
    FlowPicture picture(style());
    engine::Flow flow = loopFlow();
    flow.steps[3] = choiceBack("d", "b", "e");
    picture.show(flow);
    QCOMPARE(edgeOf(picture, {{"d"}, "case:1"}).points,
        (std::vector<QPointF>{{176, 400}, {80, 400}, {80, 150}, {200, 150}, {200, 168}}));
}

void FlowPictureTest::edgesIntoOneStepShareTheirTrunk()
{
    FlowPicture picture(style());
    engine::Flow flow = loopFlow();
    flow.steps[3] = choiceBack("d", "b", "e");
    picture.show(flow);
    const auto &loop = edgeOf(picture, {{"d"}, "case:1"}).points;
    const auto &next = edgeOf(picture, {{"a"}, "next"}).points;
    QCOMPARE(loop.back(), next.back());
    QCOMPARE(loop[loop.size() - 2], loop.back() - QPointF(0, 18));
}

void FlowPictureTest::aSecondLoopIsEightPixelsInside()
{
    FlowPicture picture(style());
    engine::Flow flow = loopFlow();
    flow.steps[2] = choiceBack("c", "b", "d");
    flow.steps[3] = choiceBack("d", "a", "e");
    picture.show(flow);
    const double inner = edgeOf(picture, {{"c"}, "case:1"}).points[1].x();
    const double outer = edgeOf(picture, {{"d"}, "case:1"}).points[1].x();
    QCOMPARE(inner, 80.0);
    QCOMPARE(outer, 72.0);
}

void FlowPictureTest::lanesAreSortedSoThatNoneCrosses()
{
    // Figure 2: the upper way takes the outer lane down to the upper target.
    const EdgeId upper{{"a"}, "error:HttpError"}, lower{{"a"}, "error:*"};
    std::vector<LaneEdge> edges{
        {&upper, 1, Side::Left, {{0, 310}, {20, 310}, {20, 420}, {300, 420}}},
        {&lower, 2, Side::Left, {{0, 340}, {20, 340}, {20, 440}, {300, 440}}}};
    std::vector<LaneEdge> reversed{edges[1], edges[0]};
    spreadLanes(edges, GridIndex());
    QCOMPARE(edges[1].points[1], QPointF(20, 340));
    QCOMPARE(edges[0].points[1], QPointF(28, 310));
    QCOMPARE(edges[0].points[2], QPointF(28, 420));
    spreadLanes(reversed, GridIndex());
    QCOMPARE(reversed[1].points, edges[0].points);
}

void FlowPictureTest::aRoundStepIsEnteredFromWhereTheEdgeComes()
{
    engine::Flow flow{.start = {"a"}, .steps = {choiceBack("a", "x", "x"), end("x")}};
    tests::place(flow, {"a"}, {200, 300});
    tests::place(flow, {"x"}, {440, 200});
    FlowPicture picture(style());
    picture.show(flow);
    QCOMPARE(edgeOf(picture, {{"a"}, "case:1"}).points,
        (std::vector<QPointF>{{224, 300}, {440, 300}, {440, 220}}));
}

void FlowPictureTest::turnedFlowsRunToTheRight()
{
    engine::Flow flow{.start = {"a"}, .steps = {log("a", "b"), end("b")}};
    flow.layout.direction = "right";
    tests::place(flow, {"a"}, {200, 100});
    tests::place(flow, {"b"}, {440, 100});
    FlowPicture picture(style());
    picture.show(flow);
    QCOMPARE(
        edgeOf(picture, {{"a"}, "next"}).points, (std::vector<QPointF>{{280, 100}, {420, 100}}));
    QCOMPARE(picture.steps()[std::size_t(picture.stepNumber({}))].centre, QPointF(66, 100));
}

void FlowPictureTest::noEdgeRunsUnderAStep_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<QString>("direction");
    for (unsigned seed = 1; seed <= 15; ++seed) {
        QTest::addRow("down %u", seed) << seed << QString();
        QTest::addRow("right %u", seed) << seed << QStringLiteral("right");
    }
}

engine::Flow randomTurned(unsigned seed, const QString &direction)
{
    engine::Flow flow = tests::randomFlow(seed, 40, 5);
    flow.layout.direction = direction.toStdString();
    return flow;
}

void FlowPictureTest::noEdgeRunsUnderAStep()
{
    QFETCH(unsigned, seed);
    QFETCH(QString, direction);
    FlowPicture picture(style());
    picture.show(randomTurned(seed, direction));
    for (const EdgePicture &edge : picture.edges()) {
        for (std::size_t i = 1; i < edge.points.size(); ++i) {
            const QRectF piece = pieceRect(edge, i);
            QVERIFY(piece.width() == 0 || piece.height() == 0);
            for (const StepPicture &step : picture.steps()) {
                const QRectF inside = step.body().adjusted(1, 1, -1, -1);
                const bool under = piece.left() < inside.right() && piece.right() > inside.left() &&
                                   piece.top() < inside.bottom() && piece.bottom() > inside.top();
                if (step.present && under)
                    qInfo() << edge.id.from.value.c_str() << edge.id.way.c_str() << edge.points
                            << "under" << step.id.value.c_str() << step.body();
                QVERIFY(!step.present || !under);
            }
        }
    }
}

void FlowPictureTest::edgesBeginAtPortsAndEndOnOutlines()
{
    QFETCH(unsigned, seed);
    QFETCH(QString, direction);
    FlowPicture picture(style());
    picture.show(randomTurned(seed, direction));
    for (const EdgePicture &edge : picture.edges()) {
        const StepPicture &from = picture.steps()[std::size_t(edge.from)];
        const StepPicture &to = picture.steps()[std::size_t(edge.to)];
        QVERIFY(std::ranges::any_of(from.geometry.ports, [&](const Port &port) {
            return port.way >= 0 && from.centre + port.at == edge.points.front();
        }));
        const StepShape shape = lookOf(to.kind).shape;
        const QPointF end = edge.points.back() - to.centre;
        QVERIFY(outline(shape, to.geometry.body, 0.5).contains(end));
        QVERIFY(!outline(shape, to.geometry.body, -0.5).contains(end));
    }
}

void FlowPictureTest::chipsAreOffCornersStepsAndArrows()
{
    QFETCH(unsigned, seed);
    QFETCH(QString, direction);
    FlowPicture picture(style());
    picture.show(randomTurned(seed, direction));
    for (const EdgePicture &edge : picture.edges()) {
        if (edge.words.isEmpty() || !edge.chip.onLine)
            continue;
        QCOMPARE(edge.chip.rect.height(), 18.0);
        QCOMPARE(std::fmod(edge.chip.rect.width(), 4), 0.0);
        for (std::size_t i = 1; i + 1 < edge.points.size(); ++i)
            QVERIFY(!edge.chip.rect.contains(edge.points[i]));
        for (const StepPicture &step : picture.steps())
            QVERIFY(
                !step.present || !step.body().intersects(edge.chip.rect.adjusted(1, 1, -1, -1)));
        QVERIFY(!edge.chip.rect.contains(edge.points.back()));
    }
}

void FlowPictureTest::aChangedPictureIsTheOneMadeAnew_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void FlowPictureTest::aChangedPictureIsTheOneMadeAnew()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const int count = 30;
    engine::Flow flow = tests::randomFlow(seed, count, 5);
    flow.interrupts = {{"Cancelled", {"s3"}}};
    FlowPicture changed(style());
    changed.show(flow);
    for (int round = 0; round < 25; ++round) {
        std::vector<StepId> ids;
        const std::size_t index = random() % flow.steps.size();
        const StepId id = flow.steps[index].id;
        switch (random() % 4) {
        case 0:
            tests::place(flow, id, {int(random() % 130) * 10, int(random() % 90) * 10});
            ids = {id};
            break;
        case 1:
            flow.steps[index] = tests::randomStep(std::stoi(id.value.substr(1)), count, random);
            ids = {id};
            break;
        case 2:
            flow.steps.erase(flow.steps.begin() + std::ptrdiff_t(index));
            ids = {id};
            break;
        default: {
            const int number = int(random() % count);
            ids = {stepId(number)};
            if (engine::findStep(flow, ids[0])) {
                engine::findStep(flow, ids[0])->name = "Name " + std::to_string(round);
            } else {
                flow.steps.push_back(tests::randomStep(number, count, random));
                tests::place(flow, ids[0], {int(random() % 130) * 10, int(random() % 90) * 10});
            }
        }
        }
        changed.change(flow, ids);
        FlowPicture anew(style());
        anew.show(flow);
        const QString differs = difference(drawn(anew), drawn(changed));
        QVERIFY2(
            differs.isEmpty(), qPrintable(QStringLiteral("round %1: %2").arg(round).arg(differs)));
        QCOMPARE(changed.bounds(), anew.bounds());
        QCOMPARE(changed.regions(), anew.regions());
    }
}

void FlowPictureTest::movingAStepLeavesFarEdgesAlone()
{
    engine::Flow flow = tests::longFlow(300);
    FlowPicture picture(style());
    picture.show(flow);
    const QRectF far = edgeOf(picture, {stepId(290), "next"}).bounds;
    tests::place(flow, stepId(20), {60, 2000});
    const QRectF repaint = picture.change(flow, {stepId(20)});
    QVERIFY(!repaint.intersects(far));
    QVERIFY(
        repaint.contains(picture.steps()[std::size_t(picture.stepNumber(stepId(20)))].extent()));
}

void FlowPictureTest::aHitNamesWhatIsThere()
{
    FlowPicture picture(style());
    engine::Flow flow = loopFlow();
    flow.steps[3] = choiceBack("d", "b", "e");
    picture.show(flow);
    using Part = CanvasHit::Part;
    QCOMPARE(picture.hit({160, 210}, 10, 5).part, Part::Step);
    QCOMPARE(picture.hit({160, 210}, 10, 5).step, StepId{"b"});
    const CanvasHit port = picture.hit({203, 234}, 10, 5);
    QCOMPARE(port.part, Part::Port);
    QCOMPARE(port.way->kind, engine::Transition::Kind::Next);
    QCOMPARE(picture.hit({78, 200}, 10, 5).part, Part::Edge);
    QCOMPARE(picture.hit({78, 200}, 10, 5).edge, (EdgeId{{"d"}, "case:1"}));
    QCOMPARE(picture.hit({80, 275}, 10, 5).part, Part::Chip);
    QCOMPARE(picture.hit({200, 40}, 4, 5).part, Part::Start);
    QCOMPARE(picture.hit({600, 600}, 10, 5).part, Part::Nothing);
}

void FlowPictureTest::interruptsStandBesideWithTheirFrame()
{
    engine::Flow flow = loopFlow();
    flow.interrupts = {{"OrderCancelled", {"e"}}};
    FlowPicture picture(style());
    picture.show(flow);
    QCOMPARE(picture.regions().size(), std::size_t(1));
    QCOMPARE(picture.regions()[0].words, QStringLiteral("Interrupt · queue"));
    const int number = picture.stepNumber({"!/OrderCancelled"});
    const StepPicture &mark = picture.steps()[std::size_t(number)];
    QCOMPARE(mark.centre, QPointF(200, 660));
    QVERIFY(picture.regions()[0].rect.contains(mark.body()));
    QCOMPARE(edgeOf(picture, {{"!/OrderCancelled"}, "next"}).points,
        (std::vector<QPointF>{{200, 640}, {200, 520}}));
}

void FlowPictureTest::interruptsOfAParallelStandBesideItsBar()
{
    engine::Flow flow = loopFlow();
    flow.steps.push_back({{"bar"}, "", engine::ParallelStep{{}, {}, {{"Stop", {"e"}}}}, {}, {}});
    flow.layout.steps.push_back({{"bar"}, {800, 900}});
    FlowPicture picture(style());
    picture.show(flow);
    QCOMPARE(picture.regions().size(), std::size_t(1));
    const StepPicture &mark =
        picture.steps()[std::size_t(picture.stepNumber({"!/bar/Stop"}))];
    QCOMPARE(mark.centre, QPointF(900, 900));
}

void FlowPictureTest::oddFlowsAreDrawnAsFarAsTheyGo()
{
    engine::Flow flow{
        .start = {}, .steps = {log("a", ""), log("", "a"), log("!/x", "a"), log("a", "gone")}};
    flow.interrupts = {{"x", {"a"}}, {"y", {}}};
    FlowPicture picture(style());
    picture.show(flow);
    QCOMPARE(picture.stepNumber({"a"}) >= 0, true);
    QCOMPARE(picture.regions().size(), std::size_t(1));
    picture.change(flow, {{"a"}, {""}, {"!/x"}, {"nowhere"}});
    flow.start = {"a"};
    picture.change(flow, {{""}});
    QCOMPARE(picture.edgeNumber({{}, "next"}) >= 0, true);
    flow = {};
    picture.show(flow);
    QVERIFY(picture.isEmpty());
}

QTEST_MAIN(FlowPictureTest)
#include "flow_picture_test.moc"

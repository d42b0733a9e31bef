#include "designer/canvas/step_geometry.h"

#include <QTest>

using namespace designer;
using engine::Transition;

namespace {

using Kind = Transition::Kind;

StepContent content(StepKind kind, std::vector<Transition> ways, bool footer)
{
    return {.kind = kind, .ways = std::move(ways), .footer = footer};
}

/// A point of `rect` as canvas.md counts it: from the upper left corner of the step.
QPointF from00(const StepGeometry &geometry, QPointF point)
{
    return point - geometry.body.topLeft();
}

const Port &portOf(const StepGeometry &geometry, int way)
{
    return *std::ranges::find(geometry.ports, way, &Port::way);
}

} // namespace

class StepGeometryTest : public QObject
{
    Q_OBJECT

private slots:
    void stepsHaveTheSizesOfTheTable_data();
    void stepsHaveTheSizesOfTheTable();
    void aWaitHasThePlacesOfFigure1();
    void anActivityHasThePlacesOfFigure1();
    void withoutAFooterTheTextsStandInTheMiddle();
    void aTitleEndsBeforeItsBadge();
    void waysLeaveWhereTheTableSays();
    void anApprovalGoesOnWithWhatIsPositive();
    void turnedPortsLeaveBelow();
    void anyErrorLeavesAtTheFootWhereNoTimeoutDoes();
    void moreThanThreeWaysGrowRows();
    void aChoiceLeavesTowardsItsTargets();
    void roundStepsAreEnteredFromEverySide();
    void branchesLeaveAlongTheBarEachTowardsItsTarget();
    void aNoteIsASheetAsHighAsItsText();
    void outlinesHoldTheirShape();
};

void StepGeometryTest::stepsHaveTheSizesOfTheTable_data()
{
    QTest::addColumn<StepKind>("kind");
    QTest::addColumn<QSizeF>("size");
    QTest::newRow("activity") << StepKind::Activity << QSizeF(160, 64);
    QTest::newRow("wait") << StepKind::Wait << QSizeF(160, 64);
    QTest::newRow("collect") << StepKind::Collect << QSizeF(160, 64);
    QTest::newRow("set") << StepKind::Set << QSizeF(160, 40);
    QTest::newRow("timer") << StepKind::Timer << QSizeF(40, 40);
    QTest::newRow("end") << StepKind::End << QSizeF(40, 40);
    QTest::newRow("choice") << StepKind::Choice << QSizeF(48, 48);
    QTest::newRow("start") << StepKind::Start << QSizeF(28, 28);
    QTest::newRow("parallel") << StepKind::Parallel << QSizeF(80, 8);
    QTest::newRow("unknown") << StepKind::Unknown << QSizeF(160, 64);
}

void StepGeometryTest::stepsHaveTheSizesOfTheTable()
{
    QFETCH(StepKind, kind);
    QFETCH(QSizeF, size);
    const StepGeometry geometry = stepGeometry(content(kind, {}, false));
    QCOMPARE(geometry.body.size(), size);
    QCOMPARE(geometry.body.center(), QPointF(0, 0));
}

void StepGeometryTest::aWaitHasThePlacesOfFigure1()
{
    const StepGeometry wait = stepGeometry(content(StepKind::Wait, {}, true));
    QCOMPARE(from00(wait, wait.tile.center()), QPointF(26, 32));
    QCOMPARE(wait.tile.width(), 32.0);
    QCOMPARE(from00(wait, wait.title.topLeft()).x(), 48.0);
    QCOMPARE(from00(wait, wait.title.center()).y(), 14.0);
    QCOMPARE(from00(wait, wait.subtitle.center()).y(), 30.0);
    QCOMPARE(from00(wait, wait.footer.topLeft()), QPointF(0, 42));
    QCOMPARE(wait.footer.height(), 22.0);
    QCOMPARE(from00(wait, wait.footerIcon.center()), QPointF(52, 53));
    QCOMPARE(from00(wait, wait.footerText.center()).y(), 53.0);
    QCOMPARE(from00(wait, wait.title.bottomRight()).x(), 152.0);
}

void StepGeometryTest::anActivityHasThePlacesOfFigure1()
{
    const StepGeometry activity = stepGeometry(content(StepKind::Activity, {}, true));
    QCOMPARE(from00(activity, activity.tile.topLeft()), QPointF(8, 7));
    QCOMPARE(activity.tile.size(), QSizeF(28, 28));
    QCOMPARE(activity.icon.size(), QSizeF(17, 17));
    QCOMPARE(from00(activity, activity.title.topLeft()).x(), 44.0);
    QCOMPARE(from00(activity, activity.title.center()).y(), 14.0);
    QCOMPARE(from00(activity, activity.footerIcon.center()), QPointF(20, 53));
    QCOMPARE(activity.footerIcon.width(), 12.0);
}

void StepGeometryTest::withoutAFooterTheTextsStandInTheMiddle()
{
    const StepGeometry activity = stepGeometry(content(StepKind::Activity, {}, false));
    QCOMPARE(from00(activity, activity.tile.topLeft()), QPointF(8, 18));
    QCOMPARE(from00(activity, activity.title.center()).y(), 24.0);
    QCOMPARE(from00(activity, activity.subtitle.center()).y(), 40.0);
    QVERIFY(activity.footer.isEmpty());
}

void StepGeometryTest::aTitleEndsBeforeItsBadge()
{
    StepContent any = content(StepKind::Wait, {}, true);
    any.badgeWidth = 20;
    const StepGeometry geometry = stepGeometry(any);
    QCOMPARE(geometry.badge.height(), 15.0);
    QCOMPARE(from00(geometry, geometry.badge.topLeft()).y(), 8.0);
    QCOMPARE(geometry.title.right(), geometry.badge.left() - 4);
}

void StepGeometryTest::waysLeaveWhereTheTableSays()
{
    const StepGeometry wait = stepGeometry(content(StepKind::Wait,
        {{Kind::Event, "a", {}, {}}, {Kind::Event, "b", {}, {}}, {Kind::Event, "c", {}, {}},
            {Kind::Timeout, {}, {}, {}}},
        true));
    QCOMPARE(from00(wait, portOf(wait, -1).at), QPointF(80, 0));
    QCOMPARE(from00(wait, portOf(wait, 0).at), QPointF(80, 64));
    QCOMPARE(from00(wait, portOf(wait, 1).at), QPointF(160, 12));
    QCOMPARE(from00(wait, portOf(wait, 2).at), QPointF(160, 32));
    QCOMPARE(from00(wait, portOf(wait, 3).at), QPointF(160, 52));
    QCOMPARE(portOf(wait, 3).side, Side::Right);
}

void StepGeometryTest::anApprovalGoesOnWithWhatIsPositive()
{
    StepContent approval = content(StepKind::Approval,
        {{Kind::Outcome, "reject", {}, {}}, {Kind::Outcome, "approve", {}, {}},
            {Kind::Timeout, {}, {}, {}}},
        true);
    approval.mainWay = 1;
    const StepGeometry geometry = stepGeometry(approval);
    QCOMPARE(from00(geometry, portOf(geometry, 0).at), QPointF(160, 12));
    QCOMPARE(from00(geometry, portOf(geometry, 1).at), QPointF(80, 64));
    QCOMPARE(from00(geometry, portOf(geometry, 2).at), QPointF(160, 52));
}

void StepGeometryTest::turnedPortsLeaveBelow()
{
    StepContent turned = content(StepKind::Wait,
        {{Kind::Next, {}, {}, {}}, {Kind::Timeout, {}, {}, {}}, {Kind::Error, "E", {}, {}}}, true);
    turned.direction = Direction::Right;
    const StepGeometry geometry = stepGeometry(turned);
    QCOMPARE(from00(geometry, portOf(geometry, -1).at), QPointF(0, 32));
    QCOMPARE(from00(geometry, portOf(geometry, 0).at), QPointF(160, 32));
    QCOMPARE(from00(geometry, portOf(geometry, 1).at), QPointF(120, 64));
    QCOMPARE(from00(geometry, portOf(geometry, 2).at), QPointF(40, 64));
}

void StepGeometryTest::anyErrorLeavesAtTheFootWhereNoTimeoutDoes()
{
    const StepGeometry activity = stepGeometry(content(StepKind::Activity,
        {{Kind::Next, {}, {}, {}}, {Kind::Error, "HttpError", {}, {}}, {Kind::Error, "*", {}, {}}},
        true));
    QCOMPARE(from00(activity, portOf(activity, 1).at), QPointF(160, 12));
    QCOMPARE(from00(activity, portOf(activity, 2).at), QPointF(160, 52));
}

void StepGeometryTest::moreThanThreeWaysGrowRows()
{
    std::vector<Transition> ways;
    for (const char *name : {"a", "b", "c", "d"})
        ways.push_back({Kind::Event, name, {}, {}});
    ways.push_back({Kind::Timeout, {}, {}, {}});
    const StepGeometry three =
        stepGeometry(content(StepKind::Wait, {ways.begin(), ways.begin() + 3}, true));
    QVERIFY(three.rows.empty());
    const StepGeometry four = stepGeometry(content(StepKind::Wait, ways, true));
    QCOMPARE(four.rowWays, (std::vector{1, 2, 3}));
    QCOMPARE(four.body.height(), 42.0 + 3 * 20 + 22);
    for (std::size_t row = 0; row < 3; ++row) {
        const Port &port = portOf(four, four.rowWays[row]);
        QCOMPARE(port.at, QPointF(four.body.right(), four.rows[row].center().y()));
        QVERIFY(four.rows[row].bottom() <= four.footer.top());
    }
    QCOMPARE(four.rows[1].center().y() - four.rows[0].center().y(), 20.0);
    QCOMPARE(portOf(four, 4).at.y(), four.footer.center().y() - 1);
}

void StepGeometryTest::aChoiceLeavesTowardsItsTargets()
{
    StepGeometry choice = stepGeometry(content(StepKind::Choice,
        {{Kind::Case, "Delivered", {}, {}}, {Kind::Otherwise, {}, {}, {}}}, false));
    turnChoicePorts(choice, {QPointF(150, 0), QPointF(0, -170)}, Direction::Down);
    QCOMPARE(portOf(choice, 0).at, QPointF(24, 0));
    QCOMPARE(portOf(choice, 1).at, QPointF(-24, 0));
    turnChoicePorts(choice, {QPointF(0, 100), QPointF(0, 100)}, Direction::Down);
    QCOMPARE(portOf(choice, 0).at, QPointF(0, 24));
    QCOMPARE(portOf(choice, 1).at, QPointF(24, 0));
}

void StepGeometryTest::roundStepsAreEnteredFromEverySide()
{
    QCOMPARE(entries(stepGeometry(content(StepKind::End, {}, false)), StepShape::Circle).size(),
        std::size_t(4));
    const auto timer =
        entries(stepGeometry(content(StepKind::Timer, {{Kind::Next, {}, {}, {}}}, false)),
            StepShape::Circle);
    QCOMPARE(timer.size(), std::size_t(3));
    QVERIFY(
        std::ranges::none_of(timer, [](const Port &port) { return port.side == Side::Bottom; }));
    QCOMPARE(entries(stepGeometry(content(StepKind::Wait, {}, true)), StepShape::RoundLeft).size(),
        std::size_t(1));
}

void StepGeometryTest::branchesLeaveAlongTheBarEachTowardsItsTarget()
{
    const std::vector<Transition> ways{
        {Kind::Branch, "1"}, {Kind::Branch, "2"}, {Kind::Branch, "3"}, {Kind::Error, "*"}};
    StepGeometry geometry = stepGeometry(content(StepKind::Parallel, ways, false));
    QCOMPARE(geometry.body.size(), QSizeF(240, 8));
    QCOMPARE(portOf(geometry, 0).at, QPointF(-80, 4));
    QCOMPARE(portOf(geometry, 1).at, QPointF(0, 4));
    QCOMPARE(portOf(geometry, 3).side, Side::Right);
    turnBranchPorts(geometry, {QPointF(240, 100), QPointF(-240, 100), {}, {}}, Direction::Down);
    QCOMPARE(portOf(geometry, 0).at, QPointF(0, 4));
    QCOMPARE(portOf(geometry, 1).at, QPointF(-80, 4));
    QCOMPARE(portOf(geometry, 2).at, QPointF(80, 4)); // leads nowhere yet
    StepContent join = content(StepKind::Join, {{Kind::Next}}, false);
    join.badgeWidth = 20;
    QCOMPARE(stepGeometry(join).badge, QRectF(-18, -9, 36, 18));
}

void StepGeometryTest::aNoteIsASheetAsHighAsItsText()
{
    StepContent note = content(StepKind::Note, {}, false);
    QCOMPARE(stepGeometry(note).body.size(), QSizeF(160, 40));
    note.lines = 5;
    QCOMPARE(stepGeometry(note).body.size(), QSizeF(160, 96));
    QVERIFY(stepGeometry(note).ports.empty());
    const QRectF body = stepGeometry(note).body;
    QVERIFY(!outline(StepShape::Sheet, body).contains(body.bottomRight() - QPointF(4, 4)));
    QVERIFY(outline(StepShape::Sheet, body).contains(body.bottomLeft() + QPointF(4, -4)));
}

void StepGeometryTest::outlinesHoldTheirShape()
{
    const QRectF body(-80, -32, 160, 64);
    const QPainterPath wait = outline(StepShape::RoundLeft, body);
    QCOMPARE(wait.boundingRect(), body);
    QVERIFY(!wait.contains(QPointF(-78, -30))); // the left end is round
    QVERIFY(wait.contains(QPointF(-79, 0)));
    QVERIFY(wait.contains(QPointF(77, -29))); // r 8 on the right
    QVERIFY(outline(StepShape::Rectangle, body).contains(QPointF(-77, -29)));
    QVERIFY(!outline(StepShape::Diamond, QRectF(-24, -24, 48, 48)).contains(QPointF(-13, -13)));
    QCOMPARE(outline(StepShape::Rectangle, body, 4).boundingRect(), body.adjusted(-4, -4, 4, 4));
}

QTEST_GUILESS_MAIN(StepGeometryTest)
#include "step_geometry_test.moc"

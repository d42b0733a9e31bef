#include "designer/canvas/flow_canvas.h"

#include "app/widgets/theme.h"
#include "designer/document/flow_document.h"
#include "tests/designer/canvas/flow_fixture.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace designer;
using engine::StepId;
using namespace std::chrono_literals;

namespace {

engine::Flow waitFlow()
{
    engine::Flow flow{.name = {"f"}, .start = {"a"}};
    flow.steps.push_back({.id = {"a"},
        .body = engine::WaitStep{.events = {{"Paid", {}}},
            .timeout = engine::templateFrom(engine::JsonText::trusted("\"P3D\"")),
            .onTimeout = {"late"},
            .next = {"b"}}});
    flow.steps.push_back({.id = {"b"}, .body = engine::SetStep{.next = {"c"}}});
    flow.steps.push_back({.id = {"c"}, .body = engine::EndStep{}});
    flow.steps.push_back({.id = {"late"}, .body = engine::EndStep{}});
    tests::place(flow, {"a"}, {200, 100});
    tests::place(flow, {"b"}, {200, 200});
    tests::place(flow, {"c"}, {200, 300});
    tests::place(flow, {"late"}, {440, 120});
    return flow;
}

void wheel(FlowCanvas &canvas, QPointF at, int notches, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, modifiers,
        Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&canvas, &event);
}

QColor at(FlowCanvas &canvas, QPointF flow)
{
    return canvas.grab().toImage().pixelColor(canvas.toScreen(flow).toPoint());
}

/// Writes down what a canvas says.
class Recorder : public CanvasTool
{
public:
    void mousePress(const CanvasPointer &pointer) override { pressed.push_back(pointer); }
    void mouseMove(const CanvasPointer &) override {}
    void mouseRelease(const CanvasPointer &pointer) override { released.push_back(pointer); }
    void mouseDoubleClick(const CanvasPointer &) override {}
    bool keyPress(QKeyEvent &) override { return takesKeys; }
    void cancel() override { ++cancelled; }

    std::vector<CanvasPointer> pressed, released;
    bool takesKeys = false;
    int cancelled = 0;
};

} // namespace

class FlowCanvasTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aFlowIsFittedAtFirst();
    void theWheelScrollsAndWithControlZoomsToTheCursor();
    void zoomStaysWithinFiveAndFourHundredPercent();
    void keysZoomAndFit();
    void spaceAndTheMiddleButtonPan();
    void aClickWithoutAToolSelects();
    void aToolGetsTheMouseInFlowPixels();
    void arrowsWalkUnlessTheToolTakesThem();
    void theDocumentIsFollowed();
    void waitingStepsCountDown();
    void problemsAreMarkedAndClicked();
    void theFrameSaysTheMode();
    void anEmptyCanvasSaysWhatToDo();

private:
    std::unique_ptr<FlowCanvas> m_canvas;
};

void FlowCanvasTest::init()
{
    m_canvas = std::make_unique<FlowCanvas>();
    m_canvas->resize(800, 600);
    m_canvas->setFlow(waitFlow());
}

void FlowCanvasTest::aFlowIsFittedAtFirst()
{
    QCOMPARE(m_canvas->zoom(), 1.0);
    QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->toScreen({200, 100})));
    m_canvas->show();
    m_canvas->resize(400, 200);
    QTRY_VERIFY(m_canvas->zoom() < 1);
    for (const QPointF corner : {QPointF(120, 40), QPointF(460, 320)})
        QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->toScreen(corner)));
}

void FlowCanvasTest::theWheelScrollsAndWithControlZoomsToTheCursor()
{
    const QPointF cursor(300, 250);
    const QPointF under = m_canvas->toFlow(cursor);
    wheel(*m_canvas, cursor, 1, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 1.25);
    QVERIFY(QLineF(m_canvas->toFlow(cursor), under).length() < 1);
    m_canvas->setZoom(1, cursor);
    const QPointF before = m_canvas->toFlow({0, 0});
    wheel(*m_canvas, cursor, -1, Qt::NoModifier);
    QCOMPARE(m_canvas->toFlow({0, 0}) - before, QPointF(0, 60));
    wheel(*m_canvas, cursor, -1, Qt::ShiftModifier);
    QCOMPARE(m_canvas->toFlow({0, 0}) - before, QPointF(60, 60));
}

void FlowCanvasTest::zoomStaysWithinFiveAndFourHundredPercent()
{
    m_canvas->setZoom(100, {0, 0});
    QCOMPARE(m_canvas->zoom(), 4.0);
    m_canvas->setZoom(0.0001, {0, 0});
    QCOMPARE(m_canvas->zoom(), 0.05);
}

void FlowCanvasTest::keysZoomAndFit()
{
    QTest::keyClick(m_canvas.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 1.25);
    QTest::keyClick(m_canvas.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 1.0);
    m_canvas->setSelection({{{"late"}}, {}});
    QTest::keyClick(m_canvas.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 2.0);
    QTest::keyClick(m_canvas.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_canvas->zoom(), 1.0);
}

void FlowCanvasTest::spaceAndTheMiddleButtonPan()
{
    const QPointF before = m_canvas->toFlow({0, 0});
    QTest::mousePress(m_canvas.get(), Qt::MiddleButton, {}, {300, 300});
    QTest::mouseMove(m_canvas.get(), {340, 310});
    QTest::mouseRelease(m_canvas.get(), Qt::MiddleButton, {}, {340, 310});
    QCOMPARE(m_canvas->toFlow({0, 0}) - before, QPointF(-40, -10));
    Recorder tool;
    m_canvas->setTool(&tool);
    QTest::keyPress(m_canvas.get(), Qt::Key_Space);
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, {300, 300});
    QTest::mouseMove(m_canvas.get(), {290, 300});
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, {290, 300});
    QTest::keyRelease(m_canvas.get(), Qt::Key_Space);
    QCOMPARE(m_canvas->toFlow({0, 0}) - before, QPointF(-30, -10));
    QVERIFY(tool.pressed.empty());
    m_canvas->setTool(nullptr);
}

void FlowCanvasTest::aClickWithoutAToolSelects()
{
    QSignalSpy changed(m_canvas.get(), &FlowCanvas::selectionChanged);
    QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, m_canvas->toScreen({160, 200}).toPoint());
    QCOMPARE(m_canvas->selection().steps, std::set<StepId>{{"b"}});
    QCOMPARE(changed.size(), 1);
    QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, {5, 300});
    QVERIFY(m_canvas->selection().steps.empty());
}

void FlowCanvasTest::aToolGetsTheMouseInFlowPixels()
{
    Recorder tool;
    m_canvas->setTool(&tool);
    m_canvas->setZoom(2, m_canvas->toScreen({200, 200}));
    QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, m_canvas->toScreen({160, 200}).toPoint());
    QCOMPARE(tool.pressed.size(), std::size_t(1));
    QCOMPARE(tool.pressed[0].at, QPointF(160, 200));
    QCOMPARE(tool.pressed[0].hit.part, CanvasHit::Part::Step);
    QCOMPARE(tool.pressed[0].hit.step, StepId{"b"});
    QCOMPARE(tool.released.size(), std::size_t(1));
    QVERIFY(m_canvas->selection().steps.empty()); // the tool decides
    m_canvas->setTool(nullptr);
    QCOMPARE(tool.cancelled, 1);
}

void FlowCanvasTest::arrowsWalkUnlessTheToolTakesThem()
{
    m_canvas->setSelection({{{"a"}}, {}});
    QTest::keyClick(m_canvas.get(), Qt::Key_Down);
    QCOMPARE(m_canvas->selection().steps, std::set<StepId>{{"b"}});
    QTest::keyClick(m_canvas.get(), Qt::Key_Up);
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QCOMPARE(m_canvas->selection().steps, std::set<StepId>{{"late"}});
    Recorder tool;
    tool.takesKeys = true;
    m_canvas->setTool(&tool);
    QTest::keyClick(m_canvas.get(), Qt::Key_Left);
    QCOMPARE(m_canvas->selection().steps, std::set<StepId>{{"late"}});
    m_canvas->setTool(nullptr);
}

void FlowCanvasTest::theDocumentIsFollowed()
{
    FlowDocument document;
    document.reset(waitFlow(), {});
    m_canvas->follow(&document);
    document.moveSteps({{{"c"}, {200, 400}}});
    QCOMPARE(m_canvas->stepBounds({"c"}).center(), QPointF(200, 400));
    const StepId added = document.addStep("end", {600, 300});
    QCOMPARE(m_canvas->stepBounds(added).center(), QPointF(600, 300));
    document.removeSteps({added});
    QVERIFY(m_canvas->stepBounds(added).isEmpty());
    document.undoStack().undo();
    QCOMPARE(m_canvas->stepBounds(added).center(), QPointF(600, 300));
}

void FlowCanvasTest::waitingStepsCountDown()
{
    const engine::Instant start{engine::Milliseconds{1'000'000'000'000}};
    m_canvas->setClock([start] { return start; });
    RunOverlay overlay;
    overlay.steps[{"a"}] = {
        .state = StepState::Waiting, .tokens = 1, .since = start - 1h, .until = start + 48h};
    m_canvas->setOverlay(overlay);
    QCOMPARE(at(*m_canvas, {120, 100}), app::color(app::ThemeKind::Light, app::Color::WaitMark));
    // The step that nobody reached is drawn grey, the one that the timeout leads to is not.
    QCOMPARE(
        at(*m_canvas, {120, 200}), app::color(app::ThemeKind::Light, app::Color::EdgeUnreached));
    QCOMPARE(at(*m_canvas, {421, 120}), app::color(app::ThemeKind::Light, app::Color::KindEnd));
}

void FlowCanvasTest::problemsAreMarkedAndClicked()
{
    m_canvas->setProblems({{.severity = engine::Severity::Warning, .step = {"b"}},
        {.severity = engine::Severity::Error, .step = {"b"}}});
    QCOMPARE(at(*m_canvas, {275, 180}), app::color(app::ThemeKind::Light, app::Color::Failed));
    QSignalSpy clicked(m_canvas.get(), &FlowCanvas::problemClicked);
    QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, m_canvas->toScreen({280, 180}).toPoint());
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0][0].value<StepId>(), StepId{"b"});
}

void FlowCanvasTest::theFrameSaysTheMode()
{
    QCOMPARE(m_canvas->grab().toImage().pixelColor(20, 1),
        app::color(app::ThemeKind::Light, app::Color::ModeDesign));
    m_canvas->setOverlay(RunOverlay{});
    QCOMPARE(m_canvas->grab().toImage().pixelColor(20, 1),
        app::color(app::ThemeKind::Light, app::Color::ModeRun));
}

void FlowCanvasTest::anEmptyCanvasSaysWhatToDo()
{
    m_canvas->setFlow({});
    const QImage bare = m_canvas->grab().toImage();
    Recorder tool;
    m_canvas->setTool(&tool);
    QVERIFY(m_canvas->grab().toImage() != bare);
    m_canvas->setTool(nullptr);
}

QTEST_MAIN(FlowCanvasTest)
#include "flow_canvas_test.moc"

#include "app/widgets/theme.h"
#include "designer/canvas/flow_canvas.h"
#include "designer/document/flow_document.h"
#include "designer/tools/place_tool.h"
#include "designer/tools/select_tool.h"
#include "designer/tools/snapping.h"
#include "engine/model/flow_reader.h"

#include <QApplication>
#include <QTest>

#include <memory>

using namespace designer;
using engine::StepId;
using Kind = engine::Transition::Kind;

namespace {

const std::string text = R"({
  "signalbox": 1,
  "name": "Row",
  "start": "first",
  "steps": {
    "first": { "kind": "activity", "activity": "log", "with": { "message": "hi" }, "next": "second" },
    "second": { "kind": "wait", "event": "Go", "timeout": "P1D", "onTimeout": "late", "next": "last" },
    "last": { "kind": "end" },
    "late": { "kind": "end" },
    "alone": { "kind": "set", "variables": { "a": 1 } }
  },
  "layout": { "steps": { "first": [200, 100], "second": [200, 200], "last": [200, 300], "late": [440, 212], "alone": [500, 400] } }
}
)";

/// A canvas on a document, at 100 %, with the select tool.
struct Bench {
    FlowDocument document;
    FlowCanvas canvas;
    int appendCalls = 0;
    std::optional<engine::Transition> appendWay;
    QPointF appendAt;
    int inspectorCalls = 0;
    int renameCalls = 0;
    int finishedCalls = 0;
    ToolSurroundings surroundings{document, canvas,
        [this](const auto &way, QPointF at) {
            ++appendCalls;
            appendWay = way;
            appendAt = at;
        },
        [this] { ++inspectorCalls; }, [this] { ++renameCalls; }, [this] { ++finishedCalls; }};
    SelectTool select{surroundings};
    PlaceTool place{surroundings};

    Bench()
    {
        auto read = engine::readFlow(text);
        canvas.resize(900, 700);
        canvas.follow(&document);
        document.reset(std::move(read->flow), text);
        canvas.show();
        canvas.setZoom(1, {450, 350});
        canvas.setTool(&select);
        canvas.setFocus();
    }
    ~Bench()
    {
        canvas.setTool(nullptr);
        canvas.follow(nullptr);
    }

    QPoint screen(QPointF at) const { return canvas.toScreen(at).toPoint(); }
    QPoint middle(const char *step) const { return screen(centreOf(canvas, {step})); }
    engine::Position placeOf(const char *step) const
    {
        return positionOf(document.flow(), {step}).value_or(engine::Position{-1, -1});
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(&canvas, Qt::LeftButton, modifiers, at);
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas, (from + to) / 2);
        QTest::mouseMove(&canvas, to);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
    }
    void key(int code, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&canvas, static_cast<Qt::Key>(code), modifiers);
    }
    StepId target(const char *step, Kind kind = Kind::Next) const
    {
        for (const auto &way : engine::transitionsFrom(*engine::findStep(document.flow(), {step})))
            if (way.kind == kind)
                return way.to;
        return {"(no such way)"};
    }
    std::set<StepId> selected() const { return canvas.selection().steps; }
};

using Steps = std::set<StepId>;

} // namespace

class SelectToolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void clickSelectsAndClickBesideSelectsNothing()
    {
        m_bench->click(m_bench->middle("first"));
        QVERIFY(m_bench->selected() == Steps{{"first"}});
        m_bench->click(m_bench->middle("second"));
        QVERIFY(m_bench->selected() == Steps{{"second"}});
        m_bench->click(m_bench->screen({650, 100}));
        QVERIFY(m_bench->selected().empty());
        QVERIFY(!m_bench->document.isModified());
    }

    void controlAndShiftAddAndTakeAway()
    {
        m_bench->click(m_bench->middle("first"));
        m_bench->click(m_bench->middle("second"), Qt::ControlModifier);
        m_bench->click(m_bench->middle("last"), Qt::ShiftModifier);
        QVERIFY((m_bench->selected() == Steps{{"first"}, {"second"}, {"last"}}));
        m_bench->click(m_bench->middle("second"), Qt::ControlModifier);
        QVERIFY((m_bench->selected() == Steps{{"first"}, {"last"}}));
    }

    void rubberBandSelectsWhatItTouches()
    {
        m_bench->drag(m_bench->screen({60, 20}), m_bench->screen({300, 240}));
        QVERIFY((m_bench->selected() == Steps{{"first"}, {"second"}}));
        QVERIFY(!m_bench->canvas.draft().rubberBand);
    }

    void dragMovesOnTheGridAsOneEdit()
    {
        const QPoint from = m_bench->middle("alone");
        m_bench->drag(from, from + QPoint(93, 54));
        QCOMPARE(m_bench->placeOf("alone"), (engine::Position{590, 450}));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
        QCOMPARE(m_bench->document.undoStack().undoText(), QStringLiteral("Move Alone"));
        m_bench->document.undoStack().undo();
        QCOMPARE(m_bench->document.text(), text);
    }

    void dragMovesAllThatIsSelected()
    {
        m_bench->click(m_bench->middle("first"));
        m_bench->click(m_bench->middle("second"), Qt::ControlModifier);
        const QPoint from = m_bench->middle("first");
        m_bench->drag(from, from + QPoint(60, 0));
        QCOMPARE(m_bench->placeOf("first"), (engine::Position{260, 100}));
        QCOMPARE(m_bench->placeOf("second"), (engine::Position{260, 200}));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
    }

    void escapeDropsADrag()
    {
        const QPoint from = m_bench->middle("alone");
        QTest::mousePress(&m_bench->canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&m_bench->canvas, from + QPoint(50, 50));
        QVERIFY(!m_bench->canvas.draft().dragged.empty());
        m_bench->key(Qt::Key_Escape);
        QTest::mouseRelease(&m_bench->canvas, Qt::LeftButton, {}, from + QPoint(50, 50));
        QVERIFY(m_bench->canvas.draft().dragged.empty());
        QVERIFY(!m_bench->document.isModified());
    }

    void stepThatStandsAloneIsInsertedWhereItIsDroppedOnAnEdge()
    {
        m_bench->drag(m_bench->middle("alone"), m_bench->screen({200, 150}));
        QCOMPARE(m_bench->target("first"), StepId{"alone"});
        QCOMPARE(m_bench->target("alone"), StepId{"second"});
        QCOMPARE(m_bench->document.undoStack().count(), 1);
        m_bench->document.undoStack().undo();
        QCOMPARE(m_bench->document.text(), text);
    }

    void edgeIsSelectedAndDeleted()
    {
        m_bench->click(m_bench->screen({200, 150}));
        QCOMPARE(m_bench->canvas.selection().edges.size(), std::size_t{1});
        m_bench->key(Qt::Key_Delete);
        QVERIFY(m_bench->target("first").empty());
    }

    void dragFromAPortConnects()
    {
        m_bench->click(m_bench->middle("alone"));
        const QRectF alone = m_bench->canvas.stepBounds({"alone"});
        m_bench->drag(
            m_bench->screen({alone.center().x(), alone.bottom()}), m_bench->middle("last"));
        QCOMPARE(m_bench->target("alone"), StepId{"last"});
        QCOMPARE(m_bench->document.undoStack().undoText(), QStringLiteral("Connect Alone to Last"));
    }

    void dragFromAPortIntoTheVoidAsksWhatToAppend()
    {
        m_bench->click(m_bench->middle("alone"));
        const QRectF alone = m_bench->canvas.stepBounds({"alone"});
        m_bench->drag(
            m_bench->screen({alone.center().x(), alone.bottom()}), m_bench->screen({560, 560}));
        QCOMPARE(m_bench->appendCalls, 1);
        QCOMPARE(m_bench->appendWay->from, StepId{"alone"});
        QCOMPARE(onGrid(m_bench->appendAt), (engine::Position{560, 560}));
    }

    void arrowsWalkTheGraph()
    {
        m_bench->key(Qt::Key_Down);
        QVERIFY(m_bench->selected() == Steps{{"first"}});
        m_bench->key(Qt::Key_Down);
        QVERIFY(m_bench->selected() == Steps{{"second"}});
        m_bench->key(Qt::Key_Right);
        QVERIFY(m_bench->selected() == Steps{{"late"}});
        m_bench->key(Qt::Key_Left);
        QVERIFY(m_bench->selected() == Steps{{"second"}});
        m_bench->key(Qt::Key_Up);
        QVERIFY(m_bench->selected() == Steps{{"first"}});
    }

    void controlAndArrowsMoveAndMerge()
    {
        m_bench->click(m_bench->middle("alone"));
        for (int i = 0; i < 3; ++i)
            m_bench->key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(m_bench->placeOf("alone"), (engine::Position{530, 400}));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
    }

    void deleteRemovesAndControlDeleteReconnects()
    {
        m_bench->click(m_bench->middle("second"));
        m_bench->key(Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(m_bench->target("first"), StepId{"last"});
        m_bench->document.undoStack().undo();
        m_bench->click(m_bench->middle("second"));
        m_bench->key(Qt::Key_Delete);
        QVERIFY(m_bench->target("first").empty());
    }

    void controlDDuplicatesAndSelectsTheCopy()
    {
        m_bench->click(m_bench->middle("alone"));
        m_bench->key(Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_bench->selected() == Steps{{"alone2"}});
    }

    void keysAskForInspectorNameAndMenu()
    {
        m_bench->click(m_bench->middle("second"));
        m_bench->key(Qt::Key_Return);
        m_bench->key(Qt::Key_F2);
        m_bench->key(Qt::Key_A);
        QCOMPARE(m_bench->inspectorCalls, 1);
        QCOMPARE(m_bench->renameCalls, 1);
        QCOMPARE(m_bench->appendCalls, 1);
        QVERIFY(m_bench->appendWay->kind == Kind::Next);
    }

    void tabChoosesTheNextWayAndDownFollowsIt()
    {
        m_bench->click(m_bench->middle("second"));
        QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
        QVERIFY(m_bench->select.keyPress(tab));
        QVERIFY(m_bench->canvas.selection().edges == (std::set<EdgeId>{{{"second"}, "next"}}));
        QVERIFY(m_bench->select.keyPress(tab));
        QVERIFY(m_bench->canvas.selection().edges == (std::set<EdgeId>{{{"second"}, "timeout"}}));
        m_bench->key(Qt::Key_Down);
        QVERIFY(m_bench->selected() == Steps{{"late"}});
    }

    void placeToolPutsAStepWhereOneClicks()
    {
        m_bench->place.setKind(QStringLiteral("timer"));
        m_bench->canvas.setTool(&m_bench->place);
        QTest::mouseMove(&m_bench->canvas, m_bench->screen({603, 98}));
        QCOMPARE(m_bench->canvas.draft().ghostKind, QStringLiteral("timer"));
        m_bench->click(m_bench->screen({603, 98}));
        QCOMPARE(m_bench->placeOf("timer"), (engine::Position{600, 100}));
        QCOMPARE(m_bench->finishedCalls, 1);
        QVERIFY(m_bench->selected() == Steps{{"timer"}});
        QVERIFY(m_bench->canvas.draft().ghostKind.isEmpty());
    }

    void placeToolInsertsOnAnEdge()
    {
        m_bench->place.setKind(QStringLiteral("set"));
        m_bench->canvas.setTool(&m_bench->place);
        QTest::mouseMove(&m_bench->canvas, m_bench->screen({200, 150}));
        QVERIFY(m_bench->canvas.draft().dropOn);
        m_bench->click(m_bench->screen({200, 150}));
        QCOMPARE(m_bench->target("first"), StepId{"set"});
        QCOMPARE(m_bench->target("set"), StepId{"second"});
    }

    void draggedStepSnapsToTheLineOfAnother()
    {
        const Snapped snap = snapped({204, 397}, {{200, 100}, {500, 700}});
        QCOMPARE(snap.at, QPointF(200, 400));
        QCOMPARE(snap.guides.size(), std::size_t{1});
        QCOMPARE(snapped({220, 397}, {{200, 100}}).at, QPointF(220, 400));
    }

private:
    std::unique_ptr<Bench> m_bench;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    app::applyTheme(application, app::ThemeKind::Light);
    SelectToolTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "select_tool_test.moc"

#pragma once

#include "designer/canvas/flow_canvas.h"
#include "designer/tools/connect_tool.h"
#include "designer/tools/graph_walk.h"
#include "designer/tools/tool.h"

#include <QPointF>

#include <map>
#include <vector>

namespace designer {

/// The tool of a page that edits: selects, drags, connects from ports, and everything by keyboard.
class SelectTool : public CanvasTool
{
public:
    explicit SelectTool(const ToolSurroundings &surroundings);

    void mousePress(const CanvasPointer &pointer) override;
    void mouseMove(const CanvasPointer &pointer) override;
    void mouseRelease(const CanvasPointer &pointer) override;
    void mouseDoubleClick(const CanvasPointer &pointer) override;
    bool keyPress(QKeyEvent &event) override;
    void cancel() override;

    void removeSelected(Reconnect reconnect);
    void duplicateSelected();
    /// Opens the append menu behind the selected way or step, or for a first step.
    void append();
    std::vector<engine::StepId> selectedSteps() const;

private:
    enum class Doing { Nothing, Pressed, Dragging, Banding };

    void pressStep(const CanvasPointer &pointer);
    void pressEdge(const CanvasPointer &pointer);
    void beginDrag();
    void drag(const CanvasPointer &pointer);
    void drop(const CanvasPointer &pointer);
    std::optional<engine::Transition> dropWay(const CanvasHit &hit) const;
    void band(const CanvasPointer &pointer);

    bool arrowKey(QKeyEvent &event);
    bool plainKey(QKeyEvent &event);
    void walk(Arrow arrow);
    void nudge(Arrow arrow, int by);
    void nextOutcome(int by);
    engine::StepId current() const;

    const ToolSurroundings &m;
    ConnectTool m_connect;
    Doing m_doing = Doing::Nothing;
    QPointF m_pressedAt;
    QPointF m_pressedOnScreen;
    engine::StepId m_pressedStep;
    bool m_selectOnRelease = false;              ///< pressed on one of several that are selected
    std::map<engine::StepId, QPointF> m_dragged; ///< with the centres they came from
    std::vector<QPointF> m_others;               ///< centres of the steps that stay
    CanvasSelection m_selectedBefore;            ///< what a rubber band adds to
};

} // namespace designer

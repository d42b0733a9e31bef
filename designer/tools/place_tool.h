#pragma once

#include "designer/tools/tool.h"

#include <QObject>
#include <QString>

class QDragMoveEvent;
class QDropEvent;

namespace designer {

/// Puts one step of a kind where the next click goes; on an edge it is inserted. Escape leaves.
class PlaceTool : public CanvasTool
{
public:
    explicit PlaceTool(const ToolSurroundings &surroundings)
        : m(surroundings)
    {}

    void setKind(const QString &kind) { m_kind = kind; }
    void showGhost(QPointF at, const CanvasHit &hit);
    void place(QPointF at, const CanvasHit &hit);

    void mousePress(const CanvasPointer &) override {}
    void mouseMove(const CanvasPointer &pointer) override;
    void mouseRelease(const CanvasPointer &pointer) override;
    void mouseDoubleClick(const CanvasPointer &) override {}
    bool keyPress(QKeyEvent &event) override;
    void cancel() override;

private:
    const ToolSurroundings &m;
    QString m_kind;
};

/// Takes steps that are dragged from the palette onto the canvas.
class StepDrop : public QObject
{
public:
    /// Watches the canvas, and is owned by it.
    explicit StepDrop(const ToolSurroundings &surroundings);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool dragged(QDragMoveEvent &event);
    void dropped(QDropEvent &event);

    const ToolSurroundings &m;
    PlaceTool m_place;
};

} // namespace designer

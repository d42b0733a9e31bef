#include "designer/tools/place_tool.h"

#include "designer/canvas/flow_canvas.h"
#include "designer/document/step_mime.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>

namespace designer {

void PlaceTool::showGhost(QPointF at, const CanvasHit &hit)
{
    const engine::Position place = onGrid(at);
    CanvasDraft draft;
    draft.ghostKind = m_kind;
    draft.ghostAt = QPointF(place.x, place.y);
    if (edgeWayUnder(hit))
        draft.dropOn = hit.edge;
    m.canvas.setDraft(std::move(draft));
}

void PlaceTool::place(QPointF at, const CanvasHit &hit)
{
    m.canvas.setDraft({});
    const engine::StepId step =
        m.document.addStep(m_kind.toStdString(), onGrid(at), edgeWayUnder(hit));
    selectOnly(m.canvas, {step});
    m.canvas.setFocus();
}

void PlaceTool::mouseMove(const CanvasPointer &pointer) { showGhost(pointer.at, pointer.hit); }

void PlaceTool::mouseRelease(const CanvasPointer &pointer)
{
    if (pointer.button == Qt::LeftButton)
        place(pointer.at, pointer.hit);
    m.finished();
}

bool PlaceTool::keyPress(QKeyEvent &event)
{
    if (event.key() != Qt::Key_Escape)
        return false;
    m.canvas.setDraft({});
    m.finished();
    return true;
}

void PlaceTool::cancel() { m.canvas.setDraft({}); }

StepDrop::StepDrop(const ToolSurroundings &surroundings)
    : QObject(&surroundings.canvas)
    , m(surroundings)
    , m_place(surroundings)
{
    m.canvas.setAcceptDrops(true);
    m.canvas.installEventFilter(this);
}

bool StepDrop::dragged(QDragMoveEvent &event)
{
    if (!event.mimeData()->hasFormat(stepKindMime))
        return false;
    m_place.setKind(QString::fromUtf8(event.mimeData()->data(stepKindMime)));
    const QPointF at = m.canvas.toFlow(event.position());
    m_place.showGhost(at, m.canvas.hitAt(at));
    event.acceptProposedAction();
    return true;
}

void StepDrop::dropped(QDropEvent &event)
{
    m_place.setKind(QString::fromUtf8(event.mimeData()->data(stepKindMime)));
    const QPointF at = m.canvas.toFlow(event.position());
    m_place.place(at, m.canvas.hitAt(at));
    event.acceptProposedAction();
}

bool StepDrop::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: return dragged(*static_cast<QDragMoveEvent *>(event));
    case QEvent::DragLeave: m.canvas.setDraft({}); return true;
    case QEvent::Drop:
        if (!static_cast<QDropEvent *>(event)->mimeData()->hasFormat(stepKindMime))
            return false;
        dropped(*static_cast<QDropEvent *>(event));
        return true;
    default: return QObject::eventFilter(watched, event);
    }
}

} // namespace designer

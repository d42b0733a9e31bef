// Mouse and keys of a canvas: pan and zoom here, everything else to the tool.
#include "designer/canvas/flow_canvas_private.h"
#include "designer/canvas/graph_walk.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace designer {

namespace {

constexpr double zoomPerNotch = 1.25;
constexpr double notch = 120; ///< of a mouse wheel
constexpr double pixelsPerNotch = 60;

} // namespace

CanvasPointer FlowCanvas::Private::pointer(const QMouseEvent &event) const
{
    const QPointF at = view.toFlow(event.position());
    return {
        at, event.position(), event.button(), event.buttons(), event.modifiers(), canvas.hitAt(at)};
}

void FlowCanvas::Private::setHover(const CanvasHit &hit)
{
    if (hit.part == hover.part && hit.step == hover.step && hit.edge == hover.edge)
        return;
    hover = hit;
    refreshLooks();
}

void FlowCanvas::Private::hoverAt(QPointF screen) { setHover(canvas.hitAt(view.toFlow(screen))); }

void FlowCanvas::Private::panTo(QPointF screen)
{
    CanvasView moved = view;
    moved.origin -= (screen - *panFrom) / view.zoom;
    panFrom = screen;
    fitWanted = false;
    showView(moved);
}

void FlowCanvas::Private::selectOnly(const engine::StepId &step)
{
    CanvasSelection chosen;
    if (!step.empty())
        chosen.steps.insert(step);
    canvas.setSelection(std::move(chosen));
}

/// Ctrl with 0, 1, 2, + and −.
bool FlowCanvas::Private::isZoomKey(QKeyEvent &event)
{
    if (!(event.modifiers() & Qt::ControlModifier))
        return false;
    const QPointF middle = QRectF(canvas.rect()).center();
    switch (event.key()) {
    case Qt::Key_0:
        fitWanted = true;
        canvas.fit();
        return true;
    case Qt::Key_1: canvas.setZoom(1, middle); return true;
    case Qt::Key_2: canvas.fitSelection(); return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: canvas.setZoom(zoomStep(view.zoom, 1), middle); return true;
    case Qt::Key_Minus: canvas.setZoom(zoomStep(view.zoom, -1), middle); return true;
    default: return false;
    }
}

/// Arrows walk to the nearest step in their direction.
bool FlowCanvas::Private::isWalkKey(QKeyEvent &event)
{
    const std::optional<Side> side = sideOfKey(event.key());
    if (!side || event.modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return false;
    const engine::StepId from =
        selection.steps.empty() ? engine::StepId() : *selection.steps.begin();
    const engine::StepId next = nextStep(picture, from, *side);
    if (next.empty())
        return true;
    selectOnly(next);
    canvas.reveal(next);
    return true;
}

void FlowCanvas::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    m->byKeyboard = false;
    m->glide.stop();
    const bool pans =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m->spaceHeld);
    if (pans) {
        m->panFrom = event->position();
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    const CanvasPointer pointer = m->pointer(*event);
    if (event->button() == Qt::LeftButton && pointer.hit.part == CanvasHit::Part::Problem)
        emit problemClicked(pointer.hit.step);
    if (m->tool) {
        m->tool->mousePress(pointer);
    } else if (event->button() == Qt::LeftButton) {
        m->selectOnly(
            pointer.hit.part == CanvasHit::Part::Edge ? engine::StepId() : pointer.hit.step);
        // Nothing can be moved here, so empty ground pans.
        if (pointer.hit.part == CanvasHit::Part::Nothing)
            m->panFrom = event->position();
    }
}

void FlowCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (m->panFrom) {
        m->panTo(event->position());
        return;
    }
    if (event->buttons() == Qt::NoButton)
        m->hoverAt(event->position());
    if (m->tool)
        m->tool->mouseMove(m->pointer(*event));
}

void FlowCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (m->panFrom) {
        m->panFrom.reset();
        setCursor(m->spaceHeld ? Qt::OpenHandCursor : Qt::ArrowCursor);
        return;
    }
    const CanvasPointer pointer = m->pointer(*event);
    if (m->tool)
        m->tool->mouseRelease(pointer);
    m->hoverAt(event->position());
}

void FlowCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const CanvasPointer pointer = m->pointer(*event);
    if (pointer.hit.part == CanvasHit::Part::Step)
        emit stepActivated(pointer.hit.step);
    else if (pointer.hit.part == CanvasHit::Part::Chip)
        emit chipClicked(*pointer.hit.edge);
    if (m->tool)
        m->tool->mouseDoubleClick(pointer);
}

void FlowCanvas::leaveEvent(QEvent *event)
{
    m->setHover({});
    QWidget::leaveEvent(event);
}

void FlowCanvas::wheelEvent(QWheelEvent *event)
{
    m->glide.stop();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double notches = event->angleDelta().y() / notch;
        setZoom(m->view.zoom * std::pow(zoomPerNotch, notches), event->position());
        return;
    }
    QPointF pixels = event->pixelDelta();
    if (pixels.isNull())
        pixels = QPointF(event->angleDelta()) / notch * pixelsPerNotch;
    if (event->modifiers() & Qt::ShiftModifier && pixels.x() == 0)
        pixels = pixels.transposed();
    CanvasView moved = m->view;
    moved.origin -= pixels / m->view.zoom;
    m->fitWanted = false;
    m->showView(moved);
    m->hoverAt(event->position());
}

void FlowCanvas::keyPressEvent(QKeyEvent *event)
{
    m->byKeyboard = true;
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat() &&
        event->modifiers() == Qt::NoModifier) {
        m->spaceHeld = true;
        setCursor(Qt::OpenHandCursor);
        return;
    }
    if (m->isZoomKey(*event) || (m->tool && m->tool->keyPress(*event)) || m->isWalkKey(*event))
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m->selection.steps.size() == 1)
        emit stepActivated(*m->selection.steps.begin());
    else
        QWidget::keyPressEvent(event);
}

void FlowCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    m->spaceHeld = false;
    unsetCursor();
}

void FlowCanvas::focusInEvent(QFocusEvent *event)
{
    m->byKeyboard =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    m->refreshLooks();
    QWidget::focusInEvent(event);
}

void FlowCanvas::focusOutEvent(QFocusEvent *event)
{
    m->spaceHeld = false;
    m->panFrom.reset();
    unsetCursor();
    if (m->tool && event->reason() != Qt::PopupFocusReason)
        m->tool->cancel();
    m->refreshLooks();
    QWidget::focusOutEvent(event);
}

void FlowCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const QPointF at = event->reason() == QContextMenuEvent::Mouse ? QPointF(event->pos())
                                                                   : QRectF(rect()).center();
    emit contextMenuWanted(hitAt(m->view.toFlow(at)), mapToGlobal(at.toPoint()));
}

bool FlowCanvas::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const CanvasHit hit = hitAt(m->view.toFlow(help->pos()));
    const int number = m->picture.stepNumber(hit.step);
    QString words;
    if (hit.part == CanvasHit::Part::Step && number >= 0) {
        const StepPicture &step = m->picture.steps()[std::size_t(number)];
        // What fits needs no second reading; a countdown stands in the place of the whole footer.
        const bool counts = !m->looks.step(number).footer.isEmpty();
        if (step.words != step.whole || counts || levelAt(m->view.zoom) != Level::Full)
            words = step.whole.title + QLatin1Char('\n') + step.whole.subtitle + QLatin1Char('\n') +
                    step.whole.footer;
    }
    QToolTip::showText(help->globalPos(), words.trimmed(), this);
    return true;
}

void FlowCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m->placeControls();
    if (m->fitWanted) {
        m->glide.stop();
        m->showView(fitted(m->picture.bounds(), m->fitRoom(), fitMargin, 1));
    }
    m->minimap->setShown(m->view.shown(size()));
}

void FlowCanvas::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m->restyle();
}

void FlowCanvas::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m->updateTimers();
}

void FlowCanvas::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m->pulseTimer.stop();
    m->countTimer.stop();
}

} // namespace designer

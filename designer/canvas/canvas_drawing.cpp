// What a canvas draws besides the flow itself.
#include "designer/canvas/flow_canvas_private.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace designer {

namespace {

using app::Color;

/// A step as it looks while it is placed: its shape without words.
StepPicture ghost(const QString &kind, QPointF at, Direction direction)
{
    StepPicture picture;
    // The palette also names activities by what they do.
    const StepKind known = stepKind(std::string_view(kind.toStdString()));
    picture.kind = known == StepKind::Unknown ? StepKind::Activity : known;
    picture.centre = at;
    picture.geometry = stepGeometry({.kind = picture.kind, .direction = direction});
    return picture;
}

void paintGaps(QPainter &painter, const std::vector<QLineF> &gaps)
{
    for (const QLineF &gap : gaps) {
        painter.drawLine(gap);
        const QPointF tick = gap.dx() == 0 ? QPointF(2, 0) : QPointF(0, 2);
        painter.drawLine(gap.p1() - tick, gap.p1() + tick);
        painter.drawLine(gap.p2() - tick, gap.p2() + tick);
    }
}

} // namespace

double zoomStep(double zoom, int direction)
{
    static constexpr std::array steps{
        0.05, 0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0};
    constexpr double same = 0.005;
    if (direction > 0) {
        const auto next =
            std::ranges::find_if(steps, [&](double step) { return step > zoom + same; });
        return next == steps.end() ? steps.back() : *next;
    }
    double result = steps.front();
    for (const double step : steps) {
        if (step < zoom - same)
            result = step;
    }
    return result;
}

std::vector<int> pathFrom(const FlowPicture &picture, const EdgeId &edge)
{
    std::vector<int> path;
    int number = picture.edgeNumber(edge);
    while (number >= 0 && std::ranges::find(path, number) == path.end()) {
        path.push_back(number);
        const int step = picture.edges()[std::size_t(number)].to;
        const auto &ways = picture.steps()[std::size_t(step)].ways;
        if (ways.size() != 1)
            break;
        number = picture.edgeNumber(edgeId(ways.front(), 0));
    }
    return path;
}

void addDraft(Looks &looks, const FlowPicture &picture, const CanvasDraft &draft)
{
    std::set<int> dragged;
    for (const CanvasDraft::Dragged &each : draft.dragged) {
        if (const int number = picture.stepNumber(each.step); number >= 0) {
            looks.stepToChange(number).dragged = true;
            dragged.insert(number);
        }
    }
    if (!dragged.empty()) {
        for (int number = 0; number < int(picture.edges().size()); ++number) {
            const EdgePicture &edge = picture.edges()[std::size_t(number)];
            if (edge.present && (dragged.contains(edge.from) || dragged.contains(edge.to)))
                looks.edgeToChange(number).straight = true;
        }
    }
    if (draft.dropOn) {
        if (const int number = picture.edgeNumber(*draft.dropOn); number >= 0)
            looks.edgeToChange(number).dropTarget = true;
    }
    if (!draft.edge)
        return;
    looks.plainStep.connecting = true;
    for (auto &each : looks.steps)
        each.second.connecting = true;
    if (draft.edge->target) {
        if (const int number = picture.stepNumber(*draft.edge->target); number >= 0)
            looks.stepToChange(number).hovered = true;
    }
}

/// Dragged steps in front of all others; their edges follow them straight.
void FlowCanvas::Private::paintDragged(QPainter &painter) const
{
    if (draft.dragged.empty())
        return;
    std::map<int, QPointF> moved;
    for (const CanvasDraft::Dragged &each : draft.dragged) {
        if (const int number = picture.stepNumber(each.step); number >= 0)
            moved[number] = each.at - picture.steps()[std::size_t(number)].centre;
    }
    const auto by = [&moved](int step) {
        const auto found = moved.find(step);
        return found == moved.end() ? QPointF() : found->second;
    };
    for (const auto &[number, look] : looks.edges) {
        const EdgePicture &edge = picture.edges()[std::size_t(number)];
        if (look.straight)
            paintLooseEdge(painter, edge.points.front() + by(edge.from),
                edge.points.back() + by(edge.to), style[Color::Edge]);
    }
    for (const auto &[number, offset] : moved) {
        StepPicture step = picture.steps()[std::size_t(number)];
        step.centre += offset;
        paintStep(painter, step, looks.step(number), style);
    }
}

void FlowCanvas::Private::paintSelectionFrame(QPainter &painter) const
{
    if (selection.steps.size() < 2 || !draft.dragged.empty())
        return;
    QRectF frame;
    for (const engine::StepId &step : selection.steps)
        frame |= canvas.stepBounds(step);
    QPen pen(style[Color::Accent], 1, Qt::DashLine);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.adjusted(-8, -8, 8, 8));
}

void FlowCanvas::Private::paintDraft(QPainter &painter) const
{
    paintDragged(painter);
    paintSelectionFrame(painter);
    if (draft.edge)
        paintLooseEdge(painter, draft.edge->from, draft.edge->to, style[Color::Accent]);
    if (!draft.ghostKind.isEmpty())
        paintStep(painter, ghost(draft.ghostKind, draft.ghostAt, picture.direction()),
            {.dragged = true}, style);
    QPen pen(style[Color::Accent], 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(QList<QLineF>(draft.guides.begin(), draft.guides.end()));
    paintGaps(painter, draft.gaps);
    if (draft.rubberBand) {
        painter.setBrush(translucent(style[Color::Accent], 0.08));
        painter.drawRect(*draft.rubberBand);
    }
}

void FlowCanvas::Private::paintEmpty(QPainter &painter) const
{
    painter.setFont(app::font(app::Type::Body));
    painter.setPen(style[Color::Text2]);
    painter.drawText(QRectF(canvas.rect()), Qt::AlignCenter,
        //: On a canvas without any step.
        FlowCanvas::tr("Type a name, or drag a step here."));
}

void FlowCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const QRectF dirty = event->rect();
    const QRectF area(m->view.toFlow(dirty.topLeft()), dirty.size() / m->view.zoom);
    painter.save();
    painter.scale(m->view.zoom, m->view.zoom);
    painter.translate(-m->view.origin);
    paintGround(painter, area, m->view.zoom, m->style);
    paintFlow(painter, m->picture, m->looks, area, m->view.zoom, m->style);
    painter.setRenderHint(QPainter::Antialiasing);
    m->paintDraft(painter);
    painter.restore();
    if (m->picture.isEmpty() && m->tool && m->draft.ghostKind.isEmpty())
        m->paintEmpty(painter);
    painter.fillRect(QRect(0, 0, width(), 2),
        m->style[m->overlay ? app::Color::ModeRun : app::Color::ModeDesign]);
}

} // namespace designer

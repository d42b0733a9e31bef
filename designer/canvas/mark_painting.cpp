#include "app/widgets/icons.h"
#include "designer/canvas/step_painting.h"

#include <QFontMetricsF>
#include <QPainter>

namespace designer {

namespace {

using app::Color;

constexpr double discSize = 16;
constexpr double pillHigh = 18;
constexpr double pillRaised = 3; ///< its middle above the outline
constexpr double pillOut = 8;    ///< beyond the right edge of its step
constexpr double pillGap = 4;    ///< between two of them

QRectF discAt(QPointF middle)
{
    return {middle.x() - discSize / 2, middle.y() - discSize / 2, discSize, discSize};
}

void paintDisc(QPainter &painter, QPointF middle, const QColor &fill, const FlowStyle &style)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(style[Color::Canvas]);
    painter.drawEllipse(discAt(middle).adjusted(-2, -2, 2, 2));
    painter.setBrush(fill);
    painter.drawEllipse(discAt(middle));
}

void paintIconDisc(QPainter &painter, QPointF middle, const Pill &pill, const FlowStyle &style)
{
    paintDisc(painter, middle, style[pill.ink], style);
    app::paintIcon(
        painter, pill.icon, discAt(middle).adjusted(2, 2, -2, -2), style[Color::OnAccent]);
}

double pillWidth(const Pill &pill, const FlowStyle &style)
{
    return 6 + 12 + 4 + QFontMetricsF(style.pill).horizontalAdvance(pill.text) + 8;
}

/// `right`: of the pill. Returns its left edge.
double paintPill(
    QPainter &painter, double right, double middle, const Pill &pill, const FlowStyle &style)
{
    const double width = pillWidth(pill, style);
    const QRectF rect(right - width, middle - pillHigh / 2, width, pillHigh);
    painter.setPen(QPen(style[pill.ink], 1));
    painter.setBrush(style[pill.tint]);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5);
    app::paintIcon(painter, pill.icon, {rect.left() + 6, middle - 6, 12, 12}, style[pill.ink]);
    painter.setFont(style.pill);
    painter.setPen(style[pill.ink]);
    painter.drawText(rect.adjusted(22, 0, 0, 0), int(Qt::AlignLeft | Qt::AlignVCenter), pill.text);
    return rect.left();
}

void paintPills(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    if (!look.pill)
        return;
    if (look.pill->text.isEmpty()) {
        paintIconDisc(painter, markCorner(step), *look.pill, style);
        return;
    }
    const bool diamond = lookOf(step.kind).shape == StepShape::Diamond;
    double right = diamond ? -14 : step.geometry.body.right() + pillOut;
    const double middle = diamond ? -20 : step.geometry.body.top() - pillRaised;
    right = paintPill(painter, right, middle, *look.pill, style);
    if (look.secondPill)
        paintPill(painter, right - pillGap, middle, *look.secondPill, style);
}

void paintProblem(
    QPainter &painter, const StepPicture &step, engine::Severity severity, const FlowStyle &style)
{
    const bool error = severity == engine::Severity::Error;
    paintDisc(painter, markCorner(step), style[error ? Color::Failed : Color::Waiting], style);
    QFont font = style.title;
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(style[Color::OnAccent]);
    painter.drawText(discAt(markCorner(step)), Qt::AlignCenter, QStringLiteral("!"));
}

/// Where a branch stands: on the left end, or on top of a step of a flow that runs to the right.
QPointF tokenPlace(const StepPicture &step)
{
    const QRectF &body = step.geometry.body;
    if (lookOf(step.kind).shape == StepShape::Diamond)
        return {-12, -12};
    for (const Port &port : step.geometry.ports) {
        if (port.way < 0 && port.side == Side::Left)
            return {body.center().x(), body.top()};
    }
    return {body.left(), body.center().y()};
}

void paintToken(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    const QPointF middle = tokenPlace(step);
    const QColor color = style[statusColor(*look.run)];
    painter.setPen(Qt::NoPen);
    painter.setBrush(translucent(color, 0.22));
    painter.drawEllipse(middle, 13, 13);
    paintDisc(painter, middle, color, style);
    if (look.run == StepState::Suspended)
        app::paintIcon(painter, QStringLiteral("suspended"), discAt(middle).adjusted(2, 2, -2, -2),
            style[Color::OnAccent]);
    if (look.tokens < 2)
        return;
    painter.setFont(style.badge);
    painter.setPen(style[Color::OnAccent]);
    painter.drawText(discAt(middle), Qt::AlignCenter, QString::number(look.tokens));
}

void paintDuration(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    const QRectF &body = step.geometry.body;
    const bool waits = look.run == StepState::Waiting;
    painter.setFont(style.footer);
    painter.setPen(style[waits ? Color::Waiting : Color::Text2]);
    painter.drawText(QRectF(body.center().x() + 12, body.bottom() + 4, 160, 16),
        int(Qt::AlignLeft | Qt::AlignVCenter), look.duration);
}

} // namespace

QPointF markCorner(const StepPicture &step)
{
    const QRectF &body = step.geometry.body;
    switch (lookOf(step.kind).shape) {
    case StepShape::Circle: return body.center() + QPointF(0.8, -0.8) * body.width() / 2;
    case StepShape::Diamond: return {-16, -16};
    default: return body.topRight();
    }
}

void paintStepMarks(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    painter.save();
    painter.translate(step.centre);
    if (look.faded)
        painter.setOpacity(0.4);
    if (look.run && look.tokens > 0 && look.run != StepState::Running)
        paintToken(painter, step, look, style);
    paintPills(painter, step, look, style);
    if (look.problem)
        paintProblem(painter, step, *look.problem, style);
    if (!look.duration.isEmpty())
        paintDuration(painter, step, look, style);
    painter.restore();
}

} // namespace designer

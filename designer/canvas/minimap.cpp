#include "designer/canvas/minimap.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTransform>
#include <QWheelEvent>

#include <algorithm>

namespace designer {

namespace {

constexpr QSize usual{128, 96};
constexpr QSize largest{240, 180};
constexpr double margin = 6;
constexpr int corner = 10; ///< where it can be drawn larger

} // namespace

Minimap::Minimap(
    const FlowPicture &picture, const Looks &looks, const FlowStyle &style, QWidget *parent)
    : QWidget(parent)
    , m_picture(picture)
    , m_looks(looks)
    , m_style(style)
{
    resize(usual);
    setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Map of the flow"));
    refresh();
}

void Minimap::setShown(const QRectF &shown)
{
    m_shown = shown;
    update();
}

void Minimap::refresh()
{
    m_bounds = m_picture.bounds();
    update();
}

/// The flow, and the view where it is smaller than the flow, in the middle of the map.
QTransform Minimap::toWidget() const
{
    const QRectF content = m_bounds.isEmpty() ? m_shown : m_bounds | (m_shown & m_bounds);
    const double width = std::max(1.0, content.width()), height = std::max(1.0, content.height());
    const double scale =
        std::min((this->width() - 2 * margin) / width, (this->height() - 2 * margin) / height);
    QTransform transform;
    transform.translate(this->width() / 2.0, this->height() / 2.0);
    transform.scale(scale, scale);
    transform.translate(-content.center().x(), -content.center().y());
    return transform;
}

void Minimap::paintEvent(QPaintEvent *)
{
    using app::Color;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_style[Color::Border]);
    painter.setBrush(m_style[Color::Panel]);
    painter.drawRoundedRect(frame, 6, 6);
    if (m_picture.isEmpty())
        return;
    const QTransform transform = toWidget();
    painter.save();
    painter.setTransform(transform, true);
    // Lines are drawn at any scale here; under a tenth of the size they still tell the shape.
    paintBlocks(painter, m_picture, m_looks, m_bounds, std::max(0.1, transform.m11()), m_style);
    painter.restore();
    QPainterPath inside;
    inside.addRoundedRect(frame, 6, 6);
    painter.setClipPath(inside);
    const QRectF shown = transform.mapRect(m_shown) & frame.adjusted(4, 4, -4, -4);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(m_style[Color::Accent]);
    painter.setBrush(translucent(m_style[Color::Accent], 0.08));
    painter.drawRect(shown.toAlignedRect().adjusted(0, 0, -1, -1));
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    m_sizing = event->position().x() < corner && event->position().y() < corner;
    if (m_sizing)
        return;
    const QPointF at = toWidget().inverted().map(event->position());
    m_grip = m_shown.contains(at) ? at - m_shown.center() : QPointF();
    emit centreWanted(at - m_grip);
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    if (!m_sizing) {
        emit centreWanted(toWidget().inverted().map(event->position()) - m_grip);
        return;
    }
    const QPoint lowerRight = geometry().bottomRight() + QPoint(1, 1);
    const QPoint wanted = mapToParent(event->position().toPoint());
    const QSize size(std::clamp(lowerRight.x() - wanted.x(), usual.width(), largest.width()),
        std::clamp(lowerRight.y() - wanted.y(), usual.height(), largest.height()));
    setGeometry(QRect(lowerRight - QPoint(size.width(), size.height()), size));
}

void Minimap::wheelEvent(QWheelEvent *event)
{
    emit zoomWanted(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

} // namespace designer

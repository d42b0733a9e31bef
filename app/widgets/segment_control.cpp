#include "app/widgets/segment_control.h"

#include "app/widgets/icons.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace app {
namespace {

constexpr int controlHeight = 28;
constexpr double radius = 6;
constexpr double padding = 10;
constexpr double iconSize = 14;
constexpr double gap = 6;

} // namespace

SegmentControl::SegmentControl(std::vector<Segment> segments, Style style, QWidget *parent)
    : QWidget(parent)
    , m_segments(std::move(segments))
    , m_style(style)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(
        style == Style::Plain ? QSizePolicy::Minimum : QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentControl::setCurrent(int at)
{
    if (at < 0 || at >= static_cast<int>(m_segments.size()) || at == m_current)
        return;
    m_current = at;
    update();
}

double SegmentControl::width(const Segment &segment) const
{
    const double text = QFontMetricsF(app::font(Type::SmallStrong)).horizontalAdvance(segment.text);
    return std::ceil(text + 2 * padding + (segment.icon.isEmpty() ? 0 : iconSize + gap));
}

QSize SegmentControl::sizeHint() const
{
    double sum = 0;
    double widest = 0;
    for (const Segment &segment : m_segments) {
        sum += width(segment);
        widest = std::max(widest, width(segment));
    }
    const double all =
        m_style == Style::Plain ? widest * static_cast<double>(m_segments.size()) : sum;
    return {static_cast<int>(all), controlHeight};
}

QRectF SegmentControl::place(int at) const
{
    const double top = (QWidget::height() - controlHeight) / 2.0;
    if (m_style == Style::Plain) {
        const double each = QWidget::width() / static_cast<double>(m_segments.size());
        const double left = std::round(at * each);
        return {left, top, std::round((at + 1) * each) - left, controlHeight};
    }
    double left = 0;
    for (int before = 0; before < at; ++before)
        left += width(m_segments[static_cast<std::size_t>(before)]);
    return {left, top, width(m_segments[static_cast<std::size_t>(at)]), controlHeight};
}

int SegmentControl::at(QPointF point) const
{
    for (int at = 0; at < static_cast<int>(m_segments.size()); ++at)
        if (place(at).contains(point))
            return at;
    return -1;
}

void SegmentControl::paintSegment(QPainter &painter, int at) const
{
    const Segment &segment = m_segments[static_cast<std::size_t>(at)];
    const QRectF here = place(at);
    const bool current = at == m_current;
    const bool filled = current && m_style == Style::Filled;
    const Color ground = filled            ? segment.fill
                         : current         ? Color::AccentTint
                         : at == m_hovered ? Color::Hover
                                           : Color::Base;
    const Color ink = !isEnabled() ? Color::TextDisabled
                      : filled     ? Color::OnAccent
                      : current    ? Color::Accent
                                   : Color::Text;
    painter.fillRect(here, color(ground));
    painter.setFont(app::font(current ? Type::SmallStrong : Type::Small));
    const double text = QFontMetricsF(painter.font()).horizontalAdvance(segment.text);
    const double before = segment.icon.isEmpty() ? 0 : iconSize + gap;
    double x = here.left() + (here.width() - text - before) / 2;
    if (!segment.icon.isEmpty())
        paintIcon(painter, segment.icon,
            QRectF(x, here.top() + (here.height() - iconSize) / 2, iconSize, iconSize), color(ink));
    x += before;
    painter.setPen(color(ink));
    painter.drawText(QRectF(x, here.top(), here.right() - x, here.height()),
        Qt::AlignVCenter | Qt::TextSingleLine, segment.text);
}

void SegmentControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double right = place(static_cast<int>(m_segments.size()) - 1).right();
    const QRectF outline(0.5, place(0).top() + 0.5, right - 1, controlHeight - 1);
    QPainterPath shape;
    shape.addRoundedRect(outline, radius, radius);
    painter.setClipPath(shape);
    for (int at = 0; at < static_cast<int>(m_segments.size()); ++at)
        paintSegment(painter, at);
    const QColor edge = color(hasFocus() ? Color::Accent : Color::Control);
    painter.setPen(QPen(color(Color::Control), 1));
    for (int at = 1; at < static_cast<int>(m_segments.size()); ++at)
        painter.drawLine(QPointF(place(at).left() + 0.5, outline.top()),
            QPointF(place(at).left() + 0.5, outline.bottom()));
    painter.setClipping(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(edge, currentTheme() == ThemeKind::HighContrast ? 2 : 1));
    painter.drawPath(shape);
}

void SegmentControl::choose(int at)
{
    if (at < 0 || at >= static_cast<int>(m_segments.size()) || at == m_current)
        return;
    setCurrent(at);
    emit chosen(at);
}

void SegmentControl::mousePressEvent(QMouseEvent *event) { choose(at(event->position())); }

void SegmentControl::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = at(event->position());
    update();
}

void SegmentControl::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void SegmentControl::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left)
        choose(m_current - 1);
    else if (event->key() == Qt::Key_Right)
        choose(m_current + 1);
    else
        QWidget::keyPressEvent(event);
}

bool SegmentControl::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int under = at(help->pos());
        QToolTip::showText(help->globalPos(),
            under < 0 ? QString() : m_segments[static_cast<std::size_t>(under)].toolTip, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace app

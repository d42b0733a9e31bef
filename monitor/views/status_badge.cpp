#include "monitor/views/status_badge.h"

#include "app/widgets/icons.h"

#include <QFontMetrics>
#include <QPainter>

namespace monitor {

namespace {
constexpr int height = 20;
constexpr int iconSize = 12;
constexpr int padding = 8;
constexpr int gap = 4;
} // namespace

QSize badgeSize(const StatusLook &look)
{
    const QFontMetrics metrics(app::font(app::Type::CaptionStrong));
    return {padding + iconSize + gap + metrics.horizontalAdvance(look.word) + padding + 2, height};
}

void paintBadge(QPainter &painter, QPoint place, const StatusLook &look)
{
    const QRect badge(place, badgeSize(look));
    const auto ink = app::color(look.ink);
    const bool hasOutline = app::currentTheme() == app::ThemeKind::HighContrast;
    painter.setPen(hasOutline ? QPen(ink) : QPen(Qt::NoPen));
    painter.setBrush(app::color(look.tint));
    painter.drawRoundedRect(badge, height / 2, height / 2);
    app::paintIcon(painter, look.icon,
        QRectF(badge.left() + padding, badge.top() + (height - iconSize) / 2, iconSize, iconSize),
        ink);
    painter.setFont(app::font(app::Type::CaptionStrong));
    painter.setPen(ink);
    painter.drawText(badge.adjusted(padding + iconSize + gap, 0, 0, 0),
        Qt::AlignVCenter | Qt::AlignLeft, look.word);
}

StatusBadge::StatusBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusBadge::setLook(const StatusLook &look)
{
    m_look = look;
    setAccessibleName(look.word);
    updateGeometry();
    update();
}

QSize StatusBadge::sizeHint() const { return badgeSize(m_look); }

void StatusBadge::paintEvent(QPaintEvent *)
{
    if (m_look.word.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBadge(painter, {0, 0}, m_look);
}

} // namespace monitor

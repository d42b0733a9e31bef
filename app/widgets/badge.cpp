#include "app/widgets/badge.h"

#include "app/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr double height = 20;
constexpr double side = 8; // left and right of what it holds
constexpr double iconSize = 12;
constexpr double gap = 4;
constexpr double pillHeight = 18;

void paintGround(QPainter &painter, const QRectF &place, Color ink, Color ground)
{
    painter.setRenderHint(QPainter::Antialiasing);
    // High contrast has no tints: there the outline carries the shape.
    painter.setPen(
        currentTheme() == ThemeKind::HighContrast ? QPen(color(ink), 1) : QPen(Qt::NoPen));
    painter.setBrush(color(ground));
    painter.drawRoundedRect(
        place.adjusted(0.5, 0.5, -0.5, -0.5), place.height() / 2, place.height() / 2);
}

} // namespace

Badge statusBadge(Status status)
{
    const auto word = [](const char *text) {
        return QCoreApplication::translate("app::Badge", text);
    };
    switch (status) {
    case Status::Pending:
        //: Status of an instance: accepted, nothing done yet.
        return {u"pending"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Pending")), Color::Pending,
            Color::PendingTint};
    case Status::Running:
        return {u"running"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Running")), Color::Running,
            Color::RunningTint};
    case Status::Waiting:
        return {u"hourglass"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Waiting")), Color::Waiting,
            Color::WaitingTint};
    case Status::Suspended:
        return {u"suspended"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Suspended")),
            Color::Suspended, Color::SuspendedTint};
    case Status::Completed:
        return {u"tick"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Completed")), Color::Completed,
            Color::CompletedTint};
    case Status::Failed:
        return {u"cross"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Failed")), Color::Failed,
            Color::FailedTint};
    case Status::Terminated:
        return {u"terminated"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Terminated")),
            Color::Terminated, Color::TerminatedTint};
    case Status::Canceled:
        return {u"canceled"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Canceled")), Color::Terminated,
            Color::TerminatedTint};
    case Status::Continued:
        //: Status of a run that went on as a new run.
        return {u"continue"_s, word(QT_TRANSLATE_NOOP("app::Badge", "Continued")), Color::Running,
            Color::RunningTint};
    }
    return {};
}

QSizeF badgeSize(const Badge &badge)
{
    const double text = QFontMetricsF(font(Type::CaptionStrong)).horizontalAdvance(badge.text);
    const double before = badge.icon.isEmpty() ? 0 : iconSize + gap;
    return {std::ceil(text + before + 2 * side), height};
}

void paintBadge(QPainter &painter, QPointF corner, const Badge &badge)
{
    painter.save();
    const QRectF place(corner, badgeSize(badge));
    paintGround(painter, place, badge.ink, badge.tint);
    double x = place.left() + side;
    if (!badge.icon.isEmpty()) {
        paintIcon(painter, badge.icon,
            QRectF(x, place.top() + (height - iconSize) / 2, iconSize, iconSize), color(badge.ink));
        x += iconSize + gap;
    }
    painter.setPen(color(badge.ink));
    painter.setFont(font(Type::CaptionStrong));
    painter.drawText(QRectF(x, place.top(), place.right() - x, height),
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, badge.text);
    painter.restore();
}

QSizeF pillSize(const QString &text)
{
    const double width = QFontMetricsF(font(Type::CaptionStrong)).horizontalAdvance(text);
    return {std::max(pillHeight, std::ceil(width + 12)), pillHeight};
}

void paintPill(QPainter &painter, QPointF corner, const QString &text, Color ink, Color ground)
{
    painter.save();
    const QRectF place(corner, pillSize(text));
    paintGround(painter, place, ink, ground);
    painter.setPen(color(ink));
    painter.setFont(font(Type::CaptionStrong));
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
}

BadgeLabel::BadgeLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void BadgeLabel::setBadge(const Badge &badge)
{
    if (badge == m_badge)
        return;
    m_badge = badge;
    setAccessibleName(badge.text);
    updateGeometry();
    update();
}

QSize BadgeLabel::sizeHint() const { return badgeSize(m_badge).toSize(); }

void BadgeLabel::paintEvent(QPaintEvent *)
{
    if (m_badge == Badge{})
        return;
    QPainter painter(this);
    paintBadge(painter, QPointF(0, (this->height() - app::height) / 2), m_badge);
}

} // namespace app

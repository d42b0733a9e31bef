#include "monitor/views/instance_delegate.h"

#include "app/widgets/badge.h"
#include "app/widgets/icons.h"
#include "app/widgets/theme.h"
#include "monitor/models/instance_model.h"
#include "monitor/models/words.h"

#include <QDateTime>
#include <QMouseEvent>
#include <QPainter>
#include <QtMath>

namespace monitor {

using namespace Qt::StringLiterals;
using app::Color;

namespace {

constexpr int padding = 12;
constexpr int rowHeight = 56;
constexpr int actionsHeight = 36;

const engine::InstanceSummary &summaryAt(const QModelIndex &index)
{
    return static_cast<const InstanceModel *>(index.model())->at(index.row());
}

bool hasRaise(const engine::InstanceSummary &summary) { return !isFinished(summary.status); }

/// Where things of a row stand.
struct Places {
    explicit Places(const QRect &row)
        : first(row.left() + padding, row.top() + 8, row.width() - 2 * padding, 20)
        , second(first.left(), first.bottom() + 2, first.width(), 18)
        , raise(first.left(), row.top() + rowHeight - 2, 92, 24)
        , open(first.right() - 48, raise.top(), 48, 24)
    {}
    QRect first, second, raise, open;
};

qint64 ageOf(const engine::InstanceSummary &summary)
{
    const auto end = summary.finishedAt.value_or(
        engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch())));
    return (end - summary.createdAt).count();
}

void paintFirstLine(QPainter &painter, const QRect &line, const engine::InstanceSummary &summary)
{
    const auto age = durationWord(engine::Milliseconds(ageOf(summary)));
    painter.setFont(app::font(app::Type::Caption));
    painter.setPen(app::color(Color::Text3));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, age);
    const int ageWidth = painter.fontMetrics().horizontalAdvance(age) + 12;

    const auto badge = badgeOf(summary);
    const int badgeWidth = qCeil(app::badgeSize(badge).width());
    painter.setFont(app::font(app::Type::BodyStrong));
    const auto id = painter.fontMetrics().elidedText(QString::fromStdString(summary.instance.value),
        Qt::ElideMiddle, line.width() - ageWidth - badgeWidth - 8);
    painter.setPen(app::color(Color::Text));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, id);
    const int idWidth = painter.fontMetrics().horizontalAdvance(id);
    app::paintBadge(painter, QPointF(line.left() + idWidth + 8, line.top()), badge);
}

void paintSecondLine(QPainter &painter, const QRect &line, const engine::InstanceSummary &summary)
{
    auto text = standsOnWord(summary);
    if (summary.waiting && !isFinished(summary.status))
        //: Second line of an instance: what it waits for, since when, until when.
        text = InstanceDelegate::tr("%1 · since %2 · %3")
                   .arg(text, timeWord(summary.standsSince), untilWord(summary.standsUntil));
    painter.setFont(app::font(app::Type::Small));
    painter.setPen(app::color(Color::Text2));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
}

void paintActions(QPainter &painter, const Places &places, bool withRaise)
{
    painter.setFont(app::font(app::Type::Small));
    if (withRaise) {
        painter.setPen(app::color(Color::Control));
        painter.setBrush(app::color(Color::Base));
        painter.drawRoundedRect(QRectF(places.raise).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        app::paintIcon(painter, u"wait"_s,
            QRectF(places.raise.left() + 8, places.raise.top() + 5, 14, 14),
            app::color(Color::Text));
        painter.setPen(app::color(Color::Text));
        painter.drawText(places.raise.adjusted(28, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
            InstanceDelegate::tr("Raise…"));
    }
    painter.setPen(app::color(Color::Accent));
    painter.drawText(places.open, Qt::AlignVCenter | Qt::AlignRight, InstanceDelegate::tr("Open"));
}

} // namespace

void InstanceDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &summary = summaryAt(index);
    const bool isCurrent = m_current.isValid() && index.row() == m_current.row();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isCurrent || option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, app::color(Color::Selection));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, app::color(Color::Hover));
    if (isCurrent)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
            app::color(Color::Accent));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
        app::color(Color::Line));
    const Places places(option.rect);
    paintFirstLine(*painter, places.first, summary);
    paintSecondLine(*painter, places.second, summary);
    if (isCurrent)
        paintActions(*painter, places, hasRaise(summary));
    painter->restore();
}

QSize InstanceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool isCurrent = m_current.isValid() && index.row() == m_current.row();
    return {1, isCurrent ? rowHeight + actionsHeight - 4 : rowHeight};
}

bool InstanceDelegate::editorEvent(QEvent *event, QAbstractItemModel *,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease || !m_current.isValid() ||
        index.row() != m_current.row())
        return false;
    const auto place = static_cast<QMouseEvent *>(event)->position().toPoint();
    const Places places(option.rect);
    if (hasRaise(summaryAt(index)) && places.raise.contains(place))
        Q_EMIT raiseChosen(index.row());
    else if (places.open.contains(place))
        Q_EMIT openChosen(index.row());
    else
        return false;
    return true;
}

void InstanceDelegate::setCurrent(const QModelIndex &index)
{
    const QModelIndex before = m_current;
    m_current = index;
    if (before.isValid())
        Q_EMIT sizeHintChanged(before);
    if (index.isValid())
        Q_EMIT sizeHintChanged(index);
}

} // namespace monitor

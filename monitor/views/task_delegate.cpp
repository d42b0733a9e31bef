#include "monitor/views/task_delegate.h"

#include "app/widgets/icons.h"
#include "app/widgets/theme.h"
#include "monitor/models/task_model.h"
#include "monitor/models/task_words.h"

#include <QApplication>
#include <QDateTime>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace monitor {

using namespace Qt::StringLiterals;
using app::Color;
using engine::OutcomeKind;

namespace {

constexpr int headHeight = 26;
constexpr int rowHeight = 66;
constexpr int problemHeight = 18;
constexpr int padding = 12;
constexpr int textLeft = 52;
constexpr int buttonHeight = 28;
constexpr int widestButton = 120;
constexpr int dueWidth = 108;

using Buttons = std::vector<std::pair<QRect, const engine::ApprovalOutcome *>>;

const TaskModel &modelOf(const QModelIndex &index)
{
    return *static_cast<const TaskModel *>(index.model());
}

const TaskRow &rowAt(const QModelIndex &index) { return modelOf(index).at(index.row()); }

engine::Instant now()
{
    return engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch()));
}

bool beginsGroup(const QModelIndex &index)
{
    if (index.row() == 0)
        return true;
    const auto moment = now();
    return dueGroup(modelOf(index).at(index.row() - 1).task, moment) !=
           dueGroup(rowAt(index).task, moment);
}

int groupSize(const QModelIndex &index, DueGroup group)
{
    const auto moment = now();
    int count = 0;
    for (int row = 0; row < modelOf(index).rowCount(); ++row)
        if (!modelOf(index).at(row).isClosed &&
            dueGroup(modelOf(index).at(row).task, moment) == group)
            ++count;
    return count;
}

Color inkOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Positive: return Color::Completed;
    case OutcomeKind::Negative: return Color::Failed;
    case OutcomeKind::Neutral: break;
    }
    return Color::Text;
}

Color tintOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Positive: return Color::CompletedTint;
    case OutcomeKind::Negative: return Color::FailedTint;
    case OutcomeKind::Neutral: break;
    }
    return Color::Hover;
}

int buttonWidth(const engine::ApprovalOutcome &outcome)
{
    const QFontMetrics metrics(app::font(app::Type::Small));
    return std::min(metrics.horizontalAdvance(outcomeWord(outcome)) + 2 * padding, widestButton);
}

/// All of them if they leave room for the words, else the first positive and the first negative
/// one.
std::vector<const engine::ApprovalOutcome *> shownOutcomes(
    const engine::ApprovalStep &approval, int room)
{
    std::vector<const engine::ApprovalOutcome *> all;
    int wide = 0;
    for (const engine::ApprovalOutcome &outcome : approval.outcomes) {
        all.push_back(&outcome);
        wide += buttonWidth(outcome) + 8;
    }
    if (wide <= room)
        return all;
    std::erase_if(all, [&](const engine::ApprovalOutcome *one) {
        return one != firstOutcome(approval, OutcomeKind::Positive) &&
               one != firstOutcome(approval, OutcomeKind::Negative);
    });
    return all;
}

QRect bodyOf(const QRect &row, const QModelIndex &index)
{
    return beginsGroup(index) ? row.adjusted(0, headHeight, 0, 0) : row;
}

void paintHead(QPainter &painter, const QRect &row, const QModelIndex &index)
{
    const QRect head(row.left(), row.top(), row.width(), headHeight);
    const DueGroup group = dueGroup(rowAt(index).task, now());
    painter.fillRect(head, app::color(Color::Inset));
    painter.fillRect(QRect(head.left(), head.bottom(), head.width(), 1), app::color(Color::Line));
    painter.setFont(app::font(app::Type::SmallStrong));
    painter.setPen(app::color(Color::Text2));
    const QRect words = head.adjusted(padding, 0, -padding, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, groupWord(group));
    const int wide = painter.fontMetrics().horizontalAdvance(groupWord(group));
    const int count = groupSize(index, group);
    if (count == 0) // there are closed ones only
        return;
    painter.setFont(app::font(app::Type::Small));
    painter.setPen(app::color(Color::Text3));
    painter.drawText(words.adjusted(wide + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
        QLocale().toString(count));
}

void paintTile(QPainter &painter, const QRect &body, bool isClosed)
{
    const QColor ink = app::color(isClosed ? Color::Text3 : Color::KindPeople);
    QColor ground = ink;
    ground.setAlphaF(0.14F);
    const QRectF tile(body.left() + padding, body.top() + 18, 28, 28);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(tile, 6, 6);
    painter.setBrush(Qt::NoBrush);
    app::paintIcon(
        painter, isClosed ? u"canceled"_s : u"approval"_s, tile.adjusted(6, 6, -6, -6), ink);
}

struct Line {
    app::Type type;
    Color ink;
    Qt::Alignment align = Qt::AlignLeft;
    bool isStruck = false;
};

void paintLine(QPainter &painter, const QRect &place, const QString &text, const Line &line)
{
    QFont font = app::font(line.type);
    font.setStrikeOut(line.isStruck);
    painter.setFont(font);
    painter.setPen(app::color(line.ink));
    painter.drawText(place, line.align | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
}

void paintWords(QPainter &painter, const QRect &words, const QModelIndex &index)
{
    const TaskRow &row = rowAt(index);
    const auto line = [&](int top, int high) {
        return QRect(words.left(), words.top() + top, words.width(), high);
    };
    const QString title = QString::fromStdString(row.task.title);
    if (row.isClosed) {
        paintLine(painter, line(12, 20), title,
            {app::Type::BodyStrong, Color::Text3, Qt::AlignLeft, true});
        return paintLine(painter, line(33, 18), row.problem, {app::Type::Small, Color::Text2});
    }
    paintLine(painter, line(6, 20), title, {app::Type::BodyStrong, Color::Text});
    paintLine(painter, line(26, 17), placeWord(row.task, modelOf(index).flowOf(index.row())),
        {app::Type::Small, Color::Text2});
    paintLine(painter, line(43, 16), peopleWord(row.task), {app::Type::Caption, Color::Text3});
}

void paintDue(QPainter &painter, const QRect &place, const TaskRow &row)
{
    const auto moment = now();
    const DueGroup group = dueGroup(row.task, moment);
    const Color ink = group == DueGroup::Overdue ? Color::Failed
                      : group == DueGroup::Today ? Color::Waiting
                                                 : Color::Text2;
    paintLine(painter, {place.left(), place.top() + 15, place.width(), 18},
        dueWord(row.task, moment), {app::Type::Small, ink, Qt::AlignRight});
    paintLine(painter, {place.left(), place.top() + 33, place.width(), 16},
        askedWord(row.task, moment), {app::Type::Caption, Color::Text3, Qt::AlignRight});
}

void paintButton(QPainter &painter, const QRect &place, const engine::ApprovalOutcome &outcome,
    bool isUnderMouse)
{
    const bool isNeutral = outcome.kind == OutcomeKind::Neutral;
    painter.setPen(app::color(isNeutral ? Color::Control : inkOf(outcome.kind)));
    painter.setBrush(app::color(isUnderMouse ? tintOf(outcome.kind) : Color::Base));
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    paintLine(painter, place.adjusted(padding - 2, 0, 2 - padding, 0), outcomeWord(outcome),
        {app::Type::Small, inkOf(outcome.kind), Qt::AlignHCenter});
}

} // namespace

Buttons TaskDelegate::buttons(const QRect &row, const QModelIndex &index)
{
    Buttons placed;
    const engine::ApprovalStep *approval = modelOf(index).approvalOf(index.row());
    if (!approval || rowAt(index).isClosed)
        return placed;
    const QRect body = bodyOf(row, index);
    int right = body.right() - padding;
    const auto outcomes = shownOutcomes(*approval, body.width() * 2 / 5);
    for (auto one = outcomes.rbegin(); one != outcomes.rend(); ++one) {
        const int wide = buttonWidth(**one);
        placed.insert(
            placed.begin(), {QRect(right - wide + 1, body.top() + (rowHeight - buttonHeight) / 2,
                                 wide, buttonHeight),
                                *one});
        right -= wide + 8;
    }
    return placed;
}

void TaskDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isCurrent = m_current.isValid() && index.row() == m_current.row();
    const TaskRow &row = rowAt(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (beginsGroup(index))
        paintHead(*painter, option.rect, index);
    const QRect body = bodyOf(option.rect, index);
    if (isCurrent)
        painter->fillRect(body, app::color(Color::Selection));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(body, app::color(Color::Hover));
    if (isCurrent)
        painter->fillRect(
            QRect(body.topLeft(), QSize(2, body.height())), app::color(Color::Accent));
    painter->fillRect(QRect(body.left(), body.bottom(), body.width(), 1), app::color(Color::Line));
    paintTile(*painter, body, row.isClosed);
    int right = body.right() - padding;
    for (const auto &[place, outcome] : buttons(option.rect, index)) {
        right = std::min(right, place.left() - 16);
        paintButton(*painter, place, *outcome,
            place.contains(m_mouse) && option.state.testFlag(QStyle::State_MouseOver));
    }
    if (!row.isClosed) {
        paintDue(*painter, QRect(right - dueWidth, body.top(), dueWidth, rowHeight), row);
        right -= dueWidth + 8;
    }
    paintWords(*painter,
        QRect(body.left() + textLeft, body.top(), right - body.left() - textLeft, rowHeight),
        index);
    if (!row.isClosed && !row.problem.isEmpty())
        paintLine(*painter,
            {body.left() + textLeft, body.top() + rowHeight - 4, body.width() - textLeft - padding,
                problemHeight},
            row.problem, {app::Type::Small, Color::Failed});
    painter->restore();
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const TaskRow &row = rowAt(index);
    const int problem = row.problem.isEmpty() || row.isClosed ? 0 : problemHeight;
    return {1, rowHeight + problem + (beginsGroup(index) ? headHeight : 0)};
}

bool TaskDelegate::editorEvent(QEvent *event, QAbstractItemModel *,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseMove) {
        m_mouse = static_cast<QMouseEvent *>(event)->position().toPoint();
        if (auto *viewport = const_cast<QWidget *>(option.widget))
            viewport->update();
        return false;
    }
    const bool presses = event->type() == QEvent::MouseButtonPress;
    if ((!presses && event->type() != QEvent::MouseButtonRelease) ||
        static_cast<QMouseEvent *>(event)->button() != Qt::LeftButton)
        return false;
    const QModelIndex pressed = std::exchange(m_pressed, QPersistentModelIndex());
    const QPoint place = static_cast<QMouseEvent *>(event)->position().toPoint();
    for (const auto &[button, outcome] : buttons(option.rect, index)) {
        if (!button.contains(place))
            continue;
        if (presses) {
            m_pressed = index;
            return false; // the row is chosen too
        }
        const std::string name = outcome->name; // the row goes with the answer
        if (pressed == index)
            Q_EMIT outcomeChosen(index, name);
        return true;
    }
    return false;
}

} // namespace monitor

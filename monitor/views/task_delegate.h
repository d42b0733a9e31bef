#pragma once

#include <QPoint>
#include <QRect>
#include <QStyledItemDelegate>

#include <string>
#include <utility>
#include <vector>

namespace engine {
struct ApprovalOutcome;
}

namespace monitor {

/// Draws a task of the inbox: title, flow and step, who is asked; when it is due; its outcomes as
/// buttons. The first row of a part has the part's head above it.
class TaskDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    /// The row that is drawn as chosen; invalid: none.
    void setCurrent(const QModelIndex &index) { m_current = index; }

    /// Where the buttons of a row stand that is drawn in `row`.
    static std::vector<std::pair<QRect, const engine::ApprovalOutcome *>> buttons(
        const QRect &row, const QModelIndex &index);

Q_SIGNALS:
    void outcomeChosen(const QModelIndex &index, const std::string &outcome);

private:
    QPersistentModelIndex m_current;
    QPersistentModelIndex m_pressed; ///< on a button of which the mouse went down
    QPoint m_mouse{-1, -1}; ///< where it was seen last
};

} // namespace monitor

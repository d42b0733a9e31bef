#pragma once

#include <QStyledItemDelegate>

namespace monitor {

/// Draws an instance as two lines: id, status and age; what it stands on and until when. The
/// current row has its actions below: Raise, Open.
class InstanceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    /// The row that is drawn with its actions; invalid: none.
    void setCurrent(const QModelIndex &index);

Q_SIGNALS:
    void raiseChosen(int row);
    void openChosen(int row);

private:
    QPersistentModelIndex m_current;
};

} // namespace monitor

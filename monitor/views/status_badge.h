#pragma once

#include "monitor/models/words.h"

#include <QWidget>

class QPainter;

namespace monitor {

/// Size of a status as a badge: icon and word on its tint, 20 high.
QSize badgeSize(const StatusLook &look);
/// Paints it with its upper left corner at `place`.
void paintBadge(QPainter &painter, QPoint place, const StatusLook &look);

/// A status as a widget. Main thread.
class StatusBadge : public QWidget
{
    Q_OBJECT

public:
    explicit StatusBadge(QWidget *parent = nullptr);

    void setLook(const StatusLook &look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusLook m_look;
};

} // namespace monitor

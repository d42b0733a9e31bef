#pragma once

#include "app/widgets/theme.h"

#include <QString>
#include <QWidget>

class QPainter;

namespace app {

/// What a badge says: icon and text in `ink` on `tint`.
struct Badge {
    QString icon; ///< name of an icon, or empty
    QString text;
    Color ink = Color::Pending;
    Color tint = Color::PendingTint;

    bool operator==(const Badge &) const = default;
};

enum class Status {
    Pending,
    Running,
    Waiting,
    Suspended,
    Completed,
    Failed,
    Terminated,
    Canceled,
    Continued
};

/// The badge of a status, with its word in the user's language.
Badge statusBadge(Status status);

/// Size at 100 %: 20 high, as wide as icon and text need.
QSizeF badgeSize(const Badge &badge);
/// Paints it with its upper left corner at `corner`; for delegates.
void paintBadge(QPainter &painter, QPointF corner, const Badge &badge);

/// A number in a rounded block, 18 high: counts beside tabs and heads.
QSizeF pillSize(const QString &text);
void paintPill(QPainter &painter, QPointF corner, const QString &text, Color ink = Color::Text2,
    Color ground = Color::Inset);

/// A badge as a widget.
class BadgeLabel : public QWidget
{
    Q_OBJECT

public:
    explicit BadgeLabel(QWidget *parent = nullptr);
    void setBadge(const Badge &badge);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Badge m_badge;
};

} // namespace app

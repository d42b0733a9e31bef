#pragma once

#include <QAbstractButton>

namespace app {

/// A word in a tinted block, 20 high: `flow: OrderFulfillment ×`. A click chooses it (clicked());
/// the cross, Delete or Backspace asks for its removal.
class Chip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Chip(const QString &text, QWidget *parent = nullptr);
    void setRemovable(bool removable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void removalAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF cross() const;

    bool m_removable = false;
};

} // namespace app

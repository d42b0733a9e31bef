#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace app {

/// The title bar of a dock or panel: 36 high, name in front, buttons behind.
class DockTitle : public QWidget
{
    Q_OBJECT

public:
    explicit DockTitle(const QString &text, QWidget *parent = nullptr);
    void setText(const QString &text);
    /// A flat button with an icon; `toolTip` is also its accessible name.
    QToolButton *addButton(const QString &icon, const QString &toolTip);
    void addWidget(QWidget *widget);

    QSize sizeHint() const override; ///< a dock asks the hints, not the fixed height
    QSize minimumSizeHint() const override;

private:
    QLabel *m_text;
    QHBoxLayout *m_row;
};

} // namespace app

#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace app {

/// "Waits for", "Timeout", "Live here": the head of a group in an inspector or page, 28 high; at
/// its right whatever was added. Foldable: a chevron in front, and a click or Space folds the body
/// away.
class SectionHead : public QWidget
{
    Q_OBJECT

public:
    explicit SectionHead(const QString &text, QWidget *parent = nullptr);
    void setText(const QString &text);
    void setIcon(const QString &name, Color ink);
    /// A widget at the right end.
    void addAtEnd(QWidget *widget);
    /// From now on the head folds `body`.
    void fold(QWidget *body, bool open);
    bool isOpen() const { return m_open; }
    void setOpen(bool open);

signals:
    void opened(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_text;
    QString m_icon;
    Color m_ink = Color::Text2;
    QHBoxLayout *m_row;
    QWidget *m_body = nullptr;
    bool m_open = true;
};

} // namespace app

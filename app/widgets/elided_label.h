#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace app {

/// One line of text that ends in "…" where there is no room; the whole text is then its tooltip.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(
        Type type = Type::Small, Color ink = Color::Text, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Type m_type;
    Color m_ink;
};

} // namespace app

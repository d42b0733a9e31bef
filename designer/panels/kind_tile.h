#pragma once

#include "app/widgets/theme.h"

#include <QString>
#include <QWidget>

namespace designer {

/// The icon of a kind on its tint, as on a step.
class KindTile : public QWidget
{
    Q_OBJECT

public:
    explicit KindTile(QWidget *parent = nullptr);
    void show(const QString &icon, app::Color ink);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    app::Color m_ink = app::Color::Text2;
};

} // namespace designer

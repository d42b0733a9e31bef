#pragma once

#include <QLineEdit>

namespace app {

/// An input with a magnifying glass; Escape empties it, Down leaves it for what it searches.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

signals:
    void leftDownwards();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace app

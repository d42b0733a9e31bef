#pragma once

#include <QWidget>

#include <vector>

class QAbstractButton;
class QVBoxLayout;

namespace app {

/// The places of the program at the left edge, 48 px wide: an icon each, with a count.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);

    /// A place; its number is the order of adding.
    void addPlace(const QString &icon, const QString &name);
    /// A button at the lower end that is no place.
    QAbstractButton *addButton(const QString &icon, const QString &name);
    void setCurrent(int place);
    /// 0 hides the count.
    void setCount(int place, qint64 count);

signals:
    void chosen(int place);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    std::vector<QAbstractButton *> m_places;
};

} // namespace app

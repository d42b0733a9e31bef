#pragma once

#include <QWidget>

#include <utility>
#include <vector>

namespace monitor {

/// A line of keys and what they do: `J K move  A approve`.
class KeyLegend : public QWidget
{
    Q_OBJECT

public:
    /// A key of several letters separated by spaces is drawn as several keys.
    explicit KeyLegend(std::vector<std::pair<QString, QString>> keys, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {200, 32}; }
    QSize minimumSizeHint() const override { return {1, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<std::pair<QString, QString>> m_keys;
};

} // namespace monitor

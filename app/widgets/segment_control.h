#pragma once

#include "app/widgets/theme.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace app {

struct Segment {
    QString text;
    QString icon;               ///< name of an icon, or empty
    Color fill = Color::Accent; ///< used by a filled control
    QString toolTip;
};

/// One of a few, side by side, 28 high: "One | Any of | All of". Arrow keys move, a click chooses.
/// Plain: the chosen one is tinted, all as wide as the widest; filled: it carries its own colour
/// (the mode switch).
class SegmentControl : public QWidget
{
    Q_OBJECT

public:
    enum class Style { Plain, Filled };

    explicit SegmentControl(
        std::vector<Segment> segments, Style style = Style::Plain, QWidget *parent = nullptr);

    int current() const { return m_current; }
    /// Does not emit chosen().
    void setCurrent(int at);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// The user chose another segment.
    void chosen(int at);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void choose(int at);
    int at(QPointF place) const;
    QRectF place(int at) const;
    double width(const Segment &segment) const;
    void paintSegment(QPainter &painter, int at) const;

    std::vector<Segment> m_segments;
    Style m_style;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace app

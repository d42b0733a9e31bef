#pragma once

#include "designer/canvas/flow_painting.h"

#include <QWidget>

namespace designer {

/// The whole flow as blocks, with a frame round what the canvas shows. Lower right on the canvas.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    /// All three must outlive the minimap; it reads them when it paints.
    Minimap(
        const FlowPicture &picture, const Looks &looks, const FlowStyle &style, QWidget *parent);

    /// What the canvas shows, in flow px.
    void setShown(const QRectF &shown);
    /// The picture changed.
    void refresh();

signals:
    void centreWanted(QPointF flow);
    void zoomWanted(int steps);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QTransform toWidget() const;

    const FlowPicture &m_picture;
    const Looks &m_looks;
    const FlowStyle &m_style;
    QRectF m_shown;
    QRectF m_bounds;
    QPointF m_grip; ///< from the middle of the frame to where it was grabbed
    bool m_sizing = false;
};

} // namespace designer

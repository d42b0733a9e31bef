#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace designer {

/// Which part of the flow a widget shows, and how large.
struct CanvasView {
    static constexpr double least = 0.05, most = 4;

    double zoom = 1;
    QPointF origin; ///< the flow's point at the widget's upper left corner

    QPointF toFlow(QPointF screen) const { return origin + screen / zoom; }
    QPointF toScreen(QPointF flow) const { return (flow - origin) * zoom; }
    QRectF shown(QSizeF widget) const { return {origin, widget / zoom}; }

    bool operator==(const CanvasView &) const = default;
};

/// `zoom`, kept within its limits; what is at `kept` on the screen stays there.
CanvasView zoomed(const CanvasView &view, double zoom, QPointF kept);
/// `content` in the middle of a widget, as large as it fits with `margin` px round it, at most
/// `most`.
CanvasView fitted(const QRectF &content, QSizeF widget, double margin, double most);
/// Moved as little as needed to show `content` with `margin` px round it.
CanvasView revealing(const CanvasView &view, const QRectF &content, QSizeF widget, double margin);

} // namespace designer

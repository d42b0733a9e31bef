#include "designer/canvas/canvas_view.h"

#include <algorithm>
#include <cmath>

namespace designer {

namespace {

/// At 100 % lines are drawn on whole pixels; a view between two pixels would blur them.
QPointF onPixels(QPointF origin, double zoom)
{
    return {std::round(origin.x() * zoom) / zoom, std::round(origin.y() * zoom) / zoom};
}

double shift(double low, double high, double shownLow, double shownHigh)
{
    if (low < shownLow || high - low > shownHigh - shownLow)
        return low - shownLow;
    return std::max(0.0, high - shownHigh);
}

} // namespace

CanvasView zoomed(const CanvasView &view, double zoom, QPointF kept)
{
    CanvasView result;
    result.zoom = std::clamp(zoom, CanvasView::least, CanvasView::most);
    result.origin = onPixels(view.toFlow(kept) - kept / result.zoom, result.zoom);
    return result;
}

CanvasView fitted(const QRectF &content, QSizeF widget, double margin, double most)
{
    CanvasView view;
    const double width = std::max(1.0, widget.width() - 2 * margin);
    const double height = std::max(1.0, widget.height() - 2 * margin);
    if (!content.isEmpty())
        view.zoom = std::min(width / content.width(), height / content.height());
    view.zoom = std::clamp(view.zoom, CanvasView::least, most);
    const QSizeF shown = widget / view.zoom;
    const QPointF corner = content.center() - QPointF(shown.width(), shown.height()) / 2;
    view.origin = onPixels(corner, view.zoom);
    return view;
}

CanvasView revealing(const CanvasView &view, const QRectF &content, QSizeF widget, double margin)
{
    const double room = margin / view.zoom;
    const QRectF wanted = content.adjusted(-room, -room, room, room);
    const QRectF shown = view.shown(widget);
    CanvasView result = view;
    result.origin += QPointF(shift(wanted.left(), wanted.right(), shown.left(), shown.right()),
        shift(wanted.top(), wanted.bottom(), shown.top(), shown.bottom()));
    result.origin = onPixels(result.origin, view.zoom);
    return result;
}

} // namespace designer

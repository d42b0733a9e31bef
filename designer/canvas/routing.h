#pragma once

#include "designer/canvas/grid_index.h"
#include "designer/canvas/step_geometry.h"

#include <QPointF>
#include <QRectF>

#include <vector>

namespace designer {

/// Where an edge begins or ends, in flow pixels.
struct RouteEnd {
    QPointF at;
    Side side = Side::Bottom;
};

struct RouteTask {
    RouteEnd from;
    std::vector<RouteEnd> entries; ///< where it may come in, the first preferred
    int source = -1;               ///< numbers in the index of steps
    int target = -1;
    QRectF sourceBody;
    QRectF targetBody;
    Direction direction = Direction::Down;
};

struct Route {
    std::vector<QPointF> points; ///< corners, with both ends; every piece is level or upright
    Side entry = Side::Top;
    /// All that was looked at: while no step changes here, the route stays what it is.
    QRectF examined;

    bool operator==(const Route &) const = default;
};

/// The way of one edge round the steps of `steps`, as in section 5 of canvas.md. Depends on nothing
/// else, so it is the same whatever was routed before. There is always one; where no way is clear,
/// the one that is plainest.
Route route(const RouteTask &task, const GridIndex &steps);

} // namespace designer

#pragma once

#include "designer/canvas/edge_id.h"
#include "designer/canvas/grid_index.h"
#include "designer/canvas/step_geometry.h"

#include <QPointF>

#include <vector>

namespace designer {

/// A routed edge that may have to make room for others.
struct LaneEdge {
    const EdgeId *id = nullptr;
    int target = -1;
    Side entry = Side::Top;
    std::vector<QPointF> points;
};

/// Puts pieces that lie on each other 8 px apart, sorted so that none crosses another twice and the
/// longer loop is outside. Pieces that lead into the same trunk stay together. The result does not
/// depend on the order of `edges`.
void spreadLanes(std::vector<LaneEdge> &edges, const GridIndex &steps);

} // namespace designer

#pragma once

#include "designer/canvas/grid_index.h"

#include <QPointF>
#include <QRectF>

#include <vector>

namespace designer {

/// Where the words of an edge stand.
struct ChipPlace {
    QRectF rect;
    bool onLine = true; ///< else beside a piece that is too short for it

    bool operator==(const ChipPlace &) const = default;
};

/// Width of a chip for a text that is `textWidth` wide, with a clock before it or not.
double chipWidth(double textWidth, bool clock);
/// The middle of the longest straight piece on which a chip of this width fits: off the corners and
/// 8 px from the arrow, on no step.
ChipPlace placeChip(const std::vector<QPointF> &points, double width, const GridIndex &steps);

} // namespace designer

#pragma once

#include <QLineF>
#include <QPointF>

#include <vector>

namespace designer {

/// Where a dragged step comes to lie, and the lines that say why.
struct Snapped {
    QPointF at;
    std::vector<QLineF> guides;
};

/// `at` on the centre line of a step in `others` that is within 7 px, else on the 10 px grid; each
/// direction by itself.
Snapped snapped(QPointF at, const std::vector<QPointF> &others);

} // namespace designer

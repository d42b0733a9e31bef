#pragma once

#include <QPointF>
#include <QRectF>

#include <vector>

namespace designer {

struct SearchTask {
    QPointF from;
    QPointF fromDirection; ///< unit vector out of the first step
    QPointF to;
    QPointF toDirection;        ///< unit vector out of the second step
    std::vector<QRectF> walls;  ///< may be touched, not entered
    std::vector<double> levels; ///< y where it may run, besides those along the walls
    std::vector<double> uprights;
};

/// The cheapest level-and-upright way that enters no wall, few bends before short; empty if there
/// is none. For the cases that no plain form solves.
std::vector<QPointF> searchRoute(const SearchTask &task);

} // namespace designer

#pragma once

#include <QPointF>
#include <QRectF>

#include <cstddef>
#include <vector>

namespace designer {

/// A place where a searched way begins or ends, and the unit vector that leads away from the step.
struct SearchEnd {
    QPointF at;
    QPointF out;
};

struct SearchTask {
    SearchEnd from;
    std::vector<SearchEnd> to; ///< any of them
    std::vector<QRectF> walls; ///< may be touched, not entered
};

struct Searched {
    std::vector<QPointF> points; ///< empty: there is no way
    std::size_t end = 0;         ///< which of `to`
};

/// The cheapest level-and-upright way that enters no wall, few bends before short. For the cases
/// that no plain form solves.
Searched searchRoute(const SearchTask &task);

} // namespace designer

#include "designer/tools/snapping.h"

#include <cmath>
#include <optional>

namespace designer {
namespace {

constexpr double reach = 7;
constexpr double grid = 10;

double onGridLine(double value) { return std::round(value / grid) * grid; }

/// The nearest of `others` within reach in the direction that `part` reads.
template<typename Part>
std::optional<QPointF> nearest(QPointF at, const std::vector<QPointF> &others, Part part)
{
    std::optional<QPointF> found;
    double distance = reach;
    for (const QPointF &other : others) {
        const double here = std::abs(part(other) - part(at));
        if (here <= distance) {
            distance = here;
            found = other;
        }
    }
    return found;
}

} // namespace

Snapped snapped(QPointF at, const std::vector<QPointF> &others)
{
    const auto column = nearest(at, others, [](QPointF p) { return p.x(); });
    const auto row = nearest(at, others, [](QPointF p) { return p.y(); });
    Snapped result;
    result.at = {column ? column->x() : onGridLine(at.x()), row ? row->y() : onGridLine(at.y())};
    if (column)
        result.guides.emplace_back(*column, result.at);
    if (row)
        result.guides.emplace_back(*row, result.at);
    return result;
}

} // namespace designer

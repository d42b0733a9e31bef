#include "designer/tools/graph_walk.h"

#include <cmath>
#include <limits>
#include <set>

namespace designer {
namespace {

/// How far `by` goes along the arrow, and how far beside it.
struct Reach {
    double along = 0;
    double beside = 0;
};

Reach reach(QPointF by, Arrow arrow)
{
    switch (arrow) {
    case Arrow::Up: return {-by.y(), std::abs(by.x())};
    case Arrow::Down: return {by.y(), std::abs(by.x())};
    case Arrow::Left: return {-by.x(), std::abs(by.y())};
    case Arrow::Right: break;
    }
    return {by.x(), std::abs(by.y())};
}

std::set<engine::StepId> joinedByEdges(const engine::Flow &flow, const engine::StepId &step)
{
    std::set<engine::StepId> joined;
    for (const engine::Step &each : flow.steps)
        for (const engine::Transition &way : engine::transitionsFrom(each)) {
            if (each.id == step)
                joined.insert(way.to);
            else if (way.to == step)
                joined.insert(each.id);
        }
    return joined;
}

} // namespace

std::optional<engine::StepId> neighbour(
    const engine::Flow &flow, const engine::StepId &from, Arrow arrow, const CentreOf &centreOf)
{
    const QPointF here = centreOf(from);
    const auto joined = joinedByEdges(flow, from);
    std::optional<engine::StepId> found;
    double least = std::numeric_limits<double>::max();
    for (const engine::Step &step : flow.steps) {
        const Reach there = reach(centreOf(step.id) - here, arrow);
        if (step.id == from || there.along <= 0)
            continue;
        constexpr double besideCounts = 2;    // straight ahead is nearer than askew
        constexpr double strangerCosts = 1e6; // an edge wins over any distance
        const bool ahead = there.beside <= there.along;
        const double cost = there.along + there.beside * besideCounts +
                            (joined.contains(step.id) && ahead ? 0 : strangerCosts);
        if (cost < least) {
            least = cost;
            found = step.id;
        }
    }
    return found;
}

} // namespace designer

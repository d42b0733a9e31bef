#include "designer/canvas/graph_walk.h"

#include <Qt>

#include <cmath>
#include <limits>

namespace designer {

namespace {

bool isStep(const StepPicture &step)
{
    return step.present && step.kind != StepKind::Start && step.kind != StepKind::Interrupt;
}

engine::StepId firstStep(const FlowPicture &picture)
{
    const StepPicture *first = nullptr;
    for (const StepPicture &step : picture.steps()) {
        if (!isStep(step))
            continue;
        if (!first || std::pair(step.centre.y(), step.centre.x()) <
                          std::pair(first->centre.y(), first->centre.x()))
            first = &step;
    }
    return first ? first->id : engine::StepId();
}

} // namespace

std::optional<Side> sideOfKey(int key)
{
    switch (key) {
    case Qt::Key_Up: return Side::Top;
    case Qt::Key_Down: return Side::Bottom;
    case Qt::Key_Left: return Side::Left;
    case Qt::Key_Right: return Side::Right;
    default: return std::nullopt;
    }
}

engine::StepId nextStep(const FlowPicture &picture, const engine::StepId &from, Side side)
{
    const int number = picture.stepNumber(from);
    if (from.empty() || number < 0)
        return firstStep(picture);
    const QPointF start = picture.steps()[std::size_t(number)].centre;
    const QPointF direction = outward(side);
    double best = std::numeric_limits<double>::max();
    engine::StepId next;
    for (const StepPicture &step : picture.steps()) {
        const QPointF way = step.centre - start;
        const double ahead = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y()) + std::abs(way.y() * direction.x());
        if (!isStep(step) || ahead < 1 || aside > 2 * ahead)
            continue;
        if (const double cost = ahead + 2 * aside; cost < best) {
            best = cost;
            next = step.id;
        }
    }
    return next;
}

} // namespace designer

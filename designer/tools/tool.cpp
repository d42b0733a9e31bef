#include "designer/tools/tool.h"

#include "designer/canvas/flow_canvas.h"

#include <algorithm>
#include <cmath>

namespace designer {
namespace {

constexpr int grid = 10;
constexpr double row = 100;
constexpr double column = 240;
constexpr double closeX = 160;
constexpr double closeY = 70;

bool isTaken(const FlowDocument &document, const FlowCanvas &canvas, QPointF at)
{
    for (const engine::Step &step : document.flow().steps) {
        const QPointF apart = centreOf(canvas, step.id) - at;
        if (std::abs(apart.x()) < closeX && std::abs(apart.y()) < closeY)
            return true;
    }
    return false;
}

} // namespace

engine::Position onGrid(QPointF at)
{
    constexpr double limit = 1e6; // where no screen ever gets, and well inside of an int
    const auto snapped = [limit](double value) {
        return static_cast<int>(std::lround(std::clamp(value, -limit, limit) / grid)) * grid;
    };
    return {snapped(at.x()), snapped(at.y())};
}

QPointF centreOf(const FlowCanvas &canvas, const engine::StepId &step)
{
    return canvas.stepBounds(step).center();
}

std::optional<engine::Transition> wayOf(const engine::Flow &flow, const EdgeId &edge)
{
    const engine::Step *step = engine::findStep(flow, edge.from);
    const auto ways = step ? engine::transitionsFrom(*step) : std::vector<engine::Transition>();
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (edgeId(ways[i], i) == edge)
            return ways[i];
    return std::nullopt;
}

std::optional<engine::Transition> edgeWayUnder(const CanvasHit &hit)
{
    const bool edge = hit.part == CanvasHit::Part::Edge || hit.part == CanvasHit::Part::Chip;
    return edge ? hit.way : std::nullopt;
}

QPointF placeBehind(
    const FlowDocument &document, const FlowCanvas &canvas, const engine::Transition &way)
{
    using Kind = engine::Transition::Kind;
    const bool right = document.flow().layout.direction == "right";
    const bool trouble = way.kind == Kind::Timeout || way.kind == Kind::Error;
    const QPointF onward = right ? QPointF(column, 0) : QPointF(0, row);
    const QPointF aside = right ? QPointF(0, row) : QPointF(column, 0);
    QPointF at = centreOf(canvas, way.from) + (trouble ? aside : onward);
    constexpr int mostTries = 100;
    for (int tries = 0; tries < mostTries && isTaken(document, canvas, at); ++tries)
        at += aside;
    return at;
}

void selectOnly(FlowCanvas &canvas, const std::vector<engine::StepId> &steps)
{
    canvas.setSelection({.steps = {steps.begin(), steps.end()}, .edges = {}});
}

} // namespace designer

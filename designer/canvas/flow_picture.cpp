#include "designer/canvas/flow_picture.h"

#include <algorithm>
#include <cmath>

namespace designer {

using engine::StepId;

FlowPicture::FlowPicture(const FlowStyle &style)
    : m_style(style)
{}

int FlowPicture::stepNumber(const StepId &id) const
{
    const auto found = m_numbers.find(id);
    return found == m_numbers.end() ? -1 : found->second;
}

int FlowPicture::edgeNumber(const EdgeId &id) const
{
    const auto found = m_edgeNumbers.find(id);
    return found == m_edgeNumbers.end() ? -1 : found->second;
}

QRectF FlowPicture::bounds() const
{
    QRectF bounds;
    for (const StepPicture &step : m_steps) {
        if (step.present)
            bounds |= step.extent();
    }
    for (const EdgePicture &edge : m_edges) {
        if (edge.present)
            bounds |= edge.bounds;
    }
    for (const RegionPicture &region : m_regions)
        bounds |= region.rect;
    return bounds;
}

std::vector<int> FlowPicture::stepsIn(const QRectF &area) const
{
    std::vector<int> numbers;
    m_extents.visit(area, [&](int number, const QRectF &) { numbers.push_back(number); });
    std::ranges::sort(numbers);
    return numbers;
}

std::vector<int> FlowPicture::edgesIn(const QRectF &area) const
{
    std::vector<int> numbers;
    m_pieces.visit(area, [&](int number, const QRectF &) { numbers.push_back(number); });
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

namespace {

double distance(const std::vector<QPointF> &points, QPointF at)
{
    double nearest = 1e9;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const QRectF piece = QRectF(points[i - 1], points[i]).normalized();
        const double x = std::clamp(at.x(), piece.left(), piece.right());
        const double y = std::clamp(at.y(), piece.top(), piece.bottom());
        nearest = std::min(nearest, std::hypot(at.x() - x, at.y() - y));
    }
    return nearest;
}

bool isOn(const StepPicture &step, QPointF at)
{
    const QPointF own = at - step.centre;
    const StepShape shape = lookOf(step.kind).shape;
    const bool onLabel = !step.geometry.body.contains(own);
    return outline(shape, step.geometry.body, 1).contains(own) ||
           (onLabel && (step.geometry.title.contains(own) || step.geometry.subtitle.contains(own)));
}

} // namespace

CanvasHit FlowPicture::hitStep(QPointF at, double portRadius) const
{
    CanvasHit hit;
    const double reach = portRadius;
    for (const int number : stepsIn(QRectF(at, at).adjusted(-reach, -reach, reach, reach))) {
        const StepPicture &step = m_steps[std::size_t(number)];
        if (step.kind == StepKind::Interrupt)
            continue; // not a step; nothing of it can be changed here yet
        for (const Port &port : step.geometry.ports) {
            const QPointF off = at - step.centre - port.at;
            if (step.kind == StepKind::Start || std::hypot(off.x(), off.y()) > portRadius)
                continue;
            hit = {.part = CanvasHit::Part::Port, .step = step.id};
            if (port.way >= 0) {
                hit.way = step.ways[std::size_t(port.way)];
                hit.edge = edgeId(*hit.way, std::size_t(port.way));
            }
            return hit;
        }
        if (isOn(step, at)) {
            const bool start = step.kind == StepKind::Start;
            hit = {.part = start ? CanvasHit::Part::Start : CanvasHit::Part::Step, .step = step.id};
        }
    }
    return hit;
}

CanvasHit FlowPicture::hit(QPointF at, double portRadius, double reach) const
{
    CanvasHit hit = hitStep(at, portRadius);
    if (hit.part != CanvasHit::Part::Nothing)
        return hit;
    double nearest = reach;
    for (const int number : edgesIn(QRectF(at, at).adjusted(-reach, -reach, reach, reach))) {
        const EdgePicture &edge = m_edges[std::size_t(number)];
        const bool onChip = !edge.words.isEmpty() && edge.chip.rect.contains(at);
        const double off = onChip ? 0 : distance(edge.points, at);
        if (off > nearest || (hit.part == CanvasHit::Part::Chip && !onChip))
            continue;
        nearest = off;
        hit = {.part = onChip ? CanvasHit::Part::Chip : CanvasHit::Part::Edge,
            .step = edge.id.from,
            .edge = edge.id,
            .way = edge.way};
    }
    return hit;
}

} // namespace designer

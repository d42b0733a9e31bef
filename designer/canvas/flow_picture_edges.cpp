// Edges of a picture: routes, lanes and chips.
#include "designer/canvas/flow_picture.h"

#include "designer/canvas/edge_lanes.h"
#include "designer/canvas/flow_picture_source.h"

#include <QFontMetricsF>

namespace designer {

using engine::StepId;
using engine::Transition;

namespace {

constexpr double mostChipText = 160;

} // namespace

void FlowPicture::makeEdge(int number, const Transition &way, std::size_t position)
{
    const StepPicture &step = m_steps[std::size_t(number)];
    int edgeNumber_ = int(m_edges.size());
    if (m_freeEdges.empty()) {
        m_edges.emplace_back();
    } else {
        edgeNumber_ = m_freeEdges.back();
        m_freeEdges.pop_back();
    }
    EdgePicture &edge = m_edges[std::size_t(edgeNumber_)];
    edge = {.id = edgeId(way, position), .way = way, .from = number, .to = stepNumber(way.to)};
    edge.present = true;
    edge.clock = way.kind == Transition::Kind::Timeout;
    const auto &rowWays = step.geometry.rowWays;
    if (position < step.rows.size() && std::ranges::find(rowWays, int(position)) == rowWays.end())
        edge.words = QFontMetricsF(m_style.footer)
                         .elidedText(step.rows[position], Qt::ElideRight, mostChipText);
    m_edgeNumbers[edge.id] = edgeNumber_;
}

void FlowPicture::dropEdge(int number, Changed &changed)
{
    EdgePicture &edge = m_edges[std::size_t(number)];
    changed.edges.erase(number);
    changed.add(edge.bounds);
    indexPieces(number, false);
    if (!edge.route.points.empty())
        m_examined.remove(number, edge.route.examined);
    m_edgeNumbers.erase(edge.id);
    edge = {};
    m_freeEdges.push_back(number);
}

void FlowPicture::makeEdges(int number, Changed &changed)
{
    const StepPicture &step = m_steps[std::size_t(number)];
    for (std::size_t position = 0; position < step.ways.size(); ++position) {
        const Transition &way = step.ways[position];
        const EdgeId id = edgeId(way, position);
        if (way.to.empty() || stepNumber(way.to) < 0) // the start mark has an empty id
            continue;
        if (edgeNumber(id) < 0)
            makeEdge(number, way, position);
        changed.edges.insert(edgeNumber(id));
    }
}

void FlowPicture::dropEdges(int number, Changed &changed)
{
    const StepPicture &step = m_steps[std::size_t(number)];
    for (std::size_t position = 0; position < step.ways.size(); ++position) {
        const EdgeId id = edgeId(step.ways[position], position);
        if (const auto into = m_into.find(step.ways[position].to); into != m_into.end())
            into->second.erase(id);
        if (const int edge = edgeNumber(id); edge >= 0)
            dropEdge(edge, changed);
    }
}

void FlowPicture::routeEdge(int number)
{
    EdgePicture &edge = m_edges[std::size_t(number)];
    const StepPicture &source = m_steps[std::size_t(edge.from)];
    const StepPicture &target = m_steps[std::size_t(edge.to)];
    RouteTask task{.source = edge.from,
        .target = edge.to,
        .sourceBody = source.body(),
        .targetBody = target.body(),
        .direction = m_direction};
    for (std::size_t position = 0; position < source.ways.size(); ++position) {
        if (edgeId(source.ways[position], position) != edge.id)
            continue;
        const auto port = std::ranges::find(source.geometry.ports, int(position), &Port::way);
        task.from = {source.centre + port->at, port->side};
    }
    for (const Port &port : entries(target.geometry, lookOf(target.kind).shape))
        task.entries.push_back({target.centre + port.at, port.side});
    if (!edge.route.points.empty())
        m_examined.remove(number, edge.route.examined);
    edge.route = route(task, m_bodies);
    m_examined.insert(number, edge.route.examined);
}

/// Index of what of an edge can be seen and clicked.
void FlowPicture::indexPieces(int number, bool insert)
{
    EdgePicture &edge = m_edges[std::size_t(number)];
    const auto put = [&](const QRectF &rect) {
        if (insert)
            m_pieces.insert(number, rect);
        else
            m_pieces.remove(number, rect);
    };
    for (std::size_t i = 1; i < edge.points.size(); ++i)
        put(QRectF(edge.points[i - 1], edge.points[i]).normalized().adjusted(-6, -6, 6, 6));
    if (!edge.words.isEmpty() && !edge.points.empty())
        put(edge.chip.rect);
}

void FlowPicture::finishEdge(EdgePicture &edge)
{
    QRectF bounds;
    for (std::size_t i = 1; i < edge.points.size(); ++i)
        bounds |= QRectF(edge.points[i - 1], edge.points[i]).normalized().adjusted(-6, -6, 6, 6);
    edge.chip = {};
    if (!edge.words.isEmpty()) {
        const double text = QFontMetricsF(m_style.footer).horizontalAdvance(edge.words);
        edge.chip = placeChip(edge.points, chipWidth(text, edge.clock), m_bodies);
        bounds |= edge.chip.rect;
    }
    edge.bounds = bounds;
}

/// Routes what is to be routed, spreads all lanes, and finishes the edges that came out different.
void FlowPicture::settle(Changed &changed)
{
    for (const QRectF &body : changed.bodies) {
        m_examined.visit(body, [&](int edge, const QRectF &) { changed.edges.insert(edge); });
        // A chip may have to leave a place, or may go back to a better one.
        m_pieces.visit(body.adjusted(-120, -40, 120, 40),
            [&](int edge, const QRectF &) { changed.edges.insert(edge); });
    }
    for (const int edge : changed.edges)
        routeEdge(edge);
    std::vector<LaneEdge> lanes;
    std::vector<int> numbers;
    for (int number = 0; number < int(m_edges.size()); ++number) {
        const EdgePicture &edge = m_edges[std::size_t(number)];
        if (!edge.present)
            continue;
        lanes.push_back({&edge.id, edge.to, edge.route.entry, edge.route.points});
        numbers.push_back(number);
    }
    spreadLanes(lanes, m_bodies);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const int number = numbers[i];
        EdgePicture &edge = m_edges[std::size_t(number)];
        if (edge.points == lanes[i].points && !changed.edges.contains(number))
            continue;
        changed.add(edge.bounds);
        indexPieces(number, false);
        edge.points = std::move(lanes[i].points);
        finishEdge(edge);
        indexPieces(number, true);
        changed.add(edge.bounds);
    }
}

} // namespace designer

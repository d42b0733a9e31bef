#include "designer/canvas/flow_picture.h"

#include "designer/canvas/edge_lanes.h"
#include "designer/document/auto_layout.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <optional>

namespace designer {

namespace {

constexpr double mostChipText = 160;

} // namespace

using engine::StepId;
using engine::Transition;

/// Steps and places of a flow by id: as they stand for a few questions, in tables for many.
class FlowPicture::Source
{
public:
    Source(const engine::Flow &flow, std::size_t questions)
        : m_flow(flow)
    {
        if (questions < 8)
            return;
        for (const engine::Step &step : flow.steps)
            m_steps.emplace(step.id, &step);
        for (const auto &[id, position] : flow.layout.steps)
            m_positions.emplace(id, position);
        m_tables = true;
    }

    const engine::Step *step(const StepId &id) const
    {
        if (!m_tables)
            return engine::findStep(m_flow, id);
        const auto found = m_steps.find(id);
        return found == m_steps.end() ? nullptr : found->second;
    }
    QPointF centre(const StepId &id) const
    {
        const engine::Position position = this->position(id);
        return QPointF(position.x, position.y);
    }
    QString title(const StepId &id) const
    {
        const engine::Step *found = step(id);
        return QString::fromStdString(found ? engine::displayName(*found) : id.value);
    }

private:
    engine::Position position(const StepId &id) const
    {
        const auto &places = m_flow.layout.steps;
        if (m_tables) {
            if (const auto found = m_positions.find(id); found != m_positions.end())
                return found->second;
        } else if (const auto found =
                       std::ranges::find(places, id, &std::pair<StepId, engine::Position>::first);
                   found != places.end()) {
            return found->second;
        }
        if (!m_laidOut)
            m_laidOut = autoLayout(m_flow);
        return m_laidOut->at(id);
    }

    const engine::Flow &m_flow;
    bool m_tables = false;
    std::unordered_map<StepId, const engine::Step *> m_steps;
    Positions m_positions;
    mutable std::optional<Positions> m_laidOut;
};

/// What one change comes to.
struct FlowPicture::Changed {
    std::set<int> edges;        ///< to be routed
    std::vector<QRectF> bodies; ///< that came, went or moved
    QRectF repaint;

    void add(const QRectF &rect) { repaint = repaint.isNull() ? rect : repaint | rect; }
};

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

// --- steps ---------------------------------------------------------------------------------------

int FlowPicture::takeStep(const StepId &id)
{
    int number = int(m_steps.size());
    if (m_freeSteps.empty()) {
        m_steps.emplace_back();
    } else {
        number = m_freeSteps.back();
        m_freeSteps.pop_back();
    }
    m_numbers[id] = number;
    StepPicture &step = m_steps[std::size_t(number)];
    step = {};
    step.id = id;
    step.present = true;
    return number;
}

void FlowPicture::dropStep(int number, Changed &changed)
{
    StepPicture &step = m_steps[std::size_t(number)];
    dropEdges(number, changed);
    if (const auto into = m_into.find(step.id); into != m_into.end()) {
        for (const EdgeId &edge : into->second) {
            if (const int each = edgeNumber(edge); each >= 0)
                dropEdge(each, changed);
        }
    }
    changed.bodies.push_back(step.body());
    changed.add(step.extent());
    m_bodies.remove(number, step.body());
    m_extents.remove(number, step.extent());
    m_numbers.erase(step.id);
    step = {};
    m_freeSteps.push_back(number);
}

void FlowPicture::fillStep(
    int number, const Source &source, const engine::Step &step, QPointF centre)
{
    StepPicture &picture = m_steps[std::size_t(number)];
    picture.kind = stepKind(step.body);
    picture.centre = centre;
    picture.ways = engine::transitionsFrom(step);
    picture.whole = stepWords(step, [&](const StepId &id) { return source.title(id); });
    picture.rows.clear();
    for (const Transition &way : picture.ways)
        picture.rows.push_back(chipWords(step, way));
    layOut(picture);
}

/// Geometry and cut texts from kind, ways and whole words. `rows` comes in with the words of all
/// ways and keeps them: edges take their chips from there.
void FlowPicture::layOut(StepPicture &picture) const
{
    StepContent content{.kind = picture.kind,
        .ways = picture.ways,
        .subtitle = !picture.whole.subtitle.isEmpty(),
        .footer = !picture.whole.footer.isEmpty(),
        .direction = m_direction};
    if (!picture.whole.badge.isEmpty())
        content.badgeWidth = QFontMetricsF(m_style.badge).horizontalAdvance(picture.whole.badge);
    picture.geometry = stepGeometry(content);
    cutWords(picture);
}

void FlowPicture::cutWords(StepPicture &picture) const
{
    const auto cut = [](const QFont &font, const QString &text, QRectF &room, bool shrink) {
        const QFontMetricsF metrics(font);
        const double width = metrics.horizontalAdvance(text);
        QString shown =
            width <= room.width() ? text : metrics.elidedText(text, Qt::ElideRight, room.width());
        if (shrink)
            room.setWidth(std::min(room.width(), std::ceil(width)));
        return shown;
    };
    StepGeometry &geometry = picture.geometry;
    const StepShape shape = lookOf(picture.kind).shape;
    const bool beside = shape == StepShape::Circle || shape == StepShape::Diamond;
    picture.words = picture.whole;
    picture.words.title = cut(m_style.title, picture.whole.title, geometry.title, beside);
    picture.words.subtitle =
        cut(m_style.subtitle, picture.whole.subtitle, geometry.subtitle, beside);
    picture.words.footer = cut(m_style.footer, picture.whole.footer, geometry.footerText, false);
    for (std::size_t row = 0; row < geometry.rows.size(); ++row) {
        QString &words = picture.rows[std::size_t(geometry.rowWays[row])];
        words = cut(m_style.subtitle, words, geometry.rows[row], false);
    }
    if (beside)
        geometry.extent = geometry.body | geometry.title | geometry.subtitle;
}

/// Whether a port moved.
bool FlowPicture::turnPorts(int number)
{
    StepPicture &step = m_steps[std::size_t(number)];
    if (step.kind != StepKind::Choice)
        return false;
    std::vector<std::optional<QPointF>> targets;
    for (const Transition &way : step.ways) {
        const int target = stepNumber(way.to);
        targets.push_back(target < 0
                              ? std::nullopt
                              : std::optional(m_steps[std::size_t(target)].centre - step.centre));
    }
    const std::vector<Port> before = step.geometry.ports;
    turnChoicePorts(step.geometry, targets, m_direction);
    return step.geometry.ports != before;
}

// --- edges ---------------------------------------------------------------------------------------

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

// --- the whole and its changes -------------------------------------------------------------------

/// Puts the step `id` of the flow in the place of what is shown of it.
void FlowPicture::replace(const StepId &id, const Source &source, Changed &changed)
{
    int number = stepNumber(id);
    const engine::Step *step = source.step(id);
    if (!step) {
        if (number >= 0)
            dropStep(number, changed);
        return;
    }
    if (number >= 0) {
        const StepPicture &before = m_steps[std::size_t(number)];
        dropEdges(number, changed);
        changed.bodies.push_back(before.body());
        changed.add(before.extent());
        m_bodies.remove(number, before.body());
        m_extents.remove(number, before.extent());
    } else {
        number = takeStep(id);
    }
    fillStep(number, source, *step, source.centre(id));
    const StepPicture &picture = m_steps[std::size_t(number)];
    m_bodies.insert(number, picture.body());
    m_extents.insert(number, picture.extent());
    changed.bodies.push_back(picture.body());
    changed.add(picture.extent());
    for (std::size_t position = 0; position < picture.ways.size(); ++position)
        m_into[picture.ways[position].to].insert(edgeId(picture.ways[position], position));
}

/// Edges of a step that was replaced, and what else speaks of it: footers and corners of choices.
void FlowPicture::refreshAround(const StepId &id, const Source &source, Changed &changed)
{
    const int number = stepNumber(id);
    if (number >= 0) {
        turnPorts(number);
        makeEdges(number, changed);
    }
    const auto into = m_into.find(id);
    if (into == m_into.end())
        return;
    for (const EdgeId &edge : into->second) {
        const int from = stepNumber(edge.from);
        if (from < 0)
            continue;
        StepPicture &before = m_steps[std::size_t(from)];
        if (edge.way == "timeout") {
            if (const engine::Step *step = source.step(before.id))
                fillStep(from, source, *step, before.centre);
            changed.add(before.extent());
        }
        if (before.kind == StepKind::Choice && turnPorts(from))
            makeEdges(from, changed);
        if (number < 0)
            continue;
        for (std::size_t position = 0; position < before.ways.size(); ++position) {
            if (edgeId(before.ways[position], position) != edge)
                continue;
            if (edgeNumber(edge) < 0)
                makeEdge(from, before.ways[position], position);
            changed.edges.insert(edgeNumber(edge));
        }
    }
}

StepPlaces FlowPicture::places() const
{
    const auto picture = [this](const StepId &id) -> const StepPicture * {
        const int number = stepNumber(id);
        return number < 0 ? nullptr : &m_steps[std::size_t(number)];
    };
    const auto isMark = [this](int number) {
        const StepKind kind = m_steps[std::size_t(number)].kind;
        return kind == StepKind::Start || kind == StepKind::Interrupt;
    };
    StepPlaces places;
    places.body = [picture](const StepId &id) -> std::optional<QRectF> {
        return picture(id) ? std::optional(picture(id)->body()) : std::nullopt;
    };
    places.extent = [picture](const StepId &id) -> std::optional<QRectF> {
        return picture(id) ? std::optional(picture(id)->extent()) : std::nullopt;
    };
    places.isFree = [this, isMark](const QRectF &rect) {
        bool free = true;
        m_extents.visit(rect, [&](int number, const QRectF &) { free = free && isMark(number); });
        return free;
    };
    places.isEntered = [this](const StepId &id) {
        const auto into = m_into.find(id);
        return into != m_into.end() && std::ranges::any_of(into->second, [](const EdgeId &edge) {
            return !edge.from.empty() && edge.from.value.front() != '!';
        });
    };
    places.titleOf = [picture](const StepId &id) {
        return picture(id) ? picture(id)->whole.title : QString();
    };
    return places;
}

void FlowPicture::replaceMarks(const engine::Flow &flow, Changed &changed)
{
    Marks marks = marksOf(flow, m_direction, places());
    for (const auto *regions : {&m_regions, &marks.regions}) {
        for (const RegionPicture &region : *regions)
            changed.add(region.rect.adjusted(-4, -10, 4, 4));
    }
    m_regions = std::move(marks.regions);
    if (marks.marks == m_marks)
        return;
    for (const Mark &mark : m_marks)
        dropStep(stepNumber(mark.id), changed);
    m_marks = std::move(marks.marks);
    for (const Mark &mark : m_marks)
        addMark(mark, changed);
}

void FlowPicture::addMark(const Mark &mark, Changed &changed)
{
    const int number = takeStep(mark.id);
    StepPicture &step = m_steps[std::size_t(number)];
    step.kind = mark.kind;
    step.centre = mark.centre;
    step.whole = mark.words;
    step.ways = {{Transition::Kind::Next, {}, mark.id, mark.next}};
    step.rows = {QString()};
    layOut(step);
    if (mark.kind == StepKind::Interrupt)
        turnToward(step, mark.next);
    m_bodies.insert(number, step.body());
    m_extents.insert(number, step.extent());
    m_into[mark.next].insert(edgeId(step.ways.front(), 0));
    changed.bodies.push_back(step.body());
    changed.add(step.extent());
    makeEdges(number, changed);
}

/// The way out of an interrupt's mark is on the side where its handler is.
void FlowPicture::turnToward(StepPicture &mark, const StepId &next) const
{
    const int target = stepNumber(next);
    if (target < 0 || m_steps[std::size_t(target)].centre.y() >= mark.centre.y())
        return;
    for (Port &port : mark.geometry.ports)
        port = {{0, mark.geometry.body.top()}, Side::Top, port.way};
}

void FlowPicture::clear()
{
    m_steps.clear();
    m_edges.clear();
    m_regions.clear();
    m_marks.clear();
    m_freeSteps.clear();
    m_freeEdges.clear();
    m_numbers.clear();
    m_edgeNumbers.clear();
    m_into.clear();
    for (GridIndex *index : {&m_bodies, &m_extents, &m_pieces, &m_examined})
        index->clear();
}

namespace {

Direction directionOf(const engine::Flow &flow)
{
    return flow.layout.direction == "right" ? Direction::Right : Direction::Down;
}

} // namespace

void FlowPicture::show(const engine::Flow &flow)
{
    clear();
    m_direction = directionOf(flow);
    const Source source(flow, flow.steps.size());
    Changed changed;
    for (const engine::Step &step : flow.steps)
        replace(step.id, source, changed);
    for (const engine::Step &step : flow.steps) {
        turnPorts(stepNumber(step.id));
        makeEdges(stepNumber(step.id), changed);
    }
    replaceMarks(flow, changed);
    changed.bodies.clear(); // every edge is routed anyway
    settle(changed);
}

QRectF FlowPicture::change(const engine::Flow &flow, const std::vector<StepId> &steps)
{
    if (directionOf(flow) != m_direction || steps.size() * 2 > flow.steps.size() + 8) {
        const QRectF before = bounds();
        show(flow);
        return before | bounds();
    }
    const Source source(flow, steps.size());
    Changed changed;
    for (const StepId &id : steps)
        replace(id, source, changed);
    for (const StepId &id : steps)
        refreshAround(id, source, changed);
    replaceMarks(flow, changed);
    settle(changed);
    return changed.repaint.adjusted(-24, -24, 24, 24);
}

// --- where the mouse is --------------------------------------------------------------------------

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

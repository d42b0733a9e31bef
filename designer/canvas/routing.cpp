#include "designer/canvas/routing.h"

#include "designer/canvas/flow_style.h"
#include "designer/canvas/route_search.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace designer {

namespace {

using Points = std::vector<QPointF>;

constexpr double bendCost = 40;
constexpr double wrongSideCost = 400; ///< of a loop that does not go round the left
constexpr double sideEntryCost = 12;
constexpr double touching = 0.01;
constexpr int mostWalls = 80; ///< of a search; beyond, a picture is too dense to be read anyway

bool isUpright(Side side) { return side == Side::Top || side == Side::Bottom; }

Side transposedSide(Side side)
{
    switch (side) {
    case Side::Top: return Side::Left;
    case Side::Left: return Side::Top;
    case Side::Right: return Side::Bottom;
    case Side::Bottom: break;
    }
    return Side::Right;
}

QRectF transposed(const QRectF &rect) { return {rect.y(), rect.x(), rect.height(), rect.width()}; }

QRectF boxOf(QPointF one, QPointF other)
{
    return QRectF(QPointF(std::min(one.x(), other.x()), std::min(one.y(), other.y())),
        QPointF(std::max(one.x(), other.x()), std::max(one.y(), other.y())));
}

QRectF grown(const QRectF &rect, double by) { return rect.adjusted(-by, -by, by, by); }

double lengthOf(const Points &points)
{
    double length = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        length += (points[i] - points[i - 1]).manhattanLength();
    return length;
}

/// Drops points that are no corners; empty if it turns back on itself.
Points simplified(const Points &points)
{
    Points result;
    for (const QPointF &point : points) {
        if (!result.empty() && (point - result.back()).manhattanLength() < touching)
            continue;
        if (result.size() >= 2) {
            const QPointF before = result.back() - result[result.size() - 2];
            const QPointF after = point - result.back();
            const bool straight =
                std::abs(before.x() * after.y() - before.y() * after.x()) < touching;
            if (straight && QPointF::dotProduct(before, after) < 0)
                return {};
            if (straight)
                result.pop_back();
        }
        result.push_back(point);
    }
    return result;
}

struct Candidate {
    Points points;
    Side entry = Side::Top;
    double cost = 0;
};

/// One edge, thought of as in a flow that runs down; a flow to the right is mirrored at the
/// diagonal.
class Router
{
public:
    Router(const RouteTask &task, const GridIndex &steps)
        : m_task(task)
        , m_steps(steps)
        , m_mirrored(task.direction == Direction::Right)
        , m_source(place(task.sourceBody))
        , m_target(place(task.targetBody))
        , m_from(place(task.from))
    {
        for (const RouteEnd &entry : task.entries)
            m_entries.push_back(place(entry));
    }

    Route run();

private:
    QRectF place(const QRectF &rect) const { return m_mirrored ? transposed(rect) : rect; }
    RouteEnd place(const RouteEnd &end) const
    {
        return m_mirrored ? RouteEnd{end.at.transposed(), transposedSide(end.side)} : end;
    }
    template<typename Visit>
    void visit(const QRectF &area, Visit &&visit);
    bool isClear(const Points &points, double margin);
    bool isClearPiece(QPointF one, QPointF other, double margin, int exempt, int alsoExempt);
    double laneBeside(bool left, double top, double bottom);

    void propose(Points points, const RouteEnd &entry, double extraCost);
    void proposePlain(const RouteEnd &entry);
    void proposeLanes(const RouteEnd &entry);
    void proposeBetween(const RouteEnd &entry, double first, double extraCost);
    bool takeFirstClear(double margin);
    bool takeSearched(double margin);
    void addWalls(const Points &points, double margin, std::map<int, QRectF> &walls);
    Route finished();

    const RouteTask &m_task;
    const GridIndex &m_steps;
    bool m_mirrored;
    QRectF m_source, m_target;
    RouteEnd m_from;
    std::vector<RouteEnd> m_entries;
    std::vector<Candidate> m_candidates;
    std::size_t m_tried = 0;
    Candidate m_taken;
    QRectF m_examined;
};

template<typename Visit>
void Router::visit(const QRectF &area, Visit &&visit)
{
    m_examined = m_examined.isNull() ? area : m_examined | area;
    m_steps.visit(place(area), [&](int id, const QRectF &rect) { visit(id, place(rect)); });
}

bool Router::isClearPiece(QPointF one, QPointF other, double margin, int exempt, int alsoExempt)
{
    const QRectF area = grown(boxOf(one, other), margin - touching);
    bool clear = true;
    visit(
        area, [&](int id, const QRectF &) { clear = clear && (id == exempt || id == alsoExempt); });
    return clear;
}

bool Router::isClear(const Points &points, double margin)
{
    for (std::size_t i = 1; i < points.size(); ++i) {
        const int exempt = i == 1 ? m_task.source : -1;
        const int alsoExempt = i + 1 == points.size() ? m_task.target : -1;
        if (!isClearPiece(points[i - 1], points[i], margin, exempt, alsoExempt))
            return false;
    }
    return true;
}

/// The x of a lane beside all that stands in the column of the edge between two heights.
double Router::laneBeside(bool left, double top, double bottom)
{
    double edge = left ? std::min(m_source.left(), m_target.left())
                       : std::max(m_source.right(), m_target.right());
    const double inner = left ? std::max(m_from.at.x(), m_target.center().x())
                              : std::min(m_from.at.x(), m_target.center().x());
    const double gap = left ? length::loop : length::turn;
    for (int pass = 0; pass < 50; ++pass) {
        const double reach = left ? edge - gap - length::clear : edge + gap + length::clear;
        double widest = edge;
        visit(boxOf({reach, top}, {inner, bottom}), [&](int, const QRectF &rect) {
            widest = left ? std::min(widest, rect.left()) : std::max(widest, rect.right());
        });
        if (widest == edge)
            break;
        edge = widest;
    }
    return left ? edge - gap : edge + gap;
}

/// Keeps a form that leaves and arrives properly.
void Router::propose(Points points, const RouteEnd &entry, double extraCost)
{
    points = simplified(points);
    if (points.size() < 2)
        return;
    const QPointF first = points[1] - points[0];
    const QPointF last = points[points.size() - 2] - points.back();
    const bool straight = points.size() == 2;
    const double leave = QPointF::dotProduct(first, outward(m_from.side));
    const double enter = QPointF::dotProduct(last, outward(entry.side));
    if (leave < (straight ? 1 : length::leave / 2) || enter < (straight ? 1 : length::enter - 4))
        return;
    double cost = lengthOf(points) + bendCost * double(points.size() - 2) + extraCost;
    if (leave < length::leave && !straight)
        cost += bendCost;
    if (entry.side != Side::Top)
        cost += sideEntryCost;
    m_candidates.push_back({std::move(points), entry.side, cost});
}

/// From the port to `first` along its axis, across, and then into the entry's trunk.
void Router::proposeBetween(const RouteEnd &entry, double first, double extraCost)
{
    const QPointF p = m_from.at, q = entry.at;
    const QPointF trunk = q + outward(entry.side) * length::trunk;
    if (isUpright(m_from.side))
        propose({p, {p.x(), first}, {trunk.x(), first}, trunk, q}, entry, extraCost);
    else if (isUpright(entry.side))
        propose({p, {first, p.y()}, {first, trunk.y()}, trunk, q}, entry, extraCost);
    else
        propose({p, {first, p.y()}, {first, q.y()}, q}, entry, extraCost);
}

void Router::proposePlain(const RouteEnd &entry)
{
    const QPointF p = m_from.at, q = entry.at, out = outward(m_from.side);
    const QPointF trunk = q + outward(entry.side) * length::trunk;
    const bool upright = isUpright(m_from.side);
    if (upright ? std::abs(p.x() - q.x()) < touching : std::abs(p.y() - q.y()) < touching)
        propose({p, q}, entry, 0);
    if (upright != isUpright(entry.side)) {
        propose(upright ? Points{p, {p.x(), q.y()}, q} : Points{p, {q.x(), p.y()}, q}, entry, 0);
        proposeBetween(
            entry, upright ? p.y() + out.y() * length::turn : p.x() + out.x() * length::turn, 1);
        return;
    }
    // Upright ways turn late, into the trunk; side ways turn early, so that their chips line up.
    if (upright) {
        proposeBetween(entry, trunk.y(), 0);
        proposeBetween(entry, p.y() + out.y() * length::leave, 2);
    } else {
        proposeBetween(entry, p.x() + out.x() * length::turn, 0);
        proposeBetween(entry, trunk.x(), 2);
    }
}

void Router::proposeLanes(const RouteEnd &entry)
{
    const QPointF p = m_from.at, q = entry.at, out = outward(m_from.side);
    const QPointF trunk = q + outward(entry.side) * length::trunk;
    const bool upright = isUpright(m_from.side);
    const double leave = p.y() + out.y() * length::leave;
    const double top = std::min(upright ? leave : p.y(), trunk.y());
    const double bottom = std::max(upright ? leave : p.y(), trunk.y());
    const bool back = trunk.y() < p.y();
    for (const bool left : {true, false}) {
        const double lane = laneBeside(left, top, bottom);
        const bool fits = back ? left : !left;
        const double cost =
            fits || m_from.side == (left ? Side::Left : Side::Right) ? 0 : wrongSideCost;
        if (upright)
            propose({p, {p.x(), leave}, {lane, leave}, {lane, trunk.y()}, trunk, q}, entry, cost);
        else
            proposeBetween(entry, lane, cost);
    }
}

bool Router::takeFirstClear(double margin)
{
    for (; m_tried < m_candidates.size(); ++m_tried) {
        if (isClear(m_candidates[m_tried].points, margin)) {
            m_taken = m_candidates[m_tried];
            return true;
        }
    }
    return false;
}

/// Searches among the walls that were met so far, adds those that the way found then meets, and
/// searches again: few walls count, however many steps there are.
bool Router::takeSearched(double margin)
{
    SearchTask search{
        .from = {m_from.at + outward(m_from.side) * length::leave, outward(m_from.side)}};
    for (const RouteEnd &entry : m_entries)
        search.to.push_back({entry.at + outward(entry.side) * length::trunk, outward(entry.side)});
    std::map<int, QRectF> walls{
        {m_task.source, grown(m_source, margin)}, {m_task.target, grown(m_target, margin)}};
    while (int(walls.size()) <= mostWalls) {
        search.walls.clear();
        for (const auto &wall : walls)
            search.walls.push_back(wall.second);
        const Searched found = searchRoute(search);
        if (found.points.empty())
            return false;
        const RouteEnd &entry = m_entries[found.end];
        Points points = found.points;
        points.insert(points.begin(), m_from.at);
        points.push_back(entry.at);
        points = simplified(points);
        if (points.empty())
            return false;
        const std::size_t before = walls.size();
        addWalls(points, margin, walls);
        if (walls.size() == before) {
            m_taken = {std::move(points), entry.side, 0};
            return true;
        }
    }
    return false;
}

/// The steps that a way comes too near to, grown by the margin.
void Router::addWalls(const Points &points, double margin, std::map<int, QRectF> &walls)
{
    for (std::size_t i = 1; i < points.size(); ++i) {
        visit(grown(boxOf(points[i - 1], points[i]), margin - touching),
            [&](int id, const QRectF &rect) { walls.emplace(id, grown(rect, margin)); });
    }
}

Route Router::finished()
{
    Route result{.points = m_taken.points, .entry = m_taken.entry, .examined = m_examined};
    if (m_mirrored) {
        for (QPointF &point : result.points)
            point = point.transposed();
        result.entry = transposedSide(result.entry);
        result.examined = transposed(m_examined);
    }
    return result;
}

Route Router::run()
{
    const auto sortFrom = [this](std::size_t first) {
        std::ranges::stable_sort(
            m_candidates.begin() + std::ptrdiff_t(first), m_candidates.end(), {}, &Candidate::cost);
    };
    for (const RouteEnd &entry : m_entries)
        proposePlain(entry);
    sortFrom(0);
    if (takeFirstClear(length::clear))
        return finished();
    const std::size_t plain = m_candidates.size();
    for (const RouteEnd &entry : m_entries)
        proposeLanes(entry);
    sortFrom(plain);
    if (takeFirstClear(length::clear) || takeSearched(length::clear))
        return finished();
    for (const double margin : {length::clear / 2, 1.0}) {
        m_tried = 0;
        if (takeFirstClear(margin) || takeSearched(margin))
            return finished();
    }
    if (!m_candidates.empty()) {
        m_taken = m_candidates.front();
        return finished();
    }
    // Steps on top of each other: a plain corner says at least what belongs together.
    const QPointF to = m_entries.front().at;
    m_taken = {simplified({m_from.at, {m_from.at.x(), to.y()}, to}), m_entries.front().side, 0};
    if (m_taken.points.size() < 2)
        m_taken.points = {m_from.at, to};
    return finished();
}

} // namespace

Route route(const RouteTask &task, const GridIndex &steps) { return Router(task, steps).run(); }

} // namespace designer

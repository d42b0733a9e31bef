#include "designer/canvas/route_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace designer {

namespace {

constexpr double bendCost = 60;
constexpr double inside = 0.01; ///< how far into a wall counts as inside

void sortUnique(std::vector<double> &values)
{
    std::ranges::sort(values);
    const auto same = [](double one, double other) { return std::abs(one - other) < inside; };
    values.erase(std::unique(values.begin(), values.end(), same), values.end());
}

/// Numbers of the values in (low, high), as a half-open range.
std::pair<int, int> within(const std::vector<double> &values, double low, double high)
{
    const auto first = std::ranges::upper_bound(values, low + inside);
    const auto last = std::ranges::lower_bound(values, high - inside);
    return {int(first - values.begin()), int(last - values.begin())};
}

/// A sparse grid whose lines run along the walls and through the ends. A node is a crossing, once
/// for going on level and once for going on upright.
class Search
{
public:
    explicit Search(const SearchTask &task);

    Searched run();

private:
    struct Reached {
        double cost;
        int node;
        bool operator<(const Reached &other) const
        {
            return cost != other.cost ? cost > other.cost : node > other.node;
        }
    };

    int columns() const { return int(m_xs.size()); }
    int rows() const { return int(m_ys.size()); }
    int crossing(int column, int row) const { return row * columns() + column; }
    QPointF at(int node) const
    {
        const int crossing = node / 2;
        return {m_xs[std::size_t(crossing % columns())], m_ys[std::size_t(crossing / columns())]};
    }
    int nodeOf(const SearchEnd &end) const
    {
        const auto number = [](const std::vector<double> &values, double value) {
            return int(std::ranges::lower_bound(values, value - inside) - values.begin());
        };
        return crossing(number(m_xs, end.at.x()), number(m_ys, end.at.y())) * 2 +
               int(end.out.x() != 0);
    }
    void block(const QRectF &wall);
    void reach(int node, int before, double cost);
    void expand(int node);
    void step(int node, int column, int row, int direction);
    bool turnsBack(int node, int next, QPointF way) const;
    std::vector<QPointF> pathTo(int node) const;

    const SearchTask &m_task;
    std::vector<double> m_xs, m_ys;
    std::vector<bool> m_blockedLevel;   ///< from a crossing to the one on its right
    std::vector<bool> m_blockedUpright; ///< to the one below
    std::vector<double> m_cost;
    std::vector<int> m_before;
    int m_start = 0;
    std::vector<int> m_goals;
    std::priority_queue<Reached> m_open;
};

Search::Search(const SearchTask &task)
    : m_task(task)
{
    for (const QRectF &wall : task.walls) {
        m_xs.insert(m_xs.end(), {wall.left(), wall.right()});
        m_ys.insert(m_ys.end(), {wall.top(), wall.bottom()});
    }
    std::vector<SearchEnd> ends = task.to;
    ends.push_back(task.from);
    for (const SearchEnd &end : ends) {
        m_xs.push_back(end.at.x());
        m_ys.push_back(end.at.y());
    }
    sortUnique(m_xs);
    sortUnique(m_ys);
    const auto count = m_xs.size() * m_ys.size();
    m_blockedLevel.assign(count, false);
    m_blockedUpright.assign(count, false);
    for (const QRectF &wall : task.walls)
        block(wall);
    m_cost.assign(count * 2, std::numeric_limits<double>::max());
    m_before.assign(count * 2, -1);
    m_start = nodeOf(task.from);
    for (const SearchEnd &end : task.to)
        m_goals.push_back(nodeOf(end));
}

void Search::block(const QRectF &wall)
{
    const auto [left, right] = within(m_xs, wall.left(), wall.right());
    const auto [top, bottom] = within(m_ys, wall.top(), wall.bottom());
    // A piece from the line before the wall's first inner one already enters it.
    for (int row = top; row < bottom; ++row) {
        for (int column = left - 1; column < right; ++column)
            m_blockedLevel[std::size_t(crossing(column, row))] = true;
    }
    for (int column = left; column < right; ++column) {
        for (int row = top - 1; row < bottom; ++row)
            m_blockedUpright[std::size_t(crossing(column, row))] = true;
    }
}

void Search::reach(int node, int before, double cost)
{
    if (cost >= m_cost[std::size_t(node)])
        return;
    m_cost[std::size_t(node)] = cost;
    m_before[std::size_t(node)] = before;
    m_open.push({cost, node});
}

/// Back into the step that it has just left, or out of the one that it is about to enter.
bool Search::turnsBack(int node, int next, QPointF way) const
{
    if (node == m_start && QPointF::dotProduct(way, m_task.from.out) < 0)
        return true;
    for (std::size_t goal = 0; goal < m_goals.size(); ++goal) {
        if (m_goals[goal] == next && QPointF::dotProduct(way, m_task.to[goal].out) > 0)
            return true;
    }
    return false;
}

void Search::step(int node, int column, int row, int direction)
{
    const bool level = node % 2 == 1;
    const int nextColumn = column + (level ? direction : 0),
              nextRow = row + (level ? 0 : direction);
    if (nextColumn < 0 || nextRow < 0 || nextColumn >= columns() || nextRow >= rows())
        return;
    const int first = crossing(std::min(column, nextColumn), std::min(row, nextRow));
    if (level ? m_blockedLevel[std::size_t(first)] : m_blockedUpright[std::size_t(first)])
        return;
    const int next = crossing(nextColumn, nextRow) * 2 + int(level);
    const QPointF way = at(next) - at(node);
    if (!turnsBack(node, next, way))
        reach(next, node, m_cost[std::size_t(node)] + way.manhattanLength());
}

void Search::expand(int node)
{
    const int column = node / 2 % columns(), row = node / 2 / columns();
    reach(node ^ 1, node, m_cost[std::size_t(node)] + bendCost);
    step(node, column, row, -1);
    step(node, column, row, 1);
}

std::vector<QPointF> Search::pathTo(int last) const
{
    std::vector<QPointF> points;
    for (int each = last; each >= 0; each = m_before[std::size_t(each)]) {
        if (points.empty() || points.back() != at(each))
            points.push_back(at(each));
    }
    std::ranges::reverse(points);
    return points;
}

Searched Search::run()
{
    reach(m_start, -1, 0);
    while (!m_open.empty()) {
        const Reached best = m_open.top();
        m_open.pop();
        if (const auto goal = std::ranges::find(m_goals, best.node); goal != m_goals.end())
            return {pathTo(best.node), std::size_t(goal - m_goals.begin())};
        if (best.cost <= m_cost[std::size_t(best.node)])
            expand(best.node);
    }
    return {};
}

} // namespace

Searched searchRoute(const SearchTask &task) { return Search(task).run(); }

} // namespace designer

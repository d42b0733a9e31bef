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
    const auto same = [](double one, double other) { return std::abs(one - other) < 0.5; };
    values.erase(std::unique(values.begin(), values.end(), same), values.end());
}

/// A sparse grid of lines; a node is a crossing, taken once level and once upright.
class Search
{
public:
    explicit Search(const SearchTask &task)
        : m_task(task)
        , m_xs(task.uprights)
        , m_ys(task.levels)
    {
        for (const QRectF &wall : task.walls) {
            m_xs.insert(m_xs.end(), {wall.left(), wall.right()});
            m_ys.insert(m_ys.end(), {wall.top(), wall.bottom()});
        }
        m_xs.insert(m_xs.end(), {task.from.x(), task.to.x()});
        m_ys.insert(m_ys.end(), {task.from.y(), task.to.y()});
        sortUnique(m_xs);
        sortUnique(m_ys);
    }

    std::vector<QPointF> run();

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
    int node(int column, int row, bool level) const
    {
        return (row * columns() + column) * 2 + int(level);
    }
    QPointF at(int node) const
    {
        return {m_xs[std::size_t(node / 2 % columns())], m_ys[std::size_t(node / 2 / columns())]};
    }
    int nodeAt(QPointF point, bool level) const
    {
        const auto nearest = [](const std::vector<double> &values, double value) {
            const auto found = std::ranges::min_element(
                values, {}, [value](double each) { return std::abs(each - value); });
            return int(found - values.begin());
        };
        return node(nearest(m_xs, point.x()), nearest(m_ys, point.y()), level);
    }
    bool blocked(QPointF one, QPointF other) const
    {
        const QRectF piece(QPointF(std::min(one.x(), other.x()), std::min(one.y(), other.y())),
            QPointF(std::max(one.x(), other.x()), std::max(one.y(), other.y())));
        return std::ranges::any_of(m_task.walls, [&](const QRectF &wall) {
            return piece.left() < wall.right() - inside && piece.right() > wall.left() + inside &&
                   piece.top() < wall.bottom() - inside && piece.bottom() > wall.top() + inside;
        });
    }
    void reach(int node, int before, double cost)
    {
        if (cost >= m_cost[std::size_t(node)])
            return;
        m_cost[std::size_t(node)] = cost;
        m_before[std::size_t(node)] = before;
        m_open.push({cost, node});
    }
    void expand(int node);
    std::vector<QPointF> pathTo(int node) const;

    const SearchTask &m_task;
    std::vector<double> m_xs, m_ys;
    std::vector<double> m_cost;
    std::vector<int> m_before;
    std::priority_queue<Reached> m_open;
};

void Search::expand(int current)
{
    const double cost = m_cost[std::size_t(current)];
    const bool level = current % 2 == 1;
    const int column = current / 2 % columns(), row = current / 2 / columns();
    reach(node(column, row, !level), current, cost + bendCost);
    for (const int step : {-1, 1}) {
        const int nextColumn = column + (level ? step : 0), nextRow = row + (level ? 0 : step);
        if (nextColumn < 0 || nextRow < 0 || nextColumn >= columns() || nextRow >= rows())
            continue;
        const int next = node(nextColumn, nextRow, level);
        const QPointF one = at(current), other = at(next);
        if (!blocked(one, other))
            reach(next, current, cost + (other - one).manhattanLength());
    }
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

std::vector<QPointF> Search::run()
{
    const auto count = m_xs.size() * m_ys.size() * 2;
    m_cost.assign(count, std::numeric_limits<double>::max());
    m_before.assign(count, -1);
    const int goal = nodeAt(m_task.to, m_task.toDirection.x() != 0);
    reach(nodeAt(m_task.from, m_task.fromDirection.x() != 0), -1, 0);
    while (!m_open.empty()) {
        const Reached best = m_open.top();
        m_open.pop();
        if (best.node == goal)
            return pathTo(goal);
        if (best.cost <= m_cost[std::size_t(best.node)])
            expand(best.node);
    }
    return {};
}

} // namespace

std::vector<QPointF> searchRoute(const SearchTask &task) { return Search(task).run(); }

} // namespace designer

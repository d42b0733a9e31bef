#include "designer/document/auto_layout.h"

#include <algorithm>
#include <map>
#include <set>

namespace designer {

namespace {

using engine::Flow;
using engine::Position;
using engine::Step;
using engine::StepId;
using engine::Transition;

constexpr int rowHigh = 100, columnWide = 240;
constexpr int grid = 10;
constexpr int sideDrop = 20; ///< a timeout leaves 20 below the middle; a round step stands level

bool isRound(const Step &step)
{
    return std::holds_alternative<engine::EndStep>(step.body) ||
           std::holds_alternative<engine::FailStep>(step.body) ||
           std::holds_alternative<engine::TimerStep>(step.body);
}

/// Steps by where they stand, so that no two come to stand on each other.
class Ground
{
public:
    explicit Ground(bool right)
        : m_right(right)
    {}

    void take(Position position) { m_taken.insert(key(position)); }
    /// `wanted`, or the next place beyond it (downwards, or to the right) that is free.
    Position freeFrom(Position wanted) const
    {
        wanted = {snapped(wanted.x), snapped(wanted.y)};
        while (!isFree(wanted))
            (m_right ? wanted.y : wanted.y) += rowHigh / 5;
        return wanted;
    }

private:
    using Key = std::pair<int, int>;

    static int snapped(int value)
    {
        const int rest = ((value % grid) + grid) % grid;
        return value - rest + (rest >= grid / 2 ? grid : 0);
    }
    static Key key(Position position) { return {position.y, position.x}; }
    bool isFree(Position wanted) const
    {
        // Only rows that could touch are looked at.
        auto near = m_taken.lower_bound({wanted.y - rowHigh + 11, -1'000'000});
        for (; near != m_taken.end() && near->first < wanted.y + rowHigh - 10; ++near) {
            if (std::abs(near->second - wanted.x) < columnWide - 40)
                return false;
        }
        return true;
    }

    bool m_right;
    std::set<Key> m_taken;
};

class Layout
{
public:
    explicit Layout(const Flow &flow)
        : m_flow(flow)
        , m_right(flow.layout.direction == "right")
        , m_ground(m_right)
    {
        for (const Step &step : flow.steps)
            m_steps.emplace(step.id, &step);
        for (const auto &[id, position] : flow.layout.steps) {
            if (m_steps.contains(id) && m_positions.emplace(id, position).second)
                m_ground.take(position);
        }
    }

    Positions run()
    {
        placeFrom(m_flow.start, begin());
        // What nothing leads to stands by itself, to the right of all that is placed.
        for (const Step &step : m_flow.steps) {
            if (!m_positions.contains(step.id))
                placeFrom(step.id, beside());
        }
        return std::move(m_positions);
    }

private:
    Position begin() const { return m_right ? Position{160, 120} : Position{200, 120}; }
    Position beside() const
    {
        if (m_positions.empty())
            return begin();
        int right = m_positions.begin()->second.x, top = m_positions.begin()->second.y;
        for (const auto &each : m_positions) {
            right = std::max(right, each.second.x);
            top = std::min(top, each.second.y);
        }
        return {right + columnWide, top};
    }
    void put(const StepId &id, Position wanted)
    {
        const Position position = m_ground.freeFrom(wanted);
        m_positions.emplace(id, position);
        m_ground.take(position);
    }
    /// Where a way out leads, seen from `from`: straight on for the first, to the side for others.
    Position after(
        Position from, const Transition &way, bool first, int side, const Step &target) const
    {
        const int drop =
            isRound(target) ? (way.kind == Transition::Kind::Timeout ? sideDrop : -40) : rowHigh;
        if (m_right)
            return first ? Position{from.x + columnWide, from.y}
                         : Position{
                               from.x + (isRound(target) ? 40 * (side + 1) - 80 : 120 * (side + 1)),
                               from.y + 110 + 40 * side};
        if (first)
            return {from.x, from.y + rowHigh};
        return {from.x + columnWide, from.y + drop + 60 * side * int(isRound(target))};
    }
    void placeWays(const Step &step)
    {
        const Position from = m_positions.at(step.id);
        bool first = true;
        int side = 0;
        for (const Transition &way : engine::transitionsFrom(step)) {
            const auto target = m_steps.find(way.to);
            const bool straight = first && way.kind != Transition::Kind::Timeout &&
                                  way.kind != Transition::Kind::Error;
            first = first && !straight;
            if (target == m_steps.end())
                continue;
            if (!m_positions.contains(way.to))
                put(way.to, after(from, way, straight, side, *target->second));
            side += int(!straight);
        }
    }
    /// Places `first` and what it leads to, the straight way down before what leaves to the side.
    void placeFrom(const StepId &first, Position wanted)
    {
        if (!m_steps.contains(first))
            return;
        if (!m_positions.contains(first))
            put(first, wanted);
        std::vector<StepId> open{first}; // the next one at the end
        std::set<StepId> seen;
        while (!open.empty()) {
            const StepId id = open.back();
            open.pop_back();
            if (!seen.insert(id).second)
                continue;
            placeWays(*m_steps.at(id));
            std::vector<Transition> ways = engine::transitionsFrom(*m_steps.at(id));
            std::ranges::reverse(ways);
            for (const Transition &way : ways) {
                if (m_steps.contains(way.to) && !seen.contains(way.to))
                    open.push_back(way.to);
            }
        }
    }

    const Flow &m_flow;
    bool m_right;
    Ground m_ground;
    std::map<StepId, const Step *> m_steps;
    Positions m_positions;
};

} // namespace

Positions autoLayout(const Flow &flow) { return Layout(flow).run(); }

Positions autoLayoutAnew(Flow flow)
{
    flow.layout.steps.clear();
    return autoLayout(flow);
}

} // namespace designer

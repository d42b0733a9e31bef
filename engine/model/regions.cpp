#include "engine/model/regions.h"

#include <algorithm>
#include <deque>

namespace engine {
namespace {

using Steps = std::vector<bool>;
using Lists = std::vector<std::vector<std::size_t>>;

/// The flow with what follows each step; branches lead away from an opener, and its join too.
class Walk
{
public:
    Walk(const Flow &flow, const FlowGraph &graph)
        : m_joins(flow.steps.size(), FlowGraph::nowhere)
        , m_openers(flow.steps.size(), FlowGraph::nowhere)
        , m_branches(flow.steps.size())
        , m_next(flow.steps.size())
        , m_previous(flow.steps.size())
    {
        for (std::size_t i = 0; i < flow.steps.size(); ++i) {
            if (const StepId *join = joinOf(flow.steps[i]))
                if (m_joins[i] = graph.indexOf(*join); m_joins[i] != FlowGraph::nowhere)
                    m_openers[m_joins[i]] = i;
            for (const Transition &transition : graph.transitionsOf(i))
                add(i, transition, graph.indexOf(transition.to));
        }
    }

    /// What the branches of `opener` reach, up to the join, and up to the joins of others outside.
    Steps fromBranches(std::size_t opener) const
    {
        Steps reached(m_next.size());
        std::deque<std::size_t> front(m_branches[opener].begin(), m_branches[opener].end());
        std::vector<std::size_t> joins;
        while (true) {
            reach(std::move(front), opener, reached, joins);
            front.clear();
            std::erase_if(joins, [&](std::size_t join) {
                const bool inside = reached[m_openers[join]];
                if (inside) {
                    reached[join] = true;
                    follow(join, front);
                }
                return inside;
            });
            if (front.empty())
                return reached;
        }
    }

    /// From now on as if the region had no ways across.
    void seal(const Region &region)
    {
        for (std::size_t from = 0; from < m_next.size(); ++from) {
            const auto crosses = [&](std::size_t to) {
                const bool leavesByJoin = region.has(from) && to == region.join;
                const bool across = region.has(from) != region.has(to) && !leavesByJoin;
                if (across)
                    std::erase(m_previous[to], from);
                return across;
            };
            std::erase_if(m_next[from], crosses);
            if (from != region.opener)
                std::erase_if(m_branches[from], crosses);
        }
    }

    /// What `front` reaches when the branches of `opener` are left out.
    Steps around(std::deque<std::size_t> front, std::size_t opener) const
    {
        Steps reached(m_next.size());
        while (!front.empty()) {
            const std::size_t step = front.front();
            front.pop_front();
            if (step == FlowGraph::nowhere || reached[step])
                continue;
            reached[step] = true;
            front.insert(front.end(), m_next[step].begin(), m_next[step].end());
            front.push_back(m_joins[step]);
            if (step != opener)
                front.insert(front.end(), m_branches[step].begin(), m_branches[step].end());
        }
        return reached;
    }

    /// What leads to the join without passing the opener.
    Steps toJoin(std::size_t opener) const
    {
        Steps reached(m_next.size());
        std::deque<std::size_t> front{m_joins[opener]};
        while (!front.empty()) {
            const std::size_t step = front.front();
            front.pop_front();
            if (step == FlowGraph::nowhere || step == opener || reached[step])
                continue;
            reached[step] = true;
            front.insert(front.end(), m_previous[step].begin(), m_previous[step].end());
        }
        return reached;
    }

private:
    void add(std::size_t from, const Transition &transition, std::size_t to)
    {
        if (to == FlowGraph::nowhere)
            return;
        const bool isBranch = transition.kind == Transition::Kind::Branch;
        (isBranch ? m_branches : m_next)[from].push_back(to);
        m_previous[to].push_back(from);
    }

    /// All that follows a step; a region inside leads on to its join.
    void follow(std::size_t step, std::deque<std::size_t> &front) const
    {
        front.insert(front.end(), m_next[step].begin(), m_next[step].end());
        front.insert(front.end(), m_branches[step].begin(), m_branches[step].end());
        front.push_back(m_joins[step]);
    }

    /// Up to joins, which are put aside.
    void reach(std::deque<std::size_t> front, std::size_t opener, Steps &reached,
        std::vector<std::size_t> &joins) const
    {
        while (!front.empty()) {
            const std::size_t step = front.front();
            front.pop_front();
            const bool end =
                step == FlowGraph::nowhere || step == opener || step == m_joins[opener];
            if (end || reached[step])
                continue;
            if (m_openers[step] != FlowGraph::nowhere) {
                if (std::ranges::find(joins, step) == joins.end())
                    joins.push_back(step);
                continue;
            }
            reached[step] = true;
            follow(step, front);
        }
    }

    std::vector<std::size_t> m_joins;   ///< by opener
    std::vector<std::size_t> m_openers; ///< by join
    Lists m_branches;
    Lists m_next; ///< all ways out but branches
    Lists m_previous;
};

} // namespace

const StepId *joinOf(const Step &step)
{
    if (const auto *parallel = std::get_if<ParallelStep>(&step.body))
        return &parallel->join;
    if (const auto *each = std::get_if<ForEachStep>(&step.body))
        return &each->join;
    return nullptr;
}

std::vector<Region> regionsOf(const Flow &flow, const FlowGraph &graph)
{
    std::vector<Region> regions;
    const bool any =
        std::ranges::any_of(flow.steps, [](const Step &step) { return joinOf(step) != nullptr; });
    if (!any)
        return regions;
    Walk walk(flow, graph);
    std::deque<std::size_t> entries{graph.indexOf(flow.start)};
    for (const InterruptScope &scope : interruptScopes(flow))
        for (const Interrupt &interrupt : scope.interrupts)
            entries.push_back(graph.indexOf(interrupt.next));
    for (std::size_t i = 0; i < flow.steps.size(); ++i)
        if (const StepId *join = joinOf(flow.steps[i]))
            regions.push_back({i, graph.indexOf(*join), walk.fromBranches(i)});
    // Inner ones first, so that a wrong way of theirs does not blur those around them.
    std::ranges::stable_sort(
        regions, {}, [](const Region &region) { return std::ranges::count(region.steps, true); });
    for (Region &region : regions) {
        region.steps = walk.fromBranches(region.opener);
        const Steps outside = walk.around(entries, region.opener);
        const Steps toJoin = walk.toJoin(region.opener);
        for (std::size_t step = 0; step < region.steps.size(); ++step)
            if (outside[step] && !toJoin[step])
                region.steps[step] = false;
        walk.seal(region);
    }
    std::ranges::sort(regions, {}, &Region::opener);
    return regions;
}

} // namespace engine

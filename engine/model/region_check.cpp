#include "engine/model/region_check.h"

#include "engine/base/json_pointer.h"
#include "engine/model/nearest_name.h"

#include <algorithm>
#include <map>
#include <set>

namespace engine {
namespace {

class RegionCheck
{
public:
    RegionCheck(const Flow &flow, const FlowGraph &graph, CheckReport &report)
        : m_flow(flow)
        , m_graph(graph)
        , m_report(report)
    {
        for (const Step &step : flow.steps)
            if (std::holds_alternative<JoinStep>(step.body))
                m_joins.push_back(step.id.value);
    }

    /// The join that an opener names.
    void checkOpener(const Region &region)
    {
        const Step &opener = m_flow.steps[region.opener];
        const CheckPlace place = placeOf(opener.id, "join");
        const StepId &join = *joinOf(opener);
        if (const auto *parallel = std::get_if<ParallelStep>(&opener.body);
            parallel && parallel->branches.empty())
            m_report.error("missing-branch", placeOf(opener.id, "branches"),
                "Name with 'branches' the first step of each branch.");
        if (join.empty()) {
            const auto added = m_report.error(
                "missing-join", place, "Name with 'join' the step where its branches meet.");
            if (m_joins.size() == 1)
                added.mend(addText(place.pointer, m_joins.front()));
        } else if (region.join == FlowGraph::nowhere) {
            m_report
                .error("dangling-join", place, "'join' names '%1', but there is no such step.",
                    {join.value})
                .mend(mendOfName(place.pointer, join.value, m_joins));
        } else if (!std::holds_alternative<JoinStep>(m_flow.steps[region.join].body)) {
            const auto added = m_report.error(
                "not-a-join", place, "'join' names '%1', which is no join step.", {join.value});
            if (m_joins.size() == 1)
                added.mend(replaceByText(place.pointer, m_joins.front()));
        } else if (const auto [first, isFirst] = m_openers.try_emplace(region.join, region.opener);
                   !isFirst) {
            m_report.error("shared-join", place,
                "The branches of '%1' meet at '%2' already; each needs a join of its own.",
                {m_flow.steps[first->second].id.value, join.value});
        }
    }

    void checkJoin(std::size_t step)
    {
        const auto *join = std::get_if<JoinStep>(&m_flow.steps[step].body);
        const StepId &id = m_flow.steps[step].id;
        const auto opener = m_openers.find(step);
        if (join && opener == m_openers.end())
            m_report.error(
                "lone-join", placeOf(id), "No parallel or forEach step names this join.");
        if (!join || join->mode != JoinMode::Count || opener == m_openers.end())
            return;
        const auto *parallel = std::get_if<ParallelStep>(&m_flow.steps[opener->second].body);
        if (parallel && join->count > static_cast<int>(parallel->branches.size()))
            m_report
                .error("wrong-count", placeOf(id, "mode"),
                    "'mode' is %1, but there are only %2 branches.",
                    {std::to_string(join->count), std::to_string(parallel->branches.size())})
                .mend(Mend{Mend::Kind::Replace, placeOf(id, "mode").pointer,
                    std::to_string(parallel->branches.size())});
    }

    void checkWays(const Region &region)
    {
        if (region.join == FlowGraph::nowhere)
            return;
        for (std::size_t step = 0; step < m_flow.steps.size(); ++step) {
            const auto &ways = m_graph.transitionsOf(step);
            const bool counts = m_graph.isReachable(step);
            for (std::size_t i = 0; counts && i < ways.size(); ++i)
                checkWay(region, step, ways[i], i);
        }
    }

private:
    void checkWay(const Region &region, std::size_t from, const Transition &way, std::size_t number)
    {
        const std::size_t to = m_graph.indexOf(way.to);
        const bool enters = from == region.opener && way.kind == Transition::Kind::Branch;
        if (to == FlowGraph::nowhere || enters)
            return;
        const std::string &opener = m_flow.steps[region.opener].id.value;
        const std::string &join = m_flow.steps[region.join].id.value;
        const auto [place, name] = placeOf(way, number);
        const bool leaves = region.has(from) && !region.has(to) && to != region.join;
        const bool intrudes = !region.has(from) && (region.has(to) || to == region.join);
        if ((!leaves && !intrudes) || !m_said.insert(place.pointer).second)
            return;
        if (leaves)
            m_report
                .error("out-of-region", place,
                    "'%1' leads to '%2', out of the branches of '%3'; they end at '%4' only.",
                    {name, way.to.value, opener, join})
                .mend(replaceByText(place.pointer, join));
        else if (to == region.join)
            m_report.error("into-join", place,
                "'%1' leads to the join '%2' from outside the branches of '%3'.",
                {name, join, opener});
        else
            m_report
                .error("into-region", place,
                    "'%1' leads to '%2', into the branches of '%3'; only '%3' leads there.",
                    {name, way.to.value, opener})
                .mend(replaceByText(place.pointer, opener));
    }

    const Flow &m_flow;
    const FlowGraph &m_graph;
    CheckReport &m_report;
    std::vector<std::string> m_joins;
    std::map<std::size_t, std::size_t> m_openers; ///< by join
    std::set<std::string> m_said;                 ///< a way may cross several regions
};

} // namespace

std::pair<CheckPlace, std::string> placeOf(const Transition &transition, std::size_t number)
{
    using Kind = Transition::Kind;
    const CheckPlace step = placeOf(transition.from);
    const auto inside = [&](std::string_view member) { return childPointer(step.pointer, member); };
    switch (transition.kind) {
    case Kind::Next: return {{step.step, inside("next")}, "next"};
    case Kind::Event:
        return {{step.step, childPointer(inside("anyOf"), transition.label)},
            "anyOf: " + transition.label};
    case Kind::Case:
        return {{step.step, childPointer(childPointer(inside("cases"), number), "next")},
            "next of case " + transition.label};
    case Kind::Otherwise: return {{step.step, inside("otherwise")}, "otherwise"};
    case Kind::Branch:
        if (transition.label.empty())
            return {{step.step, inside("do")}, "do"};
        return {
            {step.step, childPointer(inside("branches"), number)}, "branch " + transition.label};
    case Kind::Outcome:
        return {{step.step, childPointer(childPointer(inside("outcomes"), transition.label), "next")},
            "next of outcome " + transition.label};
    case Kind::Timeout: return {{step.step, inside("onTimeout")}, "onTimeout"};
    case Kind::Error:
        return {{step.step, childPointer(inside("onError"), transition.label)},
            "onError: " + transition.label};
    }
    return {step, {}};
}

void checkRegions(const Flow &flow, const FlowGraph &graph, const std::vector<Region> &regions,
    CheckReport &report)
{
    RegionCheck check(flow, graph, report);
    for (const Region &region : regions)
        check.checkOpener(region);
    for (std::size_t step = 0; step < flow.steps.size(); ++step)
        check.checkJoin(step);
    for (const Region &region : regions)
        check.checkWays(region);
}

} // namespace engine

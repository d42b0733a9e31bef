#pragma once

#include "engine/expressions/expressions.h"
#include "engine/model/check_report.h"
#include "engine/model/flow_graph.h"
#include "engine/model/handlers.h"
#include "engine/model/regions.h"

#include <set>
#include <string>
#include <vector>

namespace engine {

struct ExpressionUse;

/// Reports expressions that do not parse, and names they read that nothing gives them.
class ExpressionCheck
{
public:
    /// All outlive the check.
    ExpressionCheck(
        const Flow &flow, const FlowGraph &graph, Expressions &expressions, CheckReport &report);

    /// In the branches of a for-each step expressions can read the item.
    void know(const std::vector<Region> &regions);
    /// Those of one step.
    void check(std::size_t step);
    /// Those of an event that correlates (semantics 10.1).
    void check(const EventDeclaration &event);

private:
    class NameCheck;

    void checkUse(const ExpressionUse &use, const StepId &step, NameCheck &names);

    std::vector<ExpressionProblem> problemsOf(const std::string &source, bool isProgram);

    const Flow &m_flow;
    const FlowGraph &m_graph;
    Expressions &m_expressions;
    CheckReport &m_report;
    Handlers m_handlers;
    std::vector<std::vector<std::string>> m_items; ///< names of items by step; innermost last
    std::set<std::string> m_steps;
    std::set<std::string> m_variables; ///< declared, or set by some step
};

} // namespace engine

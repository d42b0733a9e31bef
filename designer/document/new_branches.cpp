#include "designer/document/new_branches.h"

#include "designer/document/new_step.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace designer {
namespace {

using engine::Position;
using engine::StepId;

constexpr int rowHigh = 100, columnWide = 240;

bool runsRight(const engine::Flow &flow) { return flow.layout.direction == "right"; }

/// `onward` along the flow, `aside` across it, on the 10 px grid.
Position moved(const engine::Flow &flow, Position from, int onward, int aside)
{
    return runsRight(flow) ? Position{from.x + onward, from.y + aside}
                           : Position{from.x + aside, from.y + onward};
}

int along(const engine::Flow &flow, Position at) { return runsRight(flow) ? at.x : at.y; }

int across(const engine::Flow &flow, Position at) { return runsRight(flow) ? at.y : at.x; }

int rowOf(const engine::Flow &flow) { return runsRight(flow) ? columnWide : rowHigh; }

int columnOf(const engine::Flow &flow) { return runsRight(flow) ? rowHigh : columnWide; }

/// A step that does nothing yet and leads to `next`.
StepId insertBlank(EditPlan &plan, std::string_view id, Position at, const StepId &next)
{
    engine::Step step;
    step.id = freeId(plan.flow(), id);
    step.body = engine::SetStep{.next = next};
    const StepId made = step.id;
    plan.insert(std::move(step), at);
    return made;
}

const StepId *joinOf(const engine::Step &step)
{
    if (const auto *parallel = std::get_if<engine::ParallelStep>(&step.body))
        return &parallel->join;
    const auto *each = std::get_if<engine::ForEachStep>(&step.body);
    return each ? &each->join : nullptr;
}

/// Where the next branch of `parallel` stands: beside its last one.
Position besideBranches(
    const engine::Flow &flow, const engine::Step &step, const engine::ParallelStep &parallel)
{
    const Position opener = positionOf(flow, step.id).value_or(Position{});
    Position at = moved(flow, opener, rowOf(flow), 0);
    for (const StepId &branch : parallel.branches)
        if (const auto place = positionOf(flow, branch);
            place && across(flow, *place) + columnOf(flow) > across(flow, at))
            at = moved(flow, *place, 0, columnOf(flow));
    return at;
}

} // namespace

bool opensBranches(const engine::StepBody &body)
{
    return std::holds_alternative<engine::ParallelStep>(body) ||
           std::holds_alternative<engine::ForEachStep>(body);
}

int reachOf(const engine::StepBody &body, bool right)
{
    return opensBranches(body) ? 2 * (right ? columnWide : rowHigh) : 0;
}

void insertBranches(EditPlan &plan, engine::Step opener, Position at, const StepId &onward)
{
    const int row = rowOf(plan.flow());
    engine::Step join;
    join.id = freeId(plan.flow(), "join", {opener.id.value});
    join.body = engine::JoinStep{.next = onward};
    const StepId meet = join.id;
    engine::StepBody body = opener.body;
    const StepId id = opener.id;
    plan.insert(std::move(opener), at);
    plan.insert(std::move(join), moved(plan.flow(), at, 2 * row, 0));
    const auto blank = [&](std::string_view wanted, int aside) {
        return insertBlank(plan, wanted, moved(plan.flow(), at, row, aside), meet);
    };
    if (auto *parallel = std::get_if<engine::ParallelStep>(&body)) {
        const int half = columnOf(plan.flow()) / 2;
        parallel->branches = {blank("branch", -half), blank("branch2", half)};
        parallel->join = meet;
    } else if (auto *each = std::get_if<engine::ForEachStep>(&body)) {
        each->first = blank("eachItem", 0);
        each->join = meet;
    }
    engine::Step whole = *engine::findStep(plan.flow(), id);
    whole.body = std::move(body);
    plan.replace(std::move(whole));
}

StepId insertBranch(EditPlan &plan, const StepId &parallel)
{
    const engine::Step *found = engine::findStep(plan.flow(), parallel);
    const auto *body = found ? std::get_if<engine::ParallelStep>(&found->body) : nullptr;
    if (!body)
        return {};
    engine::Step edited = *found;
    const StepId branch =
        insertBlank(plan, "branch", besideBranches(plan.flow(), *found, *body), body->join);
    std::get<engine::ParallelStep>(edited.body).branches.push_back(branch);
    plan.replace(std::move(edited));
    return branch;
}

void adoptJoin(EditPlan &plan, const StepId &join)
{
    for (const engine::Step &step : plan.flow().steps) {
        const StepId *meets = joinOf(step);
        if (!meets || engine::findStep(plan.flow(), *meets))
            continue;
        engine::Step edited = step;
        if (auto *parallel = std::get_if<engine::ParallelStep>(&edited.body))
            parallel->join = join;
        else
            std::get<engine::ForEachStep>(edited.body).join = join;
        plan.replace(std::move(edited));
        return;
    }
}

Position makeRoom(EditPlan &plan, const engine::Transition &way, Position at, int reach)
{
    const engine::Flow flow = plan.flow();
    const int row = rowOf(flow);
    const auto target = positionOf(flow, way.to);
    if (!target || along(flow, *target) <= along(flow, at))
        return at; // a loop, or a way to the side
    const auto source = positionOf(flow, way.from);
    const bool sameColumn =
        source && std::abs(across(flow, *source) - across(flow, at)) < columnOf(flow) / 2;
    const int tooNear = sameColumn ? row - (along(flow, at) - along(flow, *source)) : 0;
    if (tooNear > 0 && tooNear <= row)
        at = moved(flow, at, tooNear, 0);
    const int missing = along(flow, at) + reach + row - along(flow, *target);
    if (missing <= 0)
        return at;
    for (std::size_t i = 0; i < flow.layout.steps.size(); ++i) {
        const auto &[step, place] = flow.layout.steps[i];
        if (along(flow, place) >= along(flow, *target) && engine::findStep(flow, step))
            plan.add(MoveStep{step, place, moved(flow, place, missing, 0), i});
    }
    return at;
}

} // namespace designer

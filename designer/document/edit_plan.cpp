#include "designer/document/edit_plan.h"

#include <algorithm>
#include <utility>

namespace designer {

void EditPlan::add(FlowEdit edit)
{
    if (changesNothing(edit))
        return;
    applyEdit(m_flow, edit);
    m_edits.push_back(std::move(edit));
}

void EditPlan::insert(engine::Step step, const std::optional<engine::Position> &at)
{
    add(InsertStep{{std::move(step), m_flow.steps.size(), at, m_flow.layout.steps.size()}});
}

void EditPlan::remove(const engine::StepId &id)
{
    const auto step = std::ranges::find(m_flow.steps, id, &engine::Step::id);
    if (step == m_flow.steps.end())
        return;
    const auto &layout = m_flow.layout.steps;
    const auto place =
        std::ranges::find(layout, id, &std::pair<engine::StepId, engine::Position>::first);
    add(RemoveStep{{*step, static_cast<std::size_t>(step - m_flow.steps.begin()),
        positionOf(m_flow, id), static_cast<std::size_t>(place - layout.begin())}});
}

void EditPlan::replace(engine::Step after)
{
    if (const engine::Step *before = engine::findStep(m_flow, after.id))
        add(ReplaceStep{*before, std::move(after)});
}

void EditPlan::setStart(const engine::StepId &start) { add(SetStart{m_flow.start, start}); }

void EditPlan::setProperties(FlowProperties after)
{
    add(SetProperties{propertiesOf(m_flow), std::move(after)});
}

void EditPlan::retargetAll(const Retarget &retarget)
{
    std::vector<engine::Step> steps = m_flow.steps;
    for (engine::Step &step : steps) {
        mapTargets(step, retarget);
        replace(std::move(step));
    }
    FlowProperties properties = propertiesOf(m_flow);
    mapInterrupts(properties.interrupts, retarget);
    setProperties(std::move(properties));
}

} // namespace designer

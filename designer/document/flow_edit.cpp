#include "designer/document/flow_edit.h"

#include "engine/base/error.h"
#include "engine/base/overloaded.h"

#include <algorithm>

namespace designer {
namespace {

using Layout = std::vector<std::pair<engine::StepId, engine::Position>>;

Layout::iterator placeOf(engine::Flow &flow, const engine::StepId &step)
{
    return std::ranges::find(flow.layout.steps, step, &Layout::value_type::first);
}

template<typename List>
auto at(List &list, std::size_t index)
{
    return list.begin() + static_cast<std::ptrdiff_t>(std::min(index, list.size()));
}

engine::Step &existing(engine::Flow &flow, const engine::StepId &id)
{
    engine::Step *step = engine::findStep(flow, id);
    engine::invariant(step != nullptr, "FlowEdit: there is no step " + id.value);
    return *step;
}

void place(engine::Flow &flow, const engine::StepId &step,
    const std::optional<engine::Position> &position, std::size_t layoutIndex)
{
    const auto found = placeOf(flow, step);
    if (found != flow.layout.steps.end() && position)
        found->second = *position;
    else if (found != flow.layout.steps.end())
        flow.layout.steps.erase(found);
    else if (position)
        flow.layout.steps.insert(at(flow.layout.steps, layoutIndex), {step, *position});
}

FlowChange insert(engine::Flow &flow, const PlacedStep &placed)
{
    flow.steps.insert(at(flow.steps, placed.index), placed.step);
    place(flow, placed.step.id, placed.position, placed.layoutIndex);
    return StepAdded{placed.step.id};
}

FlowChange remove(engine::Flow &flow, const PlacedStep &placed)
{
    place(flow, placed.step.id, {}, placed.layoutIndex);
    std::erase_if(flow.steps, [&](const engine::Step &step) { return step.id == placed.step.id; });
    return StepRemoved{placed.step.id};
}

FlowChange rename(engine::Flow &flow, const RenameStep &edit)
{
    existing(flow, edit.from).id = edit.to;
    if (const auto found = placeOf(flow, edit.from); found != flow.layout.steps.end())
        found->first = edit.to;
    if (flow.start == edit.from)
        flow.start = edit.to;
    return StepRenamed{edit.from, edit.to};
}

FlowChange set(engine::Flow &flow, const FlowProperties &properties)
{
    flow.name = properties.name;
    flow.description = properties.description;
    flow.input = properties.input;
    flow.events = properties.events;
    flow.variables = properties.variables;
    flow.interrupts = properties.interrupts;
    flow.retention = properties.retention;
    flow.layout.direction = properties.direction;
    return FlowPropertiesChanged{};
}

} // namespace

FlowProperties propertiesOf(const engine::Flow &flow)
{
    return {flow.name, flow.description, flow.input, flow.events, flow.variables, flow.interrupts,
        flow.retention, flow.layout.direction};
}

FlowEdit inverse(const FlowEdit &edit)
{
    return std::visit(engine::Overloaded{
                          [](const InsertStep &e) -> FlowEdit { return RemoveStep{e.placed}; },
                          [](const RemoveStep &e) -> FlowEdit { return InsertStep{e.placed}; },
                          [](const ReplaceStep &e) -> FlowEdit {
                              return ReplaceStep{e.after, e.before};
                          },
                          [](const RenameStep &e) -> FlowEdit {
                              return RenameStep{e.to, e.from};
                          },
                          [](const MoveStep &e) -> FlowEdit {
                              return MoveStep{e.step, e.after, e.before, e.layoutIndex};
                          },
                          [](const SetStart &e) -> FlowEdit {
                              return SetStart{e.after, e.before};
                          },
                          [](const SetProperties &e) -> FlowEdit {
                              return SetProperties{e.after, e.before};
                          },
                          [](const ReplaceFlow &e) -> FlowEdit {
                              return ReplaceFlow{e.after, e.before};
                          },
                      },
        edit);
}

bool changesNothing(const FlowEdit &edit)
{
    return std::visit(engine::Overloaded{
                          [](const InsertStep &) { return false; },
                          [](const RemoveStep &) { return false; },
                          [](const RenameStep &e) { return e.from == e.to; },
                          [](const auto &e) { return e.before == e.after; },
                      },
        edit);
}

std::optional<FlowEdit> joined(const FlowEdit &earlier, const FlowEdit &later)
{
    if (earlier.index() != later.index())
        return std::nullopt;
    return std::visit(engine::Overloaded{
                          [&](const ReplaceStep &e) -> std::optional<FlowEdit> {
                              const auto &next = std::get<ReplaceStep>(later);
                              if (e.before.id != next.before.id)
                                  return std::nullopt;
                              return ReplaceStep{e.before, next.after};
                          },
                          [&](const MoveStep &e) -> std::optional<FlowEdit> {
                              const auto &next = std::get<MoveStep>(later);
                              if (e.step != next.step)
                                  return std::nullopt;
                              return MoveStep{e.step, e.before, next.after, e.layoutIndex};
                          },
                          [&](const SetProperties &e) -> std::optional<FlowEdit> {
                              return SetProperties{e.before, std::get<SetProperties>(later).after};
                          },
                          [](const auto &) -> std::optional<FlowEdit> { return std::nullopt; },
                      },
        earlier);
}

FlowChange applyEdit(engine::Flow &flow, const FlowEdit &edit)
{
    return std::visit(engine::Overloaded{
                          [&](const InsertStep &e) { return insert(flow, e.placed); },
                          [&](const RemoveStep &e) { return remove(flow, e.placed); },
                          [&](const ReplaceStep &e) -> FlowChange {
                              existing(flow, e.after.id) = e.after;
                              return StepChanged{e.after.id};
                          },
                          [&](const RenameStep &e) { return rename(flow, e); },
                          [&](const MoveStep &e) -> FlowChange {
                              place(flow, e.step, e.after, e.layoutIndex);
                              return StepMoved{e.step};
                          },
                          [&](const SetStart &e) -> FlowChange {
                              flow.start = e.after;
                              return StartChanged{};
                          },
                          [&](const SetProperties &e) { return set(flow, e.after); },
                          [&](const ReplaceFlow &e) -> FlowChange {
                              flow = e.after;
                              return FlowReplaced{};
                          },
                      },
        edit);
}

std::optional<engine::Position> positionOf(const engine::Flow &flow, const engine::StepId &step)
{
    const auto found = std::ranges::find(flow.layout.steps, step, &Layout::value_type::first);
    return found == flow.layout.steps.end() ? std::nullopt : std::optional(found->second);
}

} // namespace designer

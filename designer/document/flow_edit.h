#pragma once

#include "designer/document/flow_change.h"
#include "engine/model/flow.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace designer {

/// What a flow has besides its steps; edited as one value.
struct FlowProperties {
    engine::FlowId name;
    std::string description;
    std::optional<engine::JsonText> input;
    std::vector<engine::EventDeclaration> events;
    std::vector<std::pair<std::string, engine::JsonText>> variables;
    std::vector<engine::Interrupt> interrupts;
    std::string retention;
    std::string direction;

    bool operator==(const FlowProperties &) const = default;
};

FlowProperties propertiesOf(const engine::Flow &flow);

/// A step and where it stands: in the file, in the layout, on the canvas.
struct PlacedStep {
    engine::Step step;
    std::size_t index = 0;
    std::optional<engine::Position> position;
    std::size_t layoutIndex = 0;

    bool operator==(const PlacedStep &) const = default;
};

struct InsertStep {
    PlacedStep placed;
};

struct RemoveStep {
    PlacedStep placed;
};

/// Same id before and after.
struct ReplaceStep {
    engine::Step before;
    engine::Step after;
};

/// The id in the list of steps, in the layout and as the start; not in the ways of other steps.
struct RenameStep {
    engine::StepId from;
    engine::StepId to;
};

struct MoveStep {
    engine::StepId step;
    std::optional<engine::Position> before;
    std::optional<engine::Position> after;
    std::size_t layoutIndex = 0; ///< its place in the layout, there or to be
};

struct SetStart {
    engine::StepId before;
    engine::StepId after;
};

struct SetProperties {
    FlowProperties before;
    FlowProperties after;
};

/// For what is edited as text.
struct ReplaceFlow {
    engine::Flow before;
    engine::Flow after;
};

/// One write to a flow, which knows how to be taken back.
using FlowEdit = std::variant<InsertStep, RemoveStep, ReplaceStep, RenameStep, MoveStep, SetStart,
    SetProperties, ReplaceFlow>;

FlowEdit inverse(const FlowEdit &edit);
/// Whether it leaves the flow as it was.
bool changesNothing(const FlowEdit &edit);
/// `later` after `earlier` as one edit, if both are about the same field of the same thing.
std::optional<FlowEdit> joined(const FlowEdit &earlier, const FlowEdit &later);
FlowChange applyEdit(engine::Flow &flow, const FlowEdit &edit);

/// Where `step` stands, if the layout says so.
std::optional<engine::Position> positionOf(const engine::Flow &flow, const engine::StepId &step);

} // namespace designer

#pragma once

#include "designer/canvas/canvas_tool.h"
#include "designer/document/flow_document.h"
#include "engine/model/flow.h"

#include <QPointF>

#include <functional>
#include <optional>

namespace designer {

class FlowCanvas;

/// What the tools of a page work on, and what they ask the page for.
struct ToolSurroundings {
    FlowDocument &document;
    FlowCanvas &canvas;
    /// The append menu for a step behind `way`, or for a first one, with its centre at `at`.
    std::function<void(const std::optional<engine::Transition> &way, QPointF at)> appendWanted;
    std::function<void()> inspectorWanted;
    std::function<void()> renameWanted;
    /// The tool has done its work; the select tool is to go on.
    std::function<void()> finished;
};

/// The nearest place on the 10 px grid.
engine::Position onGrid(QPointF at);
/// The centre of a step as it is drawn, also where the file names no place.
QPointF centreOf(const FlowCanvas &canvas, const engine::StepId &step);
/// The way of an edge; nothing if the flow has no such edge.
std::optional<engine::Transition> wayOf(const engine::Flow &flow, const EdgeId &edge);
/// The way out that lies under the mouse as an edge or its chip.
std::optional<engine::Transition> edgeWayUnder(const CanvasHit &hit);
/// A free place for a step behind `way`: below its step, trouble to the right.
QPointF placeBehind(
    const FlowDocument &document, const FlowCanvas &canvas, const engine::Transition &way);
/// Selects nothing but these.
void selectOnly(FlowCanvas &canvas, const std::vector<engine::StepId> &steps);

} // namespace designer

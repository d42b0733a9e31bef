#include "designer/tools/connect_tool.h"

#include "designer/canvas/flow_canvas.h"

#include <utility>

namespace designer {
namespace {

constexpr double shortestDrag = 12; ///< flow px; a click on a port is no drag into the void

} // namespace

bool ConnectTool::begin(const CanvasPointer &pointer)
{
    if (pointer.hit.part == CanvasHit::Part::Port)
        m_way = pointer.hit.way;
    if (pointer.hit.part == CanvasHit::Part::Start)
        m_way = engine::Transition{.to = m.document.flow().start};
    m_from = pointer.at;
    return isActive();
}

std::optional<engine::StepId> ConnectTool::target(const CanvasHit &hit) const
{
    const bool onStep = hit.part == CanvasHit::Part::Step || hit.part == CanvasHit::Part::Port ||
                        hit.part == CanvasHit::Part::Problem;
    if (!onStep || hit.step.empty() || hit.step == m_way->from)
        return std::nullopt;
    return hit.step;
}

void ConnectTool::move(const CanvasPointer &pointer)
{
    CanvasDraft draft;
    draft.edge = CanvasDraft::Edge{m_from, pointer.at, m_way->from, target(pointer.hit)};
    m.canvas.setDraft(std::move(draft));
}

void ConnectTool::release(const CanvasPointer &pointer)
{
    const auto to = target(pointer.hit);
    const engine::Transition way = *std::exchange(m_way, std::nullopt);
    m.canvas.setDraft({});
    const QPointF dragged = pointer.at - m_from;
    if (to)
        m.document.connectTo(way, *to);
    else if (pointer.hit.part == CanvasHit::Part::Nothing &&
             dragged.manhattanLength() > shortestDrag)
        m.appendWanted(way, pointer.at);
}

void ConnectTool::cancel()
{
    if (!isActive())
        return;
    m_way.reset();
    m.canvas.setDraft({});
}

} // namespace designer

#include "designer/tools/select_tool.h"

#include "designer/tools/snapping.h"

#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace designer {
namespace {

constexpr double dragDistance = 4; ///< on the screen
constexpr int gridStep = 10;

using Part = CanvasHit::Part;

bool adds(Qt::KeyboardModifiers modifiers)
{
    return modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
}

template<typename Set>
void toggle(Set &set, const typename Set::value_type &value)
{
    if (!set.insert(value).second)
        set.erase(value);
}

QPointF stepOf(Arrow arrow)
{
    switch (arrow) {
    case Arrow::Up: return {0, -1};
    case Arrow::Down: return {0, 1};
    case Arrow::Left: return {-1, 0};
    case Arrow::Right: break;
    }
    return {1, 0};
}

} // namespace

SelectTool::SelectTool(const ToolSurroundings &surroundings)
    : m(surroundings)
    , m_connect(surroundings)
{}

std::vector<engine::StepId> SelectTool::selectedSteps() const
{
    const auto &steps = m.canvas.selection().steps;
    return {steps.begin(), steps.end()};
}

engine::StepId SelectTool::current() const
{
    const CanvasSelection &selection = m.canvas.selection();
    if (!selection.steps.empty())
        return *selection.steps.begin();
    return selection.edges.empty() ? engine::StepId() : selection.edges.begin()->from;
}

// ── mouse ────────────────────────────────────────────────────────────────────────────────────────

void SelectTool::mousePress(const CanvasPointer &pointer)
{
    if (pointer.button != Qt::LeftButton)
        return;
    m_pressedAt = pointer.at;
    m_pressedOnScreen = pointer.screen;
    switch (pointer.hit.part) {
    case Part::Port:
    case Part::Start:
        if (!m_connect.begin(pointer) && !pointer.hit.step.empty())
            pressStep(pointer);
        break;
    case Part::Step:
    case Part::Problem: pressStep(pointer); break;
    case Part::Edge:
    case Part::Chip: pressEdge(pointer); break;
    case Part::Nothing:
        m_selectedBefore = adds(pointer.modifiers) ? m.canvas.selection() : CanvasSelection();
        m.canvas.setSelection(m_selectedBefore);
        m_doing = Doing::Banding;
        break;
    }
}

void SelectTool::pressStep(const CanvasPointer &pointer)
{
    m_pressedStep = pointer.hit.step;
    m_doing = Doing::Pressed;
    CanvasSelection selection = m.canvas.selection();
    const bool wasSelected = selection.steps.contains(m_pressedStep);
    m_selectOnRelease = wasSelected && !adds(pointer.modifiers);
    if (adds(pointer.modifiers))
        toggle(selection.steps, m_pressedStep);
    else if (!wasSelected)
        selection = {.steps = {m_pressedStep}, .edges = {}};
    m.canvas.setSelection(std::move(selection));
}

void SelectTool::pressEdge(const CanvasPointer &pointer)
{
    if (!pointer.hit.edge)
        return;
    CanvasSelection selection = adds(pointer.modifiers) ? m.canvas.selection() : CanvasSelection();
    toggle(selection.edges, *pointer.hit.edge);
    m.canvas.setSelection(std::move(selection));
}

void SelectTool::mouseMove(const CanvasPointer &pointer)
{
    if (m_connect.isActive()) {
        m_connect.move(pointer);
        return;
    }
    const QPointF moved = pointer.screen - m_pressedOnScreen;
    if (m_doing == Doing::Pressed && moved.manhattanLength() >= dragDistance)
        beginDrag();
    if (m_doing == Doing::Dragging)
        drag(pointer);
    if (m_doing == Doing::Banding)
        band(pointer);
}

void SelectTool::beginDrag()
{
    m_doing = Doing::Dragging;
    m_dragged.clear();
    m_others.clear();
    const auto &selected = m.canvas.selection().steps;
    for (const engine::Step &step : m.document.flow().steps) {
        const QPointF centre = centreOf(m.canvas, step.id);
        if (selected.contains(step.id))
            m_dragged[step.id] = centre;
        else
            m_others.push_back(centre);
    }
    if (!m_dragged.contains(m_pressedStep)) // pressed with Ctrl, which took it out
        m_doing = Doing::Nothing;
}

void SelectTool::drag(const CanvasPointer &pointer)
{
    const QPointF from = m_dragged[m_pressedStep];
    const Snapped snap = snapped(from + pointer.at - m_pressedAt, m_others);
    CanvasDraft draft;
    draft.guides = snap.guides;
    for (const auto &[step, centre] : m_dragged)
        draft.dragged.push_back({step, centre + snap.at - from});
    if (dropWay(pointer.hit))
        draft.dropOn = pointer.hit.edge;
    m.canvas.setDraft(std::move(draft));
}

/// A step that nothing leads to and that leads nowhere can be dropped on an edge.
std::optional<engine::Transition> SelectTool::dropWay(const CanvasHit &hit) const
{
    const auto way = edgeWayUnder(hit);
    if (!way || m_dragged.size() != 1)
        return std::nullopt;
    const engine::StepId &step = m_dragged.begin()->first;
    for (const engine::Step &each : m.document.flow().steps)
        for (const engine::Transition &other : engine::transitionsFrom(each))
            if (other.to == step || (each.id == step && !other.to.empty()))
                return std::nullopt;
    return m.document.flow().start == step ? std::nullopt : way;
}

void SelectTool::drop(const CanvasPointer &pointer)
{
    const CanvasDraft draft = m.canvas.draft();
    m.canvas.setDraft({});
    m.document.finishGesture();
    if (const auto way = dropWay(pointer.hit); way && !draft.dragged.empty()) {
        const auto &dragged = draft.dragged.front();
        m.document.insertOnWay(dragged.step, *way, onGrid(dragged.at));
        return;
    }
    std::vector<std::pair<engine::StepId, engine::Position>> places;
    for (const CanvasDraft::Dragged &each : draft.dragged)
        places.emplace_back(each.step, onGrid(each.at));
    m.document.moveSteps(places);
    m.document.finishGesture();
}

void SelectTool::band(const CanvasPointer &pointer)
{
    CanvasDraft draft;
    draft.rubberBand = QRectF(m_pressedAt, pointer.at).normalized();
    CanvasSelection selection = m_selectedBefore;
    for (const engine::Step &step : m.document.flow().steps)
        if (draft.rubberBand->intersects(m.canvas.stepBounds(step.id)))
            selection.steps.insert(step.id);
    m.canvas.setSelection(std::move(selection));
    m.canvas.setDraft(std::move(draft));
}

void SelectTool::mouseRelease(const CanvasPointer &pointer)
{
    if (m_connect.isActive()) {
        m_connect.release(pointer);
        return;
    }
    switch (std::exchange(m_doing, Doing::Nothing)) {
    case Doing::Dragging: drop(pointer); break;
    case Doing::Pressed:
        if (m_selectOnRelease)
            selectOnly(m.canvas, {m_pressedStep});
        break;
    case Doing::Banding: m.canvas.setDraft({}); break;
    case Doing::Nothing: break;
    }
}

void SelectTool::mouseDoubleClick(const CanvasPointer &pointer)
{
    if (pointer.hit.part == Part::Step)
        m.inspectorWanted();
    else if (pointer.hit.part == Part::Nothing)
        m.appendWanted({}, pointer.at);
}

void SelectTool::cancel()
{
    m_connect.cancel();
    if (std::exchange(m_doing, Doing::Nothing) != Doing::Nothing)
        m.canvas.setDraft({});
}

// ── keyboard ─────────────────────────────────────────────────────────────────────────────────────

bool SelectTool::keyPress(QKeyEvent &event) { return arrowKey(event) || plainKey(event); }

bool SelectTool::arrowKey(QKeyEvent &event)
{
    static const std::map<int, Arrow> arrows{{Qt::Key_Up, Arrow::Up}, {Qt::Key_Down, Arrow::Down},
        {Qt::Key_Left, Arrow::Left}, {Qt::Key_Right, Arrow::Right}};
    const auto arrow = arrows.find(event.key());
    if (arrow == arrows.end())
        return false;
    if (event.modifiers() & Qt::ControlModifier)
        nudge(arrow->second, event.modifiers() & Qt::ShiftModifier ? 10 * gridStep : gridStep);
    else
        walk(arrow->second);
    return true;
}

bool SelectTool::plainKey(QKeyEvent &event)
{
    const bool control = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace: removeSelected(control ? Reconnect::Yes : Reconnect::No); return true;
    case Qt::Key_F2: m.renameWanted(); return true;
    case Qt::Key_D:
        if (control)
            duplicateSelected();
        return control;
    case Qt::Key_A:
        if (event.modifiers() == Qt::NoModifier)
            append();
        return event.modifiers() == Qt::NoModifier;
    case Qt::Key_Return:
    case Qt::Key_Enter: m.inspectorWanted(); return true;
    case Qt::Key_Tab: nextOutcome(1); return true;
    case Qt::Key_Backtab: nextOutcome(-1); return true;
    case Qt::Key_Escape:
        cancel();
        m.canvas.setSelection({});
        return true;
    default: return false;
    }
}

void SelectTool::walk(Arrow arrow)
{
    const engine::StepId from = current();
    if (from.empty()) {
        if (engine::findStep(m.document.flow(), m.document.flow().start))
            selectOnly(m.canvas, {m.document.flow().start});
        return;
    }
    // A way that Tab has chosen is followed, wherever it leads.
    const auto edges = m.canvas.selection().edges;
    const bool onward = arrow == Arrow::Down || arrow == Arrow::Right;
    const auto way = edges.empty() ? std::nullopt : wayOf(m.document.flow(), *edges.begin());
    std::optional<engine::StepId> to;
    if (onward && way && !way->to.empty())
        to = way->to;
    else
        to = neighbour(m.document.flow(), from, arrow,
            [this](const engine::StepId &step) { return centreOf(m.canvas, step); });
    if (!to)
        return;
    selectOnly(m.canvas, {*to});
    m.canvas.reveal(*to);
}

void SelectTool::nudge(Arrow arrow, int by)
{
    std::vector<std::pair<engine::StepId, engine::Position>> places;
    for (const engine::StepId &step : selectedSteps())
        places.emplace_back(step, onGrid(centreOf(m.canvas, step) + stepOf(arrow) * by));
    m.document.moveSteps(places);
}

void SelectTool::nextOutcome(int by)
{
    const engine::StepId from = current();
    const engine::Step *step = engine::findStep(m.document.flow(), from);
    const auto ways = step ? engine::transitionsFrom(*step) : std::vector<engine::Transition>();
    if (ways.empty())
        return;
    const auto &edges = m.canvas.selection().edges;
    const int count = static_cast<int>(ways.size());
    int at = by > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (edges.contains(edgeId(ways[place], place)))
            at = i;
    }
    const auto next = static_cast<std::size_t>((at + by + count) % count);
    m.canvas.setSelection({.steps = {from}, .edges = {edgeId(ways[next], next)}});
}

// ── intents ──────────────────────────────────────────────────────────────────────────────────────

void SelectTool::removeSelected(Reconnect reconnect)
{
    const CanvasSelection selection = m.canvas.selection();
    if (!selection.steps.empty()) {
        m.document.removeSteps(selectedSteps(), reconnect);
        return;
    }
    for (const EdgeId &edge : selection.edges)
        if (const auto way = wayOf(m.document.flow(), edge))
            m.document.disconnectWay(*way);
}

void SelectTool::duplicateSelected()
{
    const auto steps = selectedSteps();
    if (!steps.empty())
        selectOnly(m.canvas, m.document.duplicate(steps));
}

void SelectTool::append()
{
    const engine::Flow &flow = m.document.flow();
    const CanvasSelection &selection = m.canvas.selection();
    std::optional<engine::Transition> way;
    if (!selection.edges.empty())
        way = wayOf(flow, *selection.edges.begin());
    const engine::Step *step = engine::findStep(flow, current());
    const auto ways = step ? engine::transitionsFrom(*step) : std::vector<engine::Transition>();
    if (!way && !ways.empty()) {
        const auto open = std::ranges::find_if(
            ways, [](const engine::Transition &each) { return each.to.empty(); });
        way = open == ways.end() ? ways.front() : *open;
    }
    const QPointF middle = m.canvas.toFlow(QRectF(m.canvas.rect()).center());
    m.appendWanted(way, way ? placeBehind(m.document, m.canvas, *way) : middle);
}

} // namespace designer

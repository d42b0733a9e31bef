#include "designer/canvas/flow_canvas.h"

#include "designer/canvas/flow_canvas_private.h"
#include "designer/document/flow_document.h"
#include "engine/base/overloaded.h"

#include <algorithm>

namespace designer {

using engine::StepId;

FlowCanvas::FlowCanvas(QWidget *parent)
    : QWidget(parent)
    , m(std::make_unique<Private>(*this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Flow"));
}

FlowCanvas::~FlowCanvas() = default;

void FlowCanvas::setFlow(const engine::Flow &flow)
{
    m->picture.show(flow);
    m->hover = {};
    m->draft = {};
    m->minimap->refresh();
    m->placeControls();
    if (m->fitWanted)
        fit();
    m->refreshLooks();
}

void FlowCanvas::follow(FlowDocument *document)
{
    if (m->document)
        disconnect(m->document, nullptr, this, nullptr);
    m->document = document;
    if (!document)
        return;
    connect(document, &FlowDocument::changed, this, [this](const FlowChange &change) {
        std::visit(engine::Overloaded{
                       [this](const StepRenamed &renamed) {
                           m->changed.push_back(renamed.from);
                           m->changed.push_back(renamed.to);
                       },
                       [](const StartChanged &) {}, // marks are looked at after every change
                       [this](const FlowPropertiesChanged &) { m->changedWhole = true; },
                       [this](const FlowReplaced &) { m->changedWhole = true; },
                       [this](const FlowReset &) {
                           m->changedWhole = true;
                           m->fitWanted = true;
                       },
                       [this](const auto &each) { m->changed.push_back(each.step); },
                   },
            change);
    });
    connect(document, &FlowDocument::settled, this, [this] {
        m->followDocument();
        if (m->fitWanted)
            fit();
    });
    setFlow(document->flow());
}

void FlowCanvas::setProblems(const std::vector<engine::Problem> &problems)
{
    m->problems.clear();
    for (const engine::Problem &problem : problems) {
        if (problem.step.empty() || problem.severity == engine::Severity::Hint)
            continue;
        const auto [place, added] = m->problems.try_emplace(problem.step, problem.severity);
        if (!added)
            place->second = std::min(place->second, problem.severity);
    }
    m->refreshLooks();
}

void FlowCanvas::setTool(CanvasTool *tool)
{
    if (m->tool && m->tool != tool)
        m->tool->cancel();
    m->tool = tool;
}

void FlowCanvas::setDraft(CanvasDraft draft)
{
    m->draft = std::move(draft);
    m->refreshLooks();
}

const CanvasDraft &FlowCanvas::draft() const { return m->draft; }

const CanvasSelection &FlowCanvas::selection() const { return m->selection; }

void FlowCanvas::setSelection(CanvasSelection selection)
{
    if (selection == m->selection)
        return;
    m->selection = std::move(selection);
    m->refreshLooks();
    emit selectionChanged();
}

CanvasHit FlowCanvas::hitAt(QPointF at) const
{
    for (const auto &problem : m->problems) {
        const int number = m->picture.stepNumber(problem.first);
        if (number < 0)
            continue;
        const StepPicture &step = m->picture.steps()[std::size_t(number)];
        if (QLineF(at, step.centre + markCorner(step)).length() <= m->hitReach(8))
            return {.part = CanvasHit::Part::Problem, .step = problem.first};
    }
    return m->picture.hit(at, m->hitReach(length::portHit), m->hitReach(5));
}

void FlowCanvas::setOverlay(std::optional<RunOverlay> overlay)
{
    if (overlay == m->overlay)
        return;
    const bool switched = overlay.has_value() != m->overlay.has_value();
    m->overlay = std::move(overlay);
    if (switched)
        m->placeControls();
    m->refreshLooks();
}

void FlowCanvas::setLiveCounts(LiveCounts counts)
{
    if (counts == m->counts)
        return;
    m->counts = std::move(counts);
    m->refreshLooks();
}

const LiveCounts &FlowCanvas::liveCounts() const { return m->counts; }

void FlowCanvas::setClock(std::function<engine::Instant()> now)
{
    m->clock = std::move(now);
    m->refreshLooks();
}

double FlowCanvas::zoom() const { return m->view.zoom; }

void FlowCanvas::setZoom(double zoom, QPointF keptOnScreen)
{
    m->glide.stop();
    m->fitWanted = false;
    m->showView(zoomed(m->view, zoom, keptOnScreen));
    m->updateTimers();
}

void FlowCanvas::fit()
{
    m->glideTo(fitted(m->picture.bounds(), m->fitRoom(), fitMargin, 1));
    m->updateTimers();
}

void FlowCanvas::fitSelection()
{
    QRectF bounds;
    for (const StepId &step : m->selection.steps) {
        if (const int number = m->picture.stepNumber(step); number >= 0)
            bounds |= m->picture.steps()[std::size_t(number)].extent();
    }
    if (bounds.isEmpty())
        return fit();
    m->fitWanted = false;
    m->glideTo(fitted(bounds, m->fitRoom(), 2 * fitMargin, 2));
    m->updateTimers();
}

void FlowCanvas::reveal(const StepId &step)
{
    const int number = m->picture.stepNumber(step);
    if (number < 0)
        return;
    m->fitWanted = false;
    m->glideTo(
        revealing(m->view, m->picture.steps()[std::size_t(number)].extent(), size(), fitMargin));
}

QPointF FlowCanvas::toFlow(QPointF screen) const { return m->view.toFlow(screen); }

QPointF FlowCanvas::toScreen(QPointF flow) const { return m->view.toScreen(flow); }

QRectF FlowCanvas::stepBounds(const StepId &step) const
{
    const int number = m->picture.stepNumber(step);
    return number < 0 ? QRectF() : m->picture.steps()[std::size_t(number)].body();
}

void FlowCanvas::setMatches(std::set<StepId> matches)
{
    m->matches = std::move(matches);
    m->refreshLooks();
}

void FlowCanvas::setMinimapShown(bool shown)
{
    m->minimapWanted = shown;
    m->placeControls();
}

} // namespace designer

#include "designer/canvas/flow_canvas.h"

#include "designer/canvas/flow_canvas_private.h"
#include "designer/canvas/run_looks.h"
#include "designer/document/flow_document.h"
#include "engine/base/overloaded.h"

#include <QPaintEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace designer {

namespace {

using app::Color;
using engine::StepId;

constexpr double fitMargin = 32;
constexpr int controlsMargin = 12;
constexpr int pulseMilliseconds = 1600, pulseFrame = 67; ///< 15 frames a second at most
constexpr int glideMilliseconds = 125;

} // namespace

FlowCanvas::Private::Private(FlowCanvas &owner)
    : canvas(owner)
    , style(flowStyle(app::currentTheme()))
    , picture(style)
    , zoomBar(new ZoomBar(&owner))
    , minimap(new Minimap(picture, looks, style, &owner))
    , legend(new Legend(style, &owner))
{
    legend->hide();
    pulseTimer.setInterval(pulseFrame);
    countTimer.setInterval(1000);
    glide.setDuration(glideMilliseconds);
    glide.setEasingCurve(QEasingCurve::OutCubic);
    glide.setStartValue(0.0);
    glide.setEndValue(1.0);
    connect(&pulseTimer, &QTimer::timeout, &owner, [this] { pulse(); });
    connect(&countTimer, &QTimer::timeout, &owner, [this] { count(); });
    connect(&glide, &QVariantAnimation::valueChanged, &owner, [this](const QVariant &at) {
        const double share = at.toDouble();
        CanvasView between = glideGoal;
        if (share < 1) {
            between.zoom = glideFrom.zoom * std::pow(glideGoal.zoom / glideFrom.zoom, share);
            between.origin = glideFrom.origin + (glideGoal.origin - glideFrom.origin) * share;
        }
        showView(between);
    });
    connect(zoomBar, &ZoomBar::fitWanted, &owner, &FlowCanvas::fit);
    connect(zoomBar, &ZoomBar::zoomWanted, &owner,
        [this](double zoom) { canvas.setZoom(zoom, QRectF(canvas.rect()).center()); });
    connect(zoomBar, &ZoomBar::stepWanted, &owner, [this](int direction) {
        canvas.setZoom(zoomStep(view.zoom, direction), QRectF(canvas.rect()).center());
    });
    connect(zoomBar, &ZoomBar::eyeToggled, &owner, [this] { refreshLooks(); });
    connect(minimap, &Minimap::centreWanted, &owner, [this](QPointF centre) {
        CanvasView moved = view;
        moved.origin = centre - QRectF(canvas.rect()).center() / view.zoom;
        fitWanted = false;
        showView(moved);
    });
    connect(minimap, &Minimap::zoomWanted, &owner, [this](int steps) {
        canvas.setZoom(view.zoom * std::pow(1.25, steps), QRectF(canvas.rect()).center());
    });
}

engine::Instant FlowCanvas::Private::now() const
{
    return clock ? clock() : engine::SystemClock().now();
}

void FlowCanvas::Private::showView(const CanvasView &wanted)
{
    const bool zoomed = wanted.zoom != view.zoom;
    view = wanted;
    minimap->setShown(view.shown(canvas.size()));
    zoomBar->setZoom(view.zoom);
    canvas.update();
    if (zoomed)
        emit canvas.zoomChanged(view.zoom);
}

/// Moves there in a moment that the eye can follow; at once where nobody looks or motion is off.
void FlowCanvas::Private::glideTo(const CanvasView &goal)
{
    glide.stop();
    const bool still = canvas.style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
    if (!canvas.isVisible() || still || goal == view) {
        showView(goal);
        return;
    }
    glideFrom = view;
    glideGoal = goal;
    glide.start();
}

void FlowCanvas::Private::restyle()
{
    style = flowStyle(app::currentTheme());
    canvas.update();
    minimap->update();
    legend->update();
}

void FlowCanvas::Private::placeControls()
{
    const bool running = overlay.has_value();
    zoomBar->setEyeShown(running);
    zoomBar->adjustSize();
    zoomBar->move(controlsMargin, canvas.height() - controlsMargin - zoomBar->height());
    const bool mapShown = minimapWanted && !running && !picture.isEmpty();
    minimap->setVisible(mapShown);
    legend->setVisible(running);
    legend->resize(legend->sizeHint());
    for (QWidget *each : {static_cast<QWidget *>(minimap), static_cast<QWidget *>(legend)})
        each->move(canvas.width() - controlsMargin - each->width(),
            canvas.height() - controlsMargin - each->height());
}

void FlowCanvas::Private::updateFlow(const QRectF &flow)
{
    const QRectF onScreen(view.toScreen(flow.topLeft()), flow.size() * view.zoom);
    canvas.update(onScreen.toAlignedRect().adjusted(-2, -2, 2, 2));
}

/// Everything that is not the flow itself, anew: states of the run, selection, problems, search.
void FlowCanvas::Private::refreshLooks()
{
    const bool run = overlay && zoomBar->isEyeOpen();
    looks = run ? runLooks(picture, *overlay, now()) : liveLooks(picture, counts);
    waiting.clear();
    for (auto &[number, look] : looks.steps) {
        if (look.run == StepState::Waiting)
            waiting.push_back(number);
    }
    const auto change = [this](const StepId &id, auto &&how) {
        if (const int number = picture.stepNumber(id); number >= 0)
            how(looks.stepToChange(number));
    };
    if (!matches.empty()) {
        for (auto &each : looks.steps)
            each.second.faded = true;
        looks.plainStep.faded = true;
        for (const StepId &id : matches) {
            change(id, [](StepLook &look) {
                look.faded = false;
                look.matched = true;
            });
        }
    }
    for (const auto &[id, severity] : problems) {
        change(id, [worst = severity](StepLook &look) { look.problem = worst; });
    }
    for (const StepId &id : selection.steps) {
        change(id, [this](StepLook &look) {
            look.selected = true;
            look.focused = byKeyboard && canvas.hasFocus() && selection.steps.size() == 1;
        });
    }
    for (const EdgeId &id : selection.edges) {
        if (const int number = picture.edgeNumber(id); number >= 0)
            looks.edgeToChange(number).selected = true;
    }
    if (hover.part == CanvasHit::Part::Step || hover.part == CanvasHit::Part::Port)
        change(hover.step, [](StepLook &look) { look.hovered = true; });
    if (hover.part == CanvasHit::Part::Edge || hover.part == CanvasHit::Part::Chip) {
        for (const int number : pathFrom(picture, *hover.edge))
            looks.edgeToChange(number).hovered = true;
    }
    addDraft(looks, picture, draft);
    updateTimers();
    canvas.update();
    minimap->update();
}

void FlowCanvas::Private::pulse()
{
    phase = std::fmod(phase + double(pulseFrame) / pulseMilliseconds, 1);
    const double opacity = 0.24 + 0.10 * std::sin(2 * std::numbers::pi * phase);
    for (const int number : waiting) {
        looks.stepToChange(number).pulse = opacity;
        updateFlow(picture.steps()[std::size_t(number)].body().adjusted(-16, -16, 16, 16));
    }
}

/// Once a second: what counts up or down says a new number.
void FlowCanvas::Private::count()
{
    if (!overlay)
        return;
    const Looks next = runLooks(picture, *overlay, now());
    for (auto &[number, look] : looks.steps) {
        const StepLook &counted = next.step(number);
        if (look.footer == counted.footer && look.duration == counted.duration &&
            look.pill == counted.pill)
            continue;
        look.footer = counted.footer;
        look.duration = counted.duration;
        look.pill = counted.pill;
        updateFlow(picture.steps()[std::size_t(number)].extent().adjusted(-40, -24, 160, 24));
    }
}

void FlowCanvas::Private::updateTimers()
{
    const bool run = overlay && canvas.isVisible() && zoomBar->isEyeOpen();
    const bool live = run && std::ranges::any_of(overlay->steps, [](const auto &each) {
        return each.second.since.has_value() || each.second.until.has_value();
    });
    const bool still = canvas.style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
    if (run && !waiting.empty() && !still && levelAt(view.zoom) == Level::Full) {
        if (!pulseTimer.isActive())
            pulseTimer.start();
    } else {
        pulseTimer.stop();
    }
    if (live && !countTimer.isActive())
        countTimer.start();
    else if (!live)
        countTimer.stop();
}

void FlowCanvas::Private::followDocument()
{
    if (changedWhole || !document) {
        changed.clear();
        changedWhole = false;
        if (document)
            picture.show(document->flow());
    } else {
        picture.change(document->flow(), changed);
        changed.clear();
    }
    minimap->refresh();
    placeControls();
    refreshLooks();
}

// --- FlowCanvas ----------------------------------------------------------------------------------

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
    m->glideTo(fitted(m->picture.bounds(), size(), fitMargin, 1));
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
    m->glideTo(fitted(bounds, size(), 2 * fitMargin, 2));
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

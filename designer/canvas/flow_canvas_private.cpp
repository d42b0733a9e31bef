#include "designer/canvas/flow_canvas_private.h"

#include "designer/canvas/run_looks.h"
#include "designer/document/flow_document.h"

#include <QStyle>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace designer {

using engine::StepId;

namespace {

constexpr int controlsMargin = 12;
constexpr int narrowestWithMap = 480;
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
    legend->resize(legend->sizeHint());
    // In a narrow canvas they would cover the flow, or the zoom bar.
    const bool mapFits = canvas.width() >= narrowestWithMap;
    const bool legendFits =
        canvas.width() >= zoomBar->width() + legend->width() + 3 * controlsMargin;
    minimap->setVisible(minimapWanted && !running && mapFits && !picture.isEmpty());
    legend->setVisible(running && legendFits);
    for (QWidget *each : {static_cast<QWidget *>(minimap), static_cast<QWidget *>(legend)})
        each->move(canvas.width() - controlsMargin - each->width(),
            canvas.height() - controlsMargin - each->height());
}

QSizeF FlowCanvas::Private::fitRoom() const
{
    return QSizeF(canvas.size()) - QSizeF(0, zoomBar->height());
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

} // namespace designer

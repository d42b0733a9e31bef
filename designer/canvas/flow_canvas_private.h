#pragma once

#include "designer/canvas/canvas_view.h"
#include "designer/canvas/flow_canvas.h"
#include "designer/canvas/flow_painting.h"
#include "designer/canvas/legend.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/zoom_bar.h"

#include <QPointer>
#include <QTimer>
#include <QVariantAnimation>

#include <map>
#include <optional>

namespace designer {

class FlowDocument;

inline constexpr double fitMargin = 24; ///< px round a flow that is fitted into the widget

/// State of a canvas and what follows from it. Events come in through FlowCanvas.
class FlowCanvas::Private
{
public:
    explicit Private(FlowCanvas &canvas);

    void showView(const CanvasView &view);
    void glideTo(const CanvasView &view);
    void refreshLooks();
    void restyle();
    void placeControls();
    /// The widget without the strip where zoom bar and legend stand.
    QSizeF fitRoom() const;
    void hoverAt(QPointF screen);
    void setHover(const CanvasHit &hit);
    void pulse();
    void count();
    void updateTimers();
    void updateFlow(const QRectF &flow);
    void panTo(QPointF screen);
    CanvasPointer pointer(const QMouseEvent &event) const;
    double hitReach(double screen) const { return screen / view.zoom; }
    engine::Instant now() const;
    bool isZoomKey(QKeyEvent &event);
    bool isWalkKey(QKeyEvent &event);
    void selectOnly(const engine::StepId &step);
    void followDocument();

    void paintDraft(QPainter &painter) const;
    void paintDragged(QPainter &painter) const;
    void paintSelectionFrame(QPainter &painter) const;
    void paintEmpty(QPainter &painter) const;

    FlowCanvas &canvas;
    FlowStyle style;
    FlowPicture picture;
    Looks looks;
    std::vector<int> waiting; ///< steps whose halo breathes
    CanvasView view;
    bool fitWanted = true; ///< until somebody zooms or pans
    bool readOnly() const { return !tool; }

    CanvasTool *tool = nullptr;
    CanvasDraft draft;
    CanvasSelection selection;
    CanvasHit hover;
    std::map<engine::StepId, engine::Severity> problems;
    std::set<engine::StepId> matches;
    std::optional<RunOverlay> overlay;
    LiveCounts counts;
    std::function<engine::Instant()> clock;

    std::optional<QPointF> panFrom; ///< where the flow was grabbed, on the screen
    bool spaceHeld = false;
    bool byKeyboard = false; ///< the focus is shown while keys are used

    ZoomBar *zoomBar;
    Minimap *minimap;
    Legend *legend;
    bool minimapWanted = true;
    QTimer pulseTimer;
    QTimer countTimer;
    double phase = 0; ///< of the pulse, 0 to 1
    QVariantAnimation glide;
    CanvasView glideFrom, glideGoal;

    QPointer<FlowDocument> document;
    std::vector<engine::StepId> changed; ///< since the document settled
    bool changedWhole = false;
};

/// The next zoom of the usual ones in a direction (1: larger, -1: smaller).
double zoomStep(double zoom, int direction);
/// The edge and what follows it up to the next step with a choice of ways.
std::vector<int> pathFrom(const FlowPicture &picture, const EdgeId &edge);
/// The states that steps and edges have while a tool works.
void addDraft(Looks &looks, const FlowPicture &picture, const CanvasDraft &draft);

} // namespace designer

#pragma once

#include "designer/canvas/canvas_tool.h"
#include "designer/canvas/run_overlay.h"
#include "engine/model/flow.h"
#include "engine/model/problem.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace designer {

class FlowDocument;

struct CanvasSelection {
    std::set<engine::StepId> steps;
    std::set<EdgeId> edges;

    bool operator==(const CanvasSelection &) const = default;
};

/// The picture of one flow: zoom, pan, selection, run overlay. It keeps no truth of its own: delete
/// it, make another, same picture. Main thread.
class FlowCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit FlowCanvas(QWidget *parent = nullptr);
    ~FlowCanvas() override;

    /// Another flow: everything anew; fits it into the view the first time.
    void setFlow(const engine::Flow &flow);
    /// Shows the document's flow and stays equal to it. nullptr: no longer.
    void follow(FlowDocument *document);
    void setProblems(const std::vector<engine::Problem> &problems);

    /// Takes mouse and keys; not owned, must outlive its use. nullptr: a click selects, no more.
    void setTool(CanvasTool *tool);
    void setDraft(CanvasDraft draft);
    const CanvasDraft &draft() const;

    const CanvasSelection &selection() const;
    void setSelection(CanvasSelection selection);
    CanvasHit hitAt(QPointF at) const; ///< flow px

    /// One instance, or none. Shows the frame line and legend of Run.
    void setOverlay(std::optional<RunOverlay> overlay);
    /// How many instances stand on each step; shown where there is no overlay.
    void setLiveCounts(LiveCounts counts);
    const LiveCounts &liveCounts() const;
    /// The time against which countdowns run; the system's by default.
    void setClock(std::function<engine::Instant()> now);

    double zoom() const; ///< 1 is 100 %
    void setZoom(double zoom, QPointF keptOnScreen);
    void fit();
    void fitSelection();
    /// Scrolls as little as needed to show the step.
    void reveal(const engine::StepId &step);
    QPointF toFlow(QPointF screen) const;
    QPointF toScreen(QPointF flow) const;
    QRectF stepBounds(const engine::StepId &step) const; ///< flow px; empty: there is none

    /// Steps matching a search; empty: no search. The others fade.
    void setMatches(std::set<engine::StepId> matches);
    void setMinimapShown(bool shown);

signals:
    void selectionChanged();
    void zoomChanged(double zoom);
    void stepActivated(const engine::StepId &step); ///< double click or Enter
    void problemClicked(const engine::StepId &step);
    void chipClicked(const designer::EdgeId &edge);
    void contextMenuWanted(const designer::CanvasHit &hit, QPoint onScreen);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> m;
};

} // namespace designer

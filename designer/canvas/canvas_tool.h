#pragma once

#include "designer/canvas/edge_id.h"

#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <Qt>

#include <optional>
#include <vector>

class QKeyEvent;

namespace designer {

/// What lies under a point of the canvas; ports before steps before chips before edges.
struct CanvasHit {
    enum class Part { Nothing, Start, Step, Port, Problem, Chip, Edge };
    Part part = Part::Nothing;
    engine::StepId step;                   ///< of a step, port, problem; the edge's first step
    std::optional<EdgeId> edge;            ///< of an edge or chip, and of a port that is a way out
    std::optional<engine::Transition> way; ///< the same for setTransition(); none: an `in` port
};

/// The mouse over the canvas. `at` is in flow pixels, `screen` in the widget's.
struct CanvasPointer {
    QPointF at;
    QPointF screen;
    Qt::MouseButton button = Qt::NoButton;
    Qt::MouseButtons buttons = Qt::NoButton;
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
    CanvasHit hit;
};

/// What a tool shows while it works; drawn over the picture, never part of the flow.
struct CanvasDraft {
    struct Dragged {
        engine::StepId step;
        QPointF at; ///< its centre
    };
    struct Edge {
        QPointF from;
        QPointF to;
        engine::StepId source;
        std::optional<engine::StepId> target; ///< lit as one that may take the edge
    };
    std::vector<Dragged> dragged;
    std::optional<Edge> edge;
    std::optional<EdgeId> dropOn; ///< the edge into which a drop would insert
    std::vector<QLineF> guides;
    std::vector<QLineF> gaps; ///< equal gaps, drawn with ticks at both ends
    std::optional<QRectF> rubberBand;
    QString ghostKind; ///< kind of a step that is being placed; empty: none
    QPointF ghostAt;
};

/// Takes the canvas's input: turns mouse and keys into intents. The canvas pans and zooms by itself
/// and asks the tool for everything else. Main thread.
class CanvasTool
{
public:
    virtual ~CanvasTool() = default;

    virtual void mousePress(const CanvasPointer &pointer) = 0;
    virtual void mouseMove(const CanvasPointer &pointer) = 0;
    virtual void mouseRelease(const CanvasPointer &pointer) = 0;
    virtual void mouseDoubleClick(const CanvasPointer &pointer) = 0;
    /// Whether the key was used.
    virtual bool keyPress(QKeyEvent &event) = 0;
    /// The canvas lost the focus or got another tool: drop what was begun.
    virtual void cancel() = 0;
};

} // namespace designer

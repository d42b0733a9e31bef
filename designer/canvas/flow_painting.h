#pragma once

#include "designer/canvas/edge_painting.h"
#include "designer/canvas/flow_picture.h"
#include "designer/canvas/step_look.h"
#include "designer/canvas/step_painting.h"

#include <QRectF>

#include <unordered_map>

class QPainter;

namespace designer {

/// How much of a step is drawn at a zoom.
enum class Level { Full, Shapes, Blocks };
Level levelAt(double zoom);

/// The states of a whole picture: what differs from the plain ones, by number.
struct Looks {
    StepLook plainStep;
    EdgeLook plainEdge;
    std::unordered_map<int, StepLook> steps;
    std::unordered_map<int, EdgeLook> edges;

    const StepLook &step(int number) const;
    const EdgeLook &edge(int number) const;
    /// The look to be changed; begins as the plain one.
    StepLook &stepToChange(int number);
    EdgeLook &edgeToChange(int number);
};

/// Canvas colour and grid dots.
void paintGround(QPainter &painter, const QRectF &area, double zoom, const FlowStyle &style);
/// The part of a picture that touches `area`, in flow pixels, in the level of `zoom` (device pixels
/// to a flow pixel). For widgets, images, SVG and printers alike.
void paintFlow(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, double zoom, const FlowStyle &style);
/// The blocks of a whole picture, whatever the zoom: for the minimap.
void paintBlocks(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, double zoom, const FlowStyle &style);

} // namespace designer

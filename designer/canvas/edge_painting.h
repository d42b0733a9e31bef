#pragma once

#include "designer/canvas/flow_picture.h"
#include "designer/canvas/flow_style.h"
#include "designer/canvas/step_look.h"

#include <utility>
#include <vector>

class QPainter;

namespace designer {

/// Where the upright pieces of an edge give way to level ones: piece (number of its first point),
/// y.
using Cuts = std::vector<std::pair<std::size_t, double>>;

/// Crossings among `edges`, one list for each of them.
std::vector<Cuts> cutsOf(const std::vector<const EdgePicture *> &edges);
/// The line with its round corners and arrow.
void paintEdge(QPainter &painter, const EdgePicture &edge, const Cuts &cuts, const EdgeLook &look,
    const FlowStyle &style);
void paintChip(
    QPainter &painter, const EdgePicture &edge, const EdgeLook &look, const FlowStyle &style);
/// A line that no step holds yet, or that follows a dragged one.
void paintLooseEdge(QPainter &painter, QPointF from, QPointF to, const QColor &ink);

} // namespace designer

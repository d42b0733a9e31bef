#pragma once

#include "designer/canvas/flow_picture.h"
#include "designer/canvas/flow_style.h"
#include "designer/canvas/step_look.h"

class QPainter;

namespace designer {

/// Draws steps in flow pixels, in full. A function of its arguments, for every paint device.
void paintStep(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style);
/// Pills, discs, tokens and durations: above all steps.
void paintStepMarks(
    QPainter &painter, const StepPicture &step, const StepLook &look, const FlowStyle &style);
/// Where the disc of a problem or a tick stands, relative to the step's centre.
QPointF markCorner(const StepPicture &step);
/// The colour of a status: outline, halo and token.
app::Color statusColor(StepState state);

} // namespace designer

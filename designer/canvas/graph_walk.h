#pragma once

#include "designer/canvas/flow_picture.h"

#include <optional>

namespace designer {

/// The side of an arrow key; none for other keys.
std::optional<Side> sideOfKey(int key);
/// The step to which an arrow key goes: the nearest in that direction, steps straight ahead before
/// those aside. The first step if `from` is none; empty if there is nothing there.
engine::StepId nextStep(const FlowPicture &picture, const engine::StepId &from, Side side);

} // namespace designer

#pragma once

#include "engine/model/flow.h"

#include <utility>
#include <vector>

namespace designer {

/// How several steps are put in order.
enum class Arrangement {
    Column,      ///< below one another, on the line of the uppermost
    Row,         ///< beside one another, on the line of the leftmost
    SpaceDown,   ///< equal distances between the uppermost and the lowest
    SpaceAcross, ///< equal distances between the leftmost and the rightmost
};

/// The new centres of `steps`, on the 10 px grid. Pure.
std::vector<std::pair<engine::StepId, engine::Position>> arranged(
    const engine::Flow &flow, const std::vector<engine::StepId> &steps, Arrangement how);

} // namespace designer

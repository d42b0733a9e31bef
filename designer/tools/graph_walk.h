#pragma once

#include "engine/model/flow.h"

#include <QPointF>

#include <functional>
#include <optional>

namespace designer {

enum class Arrow { Up, Down, Left, Right };

using CentreOf = std::function<QPointF(const engine::StepId &)>;

/// The step that an arrow key leads to from `from`: a neighbour by an edge in that direction, else
/// the nearest step there; nothing: there is none.
std::optional<engine::StepId> neighbour(
    const engine::Flow &flow, const engine::StepId &from, Arrow arrow, const CentreOf &centreOf);

} // namespace designer

#pragma once

#include "engine/model/flow.h"

#include <unordered_map>
#include <vector>

namespace designer {

using Positions = std::unordered_map<engine::StepId, engine::Position>;

/// A place for every step: those of the layout keep theirs, the others get one below or beside what
/// leads to them, free of all steps. Rows 100 px apart, columns 240. Pure.
Positions autoLayout(const engine::Flow &flow);
/// The same for a flow of which no step has a place yet.
Positions autoLayoutAnew(engine::Flow flow);

} // namespace designer

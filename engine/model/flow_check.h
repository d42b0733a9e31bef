#pragma once

#include "engine/expressions/expressions.h"
#include "engine/model/flow_reader.h"

#include <vector>

namespace engine {

/// Everything wrong with a flow: dangling transitions, unreachable steps, missing ways out, unknown
/// kinds and members, expressions that do not parse or read names that no scope has, wrong durations,
/// loops without a wait, a wait without timeout (a hint). In the order of the file. Pure, but for the
/// cache inside `expressions`.
std::vector<Problem> checkFlow(const ReadFlow &read, Expressions &expressions);
/// The same for a flow that was built, not read: no lines.
std::vector<Problem> checkFlow(const Flow &flow, Expressions &expressions);

} // namespace engine

#pragma once

#include "engine/model/flow.h"

#include <functional>
#include <vector>

namespace designer {

/// Where a way leads to now ⇒ where it is to lead; empty: nowhere.
using Retarget = std::function<engine::StepId(const engine::StepId &)>;

/// Points every way out of `step` at what `retarget` says. Error ways to nowhere are removed, since
/// the file has no form for them.
void mapTargets(engine::Step &step, const Retarget &retarget);
/// The same for the first steps of interrupt handlers; one that loses its step stays without.
void mapInterrupts(std::vector<engine::Interrupt> &interrupts, const Retarget &retarget);

} // namespace designer

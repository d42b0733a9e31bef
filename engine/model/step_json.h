#pragma once

#include "engine/model/json_fields.h"

namespace engine {

/// A step as its block of the flow file, without its id.
OrderedJson stepJson(const Step &step);
/// `interrupts` of a flow or of a parallel step.
OrderedJson interruptsJson(const std::vector<Interrupt> &interrupts);

} // namespace engine

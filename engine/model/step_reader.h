#pragma once

#include "engine/model/field_reader.h"

namespace engine {

/// Reads one member of `steps`; `written` may be of any kind.
Step readStep(Reading &reading, const WrittenValue &written, const StepId &id);
/// Reads the member `interrupts` of the flow (`step` empty) or of a step.
std::vector<Interrupt> readInterrupts(
    Reading &reading, FieldReader &fields, const StepId &step = {});

} // namespace engine

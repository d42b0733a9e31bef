#pragma once

#include "engine/model/field_reader.h"

namespace engine {

/// Reads one member of `steps`; `written` may be of any kind.
Step readStep(Reading &reading, const WrittenValue &written, const StepId &id);

} // namespace engine

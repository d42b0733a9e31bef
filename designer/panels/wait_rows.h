#pragma once

#include "designer/panels/bindings.h"
#include "designer/panels/step_scope.h"

namespace designer {

// Rows of every step that waits for events.

/// The events that the flow declares.
ComboOptions declaredEvents(const StepScope &step);
/// The sentence below an event that the flow does not declare; empty if it does.
QString declarationHint(const StepScope &step, const std::string &event);
/// Whether the timeout goes on while the instance is suspended (semantics 3.8).
void addClock(InspectorForm &form, Read<std::string> read, Write<std::string> write);

} // namespace designer

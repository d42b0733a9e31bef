#pragma once

#include "designer/panels/inspector_form.h"
#include "designer/panels/step_scope.h"

namespace designer {

// Rows of an approval.

/// What can be answered: names, kinds, ways, and whether a comment is needed.
void addOutcomes(InspectorForm &form, const StepScope &step);
/// When those who have not answered are reminded.
void addReminders(InspectorForm &form, const StepScope &step);
/// Who is asked besides, or instead, after a while.
void addEscalations(InspectorForm &form, const StepScope &step);

} // namespace designer

#pragma once

#include "designer/panels/inspector_form.h"
#include "designer/panels/step_scope.h"

#include <string>
#include <vector>

namespace designer {

/// The rows of what the step's activity is given in `with`; JSON for an activity without rows.
void addActivityInput(InspectorForm &form, const StepScope &step);
/// What decides which of these rows there are.
std::string activityShape(const engine::ActivityStep &activity);

/// An activity in words.
ComboOption activityOption(const std::string &activity);
/// The activities that this version runs.
std::vector<ComboOption> activityOptions();
/// What it does and gives, in one sentence; empty for an activity that is not known.
QString activityHint(const std::string &activity);

} // namespace designer

#pragma once

#include "designer/panels/inspector_form.h"
#include "designer/panels/step_scope.h"

#include <functional>
#include <vector>

namespace designer {

/// The page of several selected steps: what they are, the fields that all of them have, and what
/// can be done with them together.
void buildSeveralPage(InspectorForm &form, FlowDocument &document,
    const std::vector<engine::StepId> &steps, std::function<engine::Instant()> now);
/// What decides which rows that page has.
std::string severalShape(const engine::Flow &flow, const std::vector<engine::StepId> &steps);

} // namespace designer

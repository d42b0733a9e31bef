#pragma once

#include "engine/base/result.h"
#include "engine/model/flow.h"

#include <string>
#include <string_view>
#include <vector>

namespace designer {

/// A flow of these steps alone: their ways to one another, their places, nothing else.
engine::Flow fragmentOf(const engine::Flow &flow, const std::vector<engine::StepId> &steps);
/// The steps as text for the clipboard. It is a flow file, so that it can be read, mailed and
/// pasted into any editor.
std::string clipboardText(const engine::Flow &flow, const std::vector<engine::StepId> &steps);
/// The steps of a text from the clipboard; InvalidArgument if it holds none.
engine::Result<engine::Flow> fragmentFrom(std::string_view clipboardText);

} // namespace designer

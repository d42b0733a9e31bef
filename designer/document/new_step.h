#pragma once

#include "engine/model/flow.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace designer {

/// What can be added by name: the kinds that this version runs, activities by what they do.
const std::vector<std::string_view> &newStepKinds();
/// An activity with the input that it cannot do without, left empty; nothing for unknown names.
std::optional<engine::ActivityStep> newActivity(std::string_view name);
/// A step of one of newStepKinds() that leads nowhere yet; UnknownStep for other names.
engine::StepBody newStepBody(std::string_view kind);
/// An id like `wanted` that none of `flow` and `taken` has: `wanted` itself, or with a number.
engine::StepId freeId(
    const engine::Flow &flow, std::string_view wanted, const std::set<std::string> &taken = {});
/// Nothing is wrong with `id` as the id of a step, or one sentence that says what.
std::string faultOfId(std::string_view id);

} // namespace designer

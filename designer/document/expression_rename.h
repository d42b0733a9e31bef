#pragma once

#include "engine/model/flow.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace designer {

/// New ids of steps by their old ones.
using StepNames = std::map<std::string, std::string, std::less<>>;

/// `source` with `steps.old`, `steps?.old` and `steps["old"]` under the new ids. Strings, comments
/// and properties that happen to be called `steps` are left alone.
std::string renamedExpression(std::string_view source, const StepNames &names);
/// All expressions in it.
engine::Template renamedTemplate(const engine::Template &value, const StepNames &names);
/// All expressions of a step; its id and ways out stay.
void renameInExpressions(engine::Step &step, const StepNames &names);

} // namespace designer

#pragma once

#include "engine/expressions/expressions.h"

#include <optional>
#include <string_view>

namespace engine {

/// The value of an expression that is only a path (`input.id`, `steps.pay.body.lines[0]`), read
/// from the JSON text without a tree, so that numbers stay as they were written. Nothing if
/// `source` is no path, or leads to something that the JSON does not hold: then JavaScript has to
/// say what that is.
std::optional<JsonText> barePath(std::string_view source, const Scope &scope);

} // namespace engine

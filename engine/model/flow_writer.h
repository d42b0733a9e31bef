#pragma once

#include "engine/model/flow.h"

#include <string>
#include <string_view>

namespace engine {

/// The file text of `flow`. What says the same as in `original` keeps its bytes: an untouched flow is
/// the same file, an edit of a step rewrites that step only, a move one line of `layout`. With an empty
/// `original` everything is written in the canonical form: keys in the order of the schema, two
/// spaces, steps in their order, one newline at the end.
std::string writeFlow(const Flow &flow, std::string_view original = {});

} // namespace engine

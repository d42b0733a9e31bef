#pragma once

#include "engine/model/ordered_json.h"

#include <string>
#include <string_view>

namespace engine {

/// The JSON text `original`, changed as `before` became `after`. Both say what a reader makes of a
/// text, so a member of `original` that neither has is one that the reader left out: it stays. All
/// that did not change keeps its bytes and its place; new members stand where `after` has them, in
/// the style of their neighbours; a member that only got another key keeps its value's bytes.
std::string mergedJson(
    std::string_view original, const OrderedJson &before, const OrderedJson &after);

} // namespace engine

#pragma once

#include "engine/model/flow.h"

#include <string_view>

namespace engine {

/// The first wait or collect step for the event; nullptr: none.
const Step *firstWaiting(const Flow &flow, std::string_view event);
/// Whether the event does nothing but answer approvals, which look at its payload themselves
/// (semantics 6.3).
bool answersOnly(const Flow &flow, std::string_view event);

} // namespace engine

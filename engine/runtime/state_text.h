#pragma once

#include "engine/runtime/instance_state.h"

#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// Of the text of a state; raised with every change of what stands in it, or of what it means. A
/// snapshot is never migrated: one of another version is ignored, and made anew later.
inline constexpr int stateVersion = 1;

/// A state as JSON text: its version and its members in their order, as lists in lists.
std::string stateToText(const InstanceState &state);
/// Nothing if it is of another version, or is no state.
std::optional<InstanceState> stateFromText(std::string_view text);

} // namespace engine

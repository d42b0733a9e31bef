#pragma once

#include <optional>
#include <string_view>

namespace engine {

/// Semantics 1.3. Canceled and ContinuedAsNew are never resting states.
enum class InstanceStatus { Pending, Running, Suspended, Completed, Failed, Terminated };

std::string_view toText(InstanceStatus status);
std::optional<InstanceStatus> instanceStatusFromText(std::string_view text);
bool isFinished(InstanceStatus status);

} // namespace engine

#pragma once

#include <string>

namespace load {

/// Activity, wait, activity, end; and what it is approved with.
extern const std::string approvalFlow;
extern const std::string approvedPayload;
/// A wait that takes one event after the other; with a timeout if asked.
std::string listenerFlow(bool withTimeout);

} // namespace load

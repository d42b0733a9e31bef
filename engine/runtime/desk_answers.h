#pragma once

#include "engine/runtime/inbox.h"
#include "engine/runtime/turn_in_hand.h"

#include <string>

namespace engine {

// What the desk says in the same words wherever it says it.

/// The sender is told when the turn is on disk.
void answer(TurnInHand &hand, Queued &queued, Result<Accepted> result);
/// WrongState: it is set aside, and what can be done about it (semantics 11.3).
Error asideError(const InstanceId &instance, const std::string &reason);
/// NotFound.
Error unknownInstance(const InstanceId &instance);

} // namespace engine

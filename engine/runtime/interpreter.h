#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

namespace engine {

/// What `message` does to an instance: the one place where a flow moves. Pure, but for the caches
/// inside `expressions`: the same arguments give the same decision.
///
/// `state` is moved in, changed by the facts of the decision, and handed back in it; for a start it
/// is empty but for the id and the run. BrokenInvariant (or what a library throws) means that
/// history or we are wrong: then nothing has happened, and the state is lost and must be replayed.
Decision decide(const Given &given, OwnedState state, const Message &message);

} // namespace engine

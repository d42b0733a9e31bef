#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

namespace engine {

// What an operator puts right in a live instance (semantics 9.5), suspended or not. Each is refused
// without a reason (InvalidArgument) and when the instance is over (Finished).

/// Sets variables, also ones that there were not. What waits is not asked again (semantics 2.4).
void editVariables(Deciding &deciding, const EditVariables &message);
/// Leaves a wait with the result that is given, checked as payloads of its events are; a collect with
/// the list, or with what it has; a timer as if its time had come. WrongState if the branch stands
/// elsewhere or halts, NotFound if it is not live.
void skipStep(Deciding &deciding, const SkipStep &message);
/// The branch goes to another step of the region and of the handler that it is in, or to the join of
/// its region; what was open on it, and in branches inside it, is closed. InvalidArgument if the step
/// is not one of those, WrongState and NotFound as above.
void moveBranch(Deciding &deciding, const MoveBranch &message);

} // namespace engine

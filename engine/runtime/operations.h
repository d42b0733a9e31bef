#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

namespace engine {

// What an operator does to an instance. Each is refused when the instance is over.

/// Halts; WrongState if it is suspended already (semantics 9.1). Clocks that are to pause stop.
void suspend(Deciding &deciding, const SuspendInstance &message);
/// Goes on: the events that came meanwhile are offered to the open waits, oldest first.
/// WrongState if it is not suspended.
void resume(Deciding &deciding, const ResumeInstance &message);
/// Ends at once; so do its sub-flows, unless they are to be kept (semantics 9.1). Whoever waits for it
/// hears of it.
void terminate(Deciding &deciding, const TerminateInstance &message);
/// Takes a kept event away; NotFound if it is not kept (semantics 2.3).
void deleteKept(Deciding &deciding, const DeleteKeptEvent &message);
/// Sends a kept event to another instance; NotFound if it is not kept (semantics 2.3).
void handOn(Deciding &deciding, const HandOnEvent &message);

} // namespace engine

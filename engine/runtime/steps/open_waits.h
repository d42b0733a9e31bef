#pragma once

#include "engine/runtime/event_matching.h"
#include "engine/runtime/steps/steps.h"

namespace engine {

// What every step needs that waits for events: wait and collect.

/// The step that an open wait stands for.
const Step &stepOf(const Deciding &deciding, const OpenWait &open);
/// The `where` of the steps, each asked for each pair as keptFor() and waitFor() want it.
Passes passesWhere(Deciding &deciding);
/// Ends an open wait, and with it its timeout.
void closeWait(Deciding &deciding, Sequence wait);
/// Why a kept event fails the step that takes it: its declaration lets bad payloads in for that
/// (semantics 2.2). Nothing if it is as it should be.
std::optional<Failure> badPayload(const Deciding &deciding, const UntakenEvent &event);
/// Sets the timeout of an open wait; if it cannot be read, the wait is closed and its step fails.
void startTimeout(Deciding &deciding, Sequence wait, const Template &timeout);

/// A collecting wait takes the event, and leaves if it is enough.
bool collectEvent(Deciding &deciding, Sequence wait, Sequence event);
/// A collecting wait leaves with what it has.
void finishCollect(Deciding &deciding, Sequence wait);

} // namespace engine

#pragma once

#include "engine/runtime/instance_state.h"

#include <functional>
#include <string>

namespace engine {

// The parts of apply() that fold the facts of branches and regions, of interrupts, of sub-flows, of events
// and waits, of tasks.

/// The entry of `key`. BrokenInvariant with `what` if there is none.
template<typename Map>
typename Map::mapped_type &knownIn(Map &map, const typename Map::key_type &key, const char *what)
{
    const auto found = map.find(key);
    invariant(found != map.end(), what);
    return found->second;
}

/// Something from outside moved the instance: it is in no tight loop.
void moved(InstanceState &state);
/// BrokenInvariant if it is not live.
BranchState &branchOf(InstanceState &state, const BranchPath &path);
/// The branch goes towards `step`; the fact that says so is `sequence`.
void sendOut(InstanceState &state, const BranchPath &path, const StepId &step, Sequence sequence,
    Instant at);

/// The region has room for another branch, or it has not.
void noteOpening(InstanceState &state, Sequence region, bool hasRoom);
/// Whether the region has room for another branch is known at any time.
void noteRoom(InstanceState &state, Sequence sequence, const OpenRegion &region);
/// Closes the region with every branch that is left in it, and the handlers of its interrupts. The
/// branch around it is free again.
OpenRegion closeRegion(InstanceState &state, Sequence sequence);
/// The branch is over with all inside it: branches, regions and handlers.
void removeBranch(InstanceState &state, const BranchPath &path);
/// So are all whose path begins with `beginning`.
void removeBranches(InstanceState &state, const std::string &beginning);
/// The handlers of interrupts that are for such a thing are over with it.
void removeHandlers(
    InstanceState &state, const std::function<bool(const OpenInterrupt &)> &isFor);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const InterruptBegan &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const InterruptEnded &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const InterruptDropped &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchCompleted &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchFailed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionJoined &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionFailed &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const InstanceRewound &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchRewound &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventKeptAgain &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowScheduled &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowCompleted &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowFailed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowCanceled &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventSent &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventRaised &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventTaken &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventIgnored &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventDeleted &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const EventHandedOn &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const WhereFailed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const WaitOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const WaitClosed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const CorrelationOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const CorrelationClosed &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskAnswered &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskClosed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskClaimed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskReassigned &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskCommented &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskReminded &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const TaskEscalated &fact);

/// A timer of a task stands, or stands no longer.
void noteTaskTimer(InstanceState &state, Sequence timer, const OpenTimer &open, bool stands);
/// What an approval amounts to that was left by `outcome` at `at` (flow-format.md, Results).
JsonText resultOfApproval(
    const std::vector<Answer> &answers, const ClosedApproval &closed, const std::string &outcome, Instant at);

/// Takes an event out of those that are kept. BrokenInvariant if it is not.
UntakenEvent takeEvent(InstanceState &state, Sequence event);
/// Takes an open wait out, in whatever way it ended. BrokenInvariant if it is not open.
void removeWait(InstanceState &state, Sequence wait);

} // namespace engine

#pragma once

#include "engine/runtime/deciding.h"

#include <vector>

namespace engine {

// Events that interrupt the instance or the branches of a parallel step, and their handlers
// (semantics 8). An event that interrupts is kept until its handler begins: what waits its turn is in
// no other list, so it survives what a kept event survives.
//
// Which interrupt an event is for: the innermost one of its name that is open and that its branch
// fits; the same step may be open several times, then the oldest activation that is free. The event's
// branch fits if there is none, or it is the branch that stands on the parallel step (then all
// branches are interrupted), or one of its branches (then that one).

/// An event was raised and is kept: its handler begins if what it interrupts is free. False: the flow
/// has no interrupt of that name.
bool offerInterrupt(Deciding &deciding, Sequence event);
/// Whatever is kept and may interrupt now does, in the order of acceptance: something opened, ended or
/// goes on.
void offerKeptInterrupts(Deciding &deciding);
/// Whether a parallel step declares interrupts and events are kept that may be for it.
bool mayInterrupt(const Deciding &deciding, const StepId &step);
/// The branches of the handlers that run for all branches of a region.
std::vector<BranchPath> handlersOf(const InstanceState &state, Sequence region);

/// The handler that `branch` is in, the innermost, is done: what it halted goes on.
void endHandler(Deciding &deciding, const BranchPath &branch);
/// The handler at `branch` failed, and so does what it interrupted (semantics 8.4).
void failHandler(Deciding &deciding, const BranchPath &branch, Failure failure);

/// From now on the interrupts of the whole instance stand under their keys (semantics 10.1). False: a key
/// could not be evaluated, and the instance has failed.
bool openCorrelation(Deciding &deciding);
/// So do those of a region's branches. Nothing, or why not.
std::optional<Failure> openCorrelation(Deciding &deciding, Sequence region);
/// They do so no longer.
void closeCorrelation(Deciding &deciding, Sequence region);

} // namespace engine

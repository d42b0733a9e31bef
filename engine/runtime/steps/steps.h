#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

namespace engine {

// One file a step kind. enter() is called right after StepEntered: it leaves the step, fails it,
// ends the instance, or opens something that stands until a message ends it.

void enter(
    Deciding &deciding, const BranchPath &branch, const Step &step, const ActivityStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const WaitStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const CollectStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const TimerStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ChoiceStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SetStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const EndStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const FailStep &body);
void enter(
    Deciding &deciding, const BranchPath &branch, const Step &step, const ParallelStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const JoinStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ForEachStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SubFlowStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SendStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const EmitStep &body);
void enter(
    Deciding &deciding, const BranchPath &branch, const Step &step, const ContinueAsNewStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ApprovalStep &body);
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ResumeStep &body);
/// BrokenInvariant: such a flow cannot have been deployed.
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const UnknownStep &body);
/// The same: nothing leads to a note.
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const NoteStep &body);

/// Work is scheduled and its first attempt runs, or fails because nobody has allowed it.
void schedule(Deciding &deciding, TaskScheduled work);
/// The outcome of an attempt. Ignored if it is not the one that runs (semantics 5.1).
void finishAttempt(Deciding &deciding, const ActivityFinished &finished);
/// An instance that a sub-flow step started has started, ended, or could not start. Ignored if the
/// step waits no longer.
void finishSubFlow(Deciding &deciding, const SubFlowFinished &finished);
/// The pause before the next attempt is over; the timer has fired.
void retryAttempt(Deciding &deciding, const OpenTimer &timer);
/// An event was raised and is kept: it interrupts, or else the first open wait that wants it and does
/// not halt takes it (semantics 2.4).
void offerEvent(Deciding &deciding, Sequence event);
/// `interrupt` has ended: the waits that it had halted are offered what came meanwhile.
void offerHeldEvents(Deciding &deciding, const OpenInterrupt &interrupt);
/// The instance or a part of it halts: the timeouts there whose `clock` is `pause` stand still
/// (semantics 3.8).
void pauseClocks(Deciding &deciding);
/// What may go on goes on: what was left of them begins again.
void restartClocks(Deciding &deciding);
/// The time of a wait is up; the timer has fired.
void passTimeout(Deciding &deciding, const OpenTimer &timer);
/// A timer step is over; the timer has fired.
void passTimer(Deciding &deciding, const OpenTimer &timer);

} // namespace engine

#pragma once

#include "engine/runtime/deciding.h"
#include "engine/runtime/tasks/answer.h"

#include <optional>
#include <string>

namespace engine {

/// An open task with the step that it stands for.
struct StandingTask {
    Sequence task = 0;
    OpenApproval open;
    const Step &step;
    const ApprovalStep &body;
};

/// BrokenInvariant if the task is not open, or its step is no approval.
StandingTask standingTask(const Deciding &deciding, Sequence task);

/// Whether the task takes a kept event: as an answer, or, where its declaration wants that, as the
/// payload that fails it (semantics 2.2).
bool takesAnswer(const Deciding &deciding, Sequence task, const UntakenEvent &event);
/// It takes it. Whether that was the end of the task.
bool takeAnswer(Deciding &deciding, Sequence task, Sequence event);
/// Goes on if the answers decide it.
bool decideTask(Deciding &deciding, Sequence task);
/// The closed task's step is left by an outcome.
void leaveByOutcome(Deciding &deciding, const StandingTask &one, const ApprovalOutcome &outcome);

/// Ends an open task with its timers. Answers that are for it alone and were not taken go with it, by
/// facts of their own: nobody else may take them.
void closeTask(Deciding &deciding, Sequence task, TaskEnd end, const std::string &reason = {});

/// A timer of the task has fired: one of the three below.
void passTaskTimer(Deciding &deciding, const OpenTimer &timer);
void remind(Deciding &deciding, const StandingTask &one);
void escalate(Deciding &deciding, const StandingTask &one);
void passDue(Deciding &deciding, const StandingTask &one);

/// Why an event that has just come is refused: every wait that wants it is a task, and none takes it as
/// an answer. Nothing: somebody takes it, or it is to be kept.
std::optional<Error> whyNoAnswer(
    const Deciding &deciding, const RaiseEvent &event, const JsonText &payload);

} // namespace engine

#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

namespace engine {

// What people do with a task (semantics 6.3, 6.5, 6.6). All of it works while the instance is
// suspended: answers are kept then. Refused are: NotFound, a task that never was; WrongState, one that was
// decided, with who and when, or that another has claimed; Finished, one that was closed otherwise, with
// the reason.

void answerTask(Deciding &deciding, const AnswerTask &message);
void claimTask(Deciding &deciding, const ClaimTask &message);
void reassignTask(Deciding &deciding, const ReassignTask &message);
void commentTask(Deciding &deciding, const CommentTask &message);

} // namespace engine

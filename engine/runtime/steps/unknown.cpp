#include "engine/runtime/steps/steps.h"

namespace engine {

void enter(Deciding &, const BranchPath &, const Step &step, const UnknownStep &body)
{
    throw BrokenInvariant("flow: step '" + step.id.value + "' is of the unknown kind '" +
                          body.kind + "' and was deployed nevertheless");
}

void enter(Deciding &, const BranchPath &, const Step &step, const NoteStep &)
{
    throw BrokenInvariant("flow: something leads to the note '" + step.id.value + "'");
}

} // namespace engine

#include "engine/runtime/steps/steps.h"

namespace engine {

void enter(Deciding &, const BranchPath &, const Step &step, const UnknownStep &body)
{
    throw BrokenInvariant("flow: step '" + step.id.value + "' is of the unknown kind '" +
                          body.kind + "' and was deployed nevertheless");
}

} // namespace engine

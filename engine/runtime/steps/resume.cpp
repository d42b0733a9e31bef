#include "engine/runtime/interrupts.h"
#include "engine/runtime/steps/steps.h"

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ResumeStep &)
{
    deciding.add(StepLeft{.branch = branch, .step = step.id, .way = "resume"});
    endHandler(deciding, branch);
}

} // namespace engine

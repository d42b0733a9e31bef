#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const EndStep &body)
{
    std::variant<JsonText, Failure> output;
    if (body.output)
        output = deciding.fill(*body.output, {branch, step.id, "output"});
    if (auto *failure = std::get_if<Failure>(&output))
        return deciding.failStep(branch, step, std::move(*failure));
    deciding.add(StepLeft{.branch = branch, .step = step.id, .way = "end"});
    deciding.closeEverything();
    deciding.add(ExecutionCompleted{.output = std::get<JsonText>(std::move(output))});
}

} // namespace engine

#include "engine/runtime/event_payload.h"
#include "engine/runtime/filled.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(
    Deciding &deciding, const BranchPath &branch, const Step &step, const ContinueAsNewStep &body)
{
    std::variant<JsonText, Failure> filled = deciding.state().input;
    if (body.input)
        filled = deciding.fill(*body.input, {branch, step.id, "input"});
    if (auto *failure = std::get_if<Failure>(&filled))
        return deciding.failStep(branch, step, std::move(*failure));
    auto input = std::get<JsonText>(std::move(filled));
    const auto &schema = deciding.flow().flow().input;
    if (const auto faults = schema ? validate(*schema, input) : std::vector<SchemaFault>();
        !faults.empty()) {
        return deciding.failStep(branch, step,
            {.type = "ValidationError",
                .message = "the input of the next run does not match the flow: " + sentence(faults),
                .details = JsonText::trusted(
                    "{\"pointer\":" + JsonText::ofString(faults.front().pointer).text() + "}"),
                .retriable = false});
    }
    deciding.add(StepLeft{.branch = branch, .step = step.id, .way = "continueAsNew"});
    deciding.continueAsNew(std::move(input));
}

} // namespace engine

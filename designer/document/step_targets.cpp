#include "designer/document/step_targets.h"

#include "engine/base/overloaded.h"

#include <vector>

namespace designer {
namespace {

void map(engine::StepId &target, const Retarget &retarget)
{
    if (!target.empty())
        target = retarget(target);
}

void mapErrors(engine::Step &step, const Retarget &retarget)
{
    std::erase_if(step.onError, [&](auto &way) {
        const bool ledSomewhere = !way.second.empty();
        map(way.second, retarget);
        return ledSomewhere && way.second.empty();
    });
}

void mapUnknown(engine::Step &step, const Retarget &retarget)
{
    for (const engine::Transition &way : engine::transitionsFrom(step))
        if (!way.to.empty())
            engine::setTransition(step, way, retarget(way.to));
}

} // namespace

void mapTargets(engine::Step &step, const Retarget &retarget)
{
    if (std::holds_alternative<engine::UnknownStep>(step.body)) {
        mapUnknown(step, retarget);
        return;
    }
    std::visit(engine::Overloaded{
                   [&](engine::WaitStep &body) {
                       for (auto &[event, to] : body.events)
                           map(to, retarget);
                       map(body.onTimeout, retarget);
                       map(body.next, retarget);
                   },
                   [&](engine::ChoiceStep &body) {
                       for (engine::ChoiceCase &each : body.cases)
                           map(each.next, retarget);
                       map(body.otherwise, retarget);
                   },
                   [&](engine::ParallelStep &body) {
                       for (engine::StepId &branch : body.branches)
                           map(branch, retarget);
                       std::erase(body.branches, engine::StepId());
                       map(body.join, retarget);
                       mapInterrupts(body.interrupts, retarget);
                   },
                   [&](engine::ApprovalStep &body) {
                       for (engine::ApprovalOutcome &outcome : body.outcomes)
                           map(outcome.next, retarget);
                       map(body.onTimeout, retarget);
                   },
                   [&](engine::ForEachStep &body) {
                       map(body.first, retarget);
                       map(body.join, retarget);
                   },
                   [](engine::EndStep &) {},
                   [](engine::FailStep &) {},
                   [](engine::ContinueAsNewStep &) {},
                   [](engine::NoteStep &) {},
                   [](engine::UnknownStep &) {},
                   [](engine::ResumeStep &) {},
                   [&](auto &body) { map(body.next, retarget); },
               },
        step.body);
    mapErrors(step, retarget);
}

void mapInterrupts(std::vector<engine::Interrupt> &interrupts, const Retarget &retarget)
{
    for (engine::Interrupt &interrupt : interrupts)
        map(interrupt.next, retarget);
}

} // namespace designer

#include "engine/runtime/filled.h"
#include "engine/runtime/steps/steps.h"
#include "engine/runtime/sub_flows.h"

#include <utility>

namespace engine {
namespace {

/// The id that the step gives, or the one that its next fact makes.
std::variant<InstanceId, Failure> childId(
    Deciding &deciding, const BranchPath &branch, const Step &step, const SubFlowStep &body)
{
    if (const InstanceId &rewound = deciding.state().branches.at(branch).rewinds; !rewound.empty())
        return rewound;
    if (body.id)
        return instanceIdFrom(deciding, *body.id, {branch, step.id, "id"});
    const InstanceState &state = deciding.state();
    return subFlowId(state.run, state.length + 1, deciding.now());
}

/// One that failed and is rewound with the step goes on; all others start.
void begin(Deciding &deciding, const SubFlowScheduled &scheduled, StartInstance start)
{
    Message message{scheduled.instance, {}, {}};
    if (deciding.state().branches.at(scheduled.branch).rewinds.empty()) {
        message.body = std::move(start);
    } else {
        message.body = RewindInstance{"instance '" + start.parent->instance.value + "' was rewound",
            start.source, start.parent, start};
    }
    deciding.act(SendMessage{std::move(message)});
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SubFlowStep &body)
{
    auto flow = textFrom(deciding, body.flow, {branch, step.id, "flow"});
    if (auto *failure = std::get_if<Failure>(&flow))
        return deciding.failStep(branch, step, std::move(*failure));
    auto input = fillOr(deciding, body.input, {branch, step.id, "input"});
    if (auto *failure = std::get_if<Failure>(&input))
        return deciding.failStep(branch, step, std::move(*failure));
    auto id = childId(deciding, branch, step, body);
    if (auto *failure = std::get_if<Failure>(&id))
        return deciding.failStep(branch, step, std::move(*failure));

    SubFlowScheduled scheduled{branch, step.id, std::get<InstanceId>(std::move(id)),
        {std::get<std::string>(std::move(flow))}, body.version,
        std::get<JsonText>(std::move(input)), !body.wait};
    const InstanceState &state = deciding.state();
    const Parent parent{state.instance, state.run, state.length + 1, scheduled.detached};
    begin(deciding, scheduled,
        {scheduled.flow, scheduled.version, scheduled.input, {"instance", state.instance.value},
            parent});
    deciding.add(std::move(scheduled));
}

void finishSubFlow(Deciding &deciding, const SubFlowFinished &finished)
{
    const auto found = deciding.state().subFlows.find(finished.subFlow);
    if (found == deciding.state().subFlows.end())
        return deciding.receive(Reception::Ignored);
    if (deciding.state().suspended != 0 || isHalted(deciding.state(), found->second.branch))
        return deciding.receive(Reception::Held);
    const OpenSubFlow open = found->second;
    const Step *step = deciding.flow().step(open.step);
    const auto *body = step ? std::get_if<SubFlowStep>(&step->body) : nullptr;
    invariant(body, "flow: an instance ended for step '" + open.step.value + "', no sub-flow");
    if (const auto *failure = std::get_if<Failure>(&finished.outcome)) {
        deciding.add(SubFlowFailed{finished.subFlow, *failure});
        return deciding.failStep(open.branch, *step, *failure);
    }
    const Sequence completed = deciding.add(
        SubFlowCompleted{finished.subFlow, std::get<JsonText>(finished.outcome)});
    deciding.leave({.branch = open.branch,
        .step = open.step,
        .way = "next",
        .to = body->next,
        .resultOf = completed});
}

} // namespace engine

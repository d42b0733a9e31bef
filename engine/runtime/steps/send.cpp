#include "engine/runtime/filled.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SendStep &body)
{
    auto target = instanceIdFrom(deciding, body.instance, {branch, step.id, "instance"});
    if (auto *failure = std::get_if<Failure>(&target))
        return deciding.failStep(branch, step, std::move(*failure));
    auto data = fillOr(deciding, body.data, {branch, step.id, "data"});
    if (auto *failure = std::get_if<Failure>(&data))
        return deciding.failStep(branch, step, std::move(*failure));
    const InstanceState &state = deciding.state();
    const EventSent sent{branch, step.id, std::get<InstanceId>(std::move(target)), body.event,
        std::get<JsonText>(std::move(data))};
    const Sequence sequence = deciding.add(sent);
    // The id makes a repetition a duplicate, whoever repeats it.
    deciding.act(SendMessage{{sent.instance, {},
        RaiseEvent{sent.name, sent.payload, toText(ActivityKey{state.run, sequence}), {},
            {"instance", state.instance.value}}}});
    deciding.leave({.branch = branch, .step = step.id, .way = "next", .to = body.next});
}

} // namespace engine

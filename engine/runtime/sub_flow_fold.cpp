#include "engine/runtime/folds.h"

namespace engine {
namespace {

OpenSubFlow removeSubFlow(InstanceState &state, Sequence subFlow)
{
    OpenSubFlow removed =
        knownIn(state.subFlows, subFlow, "history: a fact names a sub-flow that is not open");
    state.open.erase({removed.branch, subFlow});
    state.subFlows.erase(subFlow);
    return removed;
}

} // namespace

void applyTo(InstanceState &state, Sequence sequence, Instant, const SubFlowScheduled &fact)
{
    state.subFlows[sequence] = {fact.branch, fact.step, fact.instance, fact.flow, fact.detached};
    state.open.emplace(fact.branch, sequence);
    branchOf(state, fact.branch).rewinds = {};
}

void applyTo(InstanceState &state, Sequence sequence, Instant, const SubFlowCompleted &fact)
{
    const OpenSubFlow ended = removeSubFlow(state, fact.subFlow);
    branchOf(state, ended.branch).outcomes.push_back({sequence, {}, fact.result});
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const SubFlowFailed &fact)
{
    removeSubFlow(state, fact.subFlow);
    moved(state);
}

void applyTo(InstanceState &state, Sequence, Instant, const SubFlowCanceled &fact)
{
    removeSubFlow(state, fact.subFlow);
}

} // namespace engine

#pragma once

#include "engine/runtime/instance_state.h"

namespace engine {

// How branches, regions and sub-flows come and go: the parts of apply() that fold their facts.

/// The entry of `key`. BrokenInvariant with `what` if there is none.
template<typename Map>
typename Map::mapped_type &knownIn(Map &map, const typename Map::key_type &key, const char *what)
{
    const auto found = map.find(key);
    invariant(found != map.end(), what);
    return found->second;
}

/// Something from outside moved the instance: it is in no tight loop.
void moved(InstanceState &state);
/// BrokenInvariant if it is not live.
BranchState &branchOf(InstanceState &state, const BranchPath &path);
/// The branch goes towards `step`; the fact that says so is `sequence`.
void sendOut(InstanceState &state, const BranchPath &path, const StepId &step, Sequence sequence,
    Instant at);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchOpened &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchCompleted &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const BranchFailed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionJoined &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const RegionFailed &fact);

void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowScheduled &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowCompleted &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowFailed &fact);
void applyTo(InstanceState &state, Sequence sequence, Instant at, const SubFlowCanceled &fact);

} // namespace engine

#pragma once

#include "engine/runtime/decision.h"
#include "engine/runtime/scheduler.h"

#include <string>
#include <utility>
#include <vector>

namespace engine {

/// An effect and whose it is.
struct PendingEffect {
    InstanceId instance;
    RunKey run;
    Effect effect;
};

/// What a turn gathers until its commit. Nothing of it has happened before.
struct TurnInHand {
    Turn turn;
    std::vector<std::pair<MessageAnswered, Result<Accepted>>> answers;
    std::vector<std::pair<FlowDeployed, Result<Deployed>>> deployments;
    std::vector<PendingEffect> effects;
    std::vector<StoredMessage> sent; ///< those of turn.sent that the next turn decides
    std::vector<InstanceId> aside;      ///< whose runs are in turn.setAside
    std::vector<InstanceId> purged;     ///< whose runs are in turn.purged, in that order
};

/// Whether there is nothing to commit.
inline bool isEmpty(const Turn &turn)
{
    return turn.flows.empty() && turn.grants.empty() && turn.instances.empty() &&
           turn.setAside.empty() && turn.sent.empty() && turn.dropped.empty() &&
           turn.undelivered.empty() && turn.undeliveredGone.empty() && turn.correlated.empty() &&
           turn.correlatedGone.empty() && turn.answeredEvents.empty() && turn.audit.empty() &&
           turn.purged.empty() && turn.webhooks.empty() && turn.accessKeys.empty() &&
           turn.grantsGone.empty() && turn.flowsGone.empty();
}

} // namespace engine

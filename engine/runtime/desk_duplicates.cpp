#include "engine/runtime/instance_desk.h"

#include <utility>

// Events that come again under an id that was accepted before (semantics 2.5).

namespace engine {

/// Whether the event was accepted before: then it is answered as it was then. Neither its history nor
/// its flow is needed for that, so it costs the same when the instance is over.
Result<bool> InstanceDesk::isDuplicate(Known known, Queued &queued, TurnInHand &hand)
{
    const auto *event = std::get_if<RaiseEvent>(&queued.message.body);
    if (!event || !event->eventId)
        return false;
    const InstanceId instance = queued.message.instance;
    const auto before = m_eventIds.acceptedBy(instance, event->name, *event->eventId);
    if (!before)
        return before.error();
    if (!*before)
        return false;
    answerAgain(instance, known.run, queued, hand);
    return true;
}

/// The same for an answer to a task: its event is named by the task.
Result<bool> InstanceDesk::isDuplicateAnswer(
    const InstanceState &state, Queued &queued, TurnInHand &hand)
{
    const auto *given = std::get_if<AnswerTask>(&queued.message.body);
    if (!given || !given->eventId)
        return false;
    std::string name;
    if (const auto closed = state.closedApprovals.find(given->task);
        closed != state.closedApprovals.end())
        name = closed->second.event;
    else if (const auto open = state.waits.find(given->task);
             open != state.waits.end() && state.approvals.contains(given->task))
        name = open->second.names.front();
    if (name.empty())
        return false;
    const auto before = m_eventIds.acceptedBy(state.instance, name, *given->eventId);
    if (!before)
        return before.error();
    if (!*before)
        return false;
    answerAgain(state.instance, state.run, queued, hand);
    return true;
}

void InstanceDesk::answerAgain(
    const InstanceId &instance, RunKey run, Queued &queued, TurnInHand &hand)
{
    Decision again{.state = std::make_unique<InstanceState>(), .reception = Reception::Duplicate};
    again.state->instance = instance;
    again.state->run = run;
    adopt(std::move(again), m_parts.clock.now(), {}, queued, hand);
}

} // namespace engine

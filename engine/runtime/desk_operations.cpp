#include "engine/runtime/desk_answers.h"
#include "engine/runtime/instance_desk.h"

#include <algorithm>
#include <iterator>
#include <utility>

// What operators ask of the desk, and what it keeps for instances that halt or are set aside.

namespace engine {

/// An operator sends an event on: to somebody who can take it, or it stays where it is.
Result<void> InstanceDesk::handOn(Queued &queued, TurnInHand &hand)
{
    const InstanceId to = std::get<HandOnEvent>(queued.message.body).to;
    const auto target = lookUp(to);
    if (!target)
        return target.error();
    if (!*target) {
        answer(hand, queued, unknownInstance(to));
        return {};
    }
    if ((*target)->finished) {
        answer(hand, queued,
            Error{ErrorCode::Finished,
                "instance '" + to.value + "' is over; the event stays where it is", {}});
        return {};
    }
    return forward(queued, hand);
}

/// Whoever does something with a task names its run alone.
Result<void> InstanceDesk::forwardToTask(Queued &queued, TurnInHand &hand)
{
    Message &message = queued.message;
    if (!message.instance.empty())
        return forward(queued, hand);
    auto owner = m_parts.store.instanceOf(message.run);
    if (!owner)
        return owner.error();
    if (!*owner) {
        answer(hand, queued,
            Error{ErrorCode::NotFound,
                "there is no run " + std::to_string(message.run.value) + ", and no task of it", {}});
        return {};
    }
    message.instance = **std::move(owner);
    return forward(queued, hand);
}

/// The entry, unless it is gone or this turn has dealt with it: then that is the answer.
Result<std::optional<UndeliveredEvent>> InstanceDesk::findUndelivered(
    std::int64_t id, Queued &queued, TurnInHand &hand)
{
    auto found = m_parts.store.undelivered(id);
    if (!found)
        return found.error();
    const auto &gone = hand.turn.undeliveredGone;
    if (*found && std::ranges::find(gone, id) == gone.end())
        return found;
    answer(hand, queued,
        Error{ErrorCode::NotFound,
            "the log of undelivered events has no entry " + std::to_string(id), {}});
    return std::optional<UndeliveredEvent>();
}

Result<void> InstanceDesk::replayUndelivered(Queued &queued, TurnInHand &hand)
{
    const auto id = std::get<ReplayUndelivered>(queued.message.body).undelivered;
    auto found = findUndelivered(id, queued, hand);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if (queued.message.instance.empty())
        queued.message.instance = (*found)->instance;
    queued.message.body = std::move((*found)->event);
    queued.replays = id;
    return forward(queued, hand);
}

Result<void> InstanceDesk::deleteUndelivered(Queued &queued, TurnInHand &hand)
{
    const auto id = std::get<DeleteUndelivered>(queued.message.body).undelivered;
    const auto found = findUndelivered(id, queued, hand);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    hand.turn.undeliveredGone.push_back(id);
    answer(hand, queued, Accepted{(*found)->instance, {}});
    return {};
}

/// Whether it can be read and its flow is there: then its mark goes, and what was held comes again.
Result<void> InstanceDesk::retry(Known known, Queued &queued, TurnInHand &hand)
{
    const InstanceId &instance = queued.message.instance;
    auto summary = m_parts.store.find(instance);
    if (!summary)
        return summary.error();
    if (!*summary || (*summary)->setAside.empty()) {
        answer(hand, queued,
            Error{ErrorCode::WrongState, "instance '" + instance.value + "' is not set aside", {}});
        return {};
    }
    auto state = take(instance, known.run);
    if (!state)
        return state.error();
    if (*state) {
        const auto flow = m_parts.flows.find((*state)->flow, (*state)->version);
        if (!flow)
            setAside(instance, known.run, flow.error().message);
    }
    if (m_aside.contains(instance)) {
        meetAside(queued, hand);
        return {};
    }
    m_cache.put(**std::move(state));
    m_marks.push_back({instance, {known.run, {}}});
    release(instance);
    answer(hand, queued, Accepted{instance, known.run});
    return {};
}

/// Keeps a message until its instance goes on. A timer stands on disk already; a result would be
/// lost, and its activity would run again.
void InstanceDesk::hold(Queued &queued, TurnInHand &hand)
{
    const Message &message = queued.message;
    if (queued.stored == 0 && !std::holds_alternative<TimerDue>(message.body)) {
        queued.stored = ++m_lastMessage;
        hand.turn.sent.push_back({queued.stored, message});
    }
    answer(hand, queued, Accepted{message.instance, message.run});
    queued.answered = {};
    m_held[message.instance].push_back(std::move(queued));
}

void InstanceDesk::release(const InstanceId &instance)
{
    const auto held = m_held.find(instance);
    if (held == m_held.end())
        return;
    std::ranges::move(held->second, std::back_inserter(m_released));
    m_held.erase(held);
}

} // namespace engine

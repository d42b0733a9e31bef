#include "engine/runtime/correlation.h"
#include "engine/runtime/desk_answers.h"
#include "engine/runtime/instance_desk.h"

#include <algorithm>
#include <utility>

// Events that are kept under their keys, and how they come to those that wait (semantics 10.1).

namespace engine {
namespace {

/// Of those that wait under a key, so many are looked at for one that the event is for.
constexpr int mostOffered = 10'000;

/// Without its payload, which may be large.
JsonText aboutEvent(const CorrelatedEvent &event)
{
    return JsonText::trusted("{\"name\":" + JsonText::ofString(event.event.name).text() +
                             ",\"key\":" + JsonText::ofString(event.keys.front().key).text() + "}");
}

/// The text of it in the audit log; who it is sent to is added later.
AuditEntry entryOf(
    const char *operation, const CorrelatedEvent &event, std::string reason, Source source)
{
    return {.source = std::move(source),
        .operation = operation,
        .about = "kept/" + std::to_string(event.id),
        .before = aboutEvent(event),
        .reason = std::move(reason)};
}

} // namespace

/// How the version of a waiting instance declares the event, if it reads its key by this
/// expression; else nullptr.
const EventDeclaration *InstanceDesk::correlated(
    const KeyedWait &wait, const std::string &name, const EventKey &key) const
{
    const auto flow = m_parts.flows.find(wait.flow, wait.version);
    const EventDeclaration *event = flow ? (*flow)->correlated(name) : nullptr;
    return event && event->correlate->event.source == key.expression ? event : nullptr;
}

/// The oldest event that is kept under the key goes to the instance that has waited longest for it,
/// if there is one: it is decided before everything that waits, so that events under one key keep
/// their order.
Result<void> InstanceDesk::offerKept(const std::string &name, const EventKey &key)
{
    auto kept = m_keys.oldestKept(name, key);
    if (!kept)
        return kept.error();
    if (!*kept)
        return {};
    const auto waits = m_keys.waiting(name, key.key, mostOffered);
    if (!waits)
        return waits.error();
    const auto fits = std::ranges::find_if(*waits, [&](const KeyedWait &wait) {
        return correlated(wait, name, key) && !m_aside.contains(wait.instance);
    });
    if (fits == waits->end())
        return {};
    const CorrelatedEvent &event = **kept;
    m_keys.setUnderWay(event.id, true);
    m_released.push_back({.message = {fits->instance, {}, eventUnder(event.event, key.key)},
        .correlated = event.id,
        .expression = key.expression});
    return {};
}

/// Waits that a decision opened, or that go on after an event, take what is kept for them.
Result<void> InstanceDesk::noteKeys(const InstanceCommit &commit)
{
    const auto flow = m_parts.flows.find(commit.summary.flow, commit.summary.version);
    if (!flow || !(*flow)->correlates())
        return {};
    const IndexChanges changes = indexChanges(commit.row);
    m_keys.note(commit, changes);
    for (const KeyRow &opened : changes.keysOpened) {
        const EventDeclaration *event = (*flow)->correlated(opened.name);
        if (!event)
            continue;
        if (auto done = offerKept(opened.name, {event->correlate->event.source, opened.key}); !done)
            return done;
    }
    return {};
}

/// An instance that was set aside goes on: it was passed over meanwhile.
Result<void> InstanceDesk::offerKeptTo(const InstanceState &state)
{
    std::vector<std::pair<std::string, std::string>> keys;
    for (const auto &[sequence, wait] : state.waits)
        keys.insert(keys.end(), wait.keys.begin(), wait.keys.end());
    for (const auto &[sequence, correlation] : state.correlations)
        keys.insert(keys.end(), correlation.keys.begin(), correlation.keys.end());
    const auto flow = m_parts.flows.find(state.flow, state.version);
    for (const auto &[name, key] : keys) {
        const EventDeclaration *event = flow ? (*flow)->correlated(name) : nullptr;
        if (!event)
            continue;
        if (auto done = offerKept(name, {event->correlate->event.source, key}); !done)
            return done;
    }
    return {};
}

/// A kept event is offered to an instance. If that takes it, it is kept no longer, and the next one
/// may come; else it goes to whoever waits besides.
Result<void> InstanceDesk::receiveKept(Queued &queued, TurnInHand &hand)
{
    const auto event = std::get<RaiseEvent>(queued.message.body);
    const EventKey key{queued.expression, event.key};
    auto done = forward(queued, hand);
    m_keys.setUnderWay(queued.correlated, false);
    if (!done)
        return done;
    return offerKept(foldedEventName(event.name), key);
}

/// The event, unless it is gone or on its way to an instance: then that is the answer.
Result<std::optional<CorrelatedEvent>> InstanceDesk::findKept(
    std::int64_t id, Queued &queued, TurnInHand &hand)
{
    auto found = m_keys.event(id);
    if (!found || (*found && !m_keys.isUnderWay(id)))
        return found;
    answer(hand, queued,
        Error{ErrorCode::NotFound,
            "no event " + std::to_string(id) +
                " is kept under a key; it was taken, has expired or was never there",
            {}});
    return std::optional<CorrelatedEvent>();
}

/// An operator takes away what is kept: for an instance, or under its key.
Result<void> InstanceDesk::deleteKept(Queued &queued, TurnInHand &hand)
{
    if (!queued.message.instance.empty())
        return forward(queued, hand);
    auto &order = std::get<DeleteKeptEvent>(queued.message.body);
    const auto event = findKept(order.event, queued, hand);
    if (!event)
        return event.error();
    if (!*event)
        return {};
    m_keys.remove(order.event, hand.turn);
    AuditEntry entry =
        entryOf("deleteKept", **event, std::move(order.reason), std::move(order.source));
    entry.at = m_parts.clock.now();
    hand.turn.audit.push_back(std::move(entry));
    answer(hand, queued, Accepted{});
    return {};
}

/// An operator says who is to take what is kept under a key. It goes without the key, as any event
/// for an instance; what that does not take stays where it is.
Result<void> InstanceDesk::handOnKept(Queued &queued, TurnInHand &hand)
{
    auto order = std::get<HandOnEvent>(queued.message.body);
    auto event = findKept(order.event, queued, hand);
    if (!event)
        return event.error();
    if (!*event)
        return {};
    const auto there = isThere(order.to, queued, hand);
    if (!there)
        return there.error();
    if (!*there)
        return {};
    queued.audit = std::make_unique<AuditEntry>(
        entryOf("handOn", **event, std::move(order.reason), std::move(order.source)));
    queued.audit->after = JsonText::trusted(
        "{\"instance\":" + JsonText::ofString(order.to.value).text() + "}");
    queued.correlated = order.event;
    queued.message.instance = std::move(order.to);
    queued.message.body = eventUnder((*event)->event, {});
    return forward(queued, hand);
}

Result<void> InstanceDesk::recoverKept(const Recovered &recovered)
{
    m_keys.recover(recovered.correlated);
    const auto deliverable = m_keys.deliverable();
    if (!deliverable)
        return deliverable.error();
    for (const auto &[name, key] : *deliverable) {
        if (auto done = offerKept(name, key); !done)
            return done;
    }
    return {};
}

/// Events whose time is up go to the log of undelivered events.
Result<void> InstanceDesk::expireKept(std::size_t most, TurnInHand &hand)
{
    const Instant now = m_parts.clock.now();
    std::vector<std::int64_t> expired = m_keys.expired(now);
    expired.resize(std::min(expired.size(), most));
    for (const std::int64_t id : expired) {
        const auto event = m_keys.event(id);
        if (!event)
            return event.error();
        if (*event)
            hand.turn.undelivered.push_back({0, {},
                eventUnder((*event)->event, (*event)->keys.front().key),
                "no instance waited under " + keyList((*event)->keys) + " within its time to live",
                now});
        m_keys.remove(id, hand.turn);
    }
    return {};
}

} // namespace engine

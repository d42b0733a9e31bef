#include "engine/runtime/desk_answers.h"
#include "engine/runtime/instance_desk.h"

#include <algorithm>
#include <string>

// What operators set, and what goes into the audit log alone: nothing of it is about one instance.

namespace engine {

/// Its definition names the secret, whose value is nowhere here.
Result<void> InstanceDesk::setWebhook(Queued &queued, TurnInHand &hand)
{
    const auto &webhook = std::get<SetWebhook>(queued.message.body);
    const Instant now = m_parts.clock.now();
    hand.turn.webhooks.push_back({webhook.path, now, webhook.text});
    const bool goes = webhook.text.empty();
    hand.turn.audit.push_back({.at = now,
        .source = webhook.source,
        .operation = goes ? "removeWebhook" : "setWebhook",
        .about = "webhook/" + webhook.path,
        .after = goes ? JsonText() : JsonText::trusted(webhook.text)});
    answer(hand, queued, Accepted{});
    return {};
}

/// The digest is nobody's business: the entry of the audit log says what the key opens.
Result<void> InstanceDesk::setAccessKey(Queued &queued, TurnInHand &hand)
{
    const auto &key = std::get<SetAccessKey>(queued.message.body);
    hand.turn.accessKeys.push_back({key.label, key.scope, key.digest, key.at});
    const bool goes = key.digest.empty();
    hand.turn.audit.push_back({.at = key.at,
        .source = key.source,
        .operation = goes ? "revokeKey" : "makeKey",
        .about = "key/" + key.label,
        .after = goes ? JsonText() : JsonText::ofString(key.scope)});
    answer(hand, queued, Accepted{});
    return {};
}

/// What the flow may do from now on; a running instance that does more meets NotAllowed (semantics 5.6).
Result<void> InstanceDesk::setGrant(Queued &queued, TurnInHand &hand)
{
    const auto order = std::get<SetGrant>(queued.message.body);
    const auto done = order.allows ? m_parts.flows.allow(order, m_parts.clock.now(), hand.turn)
                                   : m_parts.flows.revoke(order, m_parts.clock.now(), hand.turn);
    answer(hand, queued, done ? Result<Accepted>(Accepted{}) : Result<Accepted>(done.error()));
    return {};
}

/// One that no instance is of, also none that began in this turn.
Result<void> InstanceDesk::removeFlowVersion(Queued &queued, TurnInHand &hand)
{
    const auto order = std::get<RemoveFlowVersion>(queued.message.body);
    const auto stored = m_parts.store.instancesOf(order.flow, order.version);
    if (!stored)
        return stored.error();
    const auto begun = std::ranges::count_if(hand.turn.instances, [&](const InstanceCommit &one) {
        return one.row.first == 1 && one.summary.flow == order.flow &&
               one.summary.version == order.version;
    });
    if (const std::int64_t uses = *stored + begun; uses > 0) {
        answer(hand, queued,
            Error{ErrorCode::WrongState,
                std::to_string(uses) + (uses == 1 ? " instance is" : " instances are") +
                    " of version " + std::to_string(order.version) + " of flow '" +
                    order.flow.value + "', live or finished; purge them first",
                {}});
        return {};
    }
    const auto removed = m_parts.flows.remove(order, m_parts.clock.now(), hand.turn);
    answer(hand, queued, removed ? Result<Accepted>(Accepted{}) : Result<Accepted>(removed.error()));
    return {};
}

Result<void> InstanceDesk::noteOperation(Queued &queued, TurnInHand &hand)
{
    const auto &note = std::get<NoteOperation>(queued.message.body);
    hand.turn.audit.push_back({.at = m_parts.clock.now(),
        .source = note.source,
        .operation = note.operation,
        .about = note.about,
        .after = note.after,
        .reason = note.reason});
    answer(hand, queued, Accepted{});
    return {};
}

} // namespace engine

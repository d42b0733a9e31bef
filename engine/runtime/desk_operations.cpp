#include "engine/runtime/desk_answers.h"
#include "engine/runtime/instance_desk.h"
#include "engine/runtime/rewind.h"
#include "engine/runtime/sub_flows.h"
#include "engine/runtime/summary.h"

#include <algorithm>
#include <iterator>
#include <utility>

// What operators ask of the desk, and what it keeps for instances that halt or are set aside.

namespace engine {
namespace {

/// Without its payload, which may be large.
JsonText aboutEvent(const UndeliveredEvent &event)
{
    return JsonText::trusted("{\"instance\":" + JsonText::ofString(event.instance.value).text() +
                             ",\"name\":" + JsonText::ofString(event.event.name).text() +
                             ",\"reason\":" + JsonText::ofString(event.reason).text() + "}");
}

/// Whether that parent, in that run, started the instance.
bool isChildOf(const InstanceState &state, const Parent &parent)
{
    return state.parent && state.parent->instance == parent.instance &&
           state.parent->run == parent.run;
}

} // namespace

/// Whether an instance can take an event that an operator sends on; if not, that is the answer.
Result<bool> InstanceDesk::isThere(const InstanceId &target, Queued &queued, TurnInHand &hand)
{
    const auto known = lookUp(target);
    if (!known)
        return known.error();
    if (*known && !(*known)->finished)
        return true;
    if (!*known)
        answer(hand, queued, unknownInstance(target));
    else
        answer(hand, queued,
            Error{ErrorCode::Finished,
                "instance '" + target.value + "' is over; the event stays where it is", {}});
    return false;
}

/// An operator sends an event on: to somebody who can take it, or it stays where it is.
Result<void> InstanceDesk::handOn(Queued &queued, TurnInHand &hand)
{
    if (queued.message.instance.empty())
        return handOnKept(queued, hand);
    const auto there = isThere(std::get<HandOnEvent>(queued.message.body).to, queued, hand);
    if (!there)
        return there.error();
    return *there ? forward(queued, hand) : Result<void>();
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
    const Source source = std::get<ReplayUndelivered>(queued.message.body).source;
    queued.audit = std::make_unique<AuditEntry>(AuditEntry{.source = source,
        .operation = "replayUndelivered",
        .about = "undelivered/" + std::to_string(id),
        .before = aboutEvent(**found)});
    queued.replays = id;
    RaiseEvent &event = (*found)->event;
    if (queued.message.instance.empty()) { // it was for whoever waits under its key
        queued.message.body = RaiseCorrelated{std::move(event.name), std::move(event.payload),
            std::move(event.key), std::move(event.eventId), std::move(event.source)};
        return raiseCorrelated(queued, hand);
    }
    event.key.clear(); // an operator says who is to take it
    queued.message.body = std::move(event);
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
    hand.turn.audit.push_back({.at = m_parts.clock.now(),
        .source = std::get<DeleteUndelivered>(queued.message.body).source,
        .operation = "deleteUndelivered",
        .instance = (*found)->instance,
        .about = "undelivered/" + std::to_string(id),
        .before = aboutEvent(**found)});
    answer(hand, queued, Accepted{(*found)->instance, {}});
    return {};
}

/// How the instance was started, and what the audit log says of it; nothing if it is unknown. What is in
/// memory is newer than the disk.
Result<std::optional<StartInstance>> InstanceDesk::startOf(
    const InstanceId &instance, AuditEntry &entry)
{
    std::optional<InstanceSummary> summary;
    if (const InstanceState *state = m_cache.find(instance)) {
        summary = summaryOf(*state);
    } else {
        auto found = m_parts.store.find(instance);
        if (!found)
            return found.error();
        summary = *std::move(found);
    }
    if (!summary || m_purged.contains(summary->run))
        return std::optional<StartInstance>();
    entry.instance = instance;
    entry.run = summary->run;
    entry.flow = summary->flow;
    entry.before =
        JsonText::trusted("{\"status\":\"" + std::string(toText(summary->status)) + "\"}");
    return std::optional(StartInstance{summary->flow, summary->version, summary->input, {}, {}});
}

/// From here on it is a start like any other.
Result<void> InstanceDesk::restart(Queued &queued, TurnInHand &hand)
{
    const InstanceId instance = queued.message.instance;
    const auto order = std::get<RestartInstance>(queued.message.body);
    AuditEntry entry{.source = order.source, .operation = "restart", .reason = order.reason};
    auto found = startOf(instance, entry);
    if (!found)
        return found.error();
    if (!*found) {
        answer(hand, queued, unknownInstance(instance));
        return {};
    }
    (*found)->source = order.source;
    queued.message = {order.as, {}, **std::move(found)};
    queued.audit = std::make_unique<AuditEntry>(std::move(entry));
    return start(queued, hand);
}

/// One that is over, or that is set aside and may never be read again, goes with all that belongs to
/// it. What was held for it has nobody to go to.
Result<void> InstanceDesk::purge(Queued &queued, TurnInHand &hand)
{
    const InstanceId instance = queued.message.instance;
    const auto known = lookUp(instance);
    if (!known)
        return known.error();
    if (!*known) {
        meetUnknown(queued, hand);
        return {};
    }
    if (queued.message.run != RunKey() && queued.message.run != (*known)->run) {
        drop(queued, hand);
        return {};
    }
    if (!(*known)->finished && !m_aside.contains(instance)) {
        answer(hand, queued,
            Error{ErrorCode::WrongState,
                "instance '" + instance.value + "' is live; terminate it first", {}});
        return {};
    }
    const auto &order = std::get<PurgeInstance>(queued.message.body);
    AuditEntry entry{.at = m_parts.clock.now(),
        .source = order.source,
        .operation = "purge",
        .reason = order.reason};
    if (auto found = startOf(instance, entry); !found)
        return found.error();
    hand.turn.audit.push_back(std::move(entry));
    removeAll(instance, (*known)->run, hand);
    answer(hand, queued, Accepted{instance, (*known)->run});
    return {};
}

void InstanceDesk::removeAll(const InstanceId &instance, RunKey run, TurnInHand &hand)
{
    hand.turn.purged.push_back(run);
    hand.purged.push_back(instance);
    m_purged.insert(run);
    m_eventIds.forget(instance, run);
    m_cache.take(instance);
    m_aside.erase(instance);
    const auto held = m_held.find(instance);
    if (held == m_held.end())
        return;
    for (const Queued &one : held->second) {
        if (one.stored != 0)
            hand.turn.dropped.push_back(one.stored);
    }
    m_held.erase(held);
}

Result<void> InstanceDesk::expire(const FinishedRun &run, TurnInHand &hand)
{
    const auto known = lookUp(run.instance);
    if (!known)
        return known.error();
    if (*known && (*known)->run == run.run && (*known)->finished)
        removeAll(run.instance, run.run, hand);
    return {};
}

/// One that failed tries again. As a sub-flow it does so for the parent that is rewound.
Result<void> InstanceDesk::rewind(Queued &queued, TurnInHand &hand)
{
    if (isAside(queued, hand))
        return {};
    const auto known = lookUp(queued.message.instance);
    if (!known)
        return known.error();
    if (*known)
        return rewindFailed(**known, queued, hand);
    if (std::get<RewindInstance>(queued.message.body).otherwise)
        return startInstead(queued, hand);
    meetUnknown(queued, hand);
    return {};
}

Result<void> InstanceDesk::rewindFailed(Known known, Queued &queued, TurnInHand &hand)
{
    const InstanceId instance = queued.message.instance;
    auto rows = m_parts.store.history(known.run);
    if (!rows && rows.error().code != ErrorCode::Damaged)
        return rows.error();
    OwnedState state;
    try {
        invariant(bool(rows), rows ? "" : rows.error().message);
        for (const InstanceCommit &commit : hand.turn.instances) {
            if (commit.row.run == known.run)
                rows->push_back(commit.row);
        }
        state = beforeFailure(*rows);
    } catch (const std::exception &fault) {
        setAside(instance, known.run, fault.what());
        meetAside(queued, hand);
        return {};
    }
    const auto &parent = std::get<RewindInstance>(queued.message.body).parent;
    if (!state || (parent && !isChildOf(*state, *parent)))
        return meetNotFailed(known, queued, hand);
    const auto flow = m_parts.flows.find(state->flow, state->version);
    if (!flow) {
        setAside(instance, known.run, flow.error().message);
        meetAside(queued, hand);
        return {};
    }
    m_cache.take(instance);
    queued.rows = &*rows;
    decideOn(**flow, std::move(state), {}, queued, hand);
    queued.rows = nullptr;
    return {};
}

/// Nothing failed there that could be tried again. A sub-flow that has ended well meanwhile has its
/// output for its parent; any other starts anew for it.
Result<void> InstanceDesk::meetNotFailed(Known known, Queued &queued, TurnInHand &hand)
{
    const InstanceId &instance = queued.message.instance;
    const auto order = std::get<RewindInstance>(queued.message.body);
    if (!order.parent) {
        answer(hand, queued,
            Error{ErrorCode::WrongState,
                "instance '" + instance.value + "' has not failed; only a failed one can be rewound",
                {}});
        return {};
    }
    auto state = take(instance, known.run);
    if (!state)
        return state.error();
    if (!*state) {
        meetAside(queued, hand);
        return {};
    }
    const bool ended =
        (*state)->status == InstanceStatus::Completed && isChildOf(**state, *order.parent);
    const JsonText output = (*state)->output;
    m_cache.put(*std::move(state));
    if (!ended)
        return startInstead(queued, hand);
    send(toParent(*order.parent, output), hand);
    if (queued.stored != 0)
        hand.turn.dropped.push_back(queued.stored);
    answer(hand, queued, Accepted{instance, known.run});
    return {};
}

Result<void> InstanceDesk::startInstead(Queued &queued, TurnInHand &hand)
{
    const auto start = std::get<RewindInstance>(queued.message.body).otherwise;
    invariant(start.has_value(), "rewind: a sub-flow has nothing to start with");
    queued.message.body = *start;
    return this->start(queued, hand);
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
    const auto &order = std::get<RetryInstance>(queued.message.body);
    audit({.source = order.source,
              .operation = "retry",
              .before = JsonText::trusted(
                  "{\"setAside\":" + JsonText::ofString((*summary)->setAside).text() + "}"),
              .reason = order.reason},
        **state, m_parts.clock.now(), hand);
    if (auto offered = offerKeptTo(**state); !offered)
        return offered;
    m_cache.put(*std::move(state));
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

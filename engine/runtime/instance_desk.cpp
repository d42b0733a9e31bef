#include "engine/runtime/instance_desk.h"

#include "engine/base/overloaded.h"
#include "engine/runtime/desk_answers.h"
#include "engine/runtime/instance_ids.h"
#include "engine/runtime/interpreter.h"
#include "engine/runtime/sub_flows.h"
#include "engine/runtime/summary.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace engine {

InstanceDesk::InstanceDesk(Parts parts, const SchedulerLimits &limits)
    : m_parts(parts)
    , m_limits{.stepsPerDecision = limits.stepsPerDecision,
          .time = limits.decisionTime,
          .stepsWithoutWait = limits.stepsWithoutWait}
    , m_factsPerSnapshot(limits.factsPerSnapshot)
    , m_cache(limits.cachedInstances)
    , m_keys(parts.store)
    , m_eventIds(parts.store)
{}

void InstanceDesk::recover(RunKey lastRun, std::int64_t lastMessage)
{
    m_lastRun = lastRun;
    m_lastMessage = lastMessage;
}

Result<std::optional<ActivityRequest>> InstanceDesk::openAttempt(const OpenWork &work)
{
    auto state = take(work.instance, work.run);
    if (!state)
        return state.error();
    if (!*state)
        return std::optional<ActivityRequest>();
    std::optional<ActivityRequest> request;
    const auto flow = m_parts.flows.find((*state)->flow, (*state)->version);
    if (!flow) {
        setAside(work.instance, work.run, flow.error().message);
        return request;
    }
    try {
        const Given given{
            **flow, m_parts.clock.now(), m_parts.expressions, m_limits, m_parts.clock};
        Deciding deciding(given, *std::move(state));
        request = deciding.request(work.task);
        m_cache.put(std::move(deciding).finish().state);
    } catch (const std::exception &fault) {
        setAside(work.instance, work.run, fault.what());
    }
    return request;
}

bool InstanceDesk::allows(const ActivityRequest &request) const
{
    const InstanceState *state = m_cache.find(request.instance);
    if (!state)
        return false;
    const auto flow = m_parts.flows.find(state->flow, state->version);
    return flow && (*flow)->allows(request.activity);
}

Result<void> InstanceDesk::receive(Queued queued, TurnInHand &hand)
{
    auto received = queued.correlated != 0 ? receiveKept(queued, hand) : pass(queued, hand);
    return m_fault ? Result<void>(*m_fault) : received;
}

/// To whom its kind says.
Result<void> InstanceDesk::pass(Queued &queued, TurnInHand &hand)
{
    return std::visit(
        Overloaded{
            [&](const StartInstance &) { return start(queued, hand); },
            [&](const PurgeInstance &) { return purge(queued, hand); },
            [&](const RewindInstance &) { return rewind(queued, hand); },
            [&](const RestartInstance &) { return restart(queued, hand); },
            [&](const SetWebhook &) { return setWebhook(queued, hand); },
            [&](const SetAccessKey &) { return setAccessKey(queued, hand); },
            [&](const SetGrant &) { return setGrant(queued, hand); },
            [&](const RemoveFlowVersion &) { return removeFlowVersion(queued, hand); },
            [&](const NoteOperation &) { return noteOperation(queued, hand); },
            [&](const RaiseCorrelated &) { return raiseCorrelated(queued, hand); },
            [&](const DeleteKeptEvent &) { return deleteKept(queued, hand); },
            [&](const HandOnEvent &) { return handOn(queued, hand); },
            [&](const ReplayUndelivered &) { return replayUndelivered(queued, hand); },
            [&](const DeleteUndelivered &) { return deleteUndelivered(queued, hand); },
            [&](const AnyOf<AnswerTask, ClaimTask, ReassignTask, CommentTask> auto &) {
                return forwardToTask(queued, hand);
            },
            [&](const auto &) { return forward(queued, hand); },
        },
        queued.message.body);
}

void InstanceDesk::markSetAside(TurnInHand &hand)
{
    for (auto &[instance, mark] : std::exchange(m_marks, {})) {
        hand.aside.push_back(std::move(instance));
        hand.turn.setAside.push_back(std::move(mark));
    }
}

void InstanceDesk::committed()
{
    m_cache.trim();
    m_keys.committed();
    m_eventIds.committed();
    m_purged.clear();
}

/// The current run of an instance, from memory or from disk.
Result<std::optional<InstanceDesk::Known>> InstanceDesk::lookUp(const InstanceId &instance)
{
    if (const InstanceState *state = m_cache.find(instance))
        return std::optional(Known{state->run, isFinished(*state)});
    auto summary = m_parts.store.find(instance);
    if (!summary)
        return summary.error();
    if (!*summary || m_purged.contains((*summary)->run))
        return std::optional<Known>();
    return std::optional(Known{(*summary)->run, isFinished((*summary)->status)});
}

Result<void> InstanceDesk::start(Queued &queued, TurnInHand &hand)
{
    const auto &body = std::get<StartInstance>(queued.message.body);
    const InstanceId &instance = queued.message.instance;
    if (auto right = checkInstanceId(instance); !right) {
        refuseStart(right.error(), queued, hand);
        return {};
    }
    const auto flow = m_parts.flows.find(body.flow, body.version);
    if (!flow) {
        refuseStart(flow.error(), queued, hand);
        return {};
    }
    std::optional<Known> known;
    if (!queued.freshId) {
        auto found = lookUp(instance);
        if (!found)
            return found.error();
        known = *found;
    }
    const auto aside = m_aside.find(instance);
    const bool asideNow = aside != m_aside.end() && aside->second.turn == m_parts.statistics.turns;
    if (asideNow || (known && !known->finished)) {
        refuseStart({ErrorCode::AlreadyExists,
                        "instance '" + instance.value +
                            "' is running; choose another id or terminate it",
                        {}},
            queued, hand);
        return {};
    }
    auto state = std::make_unique<InstanceState>();
    state->instance = instance;
    state->run = {m_lastRun.value + 1};
    decideOn(**flow, std::move(state), known ? known->run : RunKey(), queued, hand);
    return {};
}

/// Whoever asked for it hears why: a caller, or the sub-flow step of another instance.
void InstanceDesk::refuseStart(Error why, Queued &queued, TurnInHand &hand)
{
    const auto &start = std::get<StartInstance>(queued.message.body);
    if (start.parent)
        send(toParent(*start.parent, startFailure(queued.message.instance, start, why)), hand);
    if (queued.stored != 0)
        hand.turn.dropped.push_back(queued.stored);
    answer(hand, queued, std::move(why));
}

Result<void> InstanceDesk::forward(Queued &queued, TurnInHand &hand)
{
    const Message &message = queued.message;
    if (isAside(queued, hand))
        return {};
    auto known = lookUp(message.instance);
    if (!known)
        return known.error();
    if (!*known) {
        meetUnknown(queued, hand);
        return {};
    }
    return forwardTo(**known, queued, hand);
}

Result<void> InstanceDesk::forwardTo(Known known, Queued &queued, TurnInHand &hand)
{
    const Message &message = queued.message;
    if (message.run.value != 0 && message.run != known.run) {
        drop(queued, hand);
        return {};
    }
    if (std::holds_alternative<RetryInstance>(message.body))
        return retry(known, queued, hand);
    if (const auto duplicate = isDuplicate(known, queued, hand); !duplicate || *duplicate)
        return duplicate ? Result<void>() : duplicate.error();
    auto state = take(message.instance, known.run);
    if (!state)
        return state.error();
    if (!*state) {
        meetAside(queued, hand);
        return {};
    }
    if (const auto duplicate = isDuplicateAnswer(**state, queued, hand); !duplicate || *duplicate) {
        m_cache.put(*std::move(state));
        return duplicate ? Result<void>() : duplicate.error();
    }
    const auto flow = m_parts.flows.find((*state)->flow, (*state)->version);
    if (flow) {
        decideOn(**flow, *std::move(state), {}, queued, hand);
        return {};
    }
    setAside(message.instance, known.run, flow.error().message);
    meetAside(queued, hand);
    return {};
}

/// Whether the instance is set aside, so that the message cannot be decided. Who terminates or
/// retries it tries again.
bool InstanceDesk::isAside(Queued &queued, TurnInHand &hand)
{
    const auto aside = m_aside.find(queued.message.instance);
    if (aside == m_aside.end())
        return false;
    const bool asked = std::holds_alternative<TerminateInstance>(queued.message.body) ||
                       std::holds_alternative<RetryInstance>(queued.message.body);
    if (!asked || aside->second.turn == m_parts.statistics.turns) {
        meetAside(queued, hand);
        return true;
    }
    m_aside.erase(aside);
    return false;
}

/// Nobody is told about our own messages, so they wait until it can go on.
void InstanceDesk::meetAside(Queued &queued, TurnInHand &hand)
{
    const bool ours = queued.stored != 0 ||
                      std::holds_alternative<TimerDue>(queued.message.body) ||
                      std::holds_alternative<ActivityFinished>(queued.message.body);
    if (ours)
        return hold(queued, hand);
    const InstanceId &instance = queued.message.instance;
    answer(hand, queued, asideError(instance, m_aside[instance].reason));
}

void InstanceDesk::meetUnknown(Queued &queued, TurnInHand &hand)
{
    const InstanceId instance = queued.message.instance;
    const bool ours = std::holds_alternative<TimerDue>(queued.message.body) ||
                      std::holds_alternative<ActivityFinished>(queued.message.body) ||
                      std::holds_alternative<GoOn>(queued.message.body);
    if (ours)
        return drop(queued, hand);
    if (std::holds_alternative<RaiseEvent>(queued.message.body))
        logUndelivered(instance, "unknown instance", m_parts.clock.now(), queued, hand);
    if (queued.stored != 0)
        hand.turn.dropped.push_back(queued.stored);
    answer(hand, queued, unknownInstance(instance));
}

/// The event reached nobody. One that is in the log already stays there as it is.
void InstanceDesk::logUndelivered(const InstanceId &instance, const std::string &reason,
    Instant now, Queued &queued, TurnInHand &hand)
{
    if (queued.replays == 0) {
        hand.turn.undelivered.push_back(
            {0, instance, std::get<RaiseEvent>(queued.message.body), reason, now});
    }
}

void InstanceDesk::send(Message message, TurnInHand &hand)
{
    hand.sent.push_back({++m_lastMessage, std::move(message)});
    hand.turn.sent.push_back(hand.sent.back());
}

void InstanceDesk::decideOn(const RunnableFlow &flow, OwnedState state, RunKey replaces,
    Queued &queued, TurnInHand &hand)
{
    const InstanceId instance = state->instance;
    const RunKey run = state->run;
    const bool starts = state->length == 0;
    const Instant now = m_parts.clock.now();
    ++m_parts.statistics.decisions;
    std::optional<Decision> decision;
    try {
        decision =
            decide({flow, now, m_parts.expressions, m_limits, m_parts.clock, queued.rows},
                std::move(state),
                queued.message);
    } catch (const std::exception &fault) {
        if (starts)
            return refuseStart(asideError(instance, fault.what()), queued, hand);
        setAside(instance, run, fault.what());
        return meetAside(queued, hand);
    }
    adopt(*std::move(decision), now, replaces, queued, hand);
}

void InstanceDesk::adopt(
    Decision decision, Instant now, RunKey replaces, Queued &queued, TurnInHand &hand)
{
    const Accepted accepted{
        decision.state->instance, decision.state->run, decision.reception == Reception::Duplicate};
    if (decision.reception == Reception::Held) {
        m_cache.put(std::move(decision.state));
        return hold(queued, hand);
    }
    if (std::holds_alternative<RaiseEvent>(queued.message.body))
        meetEvent(decision, now, queued, hand);
    if (decision.reception == Reception::Ignored &&
        std::holds_alternative<ActivityFinished>(queued.message.body))
        ++m_parts.statistics.ignoredResults;

    for (LoggedEvent &logged : decision.logged) {
        hand.turn.undelivered.push_back({0, decision.state->instance, std::move(logged.event),
            std::move(logged.reason), now});
    }
    perform(decision, hand);
    if (decision.audit && !decision.facts.empty())
        audit(*std::move(decision.audit), *decision.state, now, hand);
    const bool isStart = std::holds_alternative<StartInstance>(queued.message.body);
    if (queued.audit && isStart && !decision.facts.empty()) // it was restarted as this one
        auditStart(*std::exchange(queued.audit, {}), *decision.state, now, hand);
    if (!decision.facts.empty())
        commitFacts(decision, now, replaces, queued, hand);
    else if (queued.stored != 0)
        hand.turn.dropped.push_back(queued.stored);
    if (decision.next) {
        beginNextRun(*std::move(decision.next), now, hand);
        return answer(hand, queued, accepted);
    }

    if (decision.refusal)
        answer(hand, queued, *std::move(decision.refusal));
    else
        answer(hand, queued, accepted);
    if (decision.state->length > 0)
        m_cache.put(std::move(decision.state));
}

/// What becomes of an event besides the facts.
void InstanceDesk::meetEvent(
    const Decision &decision, Instant now, Queued &queued, TurnInHand &hand)
{
    const bool refused = decision.refusal.has_value();
    const bool isHandedOn = queued.correlated != 0 && queued.audit;
    // Whoever sent it hears nothing.
    const bool untold = queued.stored != 0 || (queued.correlated != 0 && !isHandedOn);
    if (queued.correlated != 0) {
        const bool isKeptStill =
            isHandedOn ? decision.facts.empty()
                       : refused && decision.refusal->code == ErrorCode::Finished;
        if (isKeptStill)
            return; // for the next one
        m_keys.remove(queued.correlated, hand.turn);
    }
    if (isHandedOn)
        audit(*std::exchange(queued.audit, {}), *decision.state, now, hand);
    if (!decision.undelivered.empty())
        logUndelivered(decision.state->instance, decision.undelivered, now, queued, hand);
    else if (refused && untold)
        logUndelivered(decision.state->instance, decision.refusal->message, now, queued, hand);
    else if (decision.reception == Reception::Duplicate && untold)
        logUndelivered(decision.state->instance, "duplicate event id", now, queued, hand);
    if (queued.replays != 0 && !decision.facts.empty() && decision.undelivered.empty()) {
        hand.turn.undeliveredGone.push_back(queued.replays);
        audit(*std::exchange(queued.audit, {}), *decision.state, now, hand);
    }
}

/// An instance was started again, as this one.
void InstanceDesk::auditStart(
    AuditEntry entry, const InstanceState &started, Instant now, TurnInHand &hand)
{
    entry.at = now;
    entry.after = JsonText::trusted(
        "{\"instance\":" + JsonText::ofString(started.instance.value).text() +
        ",\"run\":" + std::to_string(started.run.value) + "}");
    hand.turn.audit.push_back(std::move(entry));
}

/// Something was done to the instance, and is in this turn.
void InstanceDesk::audit(
    AuditEntry entry, const InstanceState &state, Instant now, TurnInHand &hand)
{
    entry.at = now;
    entry.instance = state.instance;
    entry.run = state.run;
    entry.flow = state.flow;
    hand.turn.audit.push_back(std::move(entry));
}

/// Also where nothing changed: a timer may have to be set again, and whoever asked for a start that is
/// refused is told.
void InstanceDesk::perform(Decision &decision, TurnInHand &hand)
{
    const InstanceState &state = *decision.state;
    for (Effect &effect : decision.effects) {
        if (auto *sent = std::get_if<SendMessage>(&effect))
            send(std::move(sent->message), hand);
        else
            hand.effects.push_back({state.instance, state.run, std::move(effect)});
    }
}

/// The next generation is on disk together with the end of the last one, and goes on by a message
/// to itself.
void InstanceDesk::beginNextRun(NextRun next, Instant now, TurnInHand &hand)
{
    Decision begun{.state = std::move(next.state), .facts = std::move(next.facts)};
    begun.state->run = {m_lastRun.value + 1};
    commitFacts(begun, now, {}, Queued{}, hand);
    m_cache.put(std::move(begun.state));
}

void InstanceDesk::commitFacts(
    Decision &decision, Instant now, RunKey replaces, const Queued &queued, TurnInHand &hand)
{
    const InstanceState &state = *decision.state;
    const Sequence first = state.length - Sequence(decision.facts.size()) + 1;
    if (first == 1) {
        m_lastRun = state.run;
        m_aside.erase(state.instance);
    }
    const bool goesOn = decision.goesOn();
    InstanceCommit commit{
        {state.run, first, now, std::move(decision.facts)}, summaryOf(state), replaces, {}};
    if (queued.stored != 0)
        commit.taken.push_back(queued.stored);
    noteSnapshot(state, commit);
    hand.turn.instances.push_back(std::move(commit));
    m_eventIds.note(hand.turn.instances.back());
    if (auto noted = noteKeys(hand.turn.instances.back()); !noted)
        m_fault = noted.error();
    if (goesOn)
        send({state.instance, state.run, GoOn{}}, hand);
    const bool halts = !state.haltedBranches.empty() || !state.haltedRegions.empty();
    if (state.suspended == 0 && (!halts || decision.letsGoOn))
        release(state.instance);
}

void InstanceDesk::setAside(const InstanceId &instance, RunKey run, std::string reason)
{
    m_marks.push_back({instance, {run, reason}});
    m_aside[instance] = {std::move(reason), m_parts.statistics.turns};
}

void InstanceDesk::drop(Queued &queued, TurnInHand &hand)
{
    ++m_parts.statistics.droppedMessages;
    if (queued.stored != 0)
        hand.turn.dropped.push_back(queued.stored);
    answer(hand, queued,
        Error{ErrorCode::WrongState,
            "run " + std::to_string(queued.message.run.value) + " of instance '" +
                queued.message.instance.value + "' is not the current one",
            {}});
}

} // namespace engine

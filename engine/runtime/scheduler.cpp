#include "engine/runtime/scheduler.h"

#include "engine/base/overloaded.h"
#include "engine/runtime/instance_desk.h"
#include "engine/runtime/instance_ids.h"
#include "engine/runtime/timer_queue.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

namespace engine {
namespace {

/// So that nobody waits for a clean-up.
constexpr int mostPurgedATurn = 100;

struct Deployment {
    std::string text;
    bool grant = false;
    FlowDeployed answered;
    Source source;
};

/// The last word of a turn on each instance, in the order of the decisions; moved out of it.
std::vector<Change> takeChanges(Turn &turn)
{
    std::vector<Change> changes;
    changes.reserve(turn.instances.size());
    std::unordered_map<RunKey, std::size_t> places;
    places.reserve(turn.instances.size());
    for (InstanceCommit &commit : turn.instances) {
        // The next run of the instance is in the same turn.
        if (std::holds_alternative<ExecutionContinuedAsNew>(commit.row.facts.back())) {
            if (const auto gone = places.find(commit.row.run); gone != places.end())
                changes[gone->second].summary.run = {};
            continue;
        }
        const auto [place, isNew] = places.emplace(commit.row.run, changes.size());
        if (isNew)
            changes.push_back({std::move(commit.summary)});
        else
            changes[place->second].summary = std::move(commit.summary);
    }
    std::erase_if(changes, [](const Change &change) { return change.summary.run == RunKey(); });
    return changes;
}

} // namespace

struct Scheduler::Implementation {
    Implementation(Parts given, SchedulerLimits givenLimits);

    Result<void> decideMessages(TurnInHand &hand);
    Result<void> decideTimers(TurnInHand &hand);
    void deployAll(TurnInHand &hand);
    Result<void> queueDueTimers();
    Result<void> purgeExpired(TurnInHand &hand);
    Result<void> findNextExpiry();
    void noteExpiry(const Turn &turn);
    void rerunOpenWork();
    void answer(TurnInHand &hand);
    void perform(TurnInHand &hand);
    void perform(PendingEffect &pending);
    void halt(TurnInHand &hand, const Error &error);

    Parts parts;
    SchedulerLimits limits;
    SchedulerStatistics statistics;
    FlowCatalog flows;
    InstanceDesk desk;
    Inbox inbox;
    TimerQueue timers;
    std::deque<Deployment> deployments;
    std::vector<ActivityRequest> openWork; ///< found by recover(), run by the first turn
    std::optional<Instant> nextExpiry; ///< when the retention of a finished instance is over
    std::optional<Error> halted;
};

Scheduler::Implementation::Implementation(Parts given, SchedulerLimits givenLimits)
    : parts(given)
    , limits(std::move(givenLimits))
    , flows(parts.expressions, limits.allowed)
    , desk({parts.store, parts.expressions, parts.clock, parts.random, flows, statistics}, limits)
{}

Result<void> Scheduler::Implementation::decideMessages(TurnInHand &hand)
{
    const Instant begun = parts.clock.now();
    for (int count = 0; count < limits.messagesPerTurn; ++count) {
        // At least one, however slow: otherwise a turn might do nothing for ever.
        if (count > 0 && parts.clock.now() - begun >= limits.turnTime)
            break;
        auto next = inbox.nextMessage();
        if (!next)
            break;
        if (auto received = desk.receive(*std::move(next), hand); !received)
            return received;
        inbox.addHeld(desk.released());
    }
    return {};
}

/// Timers have a share of the turn of their own, so that a full inbox cannot keep them waiting.
Result<void> Scheduler::Implementation::decideTimers(TurnInHand &hand)
{
    const Instant begun = parts.clock.now();
    for (int count = 0; count < limits.messagesPerTurn; ++count) {
        if (count > 0 && parts.clock.now() - begun >= limits.turnTime)
            break;
        auto next = inbox.nextTimer();
        if (!next)
            break;
        if (auto received = desk.receive(*std::move(next), hand); !received)
            return received;
        inbox.addHeld(desk.released());
    }
    return {};
}

void Scheduler::Implementation::deployAll(TurnInHand &hand)
{
    while (!deployments.empty()) {
        Deployment one = std::move(deployments.front());
        deployments.pop_front();
        auto deployed = flows.deploy(
            {std::move(one.text), one.grant, parts.clock.now(), std::move(one.source)}, hand.turn);
        hand.deployments.emplace_back(std::move(one.answered), std::move(deployed));
    }
}

Result<void> Scheduler::Implementation::queueDueTimers()
{
    const Instant now = parts.clock.now();
    while (const auto due = timers.popDue(now)) {
        auto instance = parts.store.instanceOf(due->run);
        if (!instance)
            return instance.error();
        if (*instance)
            inbox.addDue({**std::move(instance), due->run, TimerDue{due->timer}});
    }
    return {};
}

/// What has been kept for long enough goes, some in each turn.
Result<void> Scheduler::Implementation::purgeExpired(TurnInHand &hand)
{
    const Instant now = parts.clock.now();
    if (!nextExpiry || *nextExpiry > now)
        return {};
    nextExpiry.reset();
    int left = mostPurgedATurn;
    for (const RunnableFlow *flow : flows.retained()) {
        const auto runs = parts.store.finished(flow->flow().name, flow->version(), left + 1);
        if (!runs)
            return runs.error();
        for (const FinishedRun &run : *runs) {
            const Instant due = run.finishedAt + *flow->retention();
            if (due > now || left == 0) {
                nextExpiry = std::min(nextExpiry.value_or(due), due);
                break;
            }
            if (auto expired = desk.expire(run, hand); !expired)
                return expired;
            --left;
        }
    }
    return {};
}

Result<void> Scheduler::Implementation::findNextExpiry()
{
    for (const RunnableFlow *flow : flows.retained()) {
        const auto first = parts.store.finished(flow->flow().name, flow->version(), 1);
        if (!first)
            return first.error();
        if (!first->empty()) {
            const Instant due = first->front().finishedAt + *flow->retention();
            nextExpiry = std::min(nextExpiry.value_or(due), due);
        }
    }
    return {};
}

/// Of what ended in the turn.
void Scheduler::Implementation::noteExpiry(const Turn &turn)
{
    if (flows.retained().empty())
        return;
    for (const InstanceCommit &commit : turn.instances) {
        const InstanceSummary &summary = commit.summary;
        if (!summary.finishedAt)
            continue;
        const auto flow = flows.find(summary.flow, summary.version);
        if (!flow || !(*flow)->retention())
            continue;
        const Instant due = *summary.finishedAt + *(*flow)->retention();
        nextExpiry = std::min(nextExpiry.value_or(due), due);
    }
}

void Scheduler::Implementation::rerunOpenWork()
{
    for (const ActivityRequest &request : std::exchange(openWork, {})) {
        if (desk.allows(request)) {
            parts.effects.runActivity(request);
            continue;
        }
        Failure failure{.type = "NotAllowed",
            .message = "activity '" + request.activity +
                       "' is not allowed any more; start with --allow " + request.activity,
            .retriable = false};
        inbox.add({{request.instance, request.key.run,
            ActivityFinished{request.key.task, request.attempt, std::move(failure)}}});
    }
}

void Scheduler::Implementation::answer(TurnInHand &hand)
{
    for (auto &[answered, result] : hand.deployments) {
        if (answered)
            answered(std::move(result));
    }
    for (auto &[answered, result] : hand.answers)
        answered(std::move(result));
}

void Scheduler::Implementation::perform(TurnInHand &hand)
{
    for (StoredMessage &message : hand.sent)
        inbox.add({std::move(message.message), {}, message.id});
    for (PendingEffect &pending : hand.effects)
        perform(pending);
    std::vector<Change> changes = takeChanges(hand.turn);
    for (const InstanceId &instance : hand.aside) {
        // Its row is known to the store alone: the state was lost with the fault.
        if (auto summary = parts.store.find(instance); summary && *summary)
            changes.push_back({**std::move(summary)});
    }
    for (std::size_t i = 0; i < hand.purged.size(); ++i)
        changes.push_back({{.instance = hand.purged[i], .run = hand.turn.purged[i], .purged = true}});
    if (!changes.empty())
        parts.effects.changed(std::move(changes));
}

void Scheduler::Implementation::perform(PendingEffect &pending)
{
    std::visit(Overloaded{
                   [&](const RunActivity &run) { parts.effects.runActivity(run.request); },
                   [&](const CancelActivity &cancel) {
                       parts.effects.cancelActivity(cancel.activity, cancel.key);
                   },
                   [&](const ArmTimer &arm) {
                       timers.add({pending.run, arm.timer, arm.fireAt});
                   },
                   [&](const DisarmTimer &disarm) { timers.remove(pending.run, disarm.timer); },
                   [](const SendMessage &) {}, // is among the messages of the turn
               },
        pending.effect);
}

/// Nothing of the turn happened, and nobody who waits may believe otherwise.
void Scheduler::Implementation::halt(TurnInHand &hand, const Error &error)
{
    halted = error;
    const Error unavailable{ErrorCode::Unavailable, error.message, {}};
    for (auto &[answered, result] : hand.deployments) {
        if (answered)
            answered(unavailable);
    }
    for (auto &[answered, result] : hand.answers)
        answered(unavailable);
    for (Deployment &deployment : std::exchange(deployments, {})) {
        if (deployment.answered)
            deployment.answered(unavailable);
    }
    while (auto queued = inbox.nextMessage()) {
        if (queued->answered)
            queued->answered(unavailable);
    }
}

Scheduler::Scheduler(Parts parts, SchedulerLimits limits)
    : m_implementation(std::make_unique<Implementation>(parts, std::move(limits)))
{}

Scheduler::~Scheduler() = default;

Result<void> Scheduler::recover()
{
    Implementation &self = *m_implementation;
    auto recovered = self.parts.store.recover();
    if (!recovered)
        return recovered.error();
    self.flows.recover(*recovered);
    self.desk.recover(recovered->lastRun, recovered->lastMessage);
    if (auto found = self.findNextExpiry(); !found)
        return found;
    std::set<std::pair<RunKey, Sequence>> concluded;
    for (StoredMessage &stored : recovered->inbox) {
        // The result of an activity whose instance halts: it is not to run again.
        if (const auto *finished = std::get_if<ActivityFinished>(&stored.message.body))
            concluded.emplace(stored.message.run, finished->task);
        self.inbox.add({std::move(stored.message), {}, stored.id});
    }
    if (auto kept = self.desk.recoverKept(*recovered); !kept)
        return kept;
    self.inbox.addHeld(self.desk.released());
    self.timers = TimerQueue(std::move(recovered->timers));
    for (const OpenWork &work : recovered->work) {
        if (work.waitsForRetry || concluded.contains({work.run, work.task}))
            continue;
        auto request = self.desk.openAttempt(work);
        if (!request)
            return request.error();
        if (*request)
            self.openWork.push_back(**std::move(request));
    }
    return {};
}

void Scheduler::submit(Message message, MessageAnswered answered)
{
    Implementation &self = *m_implementation;
    if (self.halted) {
        if (answered)
            answered(Error{ErrorCode::Unavailable, self.halted->message, {}});
        return;
    }
    auto *restart = std::get_if<RestartInstance>(&message.body);
    const bool starts = restart || std::holds_alternative<StartInstance>(message.body);
    InstanceId &started = restart ? restart->as : message.instance;
    const bool fresh = starts && started.empty();
    if (fresh)
        started = makeInstanceId(self.parts.clock.now(), self.parts.random);
    self.inbox.add({std::move(message), std::move(answered), 0, fresh});
}

void Scheduler::deploy(std::string text, bool grant, FlowDeployed answered, Source source)
{
    Implementation &self = *m_implementation;
    if (!self.halted) {
        self.deployments.push_back(
            {std::move(text), grant, std::move(answered), std::move(source)});
        return;
    }
    if (answered)
        answered(Error{ErrorCode::Unavailable, self.halted->message, {}});
}

Result<bool> Scheduler::turn()
{
    Implementation &self = *m_implementation;
    if (self.halted)
        return *self.halted;
    if (!hasWork())
        return false;
    ++self.statistics.turns;
    TurnInHand hand;
    self.rerunOpenWork();
    Result<void> done = self.queueDueTimers();
    if (done)
        done = self.purgeExpired(hand);
    self.deployAll(hand);
    if (done)
        done = self.desk.expireKept(std::size_t(self.limits.messagesPerTurn), hand);
    if (done)
        done = self.decideMessages(hand);
    if (done)
        done = self.decideTimers(hand);
    self.desk.markSetAside(hand);
    if (done && !isEmpty(hand.turn))
        done = self.parts.store.commit(hand.turn);
    if (!done) {
        self.halt(hand, done.error());
        return done.error();
    }
    self.noteExpiry(hand.turn);
    self.answer(hand);
    self.perform(hand);
    self.desk.committed();
    return true;
}

bool Scheduler::hasWork() const
{
    const Implementation &self = *m_implementation;
    const auto due = nextDue();
    return !self.inbox.isEmpty() || !self.deployments.empty() || !self.openWork.empty() ||
           self.desk.hasMarks() || (due && *due <= self.parts.clock.now());
}

std::optional<Instant> Scheduler::nextDue() const
{
    const auto timer = m_implementation->timers.nextDue();
    std::optional<Instant> next;
    for (const auto &due : {timer, m_implementation->desk.nextExpiry(), m_implementation->nextExpiry}) {
        if (due && (!next || *due < *next))
            next = due;
    }
    return next;
}

SchedulerStatistics Scheduler::statistics() const { return m_implementation->statistics; }

} // namespace engine

#pragma once

#include "engine/runtime/deciding.h"
#include "engine/runtime/event_ids.h"
#include "engine/runtime/flow_catalog.h"
#include "engine/runtime/inbox.h"
#include "engine/runtime/instance_cache.h"
#include "engine/runtime/key_table.h"
#include "engine/runtime/turn_in_hand.h"

#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace engine {

/// Takes one message after the other to its instance and puts what is decided into the turn. Knows
/// which instances there are: recent states in memory, the others by replay, and those set aside.
class InstanceDesk
{
public:
    struct Parts {
        Store &store;
        Expressions &expressions;
        const Clock &clock;
        Random &random;
        FlowCatalog &flows;
        SchedulerStatistics &statistics;
    };

    InstanceDesk(Parts parts, const SchedulerLimits &limits);

    /// Goes on counting after what was ever given out.
    void recover(RunKey lastRun, std::int64_t lastMessage);
    /// Takes up the events that are kept under keys; those that somebody waits for are released. Once the
    /// flows are there.
    Result<void> recoverKept(const Recovered &recovered);
    /// When the first of them expires.
    std::optional<Instant> nextExpiry() const { return m_keys.nextExpiry(); }
    /// At most so many whose time is up go to the log of undelivered events.
    Result<void> expireKept(std::size_t most, TurnInHand &hand);
    /// What an activity is asked whose last attempt has no outcome; nothing if the instance had to
    /// be set aside. Error: the store does not serve.
    Result<std::optional<ActivityRequest>> openAttempt(const OpenWork &work);
    /// Whether the flow of an instance allows an activity today.
    bool allows(const ActivityRequest &request) const;
    /// Decides one message. Error: the store does not serve; the turn cannot be committed.
    Result<void> receive(Queued queued, TurnInHand &hand);
    /// What was held and may be decided now: it goes before everything that waits.
    std::vector<Queued> released() { return std::exchange(m_released, {}); }
    /// Takes a finished run away whose retention is over, unless something came of it meanwhile.
    Result<void> expire(const FinishedRun &run, TurnInHand &hand);
    /// Puts the marks of instances set aside outside of a turn into this one.
    void markSetAside(TurnInHand &hand);
    bool hasMarks() const { return !m_marks.empty(); }
    /// The turn is on disk: what was not used for longest may be forgotten.
    void committed();

private:
    /// Set aside; `turn` is the one that did it: until that is committed it cannot be tried again.
    struct Aside {
        std::string reason;
        std::int64_t turn = 0;
    };
    /// What is known of an instance without its history.
    struct Known {
        RunKey run;
        bool finished = false;
    };

    class Correlating;

    Result<void> pass(Queued &queued, TurnInHand &hand);
    Result<void> raiseCorrelated(Queued &queued, TurnInHand &hand);
    const EventDeclaration *correlated(
        const KeyedWait &wait, const std::string &name, const EventKey &key) const;
    Result<void> offerKept(const std::string &name, const EventKey &key);
    Result<void> offerKeptTo(const InstanceState &state);
    Result<void> noteKeys(const InstanceCommit &commit);
    Result<void> receiveKept(Queued &queued, TurnInHand &hand);
    Result<void> deleteKept(Queued &queued, TurnInHand &hand);
    Result<void> handOnKept(Queued &queued, TurnInHand &hand);
    Result<std::optional<CorrelatedEvent>> findKept(
        std::int64_t id, Queued &queued, TurnInHand &hand);
    Result<std::optional<Known>> lookUp(const InstanceId &instance);
    Result<OwnedState> take(const InstanceId &instance, RunKey run);
    Result<OwnedState> replayed(RunKey run);
    Result<void> start(Queued &queued, TurnInHand &hand);
    void refuseStart(Error why, Queued &queued, TurnInHand &hand);
    Result<void> forward(Queued &queued, TurnInHand &hand);
    Result<void> forwardTo(Known known, Queued &queued, TurnInHand &hand);
    Result<void> forwardToTask(Queued &queued, TurnInHand &hand);
    Result<bool> isThere(const InstanceId &target, Queued &queued, TurnInHand &hand);
    Result<void> handOn(Queued &queued, TurnInHand &hand);
    Result<void> replayUndelivered(Queued &queued, TurnInHand &hand);
    Result<void> deleteUndelivered(Queued &queued, TurnInHand &hand);
    Result<std::optional<UndeliveredEvent>> findUndelivered(
        std::int64_t id, Queued &queued, TurnInHand &hand);
    Result<void> restart(Queued &queued, TurnInHand &hand);
    Result<void> setWebhook(Queued &queued, TurnInHand &hand);
    Result<void> setAccessKey(Queued &queued, TurnInHand &hand);
    Result<void> setGrant(Queued &queued, TurnInHand &hand);
    Result<void> removeFlowVersion(Queued &queued, TurnInHand &hand);
    Result<void> noteOperation(Queued &queued, TurnInHand &hand);
    Result<std::optional<StartInstance>> startOf(const InstanceId &instance, AuditEntry &entry);
    Result<void> purge(Queued &queued, TurnInHand &hand);
    void removeAll(const InstanceId &instance, RunKey run, TurnInHand &hand);
    Result<void> rewind(Queued &queued, TurnInHand &hand);
    Result<void> rewindFailed(Known known, Queued &queued, TurnInHand &hand);
    Result<void> meetNotFailed(Known known, Queued &queued, TurnInHand &hand);
    Result<void> startInstead(Queued &queued, TurnInHand &hand);
    Result<void> retry(Known known, Queued &queued, TurnInHand &hand);
    Result<bool> isDuplicate(Known known, Queued &queued, TurnInHand &hand);
    Result<bool> isDuplicateAnswer(
        const InstanceState &state, Queued &queued, TurnInHand &hand);
    void answerAgain(
        const InstanceId &instance, RunKey run, Queued &queued, TurnInHand &hand);
    bool isAside(Queued &queued, TurnInHand &hand);
    void meetUnknown(Queued &queued, TurnInHand &hand);
    void meetAside(Queued &queued, TurnInHand &hand);
    void hold(Queued &queued, TurnInHand &hand);
    void release(const InstanceId &instance);
    void logUndelivered(const InstanceId &instance, const std::string &reason, Instant now,
        Queued &queued, TurnInHand &hand);
    void send(Message message, TurnInHand &hand);
    void decideOn(const RunnableFlow &flow, OwnedState state, RunKey replaces, Queued &queued,
        TurnInHand &hand);
    void adopt(Decision decision, Instant now, RunKey replaces, Queued &queued, TurnInHand &hand);
    void meetEvent(const Decision &decision, Instant now, Queued &queued, TurnInHand &hand);
    void perform(Decision &decision, TurnInHand &hand);
    void beginNextRun(NextRun next, Instant now, TurnInHand &hand);
    void commitFacts(
        Decision &decision, Instant now, RunKey replaces, const Queued &queued, TurnInHand &hand);
    void noteSnapshot(const InstanceState &state, InstanceCommit &commit) const;
    static void audit(AuditEntry entry, const InstanceState &state, Instant now, TurnInHand &hand);
    static void auditStart(
        AuditEntry entry, const InstanceState &started, Instant now, TurnInHand &hand);
    void setAside(const InstanceId &instance, RunKey run, std::string reason);
    void drop(Queued &queued, TurnInHand &hand);

    Parts m_parts;
    DecisionLimits m_limits;
    Sequence m_factsPerSnapshot;
    InstanceCache m_cache;
    KeyTable m_keys;
    EventIds m_eventIds;
    std::optional<Error> m_fault; ///< the store does not serve, met where nobody could be told
    std::unordered_map<InstanceId, Aside> m_aside;
    std::unordered_map<InstanceId, std::vector<Queued>> m_held; ///< until it goes on, in order
    std::vector<Queued> m_released;
    std::set<RunKey> m_purged; ///< in this turn: the store has them still
    std::vector<std::pair<InstanceId, SetAside>> m_marks;
    RunKey m_lastRun;
    std::int64_t m_lastMessage = 0;
};

} // namespace engine

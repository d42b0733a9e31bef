#pragma once

#include "engine/base/result.h"
#include "engine/history/audit_entry.h"
#include "engine/history/history_event.h"
#include "engine/history/instance_summary.h"
#include "engine/history/message.h"
#include "engine/history/undelivered_event.h"
#include "engine/store/correlation_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// A version of a flow as deployed: its file text, unchanged for ever (semantics 1.1).
struct StoredFlow {
    FlowId flow;
    int version = 0;
    Instant deployedAt{};
    std::string text; ///< empty: it was removed, and its number is never given again

    bool operator==(const StoredFlow &) const = default;
};

/// A message that survives a crash until it is decided: to another instance, or to go on.
struct StoredMessage {
    std::int64_t id = 0; ///< given by the scheduler, ascending
    Message message;

    bool operator==(const StoredMessage &) const = default;
};

/// What one message did to one instance, as it goes to disk.
struct InstanceCommit {
    HistoryRow row;
    InstanceSummary summary; ///< after the row
    RunKey replaces;         ///< a finished run of the same id whose rows are deleted, or 0 (semantics 1.5)
    std::vector<std::int64_t> taken; ///< stored messages that this decided
    /// The state after the row, as Snapshot::state, if it is time for one; empty: the run has ended and
    /// needs none any more.
    std::optional<std::string> snapshot = {};

    bool operator==(const InstanceCommit &) const = default;
};

/// The state of a run after its first facts, so that it is not replayed from far (semantics 11.6). What
/// is in the text the runtime knows alone.
struct Snapshot {
    Sequence length = 0; ///< number of facts
    std::string state;

    bool operator==(const Snapshot &) const = default;
};

/// What a run is replayed from: its last snapshot, if there is one, and all rows after it.
struct LatestRows {
    std::optional<Snapshot> snapshot;
    std::vector<HistoryRow> rows;

    bool operator==(const LatestRows &) const = default;
};

/// So many undelivered events are remembered; the oldest go first.
inline constexpr int undeliveredLimit = 10'000;

/// The user allowed a flow what it asks for (semantics 5.6).
struct Grant {
    FlowId flow;
    std::string fingerprint; ///< of the demands, model/demands.h
    Instant at{};

    bool operator==(const Grant &) const = default;
};

/// How the POSTs to a path become events (semantics 10.3), as it was put.
struct StoredWebhook {
    std::string path;
    Instant at{};
    std::string text; ///< empty in a turn: it is taken away

    bool operator==(const StoredWebhook &) const = default;
};

/// A key that was given out (http-api C2). Of the key itself only the digest is kept.
struct StoredAccessKey {
    std::string label;  ///< whose it is, in the history and the audit log; one key a label
    std::string scope;  ///< `full`, `raise-only`, `read-only`, `webhook:PATH`
    std::string digest; ///< SHA-256 of the key in hexadecimal; empty in a turn: it is revoked
    Instant at{};       ///< since when it is this one

    bool operator==(const StoredAccessKey &) const = default;
};

/// A fault was met in this run (semantics 11.3): its summary gets the reason, its history nothing;
/// without a reason it is tried again. The next row of the run brings a summary of its own and so takes the mark off again.
struct SetAside {
    RunKey run;
    std::string reason;

    bool operator==(const SetAside &) const = default;
};

/// A version that goes: its text does, its number stays taken.
struct RemovedFlow {
    FlowId flow;
    int version = 0;

    bool operator==(const RemovedFlow &) const = default;
};

/// Everything that one turn writes: one transaction, all or none (semantics 11.2).
struct Turn {
    std::vector<StoredFlow> flows;
    std::vector<Grant> grants;
    std::vector<InstanceCommit> instances; ///< may hold several of one run, in order
    std::vector<SetAside> setAside;        ///< written after `instances`
    std::vector<StoredMessage> sent;
    std::vector<std::int64_t> dropped; ///< stored messages for runs that are not current
    /// One with an event id is left out if the log has that name and id for that instance already.
    std::vector<UndeliveredEvent> undelivered;
    std::vector<std::int64_t> undeliveredGone; ///< replayed or deleted; written before `undelivered`
    std::vector<AuditEntry> audit;             ///< what operators did (semantics 9.7)
    std::vector<CorrelatedEvent> correlated;    ///< kept for whoever will wait (semantics 10.1)
    std::vector<std::int64_t> correlatedGone;   ///< taken or expired; written after `correlated`
    std::vector<AnsweredEvent> answeredEvents;
    /// Runs that go with all that belongs to them and all runs that they continue (semantics 9.3);
    /// deleted after everything else is written.
    std::vector<RunKey> purged;
    std::vector<StoredWebhook> webhooks;
    std::vector<StoredAccessKey> accessKeys;
    std::vector<FlowId> grantsGone; ///< all grants of the flow; written before `grants`
    std::vector<RemovedFlow> flowsGone;
};

/// Small, because there may be one for each of a million waiting instances: whose it is says
/// instanceOf() when it is due.
struct DueTimer {
    RunKey run;
    Sequence timer = 0;
    Instant fireAt{};

    auto operator<=>(const DueTimer &) const = default;
};

/// An activity that was scheduled and has no last word yet. `waitsForRetry`: a retry timer stands.
struct OpenWork {
    InstanceId instance;
    RunKey run;
    Sequence task = 0;
    bool waitsForRetry = false;

    bool operator==(const OpenWork &) const = default;
};

/// When an event expires that is kept under its key.
struct CorrelatedDue {
    std::int64_t id = 0;
    Instant until{};

    bool operator==(const CorrelatedDue &) const = default;
};

/// What a scheduler needs to go on after a start.
struct Recovered {
    std::vector<StoredFlow> flows; ///< all versions, ascending
    std::vector<Grant> grants;
    std::vector<StoredMessage> inbox; ///< in order
    std::vector<DueTimer> timers;     ///< in order of fireAt
    std::vector<OpenWork> work;
    RunKey lastRun; ///< greatest run ever given, also to purged instances
    std::int64_t lastMessage = 0;
    std::vector<CorrelatedDue> correlated;
};

/// A run that has ended.
struct FinishedRun {
    InstanceId instance;
    RunKey run;
    Instant finishedAt{};

    bool operator==(const FinishedRun &) const = default;
};

/// Durable memory, write side. Engine thread only. A call that answers success is on disk.
class Store
{
public:
    virtual ~Store() = default;

    /// All of `turn` or nothing. WrongState if a row does not follow the last one of its run or a
    /// flow's version is there already; Unavailable if the disk refuses: then the engine stops.
    virtual Result<void> commit(const Turn &turn) = 0;
    /// All rows of a run, oldest first; empty if it is unknown. Damaged names the row.
    virtual Result<std::vector<HistoryRow>> history(RunKey run) = 0;
    /// The same from its last snapshot on. Damage before that is not met here.
    virtual Result<LatestRows> latest(RunKey run) = 0;
    /// The current run of an instance; nothing if it is unknown.
    virtual Result<std::optional<InstanceSummary>> find(const InstanceId &instance) = 0;
    virtual Result<Recovered> recover() = 0;
    /// Whose current run it is; nothing if it is nobody's.
    virtual Result<std::optional<InstanceId>> instanceOf(RunKey run) = 0;
    /// The first run of the instance that accepted an event of that name, folded, under that id; nothing
    /// if none did (semantics 2.5).
    virtual Result<std::optional<RunKey>> acceptedBy(
        const InstanceId &instance, const std::string &name, const std::string &eventId) = 0;
    /// One entry of the log of undelivered events; nothing if it is not there any more.
    virtual Result<std::optional<UndeliveredEvent>> undelivered(std::int64_t id) = 0;
    /// Who waits under which key, and what is kept for them.
    virtual CorrelationStore &correlation() = 0;
    /// Of the finished instances of a version those that ended first, in that order.
    virtual Result<std::vector<FinishedRun>> finished(
        const FlowId &flow, int version, int limit) = 0;
    /// How many instances are of that version, live or not.
    virtual Result<std::int64_t> instancesOf(const FlowId &flow, int version) = 0;
};

} // namespace engine

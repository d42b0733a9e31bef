#pragma once

#include "engine/base/failure.h"
#include "engine/base/result.h"
#include "engine/door/batch.h"
#include "engine/door/changes_door.h"
#include "engine/door/keys_door.h"
#include "engine/door/meters_door.h"
#include "engine/door/reports.h"
#include "engine/door/secrets_door.h"
#include "engine/door/tasks_door.h"
#include "engine/history/audit_entry.h"
#include "engine/door/webhooks_door.h"
#include "engine/history/correlation.h"
#include "engine/history/explanation.h"
#include "engine/history/flow_statistics.h"
#include "engine/history/history_event.h"
#include "engine/history/instance_summary.h"
#include "engine/history/source.h"
#include "engine/history/undelivered_event.h"
#include "engine/model/problem.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace engine {

/// Called once, on the engine, a query or the net thread: it may only post to the caller's own
/// thread.
template<typename T>
using Completion = std::function<void(Result<T>)>;

/// The answer to what was accepted: it is on disk.
struct Acceptance {
    InstanceId instance;
    RunKey run;
    bool duplicate = false; ///< the first answer again (semantics 2.5)

    bool operator==(const Acceptance &) const = default;
};

// ── flows ────────────────────────────────────────────────────────────────────────────────────────

struct DeployFlow {
    std::string text;   ///< the file
    bool grant = false; ///< the user allows what the flow asks for (semantics 5.6); never from REST
    Source source;
};

struct DeployedFlow {
    FlowId flow;
    int version = 0; ///< 0: refused because of its problems
    std::vector<Problem> problems;
};

struct FlowVersion {
    FlowId flow;
    int version = 0;
    Instant deployedAt{};
    std::string text;

    bool operator==(const FlowVersion &) const = default;
};

/// A version that goes.
struct RemoveVersionRequest {
    FlowId flow;
    int version = 0;
    std::string reason;
    Source source;
};

/// What a version of a flow asks for (semantics 5.6) and whether it may.
struct FlowGrant {
    FlowId flow;
    int version = 0;
    std::vector<std::string> demands;
    std::optional<Instant> grantedAt; ///< nothing: nobody has allowed exactly that

    bool operator==(const FlowGrant &) const = default;
};

/// A flow may do what one of its versions asks for, or nothing any more of what it was ever granted.
struct GrantRequest {
    FlowId flow;
    int version = 0; ///< 0: the newest
    bool allows = true;
    std::string reason;
    Source source;
};

/// Flows by name and version. Any thread.
class FlowsDoor
{
public:
    virtual ~FlowsDoor() = default;
    virtual void deploy(DeployFlow request, Completion<DeployedFlow> answered) = 0;
    /// All versions, by name and version.
    virtual void list(Completion<std::vector<FlowVersion>> answered) = 0;
    /// NotFound; WrongState, with how many, if instances are of it, live or finished. Its number is never
    /// given again.
    virtual void removeVersion(RemoveVersionRequest request, Completion<Acceptance> answered) = 0;
    /// All versions that ask for something, by name and version.
    virtual void grants(Completion<std::vector<FlowGrant>> answered) = 0;
    /// NotFound: there is no such version, or the flow was granted nothing.
    virtual void setGrant(GrantRequest request, Completion<Acceptance> answered) = 0;
};

// ── instances and events ─────────────────────────────────────────────────────────────────────────

struct StartRequest {
    FlowId flow;
    std::optional<int> version;
    InstanceId instance; ///< empty: one is made
    JsonText input;
    Source source;
};

struct RaiseRequest {
    InstanceId instance;
    std::string name;
    JsonText payload;
    std::optional<std::string> eventId;
    std::optional<BranchPath> branch;
    Source source;
};

/// An event that names no instance (semantics 10.1).
struct CorrelateRequest {
    std::string name;
    JsonText payload;
    std::optional<std::string> key; ///< none: the flows read it from the payload
    std::optional<std::string> eventId;
    Source source;
};

/// Whom such an event reached; it is on disk.
struct Correlated {
    CorrelationAnswer reached;
    bool duplicate = false; ///< the first answer again

    bool operator==(const Correlated &) const = default;
};

struct TerminateRequest {
    InstanceId instance;
    std::string reason;
    Source source;
    bool keepSubFlows = false; ///< the instances that it waits for live on
};

/// Everything that changes an instance. Any thread. Busy when the inbox is full.
class InstancesDoor
{
public:
    virtual ~InstancesDoor() = default;
    virtual void start(StartRequest request, Completion<Acceptance> answered) = 0;
    virtual void raise(RaiseRequest request, Completion<Acceptance> answered) = 0;
    virtual void terminate(TerminateRequest request, Completion<Acceptance> answered) = 0;
    /// NotFound if no flow correlates the event.
    virtual void correlate(CorrelateRequest request, Completion<Correlated> answered) = 0;
};

// ── operations ───────────────────────────────────────────────────────────────────────────────────

struct OperationRequest {
    InstanceId instance;
    std::string reason;
    Source source;
};

/// One kept event of an instance, by the Sequence of its EventRaised.
struct KeptEventRequest {
    InstanceId instance; ///< empty: it is kept under its key, and `event` is its id (semantics 10.1)
    Sequence event = 0;
    InstanceId to; ///< handing on: who gets it
    std::string reason;
    Source source;
};

/// One entry of the log of undelivered events.
struct UndeliveredRequest {
    std::int64_t id = 0;
    InstanceId to; ///< replaying: who gets it; empty: the one it was meant for
    Source source;
};

/// An instance is started again: its flow version, its input.
struct RestartRequest {
    InstanceId instance;
    InstanceId as; ///< who is started: the same one again, or another; empty: one is made
    std::string reason;
    Source source;
};

/// Variables get other values (semantics 9.5).
struct EditRequest {
    InstanceId instance;
    std::vector<std::pair<std::string, JsonText>> values;
    std::string reason;
    Source source;
};

/// An operator stands in for what a wait, collect or timer step waits for.
struct SkipRequest {
    InstanceId instance;
    BranchPath branch;
    StepId step;
    std::string event; ///< of a wait for any of several: which one
    std::optional<JsonText> result;
    std::string reason;
    Source source;
};

/// A branch goes to another step.
struct MoveRequest {
    InstanceId instance;
    BranchPath branch;
    StepId from; ///< on which it stands; empty: wherever that is
    StepId to;
    std::string reason;
    Source source;
};

/// Finished instances go.
struct PurgeRequest {
    InstanceFilter filter; ///< `statuses`: of those that are finished; none is all of them
    std::string reason;
    Source source;
};

/// What an operator does to instances and to events that reached nobody. Any thread. Each is
/// answered NotFound or Finished where there is nothing to do it to.
class OperationsDoor
{
public:
    virtual ~OperationsDoor() = default;
    /// Halts; events and results are kept (semantics 9.1). WrongState if it is suspended already.
    virtual void suspend(OperationRequest request, Completion<Acceptance> answered) = 0;
    /// WrongState if it is not suspended.
    virtual void resume(OperationRequest request, Completion<Acceptance> answered) = 0;
    /// Tries an instance again that is set aside (semantics 1.3). WrongState if it is not, or if it
    /// still cannot go on.
    virtual void retry(OperationRequest request, Completion<Acceptance> answered) = 0;
    /// Takes a kept event away, or sends it to another instance (semantics 2.3).
    virtual void deleteKept(KeptEventRequest request, Completion<Acceptance> answered) = 0;
    virtual void handOn(KeptEventRequest request, Completion<Acceptance> answered) = 0;
    /// Raises an undelivered event again, or takes it out of the log (semantics 2.6).
    virtual void replayUndelivered(UndeliveredRequest request, Completion<Acceptance> answered) = 0;
    virtual void deleteUndelivered(UndeliveredRequest request, Completion<Acceptance> answered) = 0;
    /// Answers who was started (semantics 9.2). AlreadyExists if that one is live; what is restarted may
    /// be.
    virtual void restart(RestartRequest request, Completion<Acceptance> answered) = 0;
    /// A failed instance tries again from the steps that failed (semantics 9.2). WrongState if it has not
    /// failed.
    virtual void rewind(OperationRequest request, Completion<Acceptance> answered) = 0;
    /// Removes a finished instance with all that belongs to it (semantics 9.3). WrongState if it is live.
    virtual void purge(OperationRequest request, Completion<Acceptance> answered) = 0;
    /// Removes the finished ones of a filter, some at a time; answers how many.
    virtual void purgeAll(PurgeRequest request, Completion<std::int64_t> answered) = 0;
    /// Corrections (semantics 9.5); InvalidArgument without a reason.
    virtual void editVariables(EditRequest request, Completion<Acceptance> answered) = 0;
    virtual void skip(SkipRequest request, Completion<Acceptance> answered) = 0;
    virtual void move(MoveRequest request, Completion<Acceptance> answered) = 0;
    /// The same to many, some at a time; each stands in the audit log, and all of it once more.
    virtual void batch(BatchRequest request, Completion<BatchResult> answered) = 0;
};

// ── queries ──────────────────────────────────────────────────────────────────────────────────────

struct ListRequest {
    InstanceFilter filter;
    std::string after; ///< InstancePage::next of the page before, or empty
    int limit = 100;
    /// Both must show an instance. Where this looks into payloads a page may be short: `next` tells whether
    /// there is more.
    InstanceQuery query = {};
};

struct HistoryRequest {
    InstanceId instance;
    Sequence from = 1;
    int limit = 200;
};

struct InstanceHistory {
    InstanceSummary summary;
    std::vector<HistoryEvent> events;
    Sequence next = 0; ///< to go on from, 0 at the end
};

/// Which events are to be explained: all of a name and one that would come now, or the one of a
/// Sequence, or, with neither, all that are kept.
struct ExplainRequest {
    InstanceId instance;
    std::string name;
    Sequence event = 0;
};

/// A page of a log.
struct LogRequest {
    std::string after; ///< `next` of the page before, or empty
    int limit = 100;
};

struct UndeliveredPage {
    std::vector<UndeliveredEvent> events; ///< newest first
    std::string next;
};

struct CorrelatedPage {
    std::vector<CorrelatedEvent> events; ///< oldest first
    std::string next;
};

/// How the engine is.
struct EngineHealth {
    bool running = false;
    std::string problem; ///< why it stopped: what happened, where, what to do; or empty
    std::int64_t live = 0;
    std::string damage; ///< of the database, with which it goes on: what, where, what to do; or empty
};

/// What was done to an instance, or to everything (semantics 9.7).
struct AuditRequest {
    InstanceId instance; ///< empty: everything
    std::string after;   ///< AuditPage::next of the page before, or empty
    int limit = 100;
};

/// A copy of everything, in a new file of the engine's machine.
struct BackupRequest {
    std::string path; ///< absolute; nothing may be there
};

struct Backup {
    std::string path;
    std::int64_t bytes = 0;
};

/// Reads of what was committed; the answer to a write is visible to every later read. Any thread.
class QueriesDoor
{
public:
    virtual ~QueriesDoor() = default;
    /// NotFound if there is no such instance.
    virtual void find(InstanceId instance, Completion<InstanceSummary> answered) = 0;
    virtual void list(ListRequest request, Completion<InstancePage> answered) = 0;
    virtual void history(HistoryRequest request, Completion<InstanceHistory> answered) = 0;
    /// Why events did or did not match (semantics 2.9).
    virtual void explain(
        ExplainRequest request, Completion<std::vector<EventVerdict>> answered) = 0;
    /// The newest first.
    virtual void undelivered(LogRequest request, Completion<UndeliveredPage> answered) = 0;
    /// The newest first. An instance that is unknown has no entries, one that was purged has.
    virtual void audit(AuditRequest request, Completion<AuditPage> answered) = 0;
    /// Events that are kept under their keys (semantics 10.1), oldest first.
    virtual void correlated(LogRequest request, Completion<CorrelatedPage> answered) = 0;
    virtual void counts(Completion<std::vector<InstanceCounts>> answered) = 0;
    virtual void health(Completion<EngineHealth> answered) = 0;
    /// NotFound if there is no such instance.
    virtual void timeline(TimelineRequest request, Completion<Timeline> answered) = 0;
    virtual void children(ChildrenRequest request, Completion<ChildPage> answered) = 0;
    virtual void variables(InstanceId instance, Completion<InstanceVariables> answered) = 0;
    /// By flow and version, of those that have instances; of all flows if `flow` is empty.
    virtual void statistics(
        FlowId flow, Completion<std::vector<VersionStatistics>> answered) = 0;
    /// The state of one commit, while all goes on (semantics 11.5). AlreadyExists or
    /// InvalidArgument if the path does not serve.
    virtual void backUp(BackupRequest request, Completion<Backup> answered) = 0;
};

// ── work for programs outside ────────────────────────────────────────────────────────────────────

/// An outside program asks for work of a name (semantics 5.5).
struct FetchWork {
    std::string name;
    std::size_t most = 1;
    Milliseconds lease{60'000}; ///< how long it is theirs, unless they prolong it
    Milliseconds wait{0};       ///< for work to come, where there is none
};

/// One attempt that an outside program has taken on.
struct LeasedWork {
    std::string lease; ///< names it in every later call
    std::string key;   ///< `run/sequence`: the same in all attempts
    InstanceId instance;
    int attempt = 1;
    JsonText input;
    Instant until{};
};

struct ProlongWork {
    std::string name;
    std::string lease;
    Milliseconds by{60'000}; ///< from now on
};

struct FinishWork {
    std::string name;
    std::string lease;
    std::variant<JsonText, Failure> outcome;
};

/// Work for programs outside. A lease that ran out, or whose work is done, is answered WrongState;
/// one whose work was canceled, Finished. Any thread; answers may come on the net thread.
class WorkDoor
{
public:
    virtual ~WorkDoor() = default;
    /// An empty list: there was none in that time.
    virtual void fetch(FetchWork request, Completion<std::vector<LeasedWork>> answered) = 0;
    /// Until when it is theirs now.
    virtual void prolong(ProlongWork request, Completion<Instant> answered) = 0;
    /// Answered when the result is on disk.
    virtual void finish(FinishWork request, Completion<Acceptance> answered) = 0;
};

/// The one door into the engine; the parts outlive whoever holds this.
struct Door {
    FlowsDoor &flows;
    InstancesDoor &instances;
    OperationsDoor &operations;
    QueriesDoor &queries;
    WorkDoor &work;
    TasksDoor &tasks;
    WebhooksDoor &webhooks;
    ChangesDoor &changes;
    KeysDoor &keys;
    MetersDoor &meters;
    SecretsDoor &secrets;
};

} // namespace engine

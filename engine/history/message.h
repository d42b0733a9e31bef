#pragma once

#include "engine/base/failure.h"
#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/parent.h"
#include "engine/history/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace engine {

struct StartInstance {
    FlowId flow;
    std::optional<int> version; ///< the newest if not given
    JsonText input;
    Source source;
    std::optional<Parent> parent; ///< it hears what becomes of the start, and of the instance
    bool operator==(const StartInstance &) const = default;
};

struct RaiseEvent {
    std::string name;
    JsonText payload;
    std::optional<std::string> eventId;
    std::optional<BranchPath> branch;
    Source source;
    std::string key; ///< only waits that stand under it take the event (semantics 10.1); empty: all
    bool operator==(const RaiseEvent &) const = default;
};

struct TerminateInstance {
    std::string reason;
    Source source;
    std::optional<Parent> parent; ///< only as a sub-flow of it; another instance of that id goes on
    bool keepSubFlows = false;    ///< those of the instance live on (semantics 9.1)
    bool operator==(const TerminateInstance &) const = default;
};

struct TimerDue {
    Sequence timer = 0;
    bool operator==(const TimerDue &) const = default;
};

struct ActivityFinished {
    Sequence task = 0;
    int attempt = 1;
    std::variant<JsonText, Failure> outcome;
    bool operator==(const ActivityFinished &) const = default;
};

/// A decision that yielded goes on (semantics 1.6).
struct GoOn {
    bool operator==(const GoOn &) const = default;
};

/// Halts after the message in hand; what arrives is kept (semantics 9.1).
struct SuspendInstance {
    std::string reason;
    Source source;
    bool operator==(const SuspendInstance &) const = default;
};

struct ResumeInstance {
    std::string reason;
    Source source;
    bool operator==(const ResumeInstance &) const = default;
};

/// Tries an instance again that was set aside (semantics 1.3).
struct RetryInstance {
    Source source;
    std::string reason;
    bool operator==(const RetryInstance &) const = default;
};

/// Takes a kept event away (semantics 2.3). In a message without an instance it is one that is kept
/// under its key for whoever will wait (semantics 10.1), and `event` its id; also in the next.
struct DeleteKeptEvent {
    Sequence event = 0;
    std::string reason;
    Source source;
    bool operator==(const DeleteKeptEvent &) const = default;
};

/// Sends a kept event to another instance (semantics 2.3).
struct HandOnEvent {
    Sequence event = 0;
    InstanceId to;
    std::string reason;
    Source source;
    bool operator==(const HandOnEvent &) const = default;
};

/// Raises an event again that is in the log of undelivered events (semantics 2.6), for the
/// message's instance, or, if that is empty, for the one it was meant for.
struct ReplayUndelivered {
    std::int64_t undelivered = 0;
    Source source;
    bool operator==(const ReplayUndelivered &) const = default;
};

/// Takes an entry out of the log of undelivered events. The message has no instance.
struct DeleteUndelivered {
    std::int64_t undelivered = 0;
    Source source;
    bool operator==(const DeleteUndelivered &) const = default;
};

/// What became of an instance that a sub-flow step started.
struct SubFlowFinished {
    Sequence subFlow = 0;
    std::variant<JsonText, Failure> outcome;
    bool operator==(const SubFlowFinished &) const = default;
};

// What people do with a task. `task` is the Sequence of its TaskOpened; without a name in `by` it is
// the source's (semantics 6.6).

/// One answer. It is raised as an event that only this task may take (semantics 6.3).
struct AnswerTask {
    Sequence task = 0;
    std::string outcome;
    std::string comment;
    JsonText data; ///< of the form
    std::string by;
    std::optional<std::string> eventId;
    Source source;
    bool operator==(const AnswerTask &) const = default;
};

/// Takes it for oneself, or gives it back.
struct ClaimTask {
    Sequence task = 0;
    std::string by;
    bool gives = false;
    Source source;
    bool operator==(const ClaimTask &) const = default;
};

/// Others are asked: instead of `from`, or, if that is empty, of all who have not answered.
struct ReassignTask {
    Sequence task = 0;
    std::string from;
    std::vector<std::string> to;
    std::string reason;
    Source source;
    bool operator==(const ReassignTask &) const = default;
};

/// Says something without deciding, perhaps as a question.
struct CommentTask {
    Sequence task = 0;
    std::string by;
    std::string text;
    bool question = false;
    Source source;
    bool operator==(const CommentTask &) const = default;
};

/// Starts the flow version of an instance again with its input (semantics 9.2).
struct RestartInstance {
    InstanceId as; ///< who is started: the same one again, or another; empty: one is made
    std::string reason;
    Source source;
    bool operator==(const RestartInstance &) const = default;
};

/// Makes a failed instance try again from the steps that failed (semantics 9.2). With a parent it is for
/// the sub-flow step of that, which hears of its end: then one that has not failed, or belongs to
/// somebody else, does what a start as `otherwise` does.
struct RewindInstance {
    std::string reason;
    Source source;
    std::optional<Parent> parent;
    std::optional<StartInstance> otherwise;
    bool operator==(const RewindInstance &) const = default;
};

// Corrections by an operator (semantics 9.5). Each needs a reason.

/// Sets variables, also ones that there were not.
struct EditVariables {
    std::vector<std::pair<std::string, JsonText>> values;
    std::string reason;
    Source source;
    bool operator==(const EditVariables &) const = default;
};

/// Stands in for what a wait, collect or timer step waits for.
struct SkipStep {
    BranchPath branch;
    StepId step;       ///< on which it stands
    std::string event; ///< of a wait for any of several: which one
    std::optional<JsonText> result;
    std::string reason;
    Source source;
    bool operator==(const SkipStep &) const = default;
};

/// Sends a branch to another step.
struct MoveBranch {
    BranchPath branch;
    StepId from; ///< on which it stands; empty: wherever that is
    StepId to;
    std::string reason;
    Source source;
    bool operator==(const MoveBranch &) const = default;
};

/// Removes a finished instance with all that belongs to it (semantics 9.3).
struct PurgeInstance {
    std::string reason;
    Source source;
    bool operator==(const PurgeInstance &) const = default;
};

/// An event that names no instance: those that wait under its key get it (semantics 10.1). The message
/// has no instance.
struct RaiseCorrelated {
    std::string name;
    JsonText payload;
    std::optional<std::string> key; ///< none: the flows read it from the payload
    std::optional<std::string> eventId;
    Source source;
    bool operator==(const RaiseCorrelated &) const = default;
};

/// A webhook is put in place of the one with its path, or, without a text, taken away (semantics 10.3). The
/// message has no instance.
struct SetWebhook {
    std::string path;
    std::string text; ///< its definition, checked; empty: it is taken away
    Source source;
    bool operator==(const SetWebhook &) const = default;
};

/// A key is given out in place of the one with its label, or, without a digest, revoked (http-api C2). The
/// message has no instance.
struct SetAccessKey {
    std::string label;
    std::string scope;
    std::string digest; ///< empty: it is revoked
    Source source;
    Instant at{};
    bool operator==(const SetAccessKey &) const = default;
};

/// A flow may do what one of its versions asks for, or nothing any more of what it was ever granted
/// (semantics 5.6). The message has no instance.
struct SetGrant {
    FlowId flow;
    int version = 0; ///< whose demands are granted; 0: those of the newest
    bool allows = true;
    std::string reason;
    Source source;
    bool operator==(const SetGrant &) const = default;
};

/// A version goes that no instance is of. The message has no instance.
struct RemoveFlowVersion {
    FlowId flow;
    int version = 0;
    std::string reason;
    Source source;
    bool operator==(const RemoveFlowVersion &) const = default;
};

/// Something that was done beside the database, or to many instances at once, goes into the audit log. The
/// message has no instance.
struct NoteOperation {
    std::string operation;
    std::string about;
    JsonText after;
    std::string reason;
    Source source;
    bool operator==(const NoteOperation &) const = default;
};

/// Something that reached an instance and is not decided yet. `run` 0 means the current run; messages
/// for a run that is not current are dropped and counted (semantics 1.5).
struct Message {
    InstanceId instance;
    RunKey run;
    std::variant<StartInstance, RaiseEvent, TerminateInstance, TimerDue, ActivityFinished, GoOn,
        SuspendInstance, ResumeInstance, RetryInstance, DeleteKeptEvent, HandOnEvent,
        ReplayUndelivered, DeleteUndelivered, SubFlowFinished, AnswerTask, ClaimTask, ReassignTask,
        CommentTask, RestartInstance, RewindInstance, EditVariables, SkipStep, MoveBranch,
        PurgeInstance, RaiseCorrelated, SetWebhook, SetAccessKey, SetGrant, RemoveFlowVersion,
        NoteOperation>
        body;

    bool operator==(const Message &) const = default;
};

} // namespace engine

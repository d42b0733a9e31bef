#pragma once

#include "engine/base/failure.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/parent.h"
#include "engine/history/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

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
    bool operator==(const RetryInstance &) const = default;
};

/// Takes a kept event away (semantics 2.3).
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

/// Something that reached an instance and is not decided yet. `run` 0 means the current run; messages
/// for a run that is not current are dropped and counted (semantics 1.5).
struct Message {
    InstanceId instance;
    RunKey run;
    std::variant<StartInstance, RaiseEvent, TerminateInstance, TimerDue, ActivityFinished, GoOn,
        SuspendInstance, ResumeInstance, RetryInstance, DeleteKeptEvent, HandOnEvent,
        ReplayUndelivered, DeleteUndelivered, SubFlowFinished>
        body;

    bool operator==(const Message &) const = default;
};

} // namespace engine

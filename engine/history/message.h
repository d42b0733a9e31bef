#pragma once

#include "engine/base/failure.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/source.h"

#include <optional>
#include <string>
#include <variant>

namespace engine {

struct StartInstance {
    FlowId flow;
    std::optional<int> version; ///< the newest if not given
    JsonText input;
    Source source;
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

/// Something that reached an instance and is not decided yet. `run` 0 means the current run; messages
/// for a run that is not current are dropped and counted (semantics 1.5).
struct Message {
    InstanceId instance;
    RunKey run;
    std::variant<StartInstance, RaiseEvent, TerminateInstance, TimerDue, ActivityFinished, GoOn> body;

    bool operator==(const Message &) const = default;
};

} // namespace engine

#pragma once

#include "engine/activities/activity.h"
#include "engine/base/error.h"
#include "engine/history/audit_entry.h"
#include "engine/history/history_event.h"
#include "engine/history/message.h"
#include "engine/runtime/instance_state.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace engine {

// To be done when the decision is on disk; until then these are values and nothing has happened.

struct RunActivity {
    ActivityRequest request;
};

struct CancelActivity {
    std::string activity;
    ActivityKey key;
};

struct ArmTimer {
    Sequence timer = 0;
    Instant fireAt{};
};

struct DisarmTimer {
    Sequence timer = 0;
};

/// To another instance; on disk with the decision, so that it is never lost.
struct SendMessage {
    Message message;
};

using Effect = std::variant<RunActivity, CancelActivity, ArmTimer, DisarmTimer, SendMessage>;

/// How the message was met.
enum class Reception {
    Decided,   ///< `facts` say what it did
    Duplicate, ///< an event that was answered before (semantics 2.5): the first answer again
    Held,      ///< the instance halts: to be decided when it goes on
    Ignored,   ///< a late or duplicate result, a timer that no longer stands (semantics 5.1)
    Refused,   ///< `refusal` says why
};

/// The run that follows one that continues as new (semantics 7.7). Its key is given by the desk.
struct NextRun {
    OwnedState state; ///< after the facts
    std::vector<Fact> facts;
};

/// An event that goes to the log of undelivered events, and why (semantics 2.6).
struct LoggedEvent {
    RaiseEvent event;
    std::string reason;
};

/// What one message does to one instance. Without facts the state is the one that was given.
struct Decision {
    OwnedState state; ///< after the facts; never null
    std::vector<Fact> facts;
    std::vector<Effect> effects;
    Reception reception = Reception::Decided;
    std::optional<Error> refusal;
    /// Not empty: the event goes to the log of undelivered events for this reason (semantics 2.6).
    std::string undelivered;
    std::vector<LoggedEvent> logged; ///< besides the one of the message
    std::optional<AuditEntry> audit; ///< an operation: what it changed, by whom and why
    bool letsGoOn = false; ///< what was held for a part that halted is to be decided again
    std::optional<NextRun> next; ///< begins in the same commit

    /// Whether it stopped at its limit and wants a GoOn message (semantics 1.6).
    bool goesOn() const
    {
        return !facts.empty() && std::holds_alternative<DecisionYielded>(facts.back());
    }
};

} // namespace engine

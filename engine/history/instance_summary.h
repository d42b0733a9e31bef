#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/instance_status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// What a list shows of an instance, and what the status of the REST port needs. The row of table
/// `instance`; derived from history.
struct InstanceSummary {
    InstanceId instance;
    RunKey run;
    FlowId flow;
    int version = 0;
    InstanceStatus status = InstanceStatus::Pending;
    bool waiting = false;  ///< Running with nothing to do but wait (semantics 1.3)
    std::string setAside;  ///< reason, or empty (semantics 11.3)
    Instant createdAt{};
    Instant changedAt{};
    std::optional<Instant> finishedAt;
    Sequence length = 0;   ///< number of facts
    int decisions = 0;     ///< number of history rows
    JsonText input;
    JsonText customStatus;
    JsonText output;       ///< or the failure's message, or the reason of the termination, as JSON
    InstanceId parent;     ///< whose sub-flow it is; empty: nobody's
    std::string errorType; ///< of a failed instance
    /// What it stands on: `PaymentConfirmed`, or the step that runs; one line for lists.
    std::string standsOn;
    StepId standsAt;
    Instant standsSince{};
    std::optional<Instant> standsUntil; ///< when its timeout or timer is due
    /// Observers alone are told so: the run is gone with all that belonged to it (semantics 9.3). Nothing
    /// else stands here then but instance and run.
    bool purged = false;

    bool operator==(const InstanceSummary &) const = default;
};

/// Which instances a list wants. Empty members do not restrict.
struct InstanceFilter {
    std::vector<InstanceStatus> statuses;
    std::optional<bool> waiting;
    FlowId flow;
    std::string idPrefix;
    std::string text; ///< somewhere in id, flow or standsOn, without regard to case
    std::optional<Instant> createdFrom; ///< inclusive
    std::optional<Instant> createdTo;   ///< inclusive

    bool operator==(const InstanceFilter &) const = default;
};

/// Whether a list with that filter shows the instance. `text` disregards the case of ASCII letters.
bool matches(const InstanceFilter &filter, const InstanceSummary &summary);

/// A page of a list, newest run first. `next` is the opaque place to go on from, empty at the end.
/// Stays right while instances come and go: it is a run key, not an offset.
struct InstancePage {
    std::vector<InstanceSummary> instances;
    std::string next;
};

/// How many instances of a flow (or of all, `flow` empty) are in which state.
struct InstanceCounts {
    FlowId flow;
    std::int64_t waiting = 0;
    std::int64_t running = 0; ///< Running and not waiting, or Pending
    std::int64_t suspended = 0;
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    std::int64_t terminated = 0;

    bool operator==(const InstanceCounts &) const = default;
};

/// The member of `counts` in which the instance is counted.
std::int64_t &countOf(InstanceCounts &counts, InstanceStatus status, bool waiting);

} // namespace engine

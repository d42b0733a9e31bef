#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/history/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

// How events find instances that they do not name (semantics 10.1).

/// The key of an event as one expression over its payload gives it: flows may read different ones.
struct EventKey {
    std::string expression;
    std::string key;

    auto operator<=>(const EventKey &) const = default;
};

/// An event that no instance waited for under its key, kept until one does or its time is up.
/// Truth: no history knows of it yet.
struct CorrelatedEvent {
    std::int64_t id = 0; ///< ascending; given by the scheduler
    RaiseCorrelated event;
    std::vector<EventKey> keys; ///< never empty
    Instant raisedAt{};
    Instant until{};

    bool operator==(const CorrelatedEvent &) const = default;
};

/// Whom an event reached that named no instance: the first answer, for when it comes again.
struct CorrelationAnswer {
    std::vector<std::string> reached; ///< instances
    std::vector<std::string> started; ///< instances
    std::optional<Instant> keptUntil;
    bool undelivered = false; ///< it went to the log of undelivered events

    bool operator==(const CorrelationAnswer &) const = default;
};

} // namespace engine

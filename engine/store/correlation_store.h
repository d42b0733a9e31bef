#pragma once

#include "engine/base/result.h"
#include "engine/history/correlation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

// Names of events are folded here, so that equal ones are equal bytes.

/// An instance that waits under a key: which of its facts says so.
struct KeyedWait {
    InstanceId instance;
    RunKey run;
    Sequence wait = 0;
    FlowId flow;
    int version = 0;
    Instant openedAt{};

    bool operator==(const KeyedWait &) const = default;
};

/// What was answered to an event with an id under a key.
struct AnsweredEvent {
    std::string name;
    std::string key;
    std::string eventId;
    CorrelationAnswer answer;

    bool operator==(const AnsweredEvent &) const = default;
};

/// So many answers are remembered; the oldest go first.
inline constexpr int answeredLimit = 100'000;

/// The reads of durable memory that correlation needs, all by key and none by going through what there
/// is: nothing of it stands in memory. Engine thread only.
class CorrelationStore
{
public:
    virtual ~CorrelationStore() = default;

    /// At most `limit`, in the order in which they opened.
    virtual Result<std::vector<KeyedWait>> waiting(
        const std::string &name, const std::string &key, int limit) = 0;
    /// Ids of at most `limit` events that are kept under a key, oldest first.
    virtual Result<std::vector<std::int64_t>> kept(
        const std::string &name, const EventKey &key, int limit) = 0;
    /// Nothing if it is gone.
    virtual Result<std::optional<CorrelatedEvent>> event(std::int64_t id) = 0;
    /// What was answered to the event the first time; nothing if it is new.
    virtual Result<std::optional<CorrelationAnswer>> answer(
        const std::string &name, const std::string &key, const std::string &eventId) = 0;
    /// Name and keys of all kept events that some instance waits for: a stop came between the wait and
    /// the event.
    virtual Result<std::vector<std::pair<std::string, EventKey>>> deliverable() = 0;
    /// Whether an instance of that version has not finished.
    virtual Result<bool> isLive(const FlowId &flow, int version) = 0;
};

} // namespace engine

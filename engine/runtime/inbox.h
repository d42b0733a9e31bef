#pragma once

#include "engine/runtime/scheduler.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace engine {

/// A message in the inbox, with whoever waits for the answer.
struct Queued {
    Message message;
    MessageAnswered answered; ///< may be empty
    std::int64_t stored = 0;  ///< id of a StoredMessage, or 0
    bool freshId = false;     ///< the instance id was made for this start: nobody can have it
    std::int64_t replays = 0; ///< id of the undelivered event that is raised again, or 0
    const std::vector<HistoryRow> *rows = nullptr; ///< of an instance that is rewound: its history
    /// For the audit log, if what is asked for is done; on its own, because it is large and rare.
    std::unique_ptr<AuditEntry> audit = {};
    /// Id of the event that was kept under a key for the instance, or 0, and the expression that gave it.
    std::int64_t correlated = 0;
    std::string expression;
};

/// Messages waiting for a turn, in the order of acceptance. Timers that are due stand in a line of
/// their own behind the messages, and one whose instance has an event among them is held back: if
/// an event and a timeout are both there, the event wins (semantics 3.4). An event that names no
/// instance may be for anyone: a timer waits for those that stand there when its turn has come.
class Inbox
{
public:
    void add(Queued queued);
    void addDue(Message timer);
    /// Puts back what was held, in its order, before all that came later.
    void addHeld(std::vector<Queued> held);
    std::optional<Queued> nextMessage();
    /// The next due timer that no queued event could beat; nothing if there is none.
    std::optional<Queued> nextTimer();
    bool isEmpty() const { return m_messages.empty() && m_timers.empty(); }

private:
    struct Due {
        Message timer;
        std::optional<std::int64_t> after; ///< once its turn has come: goes when so many are out
    };

    std::deque<Queued> m_messages;
    std::deque<Due> m_timers;
    // Events that named no instance: how many ever came, and left.
    std::int64_t m_correlatedIn = 0;
    std::int64_t m_correlatedOut = 0;
    std::unordered_map<InstanceId, int> m_events; ///< how many of m_messages are events for it
};

} // namespace engine

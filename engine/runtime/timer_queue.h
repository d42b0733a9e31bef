#pragma once

#include "engine/store/store.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace engine {

/// What is due next: a heap in the order of due time, then run, then number. O(log n) each; a timer
/// that is taken out early leaves a husk, and the husks are swept when they are half of the heap.
class TimerQueue
{
public:
    TimerQueue() = default;
    explicit TimerQueue(std::vector<DueTimer> timers);

    void add(DueTimer timer);
    /// Takes a timer out; one that was popped already may be named too.
    void remove(RunKey run, Sequence timer);
    /// The next one if it is due at `now`.
    std::optional<DueTimer> popDue(Instant now);
    std::optional<Instant> nextDue() const;

private:
    void dropHusks();
    void sweep();

    std::vector<DueTimer> m_heap; ///< its top is never a husk
    std::set<std::pair<RunKey, Sequence>> m_removed;
};

} // namespace engine

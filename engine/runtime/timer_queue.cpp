#include "engine/runtime/timer_queue.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace engine {
namespace {

/// For the heap functions, whose top is the greatest.
bool isLater(const DueTimer &one, const DueTimer &other)
{
    return std::tie(one.fireAt, one.run, one.timer) >
           std::tie(other.fireAt, other.run, other.timer);
}

} // namespace

TimerQueue::TimerQueue(std::vector<DueTimer> timers)
    : m_heap(std::move(timers))
{
    std::ranges::make_heap(m_heap, isLater);
}

void TimerQueue::add(DueTimer timer)
{
    m_heap.push_back(std::move(timer));
    std::ranges::push_heap(m_heap, isLater);
}

void TimerQueue::remove(RunKey run, Sequence timer)
{
    m_removed.emplace(run, timer);
    dropHusks();
    if (m_removed.size() > m_heap.size() / 2)
        sweep();
}

std::optional<DueTimer> TimerQueue::popDue(Instant now)
{
    if (m_heap.empty() || m_heap.front().fireAt > now)
        return {};
    std::ranges::pop_heap(m_heap, isLater);
    DueTimer due = std::move(m_heap.back());
    m_heap.pop_back();
    dropHusks();
    return due;
}

std::optional<Instant> TimerQueue::nextDue() const
{
    if (m_heap.empty())
        return {};
    return m_heap.front().fireAt;
}

void TimerQueue::dropHusks()
{
    while (!m_heap.empty() && m_removed.erase({m_heap.front().run, m_heap.front().timer}) > 0) {
        std::ranges::pop_heap(m_heap, isLater);
        m_heap.pop_back();
    }
}

void TimerQueue::sweep()
{
    std::erase_if(m_heap, [this](const DueTimer &timer) {
        return m_removed.contains({timer.run, timer.timer});
    });
    m_removed.clear();
    std::ranges::make_heap(m_heap, isLater);
}

} // namespace engine

#include "engine/runtime/inbox.h"

#include <utility>

namespace engine {

void Inbox::add(Queued queued)
{
    if (std::holds_alternative<RaiseEvent>(queued.message.body))
        ++m_events[queued.message.instance];
    if (std::holds_alternative<RaiseCorrelated>(queued.message.body))
        ++m_correlatedIn;
    m_messages.push_back(std::move(queued));
}

void Inbox::addDue(Message timer) { m_timers.push_back({std::move(timer), {}}); }

void Inbox::addHeld(std::vector<Queued> held)
{
    while (!held.empty()) {
        Queued last = std::move(held.back());
        held.pop_back();
        if (std::holds_alternative<TimerDue>(last.message.body)) {
            m_timers.push_front({std::move(last.message), {}});
            continue;
        }
        if (std::holds_alternative<RaiseEvent>(last.message.body))
            ++m_events[last.message.instance];
        m_messages.push_front(std::move(last));
    }
}

std::optional<Queued> Inbox::nextMessage()
{
    if (m_messages.empty())
        return {};
    Queued next = std::move(m_messages.front());
    m_messages.pop_front();
    if (std::holds_alternative<RaiseEvent>(next.message.body)) {
        const auto count = m_events.find(next.message.instance);
        if (--count->second == 0)
            m_events.erase(count);
    }
    if (std::holds_alternative<RaiseCorrelated>(next.message.body))
        ++m_correlatedOut;
    return next;
}

std::optional<Queued> Inbox::nextTimer()
{
    for (std::size_t tried = m_timers.size(); tried > 0; --tried) {
        Due due = std::move(m_timers.front());
        m_timers.pop_front();
        if (!due.after)
            due.after = m_correlatedIn;
        if (m_correlatedOut >= *due.after && !m_events.contains(due.timer.instance))
            return Queued{std::move(due.timer)};
        m_timers.push_back(std::move(due));
    }
    return {};
}

} // namespace engine

#include "monitor/engine_feed/change_merger.h"

#include <utility>

namespace monitor {

namespace {
constexpr int interval = 100; // milliseconds: ten a second
}

ChangeMerger::ChangeMerger(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ChangeMerger::pass);
}

void ChangeMerger::add(const std::vector<engine::InstanceSummary> &changes)
{
    for (const auto &change : changes) {
        const auto [place, isNew] = m_places.try_emplace(change.run, m_waiting.size());
        if (isNew)
            m_waiting.push_back(change);
        else
            m_waiting[place->second] = change;
    }
    if (m_timer.isActive() || m_waiting.empty())
        return;
    const auto since = m_sincePass.isValid() ? m_sincePass.elapsed() : interval;
    if (since >= interval)
        pass();
    else
        m_timer.start(static_cast<int>(interval - since));
}

void ChangeMerger::pass()
{
    m_sincePass.start();
    m_places.clear();
    Q_EMIT merged(std::exchange(m_waiting, {}));
}

} // namespace monitor

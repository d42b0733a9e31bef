#include "monitor/models/count_model.h"

#include "monitor/engine_feed/feed.h"

namespace monitor {

namespace {
constexpr int interval = 500; // milliseconds between two questions
}

CountModel::CountModel(Feed &feed, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &CountModel::ask);
    connect(&feed, &Feed::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    ask();
}

void CountModel::ask()
{
    m_feed.counts(this, [this](engine::Result<std::vector<engine::InstanceCounts>> counts) {
        if (!counts || *counts == m_counts)
            return;
        m_counts = *std::move(counts);
        Q_EMIT changed();
    });
}

engine::InstanceCounts CountModel::of(const engine::FlowId &flow) const
{
    engine::InstanceCounts sum{.flow = flow};
    for (const auto &counts : m_counts) {
        if (!flow.empty() && counts.flow != flow)
            continue;
        sum.waiting += counts.waiting;
        sum.running += counts.running;
        sum.suspended += counts.suspended;
        sum.completed += counts.completed;
        sum.failed += counts.failed;
        sum.terminated += counts.terminated;
    }
    return sum;
}

std::int64_t live(const engine::InstanceCounts &counts)
{
    return counts.waiting + counts.running + counts.suspended;
}

std::int64_t total(const engine::InstanceCounts &counts)
{
    return live(counts) + counts.completed + counts.failed + counts.terminated;
}

} // namespace monitor

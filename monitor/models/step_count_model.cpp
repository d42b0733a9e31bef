#include "monitor/models/step_count_model.h"

#include "monitor/engine_feed/feed.h"

#include <utility>

namespace monitor {
namespace {

constexpr int interval = 500; // milliseconds between two signals
constexpr int pageSize = 1000;

bool isCounted(const engine::InstanceSummary &instance)
{
    using engine::InstanceStatus;
    const bool live =
        instance.status == InstanceStatus::Running || instance.status == InstanceStatus::Pending;
    return live && !instance.purged && !instance.standsAt.empty() && instance.setAside.empty();
}

} // namespace

StepCountModel::StepCountModel(Feed &feed, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
{
    m_tellSoon.setSingleShot(true);
    m_tellSoon.setInterval(interval);
    connect(&m_tellSoon, &QTimer::timeout, this, &StepCountModel::changed);
    connect(
        &feed, &Feed::changed, this, [this](const std::vector<engine::InstanceSummary> &instances) {
            for (const engine::InstanceSummary &instance : instances)
                if (!m_flow.empty() && (instance.flow == m_flow || instance.purged))
                    apply(instance, true);
        });
}

void StepCountModel::setFlow(const engine::FlowId &flow)
{
    if (flow == m_flow)
        return;
    m_flow = flow;
    m_places.clear();
    m_whileLoading.clear();
    m_counts.clear();
    m_loading = false;
    ++m_question; // answers about the flow before are dropped
    Q_EMIT changed();
    if (!flow.empty())
        ask({});
}

void StepCountModel::ask(const std::string &after)
{
    using engine::InstanceStatus;
    m_loading = true;
    const engine::InstanceFilter live{
        .statuses = {InstanceStatus::Running, InstanceStatus::Pending}, .flow = m_flow};
    m_feed.list({.filter = live, .after = after, .limit = pageSize}, this,
        [this, question = m_question](engine::Result<engine::InstancePage> page) {
            if (question != m_question)
                return;
            if (page)
                for (const engine::InstanceSummary &instance : page->instances)
                    apply(instance, false);
            if (page && !page->next.empty())
                return ask(page->next);
            m_loading = false;
            m_whileLoading.clear();
        });
}

/// `newest`: it comes from the feed; what a page says of the same instance is older.
void StepCountModel::apply(const engine::InstanceSummary &instance, bool newest)
{
    if (!newest && m_whileLoading.contains(instance.run))
        return;
    if (newest && m_loading)
        m_whileLoading.insert(instance.run);
    if (const auto before = m_places.find(instance.run); before != m_places.end()) {
        count(before->second, -1);
        m_places.erase(before);
    }
    if (isCounted(instance)) {
        const Place place{instance.standsAt, instance.waiting};
        count(place, 1);
        m_places.emplace(instance.run, place);
    }
    tell();
}

void StepCountModel::count(const Place &place, int by)
{
    StepCount &count = m_counts[place.step];
    (place.waiting ? count.waiting : count.running) += by;
    if (count == StepCount{})
        m_counts.erase(place.step);
}

void StepCountModel::tell()
{
    if (!m_tellSoon.isActive())
        m_tellSoon.start();
}

} // namespace monitor

#include "engine/model/flow.h"
#include "engine/store/memory_store.h"

#include <algorithm>
#include <mutex>
#include <set>

namespace engine {
namespace {

/// Whether somebody waits under the key.
bool isAwaited(const MemoryTables &tables, const std::string &name, const std::string &key)
{
    return std::ranges::any_of(tables.indexes.keys,
        [&](const auto &one) { return one.second.name == name && one.second.key == key; });
}

} // namespace

Result<std::vector<KeyedWait>> MemoryCorrelation::waiting(
    const std::string &name, const std::string &key, int limit)
{
    const std::shared_lock lock(m_mutex);
    std::vector<KeyedWait> waits;
    for (const auto &[place, row] : m_tables.indexes.keys) {
        const RunKey run = place.first.first;
        const auto owner = m_tables.instances.find(run);
        if (row.name != name || row.key != key || owner == m_tables.instances.end())
            continue;
        const InstanceSummary &summary = owner->second;
        waits.push_back(
            {summary.instance, run, row.wait, summary.flow, summary.version, row.openedAt});
    }
    std::ranges::stable_sort(waits, {}, &KeyedWait::openedAt);
    waits.resize(std::min(waits.size(), static_cast<std::size_t>(limit)));
    return waits;
}

Result<bool> MemoryCorrelation::isLive(const FlowId &flow, int version)
{
    const std::shared_lock lock(m_mutex);
    return std::ranges::any_of(m_tables.instances, [&](const auto &one) {
        const InstanceSummary &summary = one.second;
        return summary.flow == flow && summary.version == version && !isFinished(summary.status);
    });
}

Result<std::vector<std::int64_t>> MemoryCorrelation::kept(
    const std::string &name, const EventKey &key, int limit)
{
    const std::shared_lock lock(m_mutex);
    std::vector<std::int64_t> ids;
    for (const auto &[id, event] : m_tables.correlated) {
        const bool fits = foldedEventName(event.event.name) == name &&
                          std::ranges::find(event.keys, key) != event.keys.end();
        if (fits && ids.size() < static_cast<std::size_t>(limit))
            ids.push_back(id);
    }
    return ids;
}

Result<std::optional<CorrelatedEvent>> MemoryCorrelation::event(std::int64_t id)
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_tables.correlated.find(id);
    return found == m_tables.correlated.end() ? std::optional<CorrelatedEvent>()
                                              : std::optional(found->second);
}

Result<std::optional<CorrelationAnswer>> MemoryCorrelation::answer(
    const std::string &name, const std::string &key, const std::string &eventId)
{
    const std::shared_lock lock(m_mutex);
    const auto found = std::ranges::find_if(m_tables.answeredEvents, [&](const auto &one) {
        return one.name == name && one.key == key && one.eventId == eventId;
    });
    return found == m_tables.answeredEvents.end() ? std::optional<CorrelationAnswer>()
                                                  : std::optional(found->answer);
}

Result<std::vector<std::pair<std::string, EventKey>>> MemoryCorrelation::deliverable()
{
    const std::shared_lock lock(m_mutex);
    std::set<std::pair<std::string, EventKey>> found;
    for (const auto &[id, event] : m_tables.correlated) {
        const std::string name = foldedEventName(event.event.name);
        for (const EventKey &key : event.keys) {
            if (isAwaited(m_tables, name, key.key))
                found.emplace(name, key);
        }
    }
    return std::vector(found.begin(), found.end());
}

} // namespace engine

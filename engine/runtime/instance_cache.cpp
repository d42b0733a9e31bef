#include "engine/runtime/instance_cache.h"

#include <utility>

namespace engine {

const InstanceState *InstanceCache::find(const InstanceId &instance) const
{
    const auto found = m_places.find(instance);
    return found == m_places.end() ? nullptr : found->second->state.get();
}

OwnedState InstanceCache::take(const InstanceId &instance)
{
    const auto found = m_places.find(instance);
    return found == m_places.end() ? nullptr : std::move(found->second->state);
}

void InstanceCache::put(OwnedState state)
{
    const auto [place, isNew] = m_places.try_emplace(state->instance);
    if (isNew)
        place->second = m_entries.insert(m_entries.begin(), Entry{&place->first, nullptr});
    else
        m_entries.splice(m_entries.begin(), m_entries, place->second);
    m_entries.front().state = std::move(state);
}

void InstanceCache::trim()
{
    while (m_entries.size() > m_limit) {
        m_places.erase(m_places.find(*m_entries.back().instance));
        m_entries.pop_back();
    }
}

} // namespace engine

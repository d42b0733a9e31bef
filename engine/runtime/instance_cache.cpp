#include "engine/runtime/instance_cache.h"

#include <utility>

namespace engine {

const InstanceState *InstanceCache::find(const InstanceId &instance) const
{
    const auto found = m_places.find(instance);
    return found == m_places.end() ? nullptr : &*found->second;
}

std::optional<InstanceState> InstanceCache::take(const InstanceId &instance)
{
    const auto found = m_places.find(instance);
    if (found == m_places.end())
        return {};
    InstanceState state = std::move(*found->second);
    m_states.erase(found->second);
    m_places.erase(found);
    return state;
}

void InstanceCache::put(InstanceState state)
{
    take(state.instance);
    m_states.push_front(std::move(state));
    m_places.emplace(m_states.front().instance, m_states.begin());
}

void InstanceCache::trim()
{
    while (m_states.size() > m_limit) {
        m_places.erase(m_states.back().instance);
        m_states.pop_back();
    }
}

} // namespace engine

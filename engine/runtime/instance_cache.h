#pragma once

#include "engine/runtime/instance_state.h"

#include <list>
#include <unordered_map>

namespace engine {

/// Recent states, so that replay is rare. It may outgrow its limit during a turn, because a state
/// that is not on disk yet must not be lost; trim() after the commit drops those unused for
/// longest.
class InstanceCache
{
public:
    explicit InstanceCache(std::size_t limit)
        : m_limit(limit)
    {}

    /// nullptr: not here. The pointer holds until the state is taken, replaced or trimmed.
    const InstanceState *find(const InstanceId &instance) const;
    /// Takes the state out, to be moved through a decision and put back: its place is kept until it is
    /// trimmed. nullptr: not here.
    OwnedState take(const InstanceId &instance);
    void put(OwnedState state);
    void trim();
    /// How many places are in use.
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        const InstanceId *instance; ///< key of its place
        OwnedState state;           ///< nullptr: taken
    };

    std::size_t m_limit;
    std::list<Entry> m_entries; ///< used last comes first
    std::unordered_map<InstanceId, std::list<Entry>::iterator> m_places;
};

} // namespace engine

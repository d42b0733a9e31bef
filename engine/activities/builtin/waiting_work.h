#pragma once

#include "engine/activities/activity.h"

#include <mutex>
#include <set>

namespace engine {

/// Attempts that wait for a thread. Used by the engine thread and the workers.
class WaitingWork
{
public:
    void add(const ActivityKey &key)
    {
        const std::lock_guard lock(m_mutex);
        m_keys.insert(key);
    }
    /// Whether it was still there.
    bool take(const ActivityKey &key)
    {
        const std::lock_guard lock(m_mutex);
        return m_keys.erase(key) > 0;
    }

private:
    std::mutex m_mutex;
    std::set<ActivityKey> m_keys;
};

} // namespace engine

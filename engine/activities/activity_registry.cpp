#include "engine/activities/activity_registry.h"

#include "engine/base/error.h"

#include <utility>

namespace engine {

void ActivityRegistry::add(std::string name, std::unique_ptr<Activity> activity)
{
    const bool added = m_activities.emplace(std::move(name), std::move(activity)).second;
    invariant(added, "activities: a name was given to two activities");
}

Activity *ActivityRegistry::find(std::string_view name) const
{
    const auto found = m_activities.find(name);
    return found == m_activities.end() ? nullptr : found->second.get();
}

std::vector<std::string> ActivityRegistry::names() const
{
    std::vector<std::string> names;
    for (const auto &[name, activity] : m_activities)
        names.push_back(name);
    return names;
}

} // namespace engine

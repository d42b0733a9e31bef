#pragma once

#include "engine/activities/activity.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// Name ⇒ activity. Filled before the engine starts, then only read.
class ActivityRegistry
{
public:
    void add(std::string name, std::unique_ptr<Activity> activity);
    /// nullptr: there is none of this name.
    Activity *find(std::string_view name) const;
    std::vector<std::string> names() const;

private:
    std::map<std::string, std::unique_ptr<Activity>, std::less<>> m_activities;
};

} // namespace engine

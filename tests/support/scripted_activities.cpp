#include "tests/support/scripted_activities.h"

namespace tests {

using namespace engine;

void ScriptedActivities::runActivity(const ActivityRequest &request)
{
    running.push_back(request);
    begun.push_back(request);
}

void ScriptedActivities::cancelActivity(const std::string &, const ActivityKey &key)
{
    canceled.push_back(key);
    std::erase_if(running, [&](const ActivityRequest &request) { return request.key == key; });
}

void ScriptedActivities::changed(std::vector<Change> given)
{
    changes.insert(changes.end(), given.begin(), given.end());
}

std::optional<Message> ScriptedActivities::finishOldest(ActivityOutcome outcome)
{
    if (running.empty())
        return {};
    const ActivityRequest request = running.front();
    running.erase(running.begin());
    return Message{request.instance, request.key.run,
        ActivityFinished{request.key.task, request.attempt, std::move(outcome)}};
}

} // namespace tests

#include "engine/activities/builtin/builtin_activities.h"

#include "engine/activities/builtin/http_activity.h"
#include "engine/activities/builtin/log_activity.h"

#include <utility>

namespace engine {

void addBuiltinActivities(ActivityRegistry &registry, BuiltinPlaces places)
{
    registry.add("http", std::make_unique<HttpActivity>(places.net));
    registry.add("log", std::make_unique<LogActivity>());
    registry.add("script", std::make_unique<ScriptActivity>(std::move(places.runOnWorker)));
}

} // namespace engine

#include "engine/activities/builtin/builtin_activities.h"

#include "engine/activities/builtin/http_activity.h"
#include "engine/activities/builtin/log_activity.h"
#include "engine/activities/builtin/process_activity.h"
#include "engine/activities/builtin/secret_work.h"

#include <utility>

namespace engine {

void addBuiltinActivities(ActivityRegistry &registry, BuiltinPlaces places)
{
    const RunOnWorker &run = places.runOnWorker;
    const RunJob runJob = [run](std::function<void()> job) {
        run([job = std::move(job)](Expressions &) { job(); });
    };
    const auto secretly = [&places](std::unique_ptr<Activity> activity) {
        return withSecretsOf(places.findSecret, places.net, std::move(activity));
    };
    registry.add(
        "file", secretly(std::make_unique<FileActivity>(runJob, std::move(places.fileRoot))));
    registry.add("http", secretly(std::make_unique<HttpActivity>(places.net)));
    registry.add("log", std::make_unique<LogActivity>());
    registry.add("process", secretly(std::make_unique<ProcessActivity>(places.net)));
    registry.add("script", std::make_unique<ScriptActivity>(std::move(places.runOnWorker)));
}

} // namespace engine

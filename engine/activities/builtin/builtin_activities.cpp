#include "engine/activities/builtin/builtin_activities.h"

#include "engine/activities/builtin/emit_activity.h"
#include "engine/activities/builtin/http_activity.h"
#include "engine/activities/builtin/log_activity.h"
#include "engine/activities/builtin/mail_activity.h"
#include "engine/activities/builtin/notify_activity.h"
#include "engine/activities/builtin/process_activity.h"
#include "engine/activities/builtin/secret_work.h"

#include <utility>

namespace engine {

OnBoard addBuiltinActivities(ActivityRegistry &registry, BuiltinPlaces places)
{
    const RunOnWorker &run = places.runOnWorker;
    const RunJob runJob = [run](std::function<void()> job) {
        run([job = std::move(job)](Expressions &) { job(); });
    };
    const auto secretly = [&places](std::unique_ptr<Activity> activity,
                              std::optional<NamedSecret> named = {}) {
        return withSecretsOf(places.secrets, places.net, std::move(activity), std::move(named));
    };
    registry.add("emit",
        secretly(std::make_unique<EmitActivity>(std::make_unique<HttpActivity>(places.net))));
    registry.add(
        "file", secretly(std::make_unique<FileActivity>(runJob, std::move(places.fileRoot))));
    registry.add("http", secretly(std::make_unique<HttpActivity>(places.net)));
    registry.add("log", std::make_unique<LogActivity>());
    registry.add("mail",
        secretly(std::make_unique<MailActivity>(places.net), NamedSecret{"connection", "mail"}));
    registry.add("notify", std::make_unique<NotifyActivity>(places.net));
    registry.add("process", secretly(std::make_unique<ProcessActivity>(places.net)));
    registry.add("script", std::make_unique<ScriptActivity>(std::move(places.runOnWorker)));
    registry.add("sql", secretly(std::make_unique<SqlActivity>(places.net, std::move(places.sql)),
                            NamedSecret{"connection", std::nullopt}));
    auto worker = std::make_unique<WorkerActivity>(places.net, places.clock);
    OnBoard board = worker->board();
    registry.add("worker", std::move(worker));
    return board;
}

} // namespace engine

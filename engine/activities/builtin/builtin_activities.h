#pragma once

#include "engine/activities/activity_registry.h"
#include "engine/activities/builtin/file_activity.h"
#include "engine/activities/builtin/script_activity.h"
#include "engine/activities/builtin/secret_work.h"
#include "engine/activities/builtin/sql_activity.h"
#include "engine/activities/builtin/worker_activity.h"

class QObject;

namespace engine {

/// Where built-in activities do their work.
struct BuiltinPlaces {
    QObject &net; ///< lives on the net thread and is deleted there, after the activities
    RunOnWorker runOnWorker;
    std::function<std::string()> fileRoot; ///< directory of relative paths; known when work begins
    SecretSources secrets;
    SqlThreads sql;
    const Clock &clock; ///< outlives the net thread
};

/// Every kind of activity in the box, one line each. Answers how to reach the board of the work for
/// programs outside.
OnBoard addBuiltinActivities(ActivityRegistry &registry, BuiltinPlaces places);

} // namespace engine

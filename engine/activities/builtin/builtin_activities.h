#pragma once

#include "engine/activities/activity_registry.h"
#include "engine/activities/builtin/script_activity.h"

class QObject;

namespace engine {

/// Where built-in activities do their work.
struct BuiltinPlaces {
    QObject &net; ///< lives on the net thread and is deleted there, after the activities
    RunOnWorker runOnWorker;
};

/// Every kind of activity in the box, one line each.
void addBuiltinActivities(ActivityRegistry &registry, BuiltinPlaces places);

} // namespace engine

#pragma once

#include "engine/activities/activity.h"

namespace engine {

/// Writes a line to the program's log: `{ message, level }`. Done at once, on the thread that
/// starts it.
class LogActivity final : public Activity
{
public:
    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;
};

} // namespace engine

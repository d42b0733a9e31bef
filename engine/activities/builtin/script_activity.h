#pragma once

#include "engine/activities/activity.h"
#include "engine/activities/builtin/waiting_work.h"
#include "engine/expressions/expressions.h"

#include <functional>
#include <memory>

namespace engine {

/// Queues a job for one of the workers; each has an evaluator of its own.
using RunOnWorker = std::function<void(std::function<void(Expressions &)>)>;

/// JavaScript over the flow's data: `{ code, input, vars, … }`. The code reads the other members of
/// `with` by their names. Its value is what it returns, or is, if it is one expression.
class ScriptActivity final : public Activity
{
public:
    explicit ScriptActivity(RunOnWorker runOnWorker);

    void start(const ActivityRequest &request, ActivityDone done) override;
    /// One that has begun goes on to its end or its timeout.
    void cancel(const ActivityKey &key) override;

private:
    RunOnWorker m_runOnWorker;
    std::shared_ptr<WaitingWork> m_waiting; ///< shared with the jobs, which can outlive us
};

} // namespace engine

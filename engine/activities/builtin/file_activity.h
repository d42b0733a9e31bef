#pragma once

#include "engine/activities/activity.h"
#include "engine/activities/builtin/waiting_work.h"

#include <functional>
#include <memory>
#include <string>

namespace engine {

/// Queues a job for one of the workers.
using RunJob = std::function<void(std::function<void()>)>;

/// A file: `{ path, mode, content }`. `read` ⇒ its text, or the JSON in it. `write` puts the whole
/// content in its place at once (the old file or the new one, never half of it); `append` adds to
/// it; both ⇒ null, and what was written is on disk. At most 1 MiB.
class FileActivity final : public Activity
{
public:
    /// `root`: the directory that relative paths begin in.
    FileActivity(RunJob runJob, std::function<std::string()> root);

    void start(const ActivityRequest &request, ActivityDone done) override;
    /// One that has begun goes on to its end.
    void cancel(const ActivityKey &key) override;

private:
    RunJob m_runJob;
    std::function<std::string()> m_root;
    std::shared_ptr<WaitingWork> m_waiting; ///< shared with the jobs, which can outlive us
};

} // namespace engine

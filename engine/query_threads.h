#pragma once

#include "engine/base/result.h"
#include "engine/job_threads.h"
#include "engine/store/reader.h"

#include <functional>
#include <memory>
#include <utility>

namespace engine {

/// Two threads that read what was committed: one for points, so that nobody who asks for one
/// instance waits for a list; one for scans.
class QueryThreads
{
public:
    using OpenReader = std::function<Result<std::unique_ptr<Reader>>()>;

    explicit QueryThreads(const OpenReader &open);

    /// Calls `answered` with what `read` makes of a reader, on the thread for points.
    template<typename Read, typename Answered>
    void point(Read read, Answered answered)
    {
        post(m_points, std::move(read), std::move(answered));
    }
    template<typename Read, typename Answered>
    void scan(Read read, Answered answered)
    {
        post(m_scans, std::move(read), std::move(answered));
    }

private:
    /// A reader, or why it could not be opened.
    using Opened = Result<std::unique_ptr<Reader>>;

    template<typename Read, typename Answered>
    static void post(JobThreads<Opened> &threads, Read read, Answered answered)
    {
        threads.post([read = std::move(read), answered = std::move(answered)](Opened &reader) {
            if (reader)
                answered(read(**reader));
            else
                answered(reader.error());
        });
    }

    JobThreads<Opened> m_points;
    JobThreads<Opened> m_scans;
};

} // namespace engine

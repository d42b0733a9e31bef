#pragma once

#include "engine/door/changes_door.h"
#include "engine/query_threads.h"

#include <list>
#include <memory>
#include <mutex>

namespace engine {

/// The door's side for whoever follows all changes: reads the log of changes on a query thread, which
/// outlives it, and tells the watchers that there is more of it. Any thread.
class EngineChanges final : public ChangesDoor
{
public:
    /// `queries` is there before the first call of changes().
    explicit EngineChanges(const std::unique_ptr<QueryThreads> &queries)
        : m_queries(queries)
    {}

    void changes(ChangesRequest request, std::function<void(Result<Changes>)> answered) override;
    std::shared_ptr<void> watch(std::function<void()> committed) override;
    /// After a commit, on the engine thread.
    void tell();

private:
    using Watchers = std::list<std::weak_ptr<std::function<void()>>>;

    const std::unique_ptr<QueryThreads> &m_queries;
    std::mutex m_mutex;
    Watchers m_watchers;
};

} // namespace engine

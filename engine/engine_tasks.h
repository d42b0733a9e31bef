#pragma once

#include "engine/door/door.h"
#include "engine/engine_loop.h"
#include "engine/query_threads.h"

namespace engine {

/// The door's side for tasks, over the engine thread and the query threads, which outlive it. Any
/// thread.
class EngineTasks final : public TasksDoor
{
public:
    EngineTasks(EngineLoop &loop, QueryThreads &queries);

    void answer(AnswerRequest request, Accepted answered) override;
    void claim(ClaimRequest request, Accepted answered) override;
    void giveBack(ClaimRequest request, Accepted answered) override;
    void reassign(ReassignRequest request, Accepted answered) override;
    void comment(CommentRequest request, Accepted answered) override;
    void list(TaskListRequest request, std::function<void(Result<TaskPage>)> answered) override;
    void find(TaskId task, std::function<void(Result<TaskDetail>)> answered) override;

private:
    template<typename Body>
    void order(const TaskId &task, Body body, Accepted answered);

    EngineLoop &m_loop;
    QueryThreads &m_queries;
};

} // namespace engine

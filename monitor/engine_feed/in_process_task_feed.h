#pragma once

#include "monitor/engine_feed/change_merger.h"
#include "monitor/engine_feed/task_feed.h"

namespace engine {
class Engine;
}

namespace monitor {

/// The tasks of the engine of this process. The engine outlives it.
class InProcessTaskFeed final : public TaskFeed
{
    Q_OBJECT

public:
    explicit InProcessTaskFeed(engine::Engine &engine, QObject *parent = nullptr);

    void list(engine::TaskListRequest request, QObject *receiver,
        Answer<engine::TaskPage> answered) override;
    void find(engine::TaskId task, QObject *receiver, Answer<engine::TaskDetail> answered) override;
    void answer(engine::AnswerRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void claim(engine::ClaimRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void giveBack(engine::ClaimRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void reassign(engine::ReassignRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void comment(engine::CommentRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;

private:
    engine::TasksDoor &m_door;
    ChangeMerger m_merger;
};

} // namespace monitor

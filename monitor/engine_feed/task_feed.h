#pragma once

#include "monitor/engine_feed/feed.h"

namespace monitor {

/// What the inbox asks of an engine, wherever that runs. Main thread. An answer comes later, on the
/// main thread, and not at all once its receiver is gone.
class TaskFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void list(
        engine::TaskListRequest request, QObject *receiver, Answer<engine::TaskPage> answered) = 0;
    virtual void find(
        engine::TaskId task, QObject *receiver, Answer<engine::TaskDetail> answered) = 0;
    virtual void answer(
        engine::AnswerRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;
    virtual void claim(
        engine::ClaimRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;
    virtual void giveBack(
        engine::ClaimRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;
    virtual void reassign(engine::ReassignRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) = 0;
    virtual void comment(
        engine::CommentRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;

Q_SIGNALS:
    /// At most ten times a second: instances that changed, and perhaps their tasks.
    void changed(const std::vector<engine::InstanceSummary> &instances);
};

} // namespace monitor

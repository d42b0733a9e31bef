#include "monitor/engine_feed/in_process_task_feed.h"

#include "engine/engine.h"

#include <QPointer>
#include <QPromise>

#include <memory>
#include <utility>

namespace monitor {

namespace {

/// A completion of the door that hands its value to `answered` on the feed's thread, unless the
/// receiver is gone by then.
template<typename T>
std::function<void(engine::Result<T>)> onOurThread(
    QObject *feed, QObject *receiver, Answer<T> answered)
{
    auto promise = std::make_shared<QPromise<engine::Result<T>>>();
    promise->start();
    promise->future().then(feed, [alive = QPointer<QObject>(receiver),
                                     answered = std::move(answered)](engine::Result<T> result) {
        if (alive)
            answered(std::move(result));
    });
    return [promise](engine::Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
}

} // namespace

InProcessTaskFeed::InProcessTaskFeed(engine::Engine &engine, QObject *parent)
    : TaskFeed(parent)
    , m_door(engine.door().tasks)
{
    connect(&engine, &engine::Engine::instancesChanged, &m_merger, &ChangeMerger::add);
    connect(&m_merger, &ChangeMerger::merged, this, &TaskFeed::changed);
}

void InProcessTaskFeed::list(
    engine::TaskListRequest request, QObject *receiver, Answer<engine::TaskPage> answered)
{
    m_door.list(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::find(
    engine::TaskId task, QObject *receiver, Answer<engine::TaskDetail> answered)
{
    m_door.find(task, onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::answer(
    engine::AnswerRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    m_door.answer(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::claim(
    engine::ClaimRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    m_door.claim(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::giveBack(
    engine::ClaimRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    m_door.giveBack(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::reassign(
    engine::ReassignRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    m_door.reassign(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

void InProcessTaskFeed::comment(
    engine::CommentRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    m_door.comment(std::move(request), onOurThread(this, receiver, std::move(answered)));
}

} // namespace monitor

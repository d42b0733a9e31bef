#include "monitor/engine_feed/in_process_feed.h"

#include "engine/engine.h"

#include <QPointer>

#include <utility>

namespace monitor {

namespace {

/// Passes the value of `future` on, unless the receiver is gone by then. The context is the feed: a
/// receiver that dies on the main thread while the engine answers would be a race.
template<typename T>
void whenDone(
    QFuture<engine::Result<T>> future, QObject *feed, QObject *receiver, Answer<T> answered)
{
    future.then(feed, [alive = QPointer<QObject>(receiver), answered = std::move(answered)](
                          engine::Result<T> result) {
        if (alive)
            answered(std::move(result));
    });
}

} // namespace

InProcessFeed::InProcessFeed(engine::Engine &engine, QObject *parent)
    : Feed(parent)
    , m_engine(engine)
{
    connect(&engine, &engine::Engine::instancesChanged, &m_merger, &ChangeMerger::add);
    connect(&engine, &engine::Engine::halted, this, &Feed::halted);
    connect(&m_merger, &ChangeMerger::merged, this, &Feed::changed);
}

void InProcessFeed::list(
    engine::ListRequest request, QObject *receiver, Answer<engine::InstancePage> answered)
{
    whenDone(m_engine.list(std::move(request)), this, receiver, std::move(answered));
}

void InProcessFeed::history(
    engine::HistoryRequest request, QObject *receiver, Answer<engine::InstanceHistory> answered)
{
    whenDone(m_engine.history(std::move(request)), this, receiver, std::move(answered));
}

void InProcessFeed::counts(QObject *receiver, Answer<std::vector<engine::InstanceCounts>> answered)
{
    whenDone(m_engine.counts(), this, receiver, std::move(answered));
}

void InProcessFeed::flows(QObject *receiver, Answer<std::vector<engine::FlowVersion>> answered)
{
    whenDone(m_engine.flows(), this, receiver, std::move(answered));
}

void InProcessFeed::start(
    engine::StartRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    whenDone(m_engine.start(std::move(request)), this, receiver, std::move(answered));
}

void InProcessFeed::raise(
    engine::RaiseRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    whenDone(m_engine.raise(std::move(request)), this, receiver, std::move(answered));
}

void InProcessFeed::terminate(
    engine::TerminateRequest request, QObject *receiver, Answer<engine::Acceptance> answered)
{
    whenDone(m_engine.terminate(std::move(request)), this, receiver, std::move(answered));
}

} // namespace monitor

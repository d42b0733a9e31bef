#pragma once

#include "monitor/engine_feed/change_merger.h"
#include "monitor/engine_feed/feed.h"

namespace engine {
class Engine;
}

namespace monitor {

/// The engine of this process. The engine outlives it.
class InProcessFeed final : public Feed
{
    Q_OBJECT

public:
    explicit InProcessFeed(engine::Engine &engine, QObject *parent = nullptr);

    void list(engine::ListRequest request, QObject *receiver,
        Answer<engine::InstancePage> answered) override;
    void history(engine::HistoryRequest request, QObject *receiver,
        Answer<engine::InstanceHistory> answered) override;
    void counts(QObject *receiver, Answer<std::vector<engine::InstanceCounts>> answered) override;
    void flows(QObject *receiver, Answer<std::vector<engine::FlowVersion>> answered) override;
    void start(engine::StartRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void raise(engine::RaiseRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;
    void terminate(engine::TerminateRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) override;

private:
    engine::Engine &m_engine;
    ChangeMerger m_merger;
};

} // namespace monitor

#pragma once

#include "engine/door/door.h"
#include "engine/engine_loop.h"
#include "engine/query_threads.h"

namespace engine {

/// The door's three sides over the engine thread and the query threads, which outlive it. Any
/// thread.
class EngineDoor final : public FlowsDoor, public InstancesDoor, public QueriesDoor
{
public:
    EngineDoor(EngineLoop &loop, QueryThreads &queries);

    Door door() { return {*this, *this, *this}; }

    void deploy(DeployFlow request, Completion<DeployedFlow> answered) override;
    void list(Completion<std::vector<FlowVersion>> answered) override;

    void start(StartRequest request, Completion<Acceptance> answered) override;
    void raise(RaiseRequest request, Completion<Acceptance> answered) override;
    void terminate(TerminateRequest request, Completion<Acceptance> answered) override;

    void find(InstanceId instance, Completion<InstanceSummary> answered) override;
    void list(ListRequest request, Completion<InstancePage> answered) override;
    void history(HistoryRequest request, Completion<InstanceHistory> answered) override;
    void counts(Completion<std::vector<InstanceCounts>> answered) override;
    void health(Completion<EngineHealth> answered) override;

private:
    EngineLoop &m_loop;
    QueryThreads &m_queries;
};

} // namespace engine

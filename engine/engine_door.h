#pragma once

#include "engine/activities/builtin/worker_activity.h"
#include "engine/door/door.h"
#include "engine/engine_loop.h"
#include "engine/engine_tasks.h"
#include "engine/engine_webhooks.h"
#include "engine/page_watch.h"
#include "engine/query_threads.h"

#include <functional>

namespace engine {

/// Five of the door's sides over the engine thread, the query threads and the board of outside work,
/// which outlive it. Any thread.
class EngineDoor final : public FlowsDoor,
                         public InstancesDoor,
                         public OperationsDoor,
                         public QueriesDoor,
                         public WorkDoor
{
public:
    /// `backUp` may be called on any thread and answers on one of its own.
    using BackUp = std::function<void(BackupRequest, Completion<Backup>)>;

    /// What is not behind the engine's inbox alone.
    struct Sides {
        ChangesDoor &changes;
        KeysDoor &keys;
        MetersDoor &meters;
        SecretsDoor &secrets;
    };

    EngineDoor(EngineLoop &loop, QueryThreads &queries, const PageWatch &pages, OnBoard board,
        BackUp backUp, WebhookParts webhooks, Sides sides);

    Door door()
    {
        return {*this, *this, *this, *this, *this, m_tasks, m_webhooks, m_sides.changes,
            m_sides.keys, m_sides.meters, m_sides.secrets};
    }

    void deploy(DeployFlow request, Completion<DeployedFlow> answered) override;
    void list(Completion<std::vector<FlowVersion>> answered) override;
    void removeVersion(RemoveVersionRequest request, Completion<Acceptance> answered) override;
    void grants(Completion<std::vector<FlowGrant>> answered) override;
    void setGrant(GrantRequest request, Completion<Acceptance> answered) override;

    void start(StartRequest request, Completion<Acceptance> answered) override;
    void raise(RaiseRequest request, Completion<Acceptance> answered) override;
    void terminate(TerminateRequest request, Completion<Acceptance> answered) override;
    void correlate(CorrelateRequest request, Completion<Correlated> answered) override;

    void suspend(OperationRequest request, Completion<Acceptance> answered) override;
    void resume(OperationRequest request, Completion<Acceptance> answered) override;
    void retry(OperationRequest request, Completion<Acceptance> answered) override;
    void deleteKept(KeptEventRequest request, Completion<Acceptance> answered) override;
    void handOn(KeptEventRequest request, Completion<Acceptance> answered) override;
    void replayUndelivered(UndeliveredRequest request, Completion<Acceptance> answered) override;
    void deleteUndelivered(UndeliveredRequest request, Completion<Acceptance> answered) override;

    void restart(RestartRequest request, Completion<Acceptance> answered) override;
    void rewind(OperationRequest request, Completion<Acceptance> answered) override;
    void purge(OperationRequest request, Completion<Acceptance> answered) override;
    void purgeAll(PurgeRequest request, Completion<std::int64_t> answered) override;
    void editVariables(EditRequest request, Completion<Acceptance> answered) override;
    void skip(SkipRequest request, Completion<Acceptance> answered) override;
    void move(MoveRequest request, Completion<Acceptance> answered) override;
    void batch(BatchRequest request, Completion<BatchResult> answered) override;

    void find(InstanceId instance, Completion<InstanceSummary> answered) override;
    void list(ListRequest request, Completion<InstancePage> answered) override;
    void history(HistoryRequest request, Completion<InstanceHistory> answered) override;
    void explain(ExplainRequest request, Completion<std::vector<EventVerdict>> answered) override;
    void undelivered(LogRequest request, Completion<UndeliveredPage> answered) override;
    void audit(AuditRequest request, Completion<AuditPage> answered) override;
    void correlated(LogRequest request, Completion<CorrelatedPage> answered) override;
    void counts(Completion<std::vector<InstanceCounts>> answered) override;
    void health(Completion<EngineHealth> answered) override;
    void timeline(TimelineRequest request, Completion<Timeline> answered) override;
    void children(ChildrenRequest request, Completion<ChildPage> answered) override;
    void variables(InstanceId instance, Completion<InstanceVariables> answered) override;
    void statistics(FlowId flow, Completion<std::vector<VersionStatistics>> answered) override;
    void backUp(BackupRequest request, Completion<Backup> answered) override;

    void fetch(FetchWork request, Completion<std::vector<LeasedWork>> answered) override;
    void prolong(ProlongWork request, Completion<Instant> answered) override;
    void finish(FinishWork request, Completion<Acceptance> answered) override;

private:
    void order(Message message, Completion<Acceptance> answered);

    EngineLoop &m_loop;
    QueryThreads &m_queries;
    const PageWatch &m_pages;
    OnBoard m_board;
    BackUp m_backUp;
    EngineTasks m_tasks;
    EngineWebhooks m_webhooks;
    Sides m_sides;
};

} // namespace engine

#include "engine/engine_door.h"

#include "engine/flow_of_instance.h"
#include "engine/purge_sweep.h"
#include "engine/reader_questions.h"
#include "engine/runtime/explain.h"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

constexpr int longestHistoryPage = 200; // architecture 5

MessageAnswered accepted(Completion<Acceptance> answered)
{
    return [answered = std::move(answered)](Result<Accepted> result) {
        if (!result)
            return answered(result.error());
        answered(Acceptance{result->instance, result->run, result->duplicate});
    };
}

Result<InstanceHistory> historyOf(Reader &reader, const HistoryRequest &request)
{
    auto summary = knownInstance(reader, request.instance);
    if (!summary)
        return summary.error();
    const int limit = std::clamp(request.limit, 1, longestHistoryPage);
    auto page = reader.history(summary->run, std::max<Sequence>(request.from, 1), limit);
    if (!page)
        return page.error();
    return InstanceHistory{*std::move(summary), std::move(page->events), page->next};
}

Result<std::vector<EventVerdict>> explained(Reader &reader, const ExplainRequest &request)
{
    const auto summary = knownInstance(reader, request.instance);
    if (!summary)
        return summary.error();
    const auto events = wholeHistory(reader, summary->run);
    if (!events)
        return events.error();
    const auto flow = flowOf(reader, *summary);
    if (!flow)
        return flow.error();
    return explain(*events, {request.name, request.event}, *flow);
}

Result<std::vector<FlowVersion>> flowsOf(Reader &reader)
{
    auto stored = reader.flows();
    if (!stored)
        return stored.error();
    std::vector<FlowVersion> versions;
    versions.reserve(stored->size());
    for (StoredFlow &flow : *stored)
        versions.push_back({flow.flow, flow.version, flow.deployedAt, std::move(flow.text)});
    return versions;
}

} // namespace

EngineDoor::EngineDoor(EngineLoop &loop, QueryThreads &queries, const PageWatch &pages,
    OnBoard board, BackUp backUp, WebhookParts webhooks, Sides sides)
    : m_loop(loop)
    , m_queries(queries)
    , m_pages(pages)
    , m_board(std::move(board))
    , m_backUp(std::move(backUp))
    , m_tasks(loop, queries)
    , m_webhooks(loop, queries, *this, std::move(webhooks))
    , m_sides(sides)
{}

void EngineDoor::deploy(DeployFlow request, Completion<DeployedFlow> answered)
{
    m_loop.inbox().deploy(std::move(request.text), request.grant,
        [answered = std::move(answered)](Result<Deployed> result) {
            if (!result)
                return answered(result.error());
            answered(DeployedFlow{result->flow, result->version, std::move(result->problems)});
        },
        std::move(request.source));
}

void EngineDoor::list(Completion<std::vector<FlowVersion>> answered)
{
    m_queries.scan(flowsOf, std::move(answered));
}

void EngineDoor::start(StartRequest request, Completion<Acceptance> answered)
{
    m_loop.inbox().submit({std::move(request.instance), {},
                              StartInstance{std::move(request.flow), request.version,
                                  std::move(request.input), std::move(request.source)}},
        accepted(std::move(answered)));
}

void EngineDoor::raise(RaiseRequest request, Completion<Acceptance> answered)
{
    m_loop.inbox().submit(
        {std::move(request.instance), {},
            RaiseEvent{std::move(request.name), std::move(request.payload),
                std::move(request.eventId), std::move(request.branch), std::move(request.source)}},
        accepted(std::move(answered)));
}

void EngineDoor::terminate(TerminateRequest request, Completion<Acceptance> answered)
{
    m_loop.inbox().submit(
        {std::move(request.instance), {},
            TerminateInstance{std::move(request.reason), std::move(request.source), {},
                request.keepSubFlows}},
        accepted(std::move(answered)));
}

void EngineDoor::correlate(CorrelateRequest request, Completion<Correlated> answered)
{
    m_loop.inbox().submit(
        {{}, {},
            RaiseCorrelated{std::move(request.name), std::move(request.payload),
                std::move(request.key), std::move(request.eventId), std::move(request.source)}},
        [answered = std::move(answered)](Result<Accepted> result) {
            if (!result)
                return answered(result.error());
            answered(Correlated{
                std::move(result->correlation).value_or(CorrelationAnswer{}), result->duplicate});
        });
}

void EngineDoor::order(Message message, Completion<Acceptance> answered)
{
    m_loop.inbox().submit(std::move(message), accepted(std::move(answered)));
}

void EngineDoor::suspend(OperationRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              SuspendInstance{std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::resume(OperationRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              ResumeInstance{std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::retry(OperationRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              RetryInstance{std::move(request.source), std::move(request.reason)}},
        std::move(answered));
}

void EngineDoor::deleteKept(KeptEventRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              DeleteKeptEvent{request.event, std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::handOn(KeptEventRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              HandOnEvent{request.event, std::move(request.to), std::move(request.reason),
                  std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::replayUndelivered(UndeliveredRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.to), {}, ReplayUndelivered{request.id, std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::deleteUndelivered(UndeliveredRequest request, Completion<Acceptance> answered)
{
    order({{}, {}, DeleteUndelivered{request.id, std::move(request.source)}}, std::move(answered));
}

void EngineDoor::restart(RestartRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              RestartInstance{std::move(request.as), std::move(request.reason),
                  std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::rewind(OperationRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              RewindInstance{std::move(request.reason), std::move(request.source), {}, {}}},
        std::move(answered));
}

void EngineDoor::purge(OperationRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              PurgeInstance{std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::purgeAll(PurgeRequest request, Completion<std::int64_t> answered)
{
    startSweep(m_loop.inbox(), m_queries, std::move(request), std::move(answered));
}

void EngineDoor::editVariables(EditRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              EditVariables{std::move(request.values), std::move(request.reason),
                  std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::skip(SkipRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              SkipStep{std::move(request.branch), std::move(request.step),
                  std::move(request.event), std::move(request.result),
                  std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::move(MoveRequest request, Completion<Acceptance> answered)
{
    order({std::move(request.instance), {},
              MoveBranch{std::move(request.branch), std::move(request.from),
                  std::move(request.to), std::move(request.reason), std::move(request.source)}},
        std::move(answered));
}

void EngineDoor::find(InstanceId instance, Completion<InstanceSummary> answered)
{
    m_queries.point(
        [instance = std::move(instance)](Reader &reader) { return knownInstance(reader, instance); },
        std::move(answered));
}

void EngineDoor::history(HistoryRequest request, Completion<InstanceHistory> answered)
{
    m_queries.point(
        [request = std::move(request)](Reader &reader) { return historyOf(reader, request); },
        std::move(answered));
}

void EngineDoor::explain(ExplainRequest request, Completion<std::vector<EventVerdict>> answered)
{
    m_queries.point(
        [request = std::move(request)](Reader &reader) { return explained(reader, request); },
        std::move(answered));
}

void EngineDoor::audit(AuditRequest request, Completion<AuditPage> answered)
{
    m_queries.scan(
        [request = std::move(request)](Reader &reader) {
            return reader.audit(
                request.instance, request.after, std::clamp(request.limit, 1, longestPage));
        },
        std::move(answered));
}

void EngineDoor::counts(Completion<std::vector<InstanceCounts>> answered)
{
    m_queries.scan([](Reader &reader) { return reader.counts(); }, std::move(answered));
}

void EngineDoor::backUp(BackupRequest request, Completion<Backup> answered)
{
    m_backUp(std::move(request), std::move(answered));
}

void EngineDoor::health(Completion<EngineHealth> answered)
{
    const std::string problem = m_loop.problem();
    m_queries.point(
        [problem, damage = m_pages.damage()](Reader &reader) -> Result<EngineHealth> {
            EngineHealth health{.running = problem.empty(), .problem = problem, .damage = damage};
            const auto counts = reader.counts();
            if (!counts && problem.empty())
                return counts.error();
            for (const InstanceCounts &one : counts ? *counts : std::vector<InstanceCounts>{})
                health.live += one.waiting + one.running + one.suspended;
            return health;
        },
        std::move(answered));
}

void EngineDoor::fetch(FetchWork request, Completion<std::vector<LeasedWork>> answered)
{
    WorkWanted wanted{std::move(request.name), request.most, request.lease, request.wait};
    m_board([wanted = std::move(wanted), answered = std::move(answered)](WorkBoard &board) {
        board.fetch(wanted, [answered](std::vector<WorkTaken> taken) {
            std::vector<LeasedWork> work;
            for (WorkTaken &one : taken)
                work.push_back({std::move(one.lease), toText(one.request.key), one.request.instance,
                    one.request.attempt, std::move(one.input), one.until});
            answered(std::move(work));
        });
    });
}

void EngineDoor::prolong(ProlongWork request, Completion<Instant> answered)
{
    m_board([request = std::move(request), answered = std::move(answered)](WorkBoard &board) {
        answered(board.prolong(request.name, request.lease, request.by));
    });
}

void EngineDoor::finish(FinishWork request, Completion<Acceptance> answered)
{
    // By the inbox and not by the loop, which may end before the board gets to it.
    m_board([request = std::move(request), answered = std::move(answered), onBoard = m_board,
                inbox = m_loop.inbox().shared_from_this()](WorkBoard &board) {
        const auto claimed = board.claim(request.name, request.lease);
        if (!claimed)
            return answered(claimed.error());
        Message message{claimed->instance, claimed->key.run,
            ActivityFinished{claimed->key.task, claimed->attempt, request.outcome}};
        inbox->submit(std::move(message),
            [onBoard, lease = request.lease, told = accepted(answered)](Result<Accepted> result) {
                onBoard([lease, kept = bool(result)](WorkBoard &again) {
                    kept ? again.close(lease) : again.release(lease);
                });
                told(std::move(result));
            });
    });
}

} // namespace engine

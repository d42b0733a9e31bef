#pragma once

#include "engine/door/door.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// A door with nothing behind it: answers from what a test put in, remembers what was asked. A test
/// changes it only while no request is under way.
class FakeDoor : private engine::FlowsDoor,
                 private engine::InstancesDoor,
                 private engine::OperationsDoor,
                 private engine::QueriesDoor,
                 private engine::WorkDoor,
                 private engine::TasksDoor,
                 private engine::WebhooksDoor,
                 private engine::ChangesDoor,
                 private engine::KeysDoor,
                 private engine::MetersDoor,
                 private engine::SecretsDoor
{
public:
    struct Known {
        engine::InstanceSummary summary;
        std::vector<engine::HistoryEvent> events;
    };

    std::vector<engine::FlowVersion> flowVersions;
    engine::DeployedFlow deployment;
    std::map<std::string, Known> instances;
    std::string nextPage; ///< what a list answers as the place to go on from
    engine::EngineHealth condition{.running = true, .problem = {}, .live = 0};
    std::optional<engine::Error> refusal; ///< of every call
    bool dropsCalls = false;              ///< never answers, as an engine that ends
    int historyPage = 1000;               ///< events on a page at most
    std::vector<engine::InstanceSummary> looks; ///< what one find after the other answers, before `instances`

    std::vector<engine::DeployFlow> deployed;
    std::vector<engine::StartRequest> started;
    std::vector<engine::RaiseRequest> raised;
    std::vector<engine::TerminateRequest> terminated;
    std::vector<engine::CorrelateRequest> correlations;
    engine::Correlated correlation; ///< of every one
    std::vector<engine::CorrelatedEvent> correlatedEvents;
    std::vector<engine::WebhookDefinition> webhooks; ///< as they were put, and what a list answers
    std::vector<engine::Source> webhookSources;      ///< who put and removed
    std::vector<std::string> webhooksRemoved;        ///< paths
    std::vector<engine::WebhookRequest> webhookCalls;
    engine::WebhookAnswer webhookAnswer; ///< of every call
    std::vector<engine::ListRequest> listed;
    std::vector<std::pair<std::string, engine::OperationRequest>> ordered;
    std::vector<std::pair<std::string, engine::KeptEventRequest>> keptOrders;
    std::vector<std::pair<std::string, engine::UndeliveredRequest>> undeliveredOrders;
    std::vector<engine::ExplainRequest> explained;
    std::vector<engine::EventVerdict> verdicts;
    std::vector<engine::UndeliveredEvent> undeliveredEvents;
    std::vector<engine::LeasedWork> work; ///< what the next fetch gets
    std::vector<engine::FetchWork> fetched;
    std::vector<engine::ProlongWork> prolonged;
    std::vector<engine::FinishWork> finished;
    engine::TaskPage taskPage;
    std::optional<engine::TaskDetail> taskDetail; ///< of every task
    std::vector<engine::TaskListRequest> tasksListed;
    std::vector<engine::AnswerRequest> answers;
    std::vector<std::pair<std::string, engine::ClaimRequest>> claims; ///< `claim` or `giveBack`
    std::vector<engine::ReassignRequest> reassigned;
    std::vector<engine::CommentRequest> comments;
    std::vector<engine::RestartRequest> restarted;
    std::vector<engine::PurgeRequest> purged;
    std::int64_t purgedCount = 0; ///< what a purge by filter answers
    std::vector<engine::EditRequest> edited;
    std::vector<engine::SkipRequest> skipped;
    std::vector<engine::MoveRequest> moved;
    std::vector<engine::AuditRequest> auditsAsked;
    engine::AuditPage auditPage;
    std::vector<std::string> backups; ///< paths

    std::vector<engine::AccessKey> knownKeys; ///< beside the one of the server
    engine::EngineMeters figures;
    std::vector<engine::BatchRequest> batches;
    engine::BatchResult batchResult; ///< of every one
    engine::Timeline timelineFound;
    engine::ChildPage childrenFound;
    engine::InstanceVariables variablesFound;
    std::vector<engine::VersionStatistics> statisticsFound;
    std::vector<engine::FlowGrant> flowGrants;
    std::vector<engine::GrantRequest> grantOrders;
    std::vector<engine::RemoveVersionRequest> versionsRemoved;
    std::vector<std::pair<std::string, std::string>> secretsPut; ///< name and value; no value: removed
    std::vector<engine::LogRequest> logsAsked;
    std::function<engine::Changes(engine::ChangesRequest)> changeLog; ///< empty: nothing ever changed
    std::atomic<int> changesAsked = 0; ///< pages

    engine::Door door()
    {
        return {*this, *this, *this, *this, *this, *this, *this, *this, *this, *this, *this};
    }

    Known &add(const std::string &id, engine::InstanceStatus status)
    {
        Known known;
        known.summary.instance = {id};
        known.summary.run = {7};
        known.summary.flow = {"Order"};
        known.summary.version = 1;
        known.summary.status = status;
        known.summary.createdAt = engine::Instant(engine::Milliseconds(1'769'903'999'999));
        known.summary.changedAt = engine::Instant(engine::Milliseconds(1'769'904'060'001));
        return instances[id] = known;
    }

private:
    template<typename T>
    bool isRefused(const engine::Completion<T> &answered)
    {
        if (!dropsCalls && refusal)
            answered(*refusal);
        return dropsCalls || refusal.has_value();
    }
    template<typename T>
    const Known *live(const engine::InstanceId &id, const engine::Completion<T> &answered)
    {
        const auto found = instances.find(id.value);
        if (found == instances.end())
            answered(
                engine::Error{engine::ErrorCode::NotFound, "no instance '" + id.value + "'", {}});
        else if (engine::isFinished(found->second.summary.status))
            answered(engine::Error{engine::ErrorCode::Finished, "'" + id.value + "' is over", {}});
        else
            return &found->second;
        return nullptr;
    }
    static engine::Acceptance accepted(const Known &known)
    {
        return {known.summary.instance, known.summary.run, false};
    }

    void deploy(
        engine::DeployFlow request, engine::Completion<engine::DeployedFlow> answered) override
    {
        deployed.push_back(request);
        if (!isRefused(answered))
            answered(deployment);
    }
    void list(engine::Completion<std::vector<engine::FlowVersion>> answered) override
    {
        if (!isRefused(answered))
            answered(flowVersions);
    }
    void start(
        engine::StartRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        started.push_back(request);
        if (isRefused(answered))
            return;
        if (request.flow.value != "Order")
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such flow", {}});
        const auto old = instances.find(request.instance.value);
        if (old != instances.end() && !engine::isFinished(old->second.summary.status))
            return answered(engine::Error{engine::ErrorCode::AlreadyExists, "it is live", {}});
        const std::string id =
            request.instance.empty() ? std::string(32, 'a') : request.instance.value;
        answered(accepted(add(id, engine::InstanceStatus::Running)));
    }
    void raise(
        engine::RaiseRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        raised.push_back(request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void terminate(
        engine::TerminateRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        terminated.push_back(request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void put(engine::JsonText definition, engine::Source source,
        engine::WebhooksDoor::Answered<engine::WebhookDefinition> answered) override
    {
        webhookSources.push_back(std::move(source));
        if (isRefused(answered))
            return;
        webhooks.push_back({"put", {}, std::move(definition)});
        answered(webhooks.back());
    }
    void remove(std::string path, engine::Source source,
        engine::WebhooksDoor::Answered<engine::WebhookDefinition> answered) override
    {
        webhookSources.push_back(std::move(source));
        webhooksRemoved.push_back(path);
        if (!isRefused(answered))
            answered(engine::WebhookDefinition{std::move(path), {}, {}});
    }
    void list(engine::WebhooksDoor::Answered<std::vector<engine::WebhookDefinition>> answered) override
    {
        if (!isRefused(answered))
            answered(webhooks);
    }
    void receive(
        engine::WebhookRequest request, engine::WebhooksDoor::Answered<engine::WebhookAnswer> answered) override
    {
        webhookCalls.push_back(std::move(request));
        if (!isRefused(answered))
            answered(webhookAnswer);
    }
    void correlate(
        engine::CorrelateRequest request, engine::Completion<engine::Correlated> answered) override
    {
        correlations.push_back(request);
        if (isRefused(answered))
            return;
        if (request.name == "Unknown")
            return answered(engine::Error{engine::ErrorCode::NotFound, "no flow correlates it", {}});
        answered(correlation);
    }
    void correlated(
        engine::LogRequest request, engine::Completion<engine::CorrelatedPage> answered) override
    {
        logsAsked.push_back(request);
        if (isRefused(answered))
            return;
        engine::CorrelatedPage page{correlatedEvents, nextPage};
        page.events.resize(std::min(page.events.size(), static_cast<std::size_t>(request.limit)));
        answered(page);
    }
    void batch(
        engine::BatchRequest request, engine::Completion<engine::BatchResult> answered) override
    {
        batches.push_back(std::move(request));
        if (!isRefused(answered))
            answered(batchResult);
    }
    void timeline(
        engine::TimelineRequest, engine::Completion<engine::Timeline> answered) override
    {
        if (!isRefused(answered))
            answered(timelineFound);
    }
    void children(
        engine::ChildrenRequest, engine::Completion<engine::ChildPage> answered) override
    {
        if (!isRefused(answered))
            answered(childrenFound);
    }
    void variables(
        engine::InstanceId, engine::Completion<engine::InstanceVariables> answered) override
    {
        if (!isRefused(answered))
            answered(variablesFound);
    }
    void statistics(engine::FlowId,
        engine::Completion<std::vector<engine::VersionStatistics>> answered) override
    {
        if (!isRefused(answered))
            answered(statisticsFound);
    }
    void grants(engine::Completion<std::vector<engine::FlowGrant>> answered) override
    {
        if (!isRefused(answered))
            answered(flowGrants);
    }
    void setGrant(
        engine::GrantRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        grantOrders.push_back(std::move(request));
        if (!isRefused(answered))
            answered(engine::Acceptance{});
    }
    void removeVersion(engine::RemoveVersionRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        versionsRemoved.push_back(std::move(request));
        if (!isRefused(answered))
            answered(engine::Acceptance{});
    }
    void names(SecretsDoor::Answered<std::vector<std::string>> answered) override
    {
        std::vector<std::string> names;
        for (const auto &[name, value] : secretsPut)
            names.push_back(name);
        if (!isRefused<std::vector<std::string>>(answered))
            answered(names);
    }
    void put(std::string name, std::string value, engine::Source,
        SecretsDoor::Answered<void> answered) override
    {
        secretsPut.emplace_back(std::move(name), std::move(value));
        if (!isRefused<void>(answered))
            answered({});
    }
    void remove(
        std::string name, engine::Source, SecretsDoor::Answered<void> answered) override
    {
        secretsPut.emplace_back(std::move(name), std::string());
        if (!isRefused<void>(answered))
            answered({});
    }
    void order(const std::string &what, engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered)
    {
        ordered.emplace_back(what, request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void orderKept(const std::string &what, engine::KeptEventRequest request,
        engine::Completion<engine::Acceptance> answered)
    {
        keptOrders.emplace_back(what, request);
        if (isRefused(answered))
            return;
        if (request.instance.empty()) {
            const auto isMeant = [&](const auto &kept) { return kept.id == request.event; };
            return std::ranges::any_of(correlatedEvents, isMeant)
                       ? answered(engine::Acceptance{request.to, {}, false})
                       : answered(engine::Error{engine::ErrorCode::NotFound, "no event", {}});
        }
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void orderUndelivered(const std::string &what, engine::UndeliveredRequest request,
        engine::Completion<engine::Acceptance> answered)
    {
        undeliveredOrders.emplace_back(what, request);
        if (!isRefused(answered))
            answered(engine::Acceptance{request.to, {7}, false});
    }
    void suspend(engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        order("suspend", std::move(request), std::move(answered));
    }
    void resume(engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        order("resume", std::move(request), std::move(answered));
    }
    void retry(engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        order("retry", std::move(request), std::move(answered));
    }
    void deleteKept(engine::KeptEventRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        orderKept("delete", std::move(request), std::move(answered));
    }
    void handOn(engine::KeptEventRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        orderKept("handOn", std::move(request), std::move(answered));
    }
    void replayUndelivered(engine::UndeliveredRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        orderUndelivered("replay", std::move(request), std::move(answered));
    }
    void deleteUndelivered(engine::UndeliveredRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        orderUndelivered("delete", std::move(request), std::move(answered));
    }
    void restart(engine::RestartRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        restarted.push_back(request);
        if (isRefused(answered))
            return;
        const auto known = instances.find(request.instance.value);
        if (known == instances.end())
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such instance", {}});
        start({known->second.summary.flow, {}, request.as, {}, request.source}, answered);
    }
    void rewind(engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        ordered.emplace_back("rewind", request);
        if (isRefused(answered))
            return;
        const auto known = instances.find(request.instance.value);
        if (known == instances.end())
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such instance", {}});
        if (known->second.summary.status != engine::InstanceStatus::Failed)
            return answered(engine::Error{engine::ErrorCode::WrongState, "it has not failed", {}});
        answered(accepted(known->second));
    }
    void purge(engine::OperationRequest request,
        engine::Completion<engine::Acceptance> answered) override
    {
        ordered.emplace_back("purge", request);
        if (isRefused(answered))
            return;
        const auto known = instances.find(request.instance.value);
        if (known == instances.end())
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such instance", {}});
        if (!engine::isFinished(known->second.summary.status))
            return answered(engine::Error{engine::ErrorCode::WrongState, "it is live", {}});
        answered(accepted(known->second));
    }
    void purgeAll(
        engine::PurgeRequest request, engine::Completion<std::int64_t> answered) override
    {
        purged.push_back(request);
        if (!isRefused(answered))
            answered(purgedCount);
    }
    void editVariables(
        engine::EditRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        edited.push_back(request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void skip(
        engine::SkipRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        skipped.push_back(request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void move(
        engine::MoveRequest request, engine::Completion<engine::Acceptance> answered) override
    {
        moved.push_back(request);
        if (isRefused(answered))
            return;
        if (const auto *known = live(request.instance, answered))
            answered(accepted(*known));
    }
    void audit(
        engine::AuditRequest request, engine::Completion<engine::AuditPage> answered) override
    {
        auditsAsked.push_back(request);
        if (!isRefused(answered))
            answered(auditPage);
    }
    void explain(engine::ExplainRequest request,
        engine::Completion<std::vector<engine::EventVerdict>> answered) override
    {
        explained.push_back(request);
        if (!isRefused(answered))
            answered(verdicts);
    }
    void undelivered(
        engine::LogRequest request, engine::Completion<engine::UndeliveredPage> answered) override
    {
        logsAsked.push_back(request);
        if (isRefused(answered))
            return;
        engine::UndeliveredPage page{undeliveredEvents, nextPage};
        if (page.events.size() > static_cast<std::size_t>(request.limit))
            page.events.resize(static_cast<std::size_t>(request.limit));
        answered(page);
    }
    void find(
        engine::InstanceId instance, engine::Completion<engine::InstanceSummary> answered) override
    {
        if (isRefused(answered))
            return;
        if (!looks.empty()) {
            const auto look = looks.front();
            looks.erase(looks.begin());
            return answered(look);
        }
        const auto found = instances.find(instance.value);
        if (found == instances.end())
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such instance", {}});
        answered(found->second.summary);
    }
    void list(
        engine::ListRequest request, engine::Completion<engine::InstancePage> answered) override
    {
        listed.push_back(request);
        if (isRefused(answered))
            return;
        engine::InstancePage page{{}, nextPage};
        for (const auto &[id, known] : instances)
            page.instances.push_back(known.summary);
        answered(page);
    }
    void history(engine::HistoryRequest request,
        engine::Completion<engine::InstanceHistory> answered) override
    {
        if (isRefused(answered))
            return;
        const auto found = instances.find(request.instance.value);
        if (found == instances.end())
            return answered(engine::Error{engine::ErrorCode::NotFound, "no such instance", {}});
        engine::InstanceHistory page{found->second.summary, {}, 0};
        for (const auto &event : found->second.events) {
            if (event.sequence < request.from)
                continue;
            if (static_cast<int>(page.events.size()) == std::min(request.limit, historyPage)) {
                page.next = event.sequence;
                break;
            }
            page.events.push_back(event);
        }
        answered(page);
    }
    void fetch(engine::FetchWork request,
        engine::Completion<std::vector<engine::LeasedWork>> answered) override
    {
        fetched.push_back(request);
        if (!isRefused(answered))
            answered(work);
    }
    void prolong(
        engine::ProlongWork request, engine::Completion<engine::Instant> answered) override
    {
        prolonged.push_back(request);
        if (!isRefused(answered))
            answered(engine::Instant(engine::Milliseconds(1'769'904'060'001)));
    }
    void finish(
        engine::FinishWork request, engine::Completion<engine::Acceptance> answered) override
    {
        finished.push_back(request);
        if (!isRefused(answered))
            answered(engine::Acceptance{{"7"}, {7}, false});
    }
    /// A task has been done something with.
    void acceptTask(const Accepted &answered)
    {
        if (!isRefused<engine::Acceptance>(answered))
            answered(engine::Acceptance{{"7"}, {7}, false});
    }
    void answer(engine::AnswerRequest request, Accepted answered) override
    {
        answers.push_back(request);
        acceptTask(answered);
    }
    void claim(engine::ClaimRequest request, Accepted answered) override
    {
        claims.emplace_back("claim", request);
        acceptTask(answered);
    }
    void giveBack(engine::ClaimRequest request, Accepted answered) override
    {
        claims.emplace_back("giveBack", request);
        acceptTask(answered);
    }
    void reassign(engine::ReassignRequest request, Accepted answered) override
    {
        reassigned.push_back(request);
        acceptTask(answered);
    }
    void comment(engine::CommentRequest request, Accepted answered) override
    {
        comments.push_back(request);
        acceptTask(answered);
    }
    void list(engine::TaskListRequest request,
        std::function<void(engine::Result<engine::TaskPage>)> answered) override
    {
        tasksListed.push_back(request);
        if (!isRefused<engine::TaskPage>(answered))
            answered(taskPage);
    }
    void find(engine::TaskId task,
        std::function<void(engine::Result<engine::TaskDetail>)> answered) override
    {
        if (isRefused<engine::TaskDetail>(answered))
            return;
        if (!taskDetail)
            return answered(engine::Error{
                engine::ErrorCode::NotFound, "there is no task " + toText(task), {}});
        answered(*taskDetail);
    }
    void counts(engine::Completion<std::vector<engine::InstanceCounts>> answered) override
    {
        if (!isRefused(answered))
            answered(std::vector<engine::InstanceCounts>{});
    }
    void backUp(engine::BackupRequest request, engine::Completion<engine::Backup> answered) override
    {
        backups.push_back(request.path);
        if (!isRefused(answered))
            answered(engine::Backup{request.path, 4096});
    }
    void health(engine::Completion<engine::EngineHealth> answered) override
    {
        if (!isRefused(answered))
            answered(condition);
    }
    void changes(engine::ChangesRequest request,
        std::function<void(engine::Result<engine::Changes>)> answered) override
    {
        ++changesAsked;
        if (!isRefused<engine::Changes>(answered))
            answered(changeLog ? changeLog(request) : engine::Changes{});
    }
    std::shared_ptr<void> watch(std::function<void()> committed) override
    {
        return std::make_shared<std::function<void()>>(std::move(committed));
    }
    void make(engine::MakeKey request,
        std::function<void(engine::Result<engine::AccessKey>)> answered) override
    {
        if (isRefused<engine::AccessKey>(answered))
            return;
        knownKeys.push_back({request.label, request.scope, request.digest, {}});
        answered(knownKeys.back());
    }
    void rotate(std::string, std::string, engine::Source,
        std::function<void(engine::Result<engine::AccessKey>)> answered) override
    {
        answered(engine::Error{engine::ErrorCode::NotFound, "no such key", {}});
    }
    void revoke(std::string, engine::Source,
        std::function<void(engine::Result<engine::AccessKey>)> answered) override
    {
        answered(engine::Error{engine::ErrorCode::NotFound, "no such key", {}});
    }
    std::vector<engine::AccessKey> keys() const override { return knownKeys; }
    std::optional<engine::AccessKey> keyOf(std::string_view digest) const override
    {
        const auto found = std::ranges::find(knownKeys, digest, &engine::AccessKey::digest);
        return found == knownKeys.end() ? std::nullopt : std::optional(*found);
    }
    void meters(std::function<void(engine::Result<engine::EngineMeters>)> answered) override
    {
        if (!isRefused<engine::EngineMeters>(answered))
            answered(figures);
    }
};

} // namespace tests

#pragma once

#include "monitor/engine_feed/feed.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// A feed that keeps the questions; a test answers them when it wants to.
class FakeFeed final : public monitor::Feed
{
public:
    void list(engine::ListRequest request, QObject *,
        monitor::Answer<engine::InstancePage> answered) override
    {
        lists.emplace_back(std::move(request), std::move(answered));
    }
    void history(engine::HistoryRequest request, QObject *,
        monitor::Answer<engine::InstanceHistory> answered) override
    {
        histories.emplace_back(std::move(request), std::move(answered));
    }
    void counts(QObject *, monitor::Answer<std::vector<engine::InstanceCounts>> answered) override
    {
        countQuestions.push_back(std::move(answered));
    }
    void flows(QObject *, monitor::Answer<std::vector<engine::FlowVersion>> answered) override
    {
        answered(deployed);
    }
    void start(engine::StartRequest request, QObject *,
        monitor::Answer<engine::Acceptance> answered) override
    {
        starts.emplace_back(std::move(request), std::move(answered));
    }
    void raise(engine::RaiseRequest request, QObject *,
        monitor::Answer<engine::Acceptance> answered) override
    {
        raises.emplace_back(std::move(request), std::move(answered));
    }
    void terminate(engine::TerminateRequest request, QObject *,
        monitor::Answer<engine::Acceptance> answered) override
    {
        terminates.emplace_back(std::move(request), std::move(answered));
    }

    template<typename Request, typename T>
    using Questions = std::deque<std::pair<Request, monitor::Answer<T>>>;

    Questions<engine::ListRequest, engine::InstancePage> lists;
    Questions<engine::HistoryRequest, engine::InstanceHistory> histories;
    Questions<engine::StartRequest, engine::Acceptance> starts;
    Questions<engine::RaiseRequest, engine::Acceptance> raises;
    Questions<engine::TerminateRequest, engine::Acceptance> terminates;
    std::vector<monitor::Answer<std::vector<engine::InstanceCounts>>> countQuestions;
    std::vector<engine::FlowVersion> deployed;
};

/// A running instance of OrderFulfillment that waits for PaymentConfirmed.
inline engine::InstanceSummary waiting(int run, const std::string &id)
{
    using namespace std::chrono_literals;
    return {.instance = {id},
        .run = {run},
        .flow = {"OrderFulfillment"},
        .version = 1,
        .status = engine::InstanceStatus::Running,
        .waiting = true,
        .createdAt = engine::Instant(1h),
        .changedAt = engine::Instant(1h),
        .length = 5,
        .decisions = 2,
        .standsOn = "PaymentConfirmed",
        .standsAt = {"awaitPayment"},
        .standsSince = engine::Instant(1h)};
}

} // namespace tests

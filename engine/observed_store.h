#pragma once

#include "engine/door/meters_door.h"
#include "engine/store/store.h"

#include <functional>
#include <memory>
#include <mutex>

namespace engine {

/// What was committed since the engine was opened. Any thread.
class CommitMeter
{
public:
    void add(const Turn &turn, double seconds);
    /// The members about commits.
    void read(EngineMeters &meters) const;

private:
    mutable std::mutex m_mutex;
    EngineMeters m_meters;
};

/// A store whose commits are counted and told. Engine thread.
class ObservedStore final : public Store
{
public:
    /// `committed` is called after each commit that is on disk; it may only post.
    ObservedStore(
        std::unique_ptr<Store> store, CommitMeter &meter, std::function<void()> committed);

    Result<void> commit(const Turn &turn) override;
    Result<std::vector<HistoryRow>> history(RunKey run) override { return m_store->history(run); }
    Result<LatestRows> latest(RunKey run) override { return m_store->latest(run); }
    Result<std::optional<RunKey>> acceptedBy(const InstanceId &instance, const std::string &name,
        const std::string &eventId) override
    {
        return m_store->acceptedBy(instance, name, eventId);
    }
    Result<std::optional<InstanceSummary>> find(const InstanceId &instance) override
    {
        return m_store->find(instance);
    }
    Result<Recovered> recover() override { return m_store->recover(); }
    Result<std::optional<InstanceId>> instanceOf(RunKey run) override
    {
        return m_store->instanceOf(run);
    }
    Result<std::optional<UndeliveredEvent>> undelivered(std::int64_t id) override
    {
        return m_store->undelivered(id);
    }
    CorrelationStore &correlation() override { return m_store->correlation(); }
    Result<std::vector<FinishedRun>> finished(const FlowId &flow, int version, int limit) override
    {
        return m_store->finished(flow, version, limit);
    }
    Result<std::int64_t> instancesOf(const FlowId &flow, int version) override
    {
        return m_store->instancesOf(flow, version);
    }

private:
    std::unique_ptr<Store> m_store;
    CommitMeter &m_meter;
    std::function<void()> m_committed;
};

} // namespace engine

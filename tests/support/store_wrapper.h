#pragma once

#include "engine/store/store.h"

#include <functional>

namespace tests {

/// Forwards every call; a test overrides the one it wants to break.
class StoreWrapper : public engine::Store
{
public:
    explicit StoreWrapper(engine::Store &store)
        : m_store(store)
    {}

    engine::Result<void> commit(const engine::Turn &turn) override { return m_store.commit(turn); }
    engine::Result<std::vector<engine::HistoryRow>> history(engine::RunKey run) override
    {
        return m_store.history(run);
    }
    engine::Result<engine::LatestRows> latest(engine::RunKey run) override
    {
        return m_store.latest(run);
    }
    engine::Result<std::optional<engine::InstanceSummary>> find(
        const engine::InstanceId &instance) override
    {
        return m_store.find(instance);
    }
    engine::Result<std::optional<engine::InstanceId>> instanceOf(engine::RunKey run) override
    {
        return m_store.instanceOf(run);
    }
    engine::Result<std::optional<engine::RunKey>> acceptedBy(const engine::InstanceId &instance,
        const std::string &name, const std::string &eventId) override
    {
        return m_store.acceptedBy(instance, name, eventId);
    }
    engine::Result<engine::Recovered> recover() override { return m_store.recover(); }
    engine::Result<std::optional<engine::UndeliveredEvent>> undelivered(std::int64_t id) override
    {
        return m_store.undelivered(id);
    }
    engine::CorrelationStore &correlation() override { return m_store.correlation(); }
    engine::Result<std::vector<engine::FinishedRun>> finished(
        const engine::FlowId &flow, int version, int limit) override
    {
        return m_store.finished(flow, version, limit);
    }
    engine::Result<std::int64_t> instancesOf(const engine::FlowId &flow, int version) override
    {
        return m_store.instancesOf(flow, version);
    }

private:
    engine::Store &m_store;
};

/// Refuses one commit as if the program had been killed: before it, so that nothing is on disk, or
/// after it, so that everything is and nobody was told. Or one read, as a disk does that fails.
class FaultyStore final : public StoreWrapper
{
public:
    enum class Kill { Never, Before, After };

    using StoreWrapper::StoreWrapper;

    void killNextCommit(Kill kill) { m_kill = kill; }
    /// The `nth` read from now on fails; 0: none does.
    void failRead(int nth) { m_readsUntilFailure = nth; }
    std::function<void(const engine::Turn &)> committed; ///< hears of every turn that is on disk
    std::function<void()> begun; ///< a commit begins, and may take its time
    int failedReads = 0;

    engine::Result<void> commit(const engine::Turn &turn) override
    {
        if (begun)
            begun();
        const Kill kill = std::exchange(m_kill, Kill::Never);
        const engine::Error killed{engine::ErrorCode::Unavailable, "killed", {}};
        if (kill == Kill::Before)
            return killed;
        auto done = StoreWrapper::commit(turn);
        if (done && committed)
            committed(turn);
        if (kill == Kill::After)
            return killed;
        return done;
    }
    engine::Result<std::vector<engine::HistoryRow>> history(engine::RunKey run) override
    {
        return read([&] { return StoreWrapper::history(run); });
    }
    engine::Result<engine::LatestRows> latest(engine::RunKey run) override
    {
        return read([&] { return StoreWrapper::latest(run); });
    }
    engine::Result<std::optional<engine::RunKey>> acceptedBy(const engine::InstanceId &instance,
        const std::string &name, const std::string &eventId) override
    {
        return read([&] { return StoreWrapper::acceptedBy(instance, name, eventId); });
    }
    engine::Result<std::optional<engine::InstanceSummary>> find(
        const engine::InstanceId &instance) override
    {
        return read([&] { return StoreWrapper::find(instance); });
    }
    engine::Result<std::optional<engine::InstanceId>> instanceOf(engine::RunKey run) override
    {
        return read([&] { return StoreWrapper::instanceOf(run); });
    }
    engine::Result<std::optional<engine::UndeliveredEvent>> undelivered(std::int64_t id) override
    {
        return read([&] { return StoreWrapper::undelivered(id); });
    }

private:
    template<typename Read>
    auto read(Read read) -> decltype(read())
    {
        if (m_readsUntilFailure == 0 || --m_readsUntilFailure > 0)
            return read();
        ++failedReads;
        return engine::Error{engine::ErrorCode::Unavailable, "the disk did not answer", {}};
    }

    Kill m_kill = Kill::Never;
    int m_readsUntilFailure = 0;
};

} // namespace tests

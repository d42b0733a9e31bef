#pragma once

#include "engine/store/memory_tables.h"
#include "engine/store/reader.h"

#include <shared_mutex>

namespace engine {

/// What a memory store answers to correlation: by going through what there is.
class MemoryCorrelation final : public CorrelationStore
{
public:
    MemoryCorrelation(std::shared_mutex &mutex, const MemoryTables &tables)
        : m_mutex(mutex)
        , m_tables(tables)
    {}

    Result<std::vector<KeyedWait>> waiting(
        const std::string &name, const std::string &key, int limit) override;
    Result<std::vector<std::int64_t>> kept(
        const std::string &name, const EventKey &key, int limit) override;
    Result<std::optional<CorrelatedEvent>> event(std::int64_t id) override;
    Result<std::optional<CorrelationAnswer>> answer(
        const std::string &name, const std::string &key, const std::string &eventId) override;
    Result<std::vector<std::pair<std::string, EventKey>>> deliverable() override;
    Result<bool> isLive(const FlowId &flow, int version) override;

private:
    std::shared_mutex &m_mutex;
    const MemoryTables &m_tables;
};

/// The reference implementation of Store, and the memory of tests and sandboxes. Gone with the
/// object. The lock stands for what a database does between its connections.
class MemoryStore final : public Store
{
public:
    Result<void> commit(const Turn &turn) override;
    Result<std::vector<HistoryRow>> history(RunKey run) override;
    Result<LatestRows> latest(RunKey run) override;
    Result<std::optional<InstanceSummary>> find(const InstanceId &instance) override;
    Result<std::optional<InstanceId>> instanceOf(RunKey run) override;
    Result<Recovered> recover() override;
    Result<std::optional<RunKey>> acceptedBy(const InstanceId &instance, const std::string &name,
        const std::string &eventId) override;
    Result<std::optional<UndeliveredEvent>> undelivered(std::int64_t id) override;
    CorrelationStore &correlation() override { return m_correlation; }
    Result<std::vector<FinishedRun>> finished(
        const FlowId &flow, int version, int limit) override;
    Result<std::int64_t> instancesOf(const FlowId &flow, int version) override;

    /// As the commits left them.
    MemoryIndexes indexes() const;
    /// Made again from history; equal to indexes(), or there is a bug.
    MemoryIndexes rebuiltIndexes() const;

private:
    friend class MemoryReader;

    mutable std::shared_mutex m_mutex;
    MemoryTables m_tables;
    MemoryCorrelation m_correlation{m_mutex, m_tables};
};

/// Reads what was committed to `store`, which outlives it. Any number of them, on any threads.
class MemoryReader final : public Reader
{
public:
    explicit MemoryReader(const MemoryStore &store)
        : m_store(store)
    {}

    Result<std::optional<InstanceSummary>> find(const InstanceId &instance) override;
    Result<InstancePage> list(
        const InstanceFilter &filter, const std::string &after, int limit) override;
    Result<HistoryPage> history(RunKey run, Sequence from, int limit) override;
    Result<std::vector<InstanceCounts>> counts() override;
    Result<std::vector<StoredFlow>> flows() override;
    Result<std::vector<Grant>> grants() override;
    Result<std::vector<VersionStatistics>> statistics(const FlowId &flow) override;
    Result<std::vector<UndeliveredEvent>> undelivered(
        int limit, std::optional<std::int64_t> before = {}) override;
    Result<AuditPage> audit(
        const InstanceId &instance, const std::string &after, int limit) override;
    Result<TaskPage> tasks(
        const TaskFilter &filter, const std::string &after, int limit) override;
    Result<std::vector<StoredWebhook>> webhooks() override;
    Result<std::vector<CorrelatedEvent>> correlated(int limit, std::int64_t after = 0) override;
    Result<std::optional<InstanceSummary>> ownerOf(RunKey run) override;
    Result<std::vector<StoredAccessKey>> accessKeys() override;
    Result<ChangeLogPage> changes(std::int64_t after, int limit) override;

private:
    const MemoryStore &m_store;
};

} // namespace engine

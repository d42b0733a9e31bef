#pragma once

#include "engine/store/reader.h"

#include <memory>
#include <string>

namespace engine {

/// Reads what a SqliteStore committed, over a read-only connection of its own, while that goes on
/// writing. Belongs to the thread that opened it.
class SqliteReader final : public Reader
{
public:
    /// The store must have been opened before. Errors as SqliteStore::open.
    static Result<std::unique_ptr<SqliteReader>> open(const std::string &directory);
    ~SqliteReader() override;

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
    struct Implementation;
    explicit SqliteReader(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine

#pragma once

#include "engine/store/sqlite/index_rebuild.h"
#include "engine/store/store.h"

#include <memory>
#include <string>
#include <vector>

namespace engine {

/// `signalbox.db` in a data directory: the durable store. One transaction a turn, on disk when
/// commit() answers. Belongs to the thread that opened it.
class SqliteStore final : public Store
{
public:
    /// Opens or makes the database and brings it to the newest format. `directory` must be there.
    /// Unavailable (directory, permissions, lock, disk), Damaged (no database, or its file is gone
    /// while its log is there), WrongState (newer format): each names the path and says what to do.
    static Result<std::unique_ptr<SqliteStore>> open(const std::string &directory);
    ~SqliteStore() override;

    Result<void> commit(const Turn &turn) override;
    Result<std::vector<HistoryRow>> history(RunKey run) override;
    Result<LatestRows> latest(RunKey run) override;
    Result<std::optional<InstanceSummary>> find(const InstanceId &instance) override;
    Result<std::optional<InstanceId>> instanceOf(RunKey run) override;
    Result<Recovered> recover() override;
    Result<std::optional<RunKey>> acceptedBy(const InstanceId &instance, const std::string &name,
        const std::string &eventId) override;
    Result<std::optional<UndeliveredEvent>> undelivered(std::int64_t id) override;
    CorrelationStore &correlation() override;
    Result<std::int64_t> instancesOf(const FlowId &flow, int version) override;
    Result<std::vector<FinishedRun>> finished(
        const FlowId &flow, int version, int limit) override;

    /// Makes every index again from history; all or nothing. Marks of setAside go: their next
    /// decision shows whether the fault is still there.
    Result<void> rebuildIndexes(const Summarize &summarize);
    /// The same for a database of which rows were lost. An instance whose history has holes, or
    /// ends before its row in the list says, keeps that row and is set aside; each with its reason.
    /// A history whose instance nobody knows any more has no name. What would make undamaged ones
    /// stand still is put right: numbers given out last, and messages by which they go on. A run of
    /// `perhapsCut` may have lost its last rows: without a row in the list it is set aside, too.
    Result<std::vector<LeftAside>> rebuildWhatIsThere(
        const Summarize &summarize, const std::set<RunKey> &perhapsCut);

private:
    struct Implementation;
    explicit SqliteStore(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine

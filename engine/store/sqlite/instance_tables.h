#pragma once

#include "engine/history/instance_summary.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/store.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace engine {

/// Writes tables instance, instance_payload and instance_count. A run that changes several times in
/// a turn is written once, by flush(). Refusals stay in the session.
class InstanceTables
{
public:
    explicit InstanceTables(SqliteSession &session);

    /// Forgets what an earlier turn left unwritten.
    void begin();
    /// Nothing since begin() is in the database.
    void undo();
    /// Number of facts of a run, 0 if it is unknown; with what this turn added.
    Sequence lengthOf(RunKey run);
    /// `commit` outlives the turn.
    void change(const InstanceCommit &commit);
    void remove(RunKey run);
    void flush();
    /// Only after flush().
    void setAside(const SetAside &mark);
    void clear();

private:
    /// What is counted of a run.
    struct State {
        FlowId flow;
        int version = 0;
        InstanceStatus status = InstanceStatus::Pending;
        bool waiting = false;
        bool operator==(const State &) const = default;
    };
    struct Stored {
        RunKey run;
        Sequence length = 0;
        State state;
    };
    /// A run that this turn touched: as it is in the database, and as it will be.
    struct Pending {
        std::optional<Stored> before;
        const InstanceSummary *after = nullptr;
        bool payloadChanged = false;
    };

    static std::optional<Stored> storedFrom(const SqliteStatement &row);
    Pending &pendingOf(RunKey run);
    void write(const Pending &pending);
    void insert(const InstanceSummary &summary);
    void update(const Stored &before, const InstanceSummary &after);
    void erase(const Stored &stored);
    void count(const State &state, int by);
    void writeCounts();

    void remember(const InstanceSummary &summary);

    std::map<RunKey, Pending> m_pending;
    /// Live runs as they are in the database, written lately: they are the next to change.
    std::unordered_map<RunKey, Stored> m_known;
    std::map<std::pair<FlowId, int>, InstanceCounts> m_counts; ///< by version
    SqliteStatement m_findByRun;
    SqliteStatement m_findByInstance;
    SqliteStatement m_insert;
    SqliteStatement m_update;
    SqliteStatement m_updateWithState;
    SqliteStatement m_delete;
    SqliteStatement m_setAside;
    SqliteStatement m_writePayload;
    SqliteStatement m_deletePayload;
    SqliteStatement m_addCounts;
    SqliteStatement m_clear;
    SqliteStatement m_clearPayloads;
    SqliteStatement m_clearCounts;
};

} // namespace engine

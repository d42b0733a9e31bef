#pragma once

#include "engine/base/result.h"
#include "engine/history/instance_summary.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/store.h"

#include <functional>
#include <optional>
#include <vector>

namespace engine {

// What the write side and the read side read alike.

/// The columns that rowFrom() reads.
inline constexpr auto selectInstances = R"(
    select run, instance, flow, version, status, waiting, set_aside, created_at_ms, changed_at_ms,
        finished_at_ms, length, decisions, error_type, stands_on, stands_at, stands_since_ms,
        stands_until_ms, parent
    from instance)";

/// A summary without its payloads: they stand in a table of their own.
InstanceSummary rowFrom(const SqliteStatement &row);

/// Reads instances with their payloads. Refusals stay in the session.
class InstanceRows
{
public:
    explicit InstanceRows(SqliteSession &session);

    std::optional<InstanceSummary> find(const InstanceId &instance);
    std::optional<InstanceId> instanceOf(RunKey run);
    void addPayloads(InstanceSummary &summary);

private:
    SqliteStatement m_find;
    SqliteStatement m_owner;
    SqliteStatement m_payloads;
};

/// Reads rows of history.
class HistoryRows
{
public:
    explicit HistoryRows(SqliteSession &session);

    /// From the row that holds fact `from`, as long as `read` answers true. Damaged if a row fails
    /// its checksum or is missing.
    Result<void> read(RunKey run, Sequence from, const std::function<bool(HistoryRow)> &read);
    /// All of a run; none if it is unknown.
    Result<std::vector<HistoryRow>> all(RunKey run);

private:
    SqliteSession &m_session;
    SqliteStatement m_rows;
};

/// Reads the log of undelivered events. Refusals stay in the session.
class UndeliveredRows
{
public:
    explicit UndeliveredRows(SqliteSession &session);

    std::optional<UndeliveredEvent> find(std::int64_t id);
    /// Newest first, of those with a smaller id, if one is given.
    std::vector<UndeliveredEvent> newest(int limit, std::optional<std::int64_t> before);

private:
    SqliteStatement m_find;
    SqliteStatement m_newest;
};

/// Reads the audit log. Refusals stay in the session.
class AuditRows
{
public:
    explicit AuditRows(SqliteSession &session);

    /// Newest first, of those with smaller ids; of all instances if it names none.
    std::vector<AuditEntry> read(const InstanceId &instance, std::int64_t before, int limit);

private:
    SqliteStatement m_all;
    SqliteStatement m_ofInstance;
};

/// Reads all versions of all flows, by name and version.
class FlowRows
{
public:
    explicit FlowRows(SqliteSession &session);

    std::vector<StoredFlow> all();

private:
    SqliteStatement m_flows;
};

} // namespace engine

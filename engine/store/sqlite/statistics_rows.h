#pragma once

#include "engine/history/flow_statistics.h"
#include "engine/store/sqlite/sqlite_statement.h"

#include <vector>

namespace engine {

/// Counts table instance by version, state and step, and measures how long finished instances took.
/// Refusals stay in the session.
class StatisticsRows
{
public:
    explicit StatisticsRows(SqliteSession &session);

    /// By flow and version; of all flows if `flow` is empty. Reads each row of them once.
    std::vector<VersionStatistics> read(const FlowId &flow);

private:
    void addDurations(VersionStatistics &statistics);

    SqliteStatement m_all;
    SqliteStatement m_ofFlow;
    SqliteStatement m_durations;
};

} // namespace engine

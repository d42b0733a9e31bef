#pragma once

#include "engine/history/instance_summary.h"
#include "engine/store/sqlite/sqlite_rows.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace engine {

/// Finds the instances that a filter shows, newest run first, without looking at all of them where
/// an index helps: few ids or creation times are read and sorted, states are read each in its order
/// and merged, everything else is read from the newest run on. matches() has the last word on each.
/// Refusals stay in the session.
class InstanceList
{
public:
    explicit InstanceList(SqliteSession &session);

    /// At most `count` summaries of runs before `before`.
    std::vector<InstanceSummary> read(
        const InstanceFilter &filter, RunKey before, std::size_t count);

private:
    struct Wanted {
        const InstanceFilter &filter;
        RunKey before;
        std::size_t count;
    };
    using Found = std::vector<InstanceSummary>;

    /// Takes rows that match until `wanted.count` are there.
    auto collector(const Wanted &wanted, Found &found) const;
    bool fewIdsMatch(const InstanceFilter &filter);
    bool fewTimesMatch(const InstanceFilter &filter);
    Found readCandidates(const Wanted &wanted);
    Found readStates(const Wanted &wanted);

    SqliteStatement m_countIds;
    SqliteStatement m_countTimes;
    SqliteStatement m_byId;
    SqliteStatement m_byTime;
    SqliteStatement m_byState;
    SqliteStatement m_byFlow;
    SqliteStatement m_byRun;
    InstanceRows m_rows;
};

} // namespace engine

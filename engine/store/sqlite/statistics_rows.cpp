#include "engine/store/sqlite/statistics_rows.h"

namespace engine {
namespace {

constexpr auto countAll = R"(
    select flow, version, status, waiting, iif(finished_at_ms is null, stands_at, '') as step,
        count(*), min(stands_since_ms)
    from instance group by flow, version, step, status, waiting
    order by flow, version, step)";
constexpr auto countOfFlow = R"(
    select flow, version, status, waiting, iif(finished_at_ms is null, stands_at, '') as step,
        count(*), min(stands_since_ms)
    from instance indexed by instance_by_flow where flow = :flow
    group by version, step, status, waiting order by version, step)";
constexpr auto readDurations = R"(
    select finished_at_ms - created_at_ms from instance indexed by instance_by_end
    where flow = :flow and version = :version and finished_at_ms is not null
    order by finished_at_ms desc limit :limit)";

/// The entry of the row's version, which is the last one or a new one: rows are in that order.
VersionStatistics &entryOf(std::vector<VersionStatistics> &all, const SqliteStatement &row)
{
    const FlowId flow{row.text(0)};
    const int version = static_cast<int>(row.integer(1));
    if (all.empty() || all.back().flow != flow || all.back().version != version)
        all.push_back({.flow = flow, .version = version, .counts = {flow}});
    return all.back();
}

void addStep(VersionStatistics &statistics, const SqliteStatement &row)
{
    const StepId step{row.text(4)};
    if (step.empty())
        return;
    if (statistics.standing.empty() || statistics.standing.back().step != step)
        statistics.standing.push_back({step, 0, row.instant(6)});
    StandingStep &standing = statistics.standing.back();
    standing.instances += row.integer(5);
    standing.since = std::min(standing.since, row.instant(6));
}

} // namespace

StatisticsRows::StatisticsRows(SqliteSession &session)
    : m_all(session, countAll)
    , m_ofFlow(session, countOfFlow)
    , m_durations(session, readDurations)
{}

std::vector<VersionStatistics> StatisticsRows::read(const FlowId &flow)
{
    std::vector<VersionStatistics> all;
    const auto add = [&all](const SqliteStatement &row) {
        VersionStatistics &statistics = entryOf(all, row);
        if (const auto status = instanceStatusFromText(row.text(2)))
            countOf(statistics.counts, *status, row.integer(3) != 0) += row.integer(5);
        addStep(statistics, row);
        return true;
    };
    if (flow.empty())
        m_all.each(add);
    else
        m_ofFlow.each(add, flow);
    for (VersionStatistics &statistics : all)
        addDurations(statistics);
    return all;
}

void StatisticsRows::addDurations(VersionStatistics &statistics)
{
    std::vector<Milliseconds> durations;
    m_durations.each(
        [&durations](const SqliteStatement &row) {
            durations.emplace_back(row.integer(0));
            return true;
        },
        statistics.flow, statistics.version, mostMeasured);
    setDurations(statistics, std::move(durations));
}

} // namespace engine

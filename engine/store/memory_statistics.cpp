#include "engine/store/memory_tables.h"

#include <algorithm>

namespace engine {
namespace {

void add(std::vector<StandingStep> &standing, const InstanceSummary &summary)
{
    auto found = std::ranges::find(standing, summary.standsAt, &StandingStep::step);
    if (found == standing.end())
        found = standing.insert(found, {summary.standsAt, 0, summary.standsSince});
    ++found->instances;
    found->since = std::min(found->since, summary.standsSince);
}

} // namespace

std::vector<VersionStatistics> statisticsOf(const MemoryTables &tables, const FlowId &flow)
{
    std::map<std::pair<FlowId, int>, VersionStatistics> found;
    std::map<std::pair<FlowId, int>, std::vector<std::pair<Instant, Milliseconds>>> ended;
    for (const auto &[run, summary] : tables.instances) {
        if (!flow.empty() && summary.flow != flow)
            continue;
        const std::pair key(summary.flow, summary.version);
        VersionStatistics &one = found.try_emplace(key,
            VersionStatistics{summary.flow, summary.version, {summary.flow}, {}, 0, {}, {}}).first->second;
        ++countOf(one.counts, summary.status, summary.waiting);
        if (summary.finishedAt)
            ended[key].emplace_back(*summary.finishedAt, *summary.finishedAt - summary.createdAt);
        else if (!summary.standsAt.empty())
            add(one.standing, summary);
    }
    std::vector<VersionStatistics> all;
    for (auto &[key, one] : found) {
        std::ranges::sort(one.standing, {}, &StandingStep::step);
        auto &times = ended[key];
        std::ranges::sort(times, std::greater<>());
        std::vector<Milliseconds> durations;
        for (const auto &[end, duration] : times) {
            if (durations.size() < std::size_t(mostMeasured))
                durations.push_back(duration);
        }
        setDurations(one, std::move(durations));
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace engine

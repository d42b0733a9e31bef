#include "engine/history/flow_statistics.h"

#include <algorithm>

namespace engine {
namespace {

Milliseconds atRank(std::vector<Milliseconds> &durations, std::size_t percent)
{
    const std::size_t rank = (durations.size() * percent + 99) / 100;
    const auto place = durations.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(durations, place);
    return *place;
}

} // namespace

void setDurations(VersionStatistics &statistics, std::vector<Milliseconds> durations)
{
    statistics.measured = static_cast<std::int64_t>(durations.size());
    if (durations.empty())
        return;
    statistics.median = atRank(durations, 50);
    statistics.p95 = atRank(durations, 95);
}

} // namespace engine

#include "engine/history/instance_summary.h"

#include "engine/history/ascii_letters.h"

#include <algorithm>

namespace engine {
namespace {

bool contains(const std::string &text, const std::string &part)
{
    const auto found = std::ranges::search(text, part, {}, lowerAscii, lowerAscii);
    return !found.empty() || part.empty();
}

bool holds(const InstanceSummary &summary, const std::string &text)
{
    return contains(summary.instance.value, text) || contains(summary.flow.value, text) ||
           contains(summary.standsOn, text);
}

} // namespace

bool matches(const InstanceFilter &filter, const InstanceSummary &summary)
{
    const auto &statuses = filter.statuses;
    if (!statuses.empty() && std::ranges::find(statuses, summary.status) == statuses.end())
        return false;
    if (filter.waiting && *filter.waiting != summary.waiting)
        return false;
    if (!filter.flow.empty() && filter.flow != summary.flow)
        return false;
    if (filter.createdFrom && summary.createdAt < *filter.createdFrom)
        return false;
    if (filter.createdTo && summary.createdAt > *filter.createdTo)
        return false;
    return summary.instance.value.starts_with(filter.idPrefix) && holds(summary, filter.text);
}

std::int64_t &countOf(InstanceCounts &counts, InstanceStatus status, bool waiting)
{
    switch (status) {
    case InstanceStatus::Pending: return counts.running;
    case InstanceStatus::Running: return waiting ? counts.waiting : counts.running;
    case InstanceStatus::Suspended: return counts.suspended;
    case InstanceStatus::Completed: return counts.completed;
    case InstanceStatus::Failed: return counts.failed;
    case InstanceStatus::Terminated: return counts.terminated;
    }
    return counts.running;
}

} // namespace engine

#include "engine/store/sqlite/instance_list.h"

#include <algorithm>
#include <functional>

namespace engine {
namespace {

/// So many candidates are sorted in a few milliseconds.
constexpr int fewCandidates = 10'000;

constexpr auto countIds = R"(
    select count(*) from (select 1 from instance
        where instance >= :from and instance < :to limit :limit))";
constexpr auto countTimes = R"(
    select count(*) from (select 1 from instance
        where created_at_ms between :from and :to limit :limit))";
// The sign in front of a column keeps the planner on the index that is meant.
constexpr auto byId =
    " where instance >= :from and instance < :to and +run < :before order by run desc";
constexpr auto byTime =
    " where created_at_ms between :from and :to and +run < :before order by run desc";
constexpr auto byState = R"( indexed by instance_by_state
    where status = :status and waiting = :waiting and run < :before order by run desc)";
constexpr auto byFlow = R"( indexed by instance_by_flow
    where flow = :flow and status = :status and waiting = :waiting and run < :before
    order by run desc)";
constexpr auto byRun = " where run < :before order by run desc";

std::string selected(const char *rest) { return std::string(selectInstances) + rest; }

/// The least text after all that begin with `prefix`, by bytes; empty if there is none.
std::string afterPrefix(std::string prefix)
{
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff)
        prefix.pop_back();
    if (!prefix.empty())
        prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

Instant earliest(const InstanceFilter &filter)
{
    return filter.createdFrom.value_or(Instant::min());
}

Instant latest(const InstanceFilter &filter) { return filter.createdTo.value_or(Instant::max()); }

std::vector<InstanceStatus> statusesOf(const InstanceFilter &filter)
{
    if (filter.statuses.empty())
        return {InstanceStatus::Pending, InstanceStatus::Running, InstanceStatus::Suspended,
            InstanceStatus::Completed, InstanceStatus::Failed, InstanceStatus::Terminated};
    std::vector<InstanceStatus> statuses = filter.statuses;
    std::ranges::sort(statuses);
    const auto doubles = std::ranges::unique(statuses);
    statuses.erase(doubles.begin(), doubles.end());
    return statuses;
}

std::vector<bool> waitingOf(const InstanceFilter &filter)
{
    return filter.waiting ? std::vector{*filter.waiting} : std::vector{false, true};
}

void keepNewest(std::vector<InstanceSummary> &found, std::size_t count)
{
    std::ranges::sort(found, std::greater<>(), &InstanceSummary::run);
    if (found.size() > count)
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
}

} // namespace

InstanceList::InstanceList(SqliteSession &session)
    : m_countIds(session, countIds)
    , m_countTimes(session, countTimes)
    , m_byId(session, selected(byId))
    , m_byTime(session, selected(byTime))
    , m_byState(session, selected(byState))
    , m_byFlow(session, selected(byFlow))
    , m_byRun(session, selected(byRun))
    , m_rows(session)
{}

std::vector<InstanceSummary> InstanceList::read(
    const InstanceFilter &filter, RunKey before, std::size_t count)
{
    Found found = readCandidates({filter, before, count});
    for (InstanceSummary &summary : found)
        m_rows.addPayloads(summary);
    return found;
}

auto InstanceList::collector(const Wanted &wanted, Found &found) const
{
    return [&wanted, &found, left = wanted.count](const SqliteStatement &row) mutable {
        InstanceSummary summary = rowFrom(row);
        if (matches(wanted.filter, summary)) {
            found.push_back(std::move(summary));
            --left;
        }
        return left > 0;
    };
}

bool InstanceList::fewIdsMatch(const InstanceFilter &filter)
{
    const std::string end = afterPrefix(filter.idPrefix);
    if (end.empty())
        return false;
    const auto isFew = [](const SqliteStatement &row) { return row.integer(0) <= fewCandidates; };
    return m_countIds.first(isFew, filter.idPrefix, end, fewCandidates + 1).value_or(false);
}

bool InstanceList::fewTimesMatch(const InstanceFilter &filter)
{
    if (!filter.createdFrom && !filter.createdTo)
        return false;
    const auto isFew = [](const SqliteStatement &row) { return row.integer(0) <= fewCandidates; };
    return m_countTimes.first(isFew, earliest(filter), latest(filter), fewCandidates + 1)
        .value_or(false);
}

InstanceList::Found InstanceList::readCandidates(const Wanted &wanted)
{
    const InstanceFilter &filter = wanted.filter;
    Found found;
    auto collect = collector(wanted, found);
    if (fewIdsMatch(filter))
        m_byId.each(collect, filter.idPrefix, afterPrefix(filter.idPrefix), wanted.before);
    else if (fewTimesMatch(filter))
        m_byTime.each(collect, earliest(filter), latest(filter), wanted.before);
    else if (filter.statuses.empty() && !filter.waiting && filter.flow.empty())
        m_byRun.each(collect, wanted.before);
    else
        return readStates(wanted);
    return found;
}

InstanceList::Found InstanceList::readStates(const Wanted &wanted)
{
    const FlowId &flow = wanted.filter.flow;
    Found all;
    for (const InstanceStatus status : statusesOf(wanted.filter)) {
        const std::string name(toText(status));
        for (const bool waiting : waitingOf(wanted.filter)) {
            auto collect = collector(wanted, all);
            if (flow.empty())
                m_byState.each(collect, name, int{waiting}, wanted.before);
            else
                m_byFlow.each(collect, flow, name, int{waiting}, wanted.before);
            keepNewest(all, wanted.count);
        }
    }
    return all;
}

} // namespace engine

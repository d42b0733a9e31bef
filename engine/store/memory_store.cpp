#include "engine/store/memory_store.h"

#include "engine/store/commit_rules.h"

#include <algorithm>
#include <iterator>
#include <mutex>

namespace engine {
namespace {

Sequence lengthOf(const MemoryTables &tables, RunKey run)
{
    const auto rows = tables.history.find(run);
    if (rows == tables.history.end())
        return 0;
    const HistoryRow &last = rows->second.back();
    return last.first + static_cast<Sequence>(last.facts.size()) - 1;
}

Result<void> check(const MemoryTables &tables, const Turn &turn)
{
    std::set<std::pair<FlowId, int>> flows;
    for (const StoredFlow &flow : turn.flows) {
        const std::pair key(flow.flow, flow.version);
        if (tables.flows.contains(key) || !flows.insert(key).second)
            return versionExists(flow);
    }
    std::map<RunKey, Sequence> lengths;
    for (const InstanceCommit &commit : turn.instances) {
        if (commit.replaces != RunKey{})
            lengths[commit.replaces] = 0;
        const RunKey run = commit.row.run;
        auto &length = lengths.try_emplace(run, lengthOf(tables, run)).first->second;
        if (auto follows = checkCommit(commit, length); !follows)
            return follows;
        length = commit.summary.length;
    }
    return {};
}

std::optional<InstanceSummary> findIn(const MemoryTables &tables, const InstanceId &instance)
{
    const auto run = tables.current.find(instance);
    if (run == tables.current.end())
        return std::nullopt;
    return tables.instances.at(run->second);
}

std::vector<StoredFlow> flowsOf(const MemoryTables &tables)
{
    std::vector<StoredFlow> flows;
    for (const auto &[key, flow] : tables.flows)
        flows.push_back(flow);
    return flows;
}

std::vector<DueTimer> timersOf(const MemoryTables &tables)
{
    std::vector<DueTimer> timers;
    for (const auto &[key, row] : tables.indexes.timers)
        timers.push_back({key.first, row.timer, row.fireAt});
    std::ranges::stable_sort(timers, {}, &DueTimer::fireAt);
    return timers;
}

std::vector<OpenWork> workOf(const MemoryTables &tables)
{
    std::set<FactKey> waiting;
    for (const auto &[key, timer] : tables.indexes.timers)
        waiting.insert({key.first, timer.retryOf});
    std::vector<OpenWork> work;
    for (const auto &key : tables.indexes.work) {
        if (const auto current = tables.instances.find(key.first);
            current != tables.instances.end())
            work.push_back(
                {current->second.instance, key.first, key.second, waiting.contains(key)});
    }
    return work;
}

} // namespace

Result<void> MemoryStore::commit(const Turn &turn)
{
    const std::unique_lock lock(m_mutex);
    if (auto checked = check(m_tables, turn); !checked)
        return checked;
    apply(m_tables, turn);
    return {};
}

Result<std::vector<HistoryRow>> MemoryStore::history(RunKey run)
{
    const std::shared_lock lock(m_mutex);
    const auto rows = m_tables.history.find(run);
    return rows == m_tables.history.end() ? std::vector<HistoryRow>() : rows->second;
}

Result<LatestRows> MemoryStore::latest(RunKey run)
{
    const std::shared_lock lock(m_mutex);
    LatestRows latest;
    if (const auto found = m_tables.snapshots.find(run); found != m_tables.snapshots.end())
        latest.snapshot = found->second;
    const Sequence length = latest.snapshot ? latest.snapshot->length : 0;
    if (const auto rows = m_tables.history.find(run); rows != m_tables.history.end())
        std::ranges::copy_if(rows->second, std::back_inserter(latest.rows),
            [length](const HistoryRow &row) { return row.first > length; });
    return latest;
}

Result<std::optional<InstanceSummary>> MemoryStore::find(const InstanceId &instance)
{
    const std::shared_lock lock(m_mutex);
    return findIn(m_tables, instance);
}

Result<std::optional<InstanceId>> MemoryStore::instanceOf(RunKey run)
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_tables.instances.find(run);
    return found == m_tables.instances.end() ? std::optional<InstanceId>()
                                             : std::optional(found->second.instance);
}

Result<Recovered> MemoryStore::recover()
{
    const std::shared_lock lock(m_mutex);
    Recovered recovered{.flows = flowsOf(m_tables),
        .timers = timersOf(m_tables),
        .work = workOf(m_tables),
        .lastRun = m_tables.lastRun,
        .lastMessage = m_tables.lastMessage};
    for (const auto &[key, grant] : m_tables.grants)
        recovered.grants.push_back(grant);
    for (const auto &[id, message] : m_tables.inbox)
        recovered.inbox.push_back({id, message});
    for (const auto &[id, event] : m_tables.correlated)
        recovered.correlated.push_back({id, event.until});
    return recovered;
}

Result<std::optional<RunKey>> MemoryStore::acceptedBy(
    const InstanceId &instance, const std::string &name, const std::string &eventId)
{
    const std::shared_lock lock(m_mutex);
    const auto &all = m_tables.indexes.duplicates;
    const auto first = all.lower_bound({instance, name, eventId, RunKey()});
    if (first == all.end() || std::get<0>(*first) != instance || std::get<1>(*first) != name ||
        std::get<2>(*first) != eventId)
        return std::optional<RunKey>();
    return std::optional(std::get<RunKey>(*first));
}

Result<std::optional<UndeliveredEvent>> MemoryStore::undelivered(std::int64_t id)
{
    const std::shared_lock lock(m_mutex);
    const auto &all = m_tables.undelivered;
    const auto found = std::ranges::find(all, id, &UndeliveredEvent::id);
    return found == all.end() ? std::optional<UndeliveredEvent>() : *found;
}

Result<std::vector<FinishedRun>> MemoryStore::finished(
    const FlowId &flow, int version, int limit)
{
    const std::shared_lock lock(m_mutex);
    std::vector<FinishedRun> runs;
    for (const auto &[run, summary] : m_tables.instances) {
        if (summary.flow == flow && summary.version == version && summary.finishedAt)
            runs.push_back({summary.instance, run, *summary.finishedAt});
    }
    std::ranges::sort(runs, {}, [](const FinishedRun &one) { return std::pair(one.finishedAt, one.run); });
    runs.resize(std::min(runs.size(), static_cast<std::size_t>(limit)));
    return runs;
}

Result<std::int64_t> MemoryStore::instancesOf(const FlowId &flow, int version)
{
    const std::shared_lock lock(m_mutex);
    return std::int64_t{std::ranges::count_if(m_tables.instances, [&](const auto &one) {
        return one.second.flow == flow && one.second.version == version;
    })};
}

MemoryIndexes MemoryStore::indexes() const
{
    const std::shared_lock lock(m_mutex);
    return m_tables.indexes;
}

MemoryIndexes MemoryStore::rebuiltIndexes() const
{
    const std::shared_lock lock(m_mutex);
    MemoryIndexes indexes;
    for (const auto &[run, rows] : m_tables.history) {
        const auto *start = std::get_if<ExecutionStarted>(&rows.front().facts.front());
        for (const HistoryRow &row : rows)
            apply(indexes, row, start ? start->instance : InstanceId());
    }
    return indexes;
}

Result<std::optional<InstanceSummary>> MemoryReader::find(const InstanceId &instance)
{
    const std::shared_lock lock(m_store.m_mutex);
    return findIn(m_store.m_tables, instance);
}

Result<InstancePage> MemoryReader::list(
    const InstanceFilter &filter, const std::string &after, int limit)
{
    const auto place = runOfPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    const auto &instances = m_store.m_tables.instances;
    InstancePage page;
    auto at = *place ? instances.upper_bound(**place) : instances.begin();
    for (; at != instances.end(); ++at) {
        if (!matches(filter, at->second))
            continue;
        if (page.instances.size() == static_cast<std::size_t>(limit)) {
            page.next = placeAfter(page.instances.back().run);
            break;
        }
        page.instances.push_back(at->second);
    }
    return page;
}

Result<HistoryPage> MemoryReader::history(RunKey run, Sequence from, int limit)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    HistoryPage page;
    const auto rows = m_store.m_tables.history.find(run);
    if (rows == m_store.m_tables.history.end())
        return page;
    for (const HistoryRow &row : rows->second) {
        if (row.first + static_cast<Sequence>(row.facts.size()) <= from)
            continue;
        for (HistoryEvent &event : eventsOf(row)) {
            if (event.sequence < from)
                continue;
            if (page.events.size() == static_cast<std::size_t>(limit)) {
                page.next = event.sequence;
                return page;
            }
            page.events.push_back(std::move(event));
        }
    }
    return page;
}

Result<std::vector<InstanceCounts>> MemoryReader::counts()
{
    const std::shared_lock lock(m_store.m_mutex);
    std::map<FlowId, InstanceCounts> counts;
    for (const auto &[run, summary] : m_store.m_tables.instances) {
        auto &flow = counts.try_emplace(summary.flow, InstanceCounts{summary.flow}).first->second;
        ++countOf(flow, summary.status, summary.waiting);
    }
    std::vector<InstanceCounts> byName;
    for (const auto &[flow, count] : counts)
        byName.push_back(count);
    return byName;
}

Result<std::vector<StoredFlow>> MemoryReader::flows()
{
    const std::shared_lock lock(m_store.m_mutex);
    auto flows = flowsOf(m_store.m_tables);
    std::erase_if(flows, [](const StoredFlow &flow) { return flow.text.empty(); });
    return flows;
}

Result<std::vector<Grant>> MemoryReader::grants()
{
    const std::shared_lock lock(m_store.m_mutex);
    std::vector<Grant> grants;
    for (const auto &[key, grant] : m_store.m_tables.grants)
        grants.push_back(grant);
    return grants;
}

Result<std::vector<VersionStatistics>> MemoryReader::statistics(const FlowId &flow)
{
    const std::shared_lock lock(m_store.m_mutex);
    return statisticsOf(m_store.m_tables, flow);
}

Result<std::vector<UndeliveredEvent>> MemoryReader::undelivered(
    int limit, std::optional<std::int64_t> before)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    const auto &all = m_store.m_tables.undelivered;
    std::vector<UndeliveredEvent> newest;
    for (auto event = all.rbegin(); event != all.rend(); ++event) {
        if (newest.size() < static_cast<std::size_t>(limit) && (!before || event->id < *before))
            newest.push_back(*event);
    }
    return newest;
}

Result<AuditPage> MemoryReader::audit(
    const InstanceId &instance, const std::string &after, int limit)
{
    const auto place = auditPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const auto size = static_cast<std::size_t>(limit);
    const std::shared_lock lock(m_store.m_mutex);
    const auto &all = m_store.m_tables.audit;
    std::vector<AuditEntry> found;
    for (auto entry = all.rbegin(); entry != all.rend() && found.size() <= size; ++entry) {
        if ((!*place || entry->id < **place) && (instance.empty() || entry->instance == instance))
            found.push_back(*entry);
    }
    return pageOf(std::move(found), size);
}

Result<TaskPage> MemoryReader::tasks(
    const TaskFilter &filter, const std::string &after, int limit)
{
    const auto place = taskPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    const MemoryTables &tables = m_store.m_tables;
    std::map<TaskPlace, TaskSummary> found;
    for (const auto &[key, row] : tables.indexes.tasks) {
        const auto owner = tables.instances.find(key.first);
        if (owner == tables.instances.end())
            continue;
        const InstanceSummary &instance = owner->second;
        TaskSummary task =
            summaryOf(row, key.first, instance.instance, instance.flow, instance.version);
        if (matches(filter, task) && (!*place || placeOf(task) > **place))
            found.emplace(placeOf(task), std::move(task));
    }
    std::vector<TaskSummary> inOrder;
    for (auto &[at, task] : found)
        inOrder.push_back(std::move(task));
    return pageOf(std::move(inOrder), static_cast<std::size_t>(limit),
        static_cast<std::int64_t>(tables.indexes.tasks.size()));
}

Result<std::vector<StoredWebhook>> MemoryReader::webhooks()
{
    const std::shared_lock lock(m_store.m_mutex);
    std::vector<StoredWebhook> all;
    for (const auto &[path, webhook] : m_store.m_tables.webhooks)
        all.push_back(webhook);
    return all;
}

Result<std::vector<CorrelatedEvent>> MemoryReader::correlated(int limit, std::int64_t after)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    std::vector<CorrelatedEvent> oldest;
    for (const auto &[id, event] : m_store.m_tables.correlated) {
        if (id > after && oldest.size() < static_cast<std::size_t>(limit))
            oldest.push_back(event);
    }
    return oldest;
}

Result<std::optional<InstanceSummary>> MemoryReader::ownerOf(RunKey run)
{
    const std::shared_lock lock(m_store.m_mutex);
    const auto found = m_store.m_tables.instances.find(run);
    return found == m_store.m_tables.instances.end() ? std::optional<InstanceSummary>()
                                                     : std::optional(found->second);
}

Result<std::vector<StoredAccessKey>> MemoryReader::accessKeys()
{
    const std::shared_lock lock(m_store.m_mutex);
    std::vector<StoredAccessKey> all;
    for (const auto &[label, key] : m_store.m_tables.accessKeys)
        all.push_back(key);
    return all;
}

Result<ChangeLogPage> MemoryReader::changes(std::int64_t after, int limit)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const std::shared_lock lock(m_store.m_mutex);
    const MemoryTables &tables = m_store.m_tables;
    ChangeLogPage page{{}, tables.lastChange + 1, tables.lastChange};
    if (!tables.changes.empty())
        page.first = tables.changes.front().id;
    const auto begin = std::ranges::upper_bound(tables.changes, after, {}, &LoggedChange::id);
    for (auto change = begin; change != tables.changes.end(); ++change) {
        if (page.changes.size() < static_cast<std::size_t>(limit))
            page.changes.push_back(*change);
    }
    return page;
}

} // namespace engine

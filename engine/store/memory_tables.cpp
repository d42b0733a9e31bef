#include "engine/store/memory_tables.h"

#include "engine/history/ascii_letters.h"
#include "engine/store/change_log.h"

#include <algorithm>

namespace engine {
namespace {

void eraseRun(auto &index, RunKey run)
{
    index.erase(index.lower_bound({run, 0}), index.lower_bound({{run.value + 1}, 0}));
}

/// The run that it continues as new, or 0.
RunKey previousOf(const MemoryTables &tables, RunKey run)
{
    const auto rows = tables.history.find(run);
    if (rows == tables.history.end())
        return {};
    const auto *started = std::get_if<ExecutionStarted>(&rows->second.front().facts.front());
    return started ? started->previous : RunKey();
}

void deleteRun(MemoryTables &tables, RunKey run)
{
    if (const auto found = tables.instances.find(run); found != tables.instances.end()) {
        tables.current.erase(found->second.instance);
        tables.instances.erase(found);
    }
    tables.history.erase(run);
    tables.snapshots.erase(run);
    forget(tables.indexes, run);
    std::erase_if(
        tables.indexes.duplicates, [run](const auto &one) { return std::get<RunKey>(one) == run; });
}

/// With all that it continues.
void deleteRuns(MemoryTables &tables, RunKey run)
{
    while (run != RunKey()) {
        const RunKey previous = previousOf(tables, run);
        deleteRun(tables, run);
        run = previous;
    }
}

/// The newest run of an id is the one that lists show.
void setSummary(MemoryTables &tables, const InstanceSummary &summary)
{
    RunKey &current = tables.current[summary.instance];
    if (current != summary.run)
        tables.instances.erase(current);
    current = summary.run;
    tables.instances[summary.run] = summary;
}

void apply(MemoryTables &tables, const InstanceCommit &commit)
{
    deleteRuns(tables, commit.replaces);
    const RunKey run = commit.row.run;
    tables.history[run].push_back(commit.row);
    tables.lastRun = std::max(tables.lastRun, run);
    apply(tables.indexes, commit.row, commit.summary.instance);
    setSummary(tables, commit.summary);
    if (commit.snapshot && commit.snapshot->empty())
        tables.snapshots.erase(run);
    else if (commit.snapshot)
        tables.snapshots[run] = {commit.summary.length, *commit.snapshot};
    for (const std::int64_t message : commit.taken)
        tables.inbox.erase(message);
}

void setAside(MemoryTables &tables, const SetAside &mark)
{
    if (const auto found = tables.instances.find(mark.run); found != tables.instances.end())
        found->second.setAside = mark.reason;
}

bool isSame(const UndeliveredEvent &one, const UndeliveredEvent &other)
{
    return one.event.eventId && one.event.eventId == other.event.eventId &&
           one.instance == other.instance && one.event.key == other.event.key && sameAsciiLetters(one.event.name, other.event.name);
}

void addUndelivered(MemoryTables &tables, UndeliveredEvent event)
{
    if (std::ranges::any_of(
            tables.undelivered, [&](const auto &logged) { return isSame(logged, event); }))
        return;
    event.id = ++tables.lastUndelivered;
    tables.undelivered.push_back(event);
    while (tables.undelivered.front().id <= event.id - undeliveredLimit)
        tables.undelivered.pop_front();
}

void addAnswer(MemoryTables &tables, const AnsweredEvent &answer)
{
    tables.answeredEvents.push_back(answer);
    if (tables.answeredEvents.size() > answeredLimit)
        tables.answeredEvents.pop_front();
}

void logChanges(MemoryTables &tables, std::vector<LoggedChange> changes)
{
    for (LoggedChange &change : changes) {
        change.id = ++tables.lastChange;
        tables.changes.push_back(std::move(change));
        if (tables.changes.size() > changeLimit)
            tables.changes.pop_front();
    }
}

} // namespace

void apply(MemoryIndexes &indexes, const HistoryRow &row, const InstanceId &instance)
{
    const IndexChanges changes = indexChanges(row);
    for (const EventIdRow &one : changes.eventIds)
        indexes.duplicates.emplace(instance, one.name, one.eventId, row.run);
    if (changes.runEnded)
        return forget(indexes, row.run);
    for (const Sequence timer : changes.timersGone)
        indexes.timers.erase({row.run, timer});
    for (const Sequence task : changes.workClosed)
        indexes.work.erase({row.run, task});
    for (const Sequence wait : changes.waitsClosed)
        indexes.waits.erase({row.run, wait});
    for (const Sequence event : changes.eventsTaken)
        indexes.keptEvents.erase({row.run, event});
    for (const TimerRow &timer : changes.timersSet)
        indexes.timers[{row.run, timer.timer}] = timer;
    for (const Sequence task : changes.workOpened)
        indexes.work.insert({row.run, task});
    for (const WaitRow &wait : changes.waitsOpened)
        indexes.waits[{row.run, wait.wait}] = wait;
    for (const KeptEventRow &event : changes.eventsKept)
        indexes.keptEvents[{row.run, event.event}] = event;
    for (const Sequence task : changes.tasksClosed)
        indexes.tasks.erase({row.run, task});
    for (const TaskChange &change : changes.tasksChanged) {
        if (const auto task = indexes.tasks.find({row.run, change.task}); task != indexes.tasks.end())
            apply(task->second, change.fact);
    }
    for (const TaskRow &task : changes.tasksOpened)
        indexes.tasks[{row.run, task.task}] = task;
    for (const KeyGone &gone : changes.keysClosed) {
        const FactKey wait(row.run, gone.wait);
        if (!gone.name.empty())
            indexes.keys.erase({wait, gone.name});
        else
            indexes.keys.erase(indexes.keys.lower_bound({wait, {}}),
                indexes.keys.lower_bound({{row.run, gone.wait + 1}, {}}));
    }
    for (const KeyRow &key : changes.keysOpened)
        indexes.keys[{{row.run, key.wait}, key.name}] = key;
}

void forget(MemoryIndexes &indexes, RunKey run)
{
    eraseRun(indexes.timers, run);
    eraseRun(indexes.work, run);
    eraseRun(indexes.waits, run);
    eraseRun(indexes.keptEvents, run);
    eraseRun(indexes.tasks, run);
    indexes.keys.erase(indexes.keys.lower_bound({{run, 0}, {}}),
        indexes.keys.lower_bound({{{run.value + 1}, 0}, {}}));
}

void apply(MemoryTables &tables, const Turn &turn)
{
    for (const StoredFlow &flow : turn.flows)
        tables.flows[{flow.flow, flow.version}] = flow;
    for (const FlowId &flow : turn.grantsGone)
        std::erase_if(tables.grants, [&flow](const auto &one) { return one.first.first == flow; });
    for (const RemovedFlow &gone : turn.flowsGone) {
        if (const auto flow = tables.flows.find({gone.flow, gone.version}); flow != tables.flows.end())
            flow->second.text.clear();
    }
    for (const Grant &grant : turn.grants)
        tables.grants[{grant.flow, grant.fingerprint}] = grant;
    // Before what takes them: a message can be sent and decided in one turn.
    for (const StoredMessage &message : turn.sent) {
        tables.inbox[message.id] = message.message;
        tables.lastMessage = std::max(tables.lastMessage, message.id);
    }
    for (const InstanceCommit &commit : turn.instances)
        apply(tables, commit);
    for (const SetAside &mark : turn.setAside)
        setAside(tables, mark);
    for (const std::int64_t message : turn.dropped)
        tables.inbox.erase(message);
    for (const std::int64_t gone : turn.undeliveredGone)
        std::erase_if(tables.undelivered, [gone](const auto &event) { return event.id == gone; });
    for (const UndeliveredEvent &event : turn.undelivered)
        addUndelivered(tables, event);
    for (const AuditEntry &entry : turn.audit) {
        tables.audit.push_back(entry);
        tables.audit.back().id = std::int64_t(tables.audit.size());
    }
    for (const CorrelatedEvent &event : turn.correlated)
        tables.correlated[event.id] = event;
    for (const std::int64_t gone : turn.correlatedGone)
        tables.correlated.erase(gone);
    for (const AnsweredEvent &answer : turn.answeredEvents)
        addAnswer(tables, answer);
    auto changes = changesOf(turn);
    for (const RunKey run : turn.purged) {
        if (const auto owner = tables.instances.find(run); owner != tables.instances.end())
            changes.push_back({0, run, 0, 0, owner->second.instance});
        deleteRuns(tables, run);
    }
    logChanges(tables, std::move(changes));
    for (const StoredWebhook &webhook : turn.webhooks) {
        tables.webhooks.erase(webhook.path);
        if (!webhook.text.empty())
            tables.webhooks[webhook.path] = webhook;
    }
    for (const StoredAccessKey &key : turn.accessKeys) {
        tables.accessKeys.erase(key.label);
        if (!key.digest.empty())
            tables.accessKeys[key.label] = key;
    }
}

} // namespace engine

#include "engine/store/sqlite/index_tables.h"

#include "engine/store/index_changes.h"

#include <sqlite3.h>

#include <iterator>

namespace engine {
namespace {

constexpr auto addTimer = R"(
    insert into timer (run, seq, fire_at_ms, retry_of) values (:run, :seq, :fire_at_ms, :retry_of))";
constexpr auto addWork = "insert into work (run, seq) values (:run, :seq)";
constexpr auto addWait = R"(
    insert into wait (run, seq, branch, step, names, needed)
    values (:run, :seq, :branch, :step, :names, :needed))";
constexpr auto addKeptEvent =
    "insert into kept_event (run, seq, name, event_id) values (:run, :seq, :name, :event_id)";

/// About 70 bytes each.
constexpr std::size_t knownRuns = 16'384;

} // namespace

IndexTables::RunTable::RunTable(SqliteSession &session, const std::string &name, const char *insert)
    : add(session, insert)
    , m_session(session)
    , m_remove(session, "delete from " + name + " where run = :run and seq = :seq")
    , m_forget(session, "delete from " + name + " where run = :run")
    , m_clear(session, "delete from " + name)
{}

std::ptrdiff_t IndexTables::RunTable::remove(RunKey run, const std::vector<Sequence> &rows)
{
    std::ptrdiff_t removed = 0;
    for (const Sequence row : rows) {
        m_remove.execute(run, row);
        removed += sqlite3_changes(m_session.handle());
    }
    return removed;
}

IndexTables::IndexTables(SqliteSession &session)
    : m_timers(session, "timer", addTimer)
    , m_work(session, "work", addWork)
    , m_waits(session, "wait", addWait)
    , m_keptEvents(session, "kept_event", addKeptEvent)
    , m_tasks(session)
    , m_keys(session)
    , m_duplicates(session)
    , m_snapshots(session)
{}

void IndexTables::apply(const HistoryRow &row, const InstanceId &instance)
{
    const RunKey run = row.run;
    const IndexChanges changes = indexChanges(row);
    m_duplicates.apply(run, instance, changes.eventIds);
    if (changes.runEnded)
        return end(row);
    Standing &standing = standingOf(row);
    standing.timers -= m_timers.remove(run, changes.timersGone);
    standing.work -= m_work.remove(run, changes.workClosed);
    standing.waits -= m_waits.remove(run, changes.waitsClosed);
    standing.keptEvents -= m_keptEvents.remove(run, changes.eventsTaken);
    for (const TimerRow &timer : changes.timersSet)
        m_timers.add.execute(run, timer.timer, timer.fireAt, timer.retryOf);
    for (const Sequence task : changes.workOpened)
        m_work.add.execute(run, task);
    for (const WaitRow &wait : changes.waitsOpened)
        m_waits.add.execute(run, wait.wait, wait.branch, wait.step,
            JsonText::ofStrings(wait.names).text(), wait.needed);
    for (const KeptEventRow &event : changes.eventsKept)
        m_keptEvents.add.execute(run, event.event, event.name, event.eventId);
    standing.timers += std::ssize(changes.timersSet);
    standing.work += std::ssize(changes.workOpened);
    standing.waits += std::ssize(changes.waitsOpened);
    standing.keptEvents += std::ssize(changes.eventsKept);
    standing.hadTasks |= !changes.tasksOpened.empty();
    m_tasks.apply(run, changes);
    m_keys.apply(run, changes);
}

/// Of a run that was not seen from its beginning, nothing that lasts.
IndexTables::Standing &IndexTables::standingOf(const HistoryRow &row)
{
    if (row.first == 1) {
        if (m_standing.size() >= knownRuns)
            m_standing.clear();
        return m_standing[row.run] = {};
    }
    const auto known = m_standing.find(row.run);
    return known == m_standing.end() ? m_unknown : known->second;
}

void IndexTables::end(const HistoryRow &row)
{
    if (row.first == 1)
        return; // nothing of it was ever there
    const auto known = m_standing.find(row.run);
    if (known == m_standing.end())
        return forget(row.run);
    const Standing standing = known->second;
    m_standing.erase(known);
    if (standing.timers != 0)
        m_timers.forget(row.run);
    if (standing.work != 0)
        m_work.forget(row.run);
    if (standing.waits != 0)
        m_waits.forget(row.run);
    if (standing.keptEvents != 0)
        m_keptEvents.forget(row.run);
    if (standing.hadTasks)
        m_tasks.forget(row.run);
    m_keys.forget(row.run);
}

void IndexTables::forget(RunKey run)
{
    m_standing.erase(run);
    m_timers.forget(run);
    m_work.forget(run);
    m_waits.forget(run);
    m_keptEvents.forget(run);
    m_tasks.forget(run);
    m_keys.forget(run);
}

void IndexTables::clear()
{
    undo();
    m_timers.clear();
    m_work.clear();
    m_waits.clear();
    m_keptEvents.clear();
    m_tasks.clear();
    m_keys.clear();
    m_duplicates.clear();
    m_snapshots.clear();
}

} // namespace engine

#include "engine/store/sqlite/index_tables.h"

#include "engine/store/index_changes.h"

namespace engine {
namespace {

constexpr auto addTimer = "insert into timer (run, seq, fire_at_ms, retry_of) values (:run, :seq, "
                          ":fire_at_ms, :retry_of)";
constexpr auto addWork = "insert into work (run, seq) values (:run, :seq)";
constexpr auto addWait = R"(
    insert into wait (run, seq, branch, step, names, needed)
    values (:run, :seq, :branch, :step, :names, :needed))";
constexpr auto addKeptEvent =
    "insert into kept_event (run, seq, name, event_id) values (:run, :seq, :name, :event_id)";
constexpr auto removeTimer = "delete from timer where run = :run and seq = :seq";
constexpr auto removeWork = "delete from work where run = :run and seq = :seq";
constexpr auto removeWait = "delete from wait where run = :run and seq = :seq";
constexpr auto removeKeptEvent = "delete from kept_event where run = :run and seq = :seq";
constexpr auto forgetTimers = "delete from timer where run = :run";
constexpr auto forgetWork = "delete from work where run = :run";
constexpr auto forgetWaits = "delete from wait where run = :run";
constexpr auto forgetKeptEvents = "delete from kept_event where run = :run";
constexpr auto clearTimers = "delete from timer";
constexpr auto clearWork = "delete from work";
constexpr auto clearWaits = "delete from wait";
constexpr auto clearKeptEvents = "delete from kept_event";

} // namespace

IndexTables::IndexTables(SqliteSession &session)
    : m_addTimer(session, addTimer)
    , m_addWork(session, addWork)
    , m_addWait(session, addWait)
    , m_addKeptEvent(session, addKeptEvent)
    , m_removeTimer(session, removeTimer)
    , m_removeWork(session, removeWork)
    , m_removeWait(session, removeWait)
    , m_removeKeptEvent(session, removeKeptEvent)
    , m_forgetTimers(session, forgetTimers)
    , m_forgetWork(session, forgetWork)
    , m_forgetWaits(session, forgetWaits)
    , m_forgetKeptEvents(session, forgetKeptEvents)
    , m_clearTimers(session, clearTimers)
    , m_clearWork(session, clearWork)
    , m_clearWaits(session, clearWaits)
    , m_clearKeptEvents(session, clearKeptEvents)
    , m_tasks(session)
    , m_keys(session)
{}

void IndexTables::apply(const HistoryRow &row)
{
    const RunKey run = row.run;
    const IndexChanges changes = indexChanges(row);
    if (changes.runEnded)
        return forget(run);
    for (const Sequence timer : changes.timersGone)
        m_removeTimer.execute(run, timer);
    for (const Sequence task : changes.workClosed)
        m_removeWork.execute(run, task);
    for (const Sequence wait : changes.waitsClosed)
        m_removeWait.execute(run, wait);
    for (const Sequence event : changes.eventsTaken)
        m_removeKeptEvent.execute(run, event);
    for (const TimerRow &timer : changes.timersSet)
        m_addTimer.execute(run, timer.timer, timer.fireAt, timer.retryOf);
    for (const Sequence task : changes.workOpened)
        m_addWork.execute(run, task);
    for (const WaitRow &wait : changes.waitsOpened)
        m_addWait.execute(run, wait.wait, wait.branch, wait.step, JsonText::ofStrings(wait.names).text(), wait.needed);
    for (const KeptEventRow &event : changes.eventsKept)
        m_addKeptEvent.execute(run, event.event, event.name, event.eventId);
    m_tasks.apply(run, changes);
    m_keys.apply(run, changes);
}

void IndexTables::forget(RunKey run)
{
    m_forgetTimers.execute(run);
    m_forgetWork.execute(run);
    m_forgetWaits.execute(run);
    m_forgetKeptEvents.execute(run);
    m_tasks.forget(run);
    m_keys.forget(run);
}

void IndexTables::clear()
{
    m_clearTimers.execute();
    m_clearWork.execute();
    m_clearWaits.execute();
    m_clearKeptEvents.execute();
    m_tasks.clear();
    m_keys.clear();
}

} // namespace engine

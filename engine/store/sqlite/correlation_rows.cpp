#include "engine/store/sqlite/correlation_rows.h"

#include "engine/history/correlation_json.h"
#include "engine/model/flow.h"

namespace engine {
namespace {

constexpr auto anyKey = "select 1 from wait_key limit 1";
constexpr auto addWaitKey = R"(
    insert or replace into wait_key (run, seq, name, key, opened_at_ms)
    values (:run, :seq, :name, :key, :opened_at_ms))";
constexpr auto removeWaitKeys = "delete from wait_key where run = :run and seq = :seq";
constexpr auto removeWaitKey =
    "delete from wait_key where run = :run and seq = :seq and name = :name";
constexpr auto forgetWaitKeys = "delete from wait_key where run = :run";
constexpr auto clearWaitKeys = "delete from wait_key";

constexpr auto selectEvents = R"(
    select id, name, payload, given_key, event_id, via, who, raised_at_ms, until_ms
    from correlated_event)";
constexpr auto withId = " where id = :id";
constexpr auto oldestEvents = " where id > :after order by id limit :limit";
constexpr auto readKeys =
    "select expression, key from correlated_key where id = :id order by expression";
constexpr auto insertEvent = R"(
    insert into correlated_event
        (id, name, payload, given_key, event_id, via, who, raised_at_ms, until_ms)
    values (:id, :name, :payload, :given_key, :event_id, :via, :who, :raised_at_ms, :until_ms))";
constexpr auto insertKey = R"(
    insert into correlated_key (id, name, expression, key)
    values (:id, :name, :expression, :key))";
constexpr auto deleteEvent = "delete from correlated_event where id = :id";
constexpr auto deleteKeys = "delete from correlated_key where id = :id";
constexpr auto insertAnswer = R"(
    insert or ignore into answered_event (name, key, event_id, answer)
    values (:name, :key, :event_id, :answer))";
constexpr auto boundAnswers =
    "delete from answered_event where id <= (select max(id) from answered_event) - :limit";
constexpr auto readDue = "select id, until_ms from correlated_event order by id";
constexpr auto readWaiting = R"(
    select instance.instance, wait_key.run, wait_key.seq, instance.flow, instance.version,
        wait_key.opened_at_ms
    from wait_key join instance on instance.run = wait_key.run
    where wait_key.name = :name and wait_key.key = :key
    order by wait_key.opened_at_ms, wait_key.run, wait_key.seq limit :limit)";
constexpr auto readKept = R"(
    select id from correlated_key
    where name = :name and key = :key and expression = :expression order by id limit :limit)";
constexpr auto readAnswer = R"(
    select answer from answered_event
    where name = :name and key = :key and event_id = :event_id)";
constexpr auto readDeliverable = R"(
    select distinct name, expression, key from correlated_key
    where exists (select 1 from wait_key
        where wait_key.name = correlated_key.name and wait_key.key = correlated_key.key)
    order by name, expression, key)";

constexpr auto readLive = R"(
    select 1 from instance_count
    where flow = :flow and version = :version and waiting + running + suspended > 0)";

CorrelatedEvent eventFrom(const SqliteStatement &row)
{
    CorrelatedEvent event{.id = row.integer(0)};
    event.event.name = row.text(1);
    event.event.payload = JsonText::trusted(row.text(2));
    if (!row.isNull(3))
        event.event.key = row.text(3);
    if (!row.isNull(4))
        event.event.eventId = row.text(4);
    event.event.source = {row.text(5), row.text(6)};
    event.raisedAt = row.instant(7);
    event.until = row.instant(8);
    return event;
}

} // namespace

KeyTables::KeyTables(SqliteSession &session)
    : m_any(session, anyKey)
    , m_add(session, addWaitKey)
    , m_remove(session, removeWaitKeys)
    , m_removeName(session, removeWaitKey)
    , m_forget(session, forgetWaitKeys)
    , m_clear(session, clearWaitKeys)
{}

void KeyTables::apply(RunKey run, const IndexChanges &changes)
{
    for (std::size_t i = 0; i < changes.keysClosed.size() && m_any.isThere(); ++i) {
        const KeyGone &gone = changes.keysClosed[i];
        if (gone.name.empty())
            m_remove.execute(run, gone.wait);
        else
            m_removeName.execute(run, gone.wait, gone.name);
    }
    for (const KeyRow &row : changes.keysOpened) {
        m_any.added();
        m_add.execute(run, row.wait, row.name, row.key, row.openedAt);
    }
}

void KeyTables::forget(RunKey run)
{
    if (m_any.isThere())
        m_forget.execute(run);
}

void KeyTables::clear() { m_clear.execute(); }

CorrelatedRows::CorrelatedRows(SqliteSession &session)
    : m_find(session, std::string(selectEvents) + withId)
    , m_oldest(session, std::string(selectEvents) + oldestEvents)
    , m_keys(session, readKeys)
{}

std::optional<CorrelatedEvent> CorrelatedRows::find(std::int64_t id)
{
    auto event = m_find.first(eventFrom, id);
    if (event)
        addKeys(*event);
    return event;
}

std::vector<CorrelatedEvent> CorrelatedRows::oldest(int limit, std::int64_t after)
{
    std::vector<CorrelatedEvent> events;
    m_oldest.each(
        [&events](const SqliteStatement &row) {
            events.push_back(eventFrom(row));
            return true;
        },
        after, limit);
    for (CorrelatedEvent &event : events)
        addKeys(event);
    return events;
}

void CorrelatedRows::addKeys(CorrelatedEvent &event)
{
    m_keys.each(
        [&event](const SqliteStatement &row) {
            event.keys.push_back({row.text(0), row.text(1)});
            return true;
        },
        event.id);
}

SqliteCorrelation::SqliteCorrelation(SqliteSession &session)
    : m_session(session)
    , m_events(session)
    , m_addEvent(session, insertEvent)
    , m_addKey(session, insertKey)
    , m_removeEvent(session, deleteEvent)
    , m_removeKeys(session, deleteKeys)
    , m_addAnswer(session, insertAnswer)
    , m_boundAnswers(session, boundAnswers)
    , m_due(session, readDue)
    , m_waiting(session, readWaiting)
    , m_kept(session, readKept)
    , m_answer(session, readAnswer)
    , m_deliverable(session, readDeliverable)
    , m_live(session, readLive)
{}

void SqliteCorrelation::write(const Turn &turn)
{
    for (const CorrelatedEvent &event : turn.correlated)
        write(event);
    for (const std::int64_t id : turn.correlatedGone) {
        m_removeEvent.execute(id);
        m_removeKeys.execute(id);
    }
    for (const AnsweredEvent &one : turn.answeredEvents)
        m_addAnswer.execute(one.name, one.key, one.eventId, answerToText(one.answer));
    if (!turn.answeredEvents.empty())
        m_boundAnswers.execute(answeredLimit);
}

void SqliteCorrelation::write(const CorrelatedEvent &event)
{
    const RaiseCorrelated &raised = event.event;
    m_addEvent.execute(event.id, raised.name, raised.payload.text(), raised.key, raised.eventId,
        raised.source.via, raised.source.who, event.raisedAt, event.until);
    for (const EventKey &key : event.keys)
        m_addKey.execute(event.id, foldedEventName(raised.name), key.expression, key.key);
}

std::vector<CorrelatedDue> SqliteCorrelation::due()
{
    std::vector<CorrelatedDue> all;
    m_due.each([&all](const SqliteStatement &row) {
        all.push_back({row.integer(0), row.instant(1)});
        return true;
    });
    return all;
}

Result<std::vector<KeyedWait>> SqliteCorrelation::waiting(
    const std::string &name, const std::string &key, int limit)
{
    std::vector<KeyedWait> waits;
    m_waiting.each(
        [&waits](const SqliteStatement &row) {
            waits.push_back({{row.text(0)}, {row.integer(1)}, row.integer(2), {row.text(3)},
                static_cast<int>(row.integer(4)), row.instant(5)});
            return true;
        },
        name, key, limit);
    return answered(std::move(waits));
}

Result<std::vector<std::int64_t>> SqliteCorrelation::kept(
    const std::string &name, const EventKey &key, int limit)
{
    std::vector<std::int64_t> ids;
    m_kept.each(
        [&ids](const SqliteStatement &row) {
            ids.push_back(row.integer(0));
            return true;
        },
        name, key.key, key.expression, limit);
    return answered(std::move(ids));
}

Result<std::optional<CorrelatedEvent>> SqliteCorrelation::event(std::int64_t id)
{
    return answered(m_events.find(id));
}

Result<std::optional<CorrelationAnswer>> SqliteCorrelation::answer(
    const std::string &name, const std::string &key, const std::string &eventId)
{
    const auto text =
        m_answer.first([](const SqliteStatement &row) { return row.text(0); }, name, key, eventId);
    if (auto fault = m_session.takeFault())
        return *fault;
    if (!text)
        return std::optional<CorrelationAnswer>();
    const auto answer = answerFromText(*text);
    if (!answer)
        return answer.error();
    return std::optional(*answer);
}

Result<std::vector<std::pair<std::string, EventKey>>> SqliteCorrelation::deliverable()
{
    std::vector<std::pair<std::string, EventKey>> found;
    m_deliverable.each([&found](const SqliteStatement &row) {
        found.emplace_back(row.text(0), EventKey{row.text(1), row.text(2)});
        return true;
    });
    return answered(std::move(found));
}

Result<bool> SqliteCorrelation::isLive(const FlowId &flow, int version)
{
    const auto yes = [](const SqliteStatement &) { return true; };
    return answered(m_live.first(yes, flow, version).value_or(false));
}

} // namespace engine

#include "engine/store/sqlite/change_rows.h"

#include "engine/store/change_log.h"

namespace engine {
namespace {

// Small enough for every reader of JSON, and never 0.
constexpr auto insertEpoch = R"(
    insert or ignore into statistics (name, value)
    values ('epoch', 1 + (random() & 281474976710655)))";
constexpr auto deleteEpoch = "delete from statistics where name = 'epoch'";
constexpr auto readEpoch = "select value from statistics where name = 'epoch'";
constexpr auto readLast = "select coalesce(max(id), 0) from change";
constexpr auto readFirst = "select id, runs from change order by id limit 1";
constexpr auto readAfter = "select id, runs from change where id > :id order by id limit :limit";
constexpr auto insertChanges = "insert into change (id, runs) values (:id, :runs)";
constexpr auto deleteOldest = "delete from change where id <= :id";

/// The oldest go in steps, so that most commits do not touch that end of the table.
constexpr std::int64_t forgetStep = 4'096;

std::int64_t number(const SqliteStatement &row) { return row.integer(0); }

} // namespace

Result<void> nameEpoch(SqliteConnection &connection)
{
    return connection.run(QString::fromUtf8(insertEpoch));
}

Result<void> forgetEpoch(SqliteConnection &connection)
{
    return connection.run(QString::fromUtf8(deleteEpoch));
}

ChangeTable::ChangeTable(SqliteSession &session)
    : m_session(session)
    , m_last(session, readLast)
    , m_add(session, insertChanges)
    , m_forget(session, deleteOldest)
{}

void ChangeTable::add(const std::vector<LoggedChange> &changes)
{
    if (changes.empty() || m_session.failed())
        return;
    const std::int64_t before = m_last.first(number).value_or(0);
    const std::int64_t last = before + static_cast<std::int64_t>(changes.size());
    m_add.execute(last, changesToText(changes));
    if (before / forgetStep != last / forgetStep)
        m_forget.execute(last - changeLimit);
}

ChangeRows::ChangeRows(SqliteSession &session)
    : m_session(session)
    , m_epoch(session, readEpoch)
    , m_last(session, readLast)
    , m_first(session, readFirst)
    , m_after(session, readAfter)
{}

std::vector<LoggedChange> ChangeRows::changesIn(const SqliteStatement &row)
{
    auto changes = changesFromText(row.text(1), row.integer(0));
    if (changes)
        return *std::move(changes);
    m_session.fail(changes.error());
    return {};
}

ChangeLogPage ChangeRows::after(std::int64_t id, int limit)
{
    ChangeLogPage page;
    page.epoch = m_epoch.first(number).value_or(page.epoch);
    page.last = m_last.first(number).value_or(0);
    const auto oldest =
        m_first.first([this](const SqliteStatement &row) { return changesIn(row); });
    page.first = oldest && !oldest->empty() ? oldest->front().id : page.last + 1;
    const auto size = static_cast<std::size_t>(limit);
    m_after.each(
        [&](const SqliteStatement &row) {
            for (LoggedChange &change : changesIn(row)) {
                if (change.id > id && page.changes.size() < size)
                    page.changes.push_back(std::move(change));
            }
            return page.changes.size() < size && !m_session.failed();
        },
        id, limit);
    return page;
}

} // namespace engine

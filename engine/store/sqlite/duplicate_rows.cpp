#include "engine/store/sqlite/duplicate_rows.h"

namespace engine {
namespace {

constexpr auto anyDuplicate = "select 1 from duplicate limit 1";
constexpr auto addDuplicate = R"(
    insert or ignore into duplicate (instance, name, event_id, run)
    values (:instance, :name, :event_id, :run))";
constexpr auto forgetDuplicates = "delete from duplicate where instance = :instance and run = :run";
// Where nobody knows any more whose run it was: all of the table is gone through.
constexpr auto forgetDuplicatesOfRun = "delete from duplicate where run = :run";
constexpr auto clearDuplicates = "delete from duplicate";
constexpr auto findDuplicate = R"(
    select run from duplicate
    where instance = :instance and name = :name and event_id = :event_id order by run limit 1)";

} // namespace

DuplicateTable::DuplicateTable(SqliteSession &session)
    : m_any(session, anyDuplicate)
    , m_add(session, addDuplicate)
    , m_forget(session, forgetDuplicates)
    , m_forgetRun(session, forgetDuplicatesOfRun)
    , m_clear(session, clearDuplicates)
    , m_find(session, findDuplicate)
{}

void DuplicateTable::apply(
    RunKey run, const InstanceId &instance, const std::vector<EventIdRow> &accepted)
{
    for (const EventIdRow &one : accepted)
        m_add.execute(instance, one.name, one.eventId, run);
    if (!accepted.empty())
        m_any.added();
}

void DuplicateTable::forget(RunKey run, const InstanceId &instance)
{
    if (!hasAny())
        return;
    if (instance.empty())
        m_forgetRun.execute(run);
    else
        m_forget.execute(instance, run);
}

void DuplicateTable::clear() { m_clear.execute(); }

std::optional<RunKey> DuplicateTable::find(
    const InstanceId &instance, const std::string &name, const std::string &eventId)
{
    if (!hasAny())
        return std::nullopt;
    const auto run = [](const SqliteStatement &row) { return RunKey{row.integer(0)}; };
    return m_find.first(run, instance, name, eventId);
}

} // namespace engine

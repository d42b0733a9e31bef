#include "engine/store/sqlite/snapshot_rows.h"

#include "engine/store/crc32c.h"

namespace engine {
namespace {

constexpr auto anySnapshot = "select 1 from snapshot limit 1";
constexpr auto bytesAdded = R"(
    select coalesce(sum(length(cast(facts as blob))), 0) from history
    where run = :run and seq > coalesce((select seq from snapshot where run = :run), 0))";
constexpr auto writeSnapshot = R"(
    insert or replace into snapshot (run, seq, state, crc32c) values (:run, :seq, :state, :crc32c))";
constexpr auto forgetSnapshot = "delete from snapshot where run = :run";
constexpr auto clearSnapshots = "delete from snapshot";
constexpr auto findSnapshot = "select seq, state, crc32c from snapshot where run = :run";

/// Of its key too, so that one that got into another's place is found.
std::uint32_t checksumOf(RunKey run, Sequence length, const std::string &state)
{
    const std::string key = std::to_string(run.value) + '/' + std::to_string(length) + '/';
    return crc32c(state, crc32c(key));
}

} // namespace

SnapshotTable::SnapshotTable(SqliteSession &session)
    : m_any(session, anySnapshot)
    , m_added(session, bytesAdded)
    , m_write(session, writeSnapshot)
    , m_forget(session, forgetSnapshot)
    , m_clear(session, clearSnapshots)
    , m_find(session, findSnapshot)
{}

void SnapshotTable::write(RunKey run, Sequence length, const std::string &state)
{
    if (state.empty())
        return forget(run);
    const auto bytes = [](const SqliteStatement &row) { return row.integer(0); };
    if (m_added.first(bytes, run).value_or(0) < static_cast<std::int64_t>(state.size()))
        return;
    m_write.execute(
        run, length, state, static_cast<std::int64_t>(checksumOf(run, length, state)));
    m_any.added();
}

void SnapshotTable::forget(RunKey run)
{
    if (m_any.isThere())
        m_forget.execute(run);
}

void SnapshotTable::clear() { m_clear.execute(); }

std::optional<Snapshot> SnapshotTable::find(RunKey run)
{
    if (!m_any.isThere())
        return std::nullopt;
    std::optional<Snapshot> found;
    const auto read = [&found, run](const SqliteStatement &row) {
        Snapshot snapshot{row.integer(0), row.text(1)};
        if (checksumOf(run, snapshot.length, snapshot.state) ==
            static_cast<std::uint32_t>(row.integer(2)))
            found = std::move(snapshot);
        return false;
    };
    m_find.each(read, run);
    return found;
}

} // namespace engine

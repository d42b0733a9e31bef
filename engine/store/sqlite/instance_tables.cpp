#include "engine/store/sqlite/instance_tables.h"

#include <algorithm>

namespace engine {
namespace {

constexpr auto findByRun =
    "select run, length, flow, version, status, waiting from instance where run = :run";
constexpr auto findByInstance =
    "select run, length, flow, version, status, waiting from instance where instance = :instance";
constexpr auto insertInstance = R"(
    insert into instance (run, instance, flow, version, status, waiting, set_aside, created_at_ms,
        changed_at_ms, finished_at_ms, length, decisions, error_type, stands_on, stands_at,
        stands_since_ms, stands_until_ms, parent)
    values (:run, :instance, :flow, :version, :status, :waiting, :set_aside, :created_at_ms,
        :changed_at_ms, :finished_at_ms, :length, :decisions, :error_type, :stands_on, :stands_at,
        :stands_since_ms, :stands_until_ms, :parent))";
// Names no column of an index but of instance_by_end, which live rows are not in: SQLite rewrites the
// entry of every index that is named.
constexpr auto updateInstance = R"(
    update instance set version = :version, set_aside = :set_aside,
        changed_at_ms = :changed_at_ms, finished_at_ms = :finished_at_ms, length = :length,
        decisions = :decisions, error_type = :error_type, stands_on = :stands_on,
        stands_at = :stands_at, stands_since_ms = :stands_since_ms,
        stands_until_ms = :stands_until_ms
    where run = :run)";
// For a change of state, which two indexes have to follow: one statement for all of it.
constexpr auto updateInstanceAndState = R"(
    update instance set version = :version, set_aside = :set_aside,
        changed_at_ms = :changed_at_ms, finished_at_ms = :finished_at_ms, length = :length,
        decisions = :decisions, error_type = :error_type, stands_on = :stands_on,
        stands_at = :stands_at, stands_since_ms = :stands_since_ms,
        stands_until_ms = :stands_until_ms, status = :status, waiting = :waiting
    where run = :run)";
constexpr auto deleteInstance = "delete from instance where run = :run";
constexpr auto setAsideInstance = "update instance set set_aside = :reason where run = :run";
constexpr auto writePayload = R"(
    insert into instance_payload (run, input, custom_status, output)
    values (:run, :input, :custom_status, :output)
    on conflict (run) do update set custom_status = excluded.custom_status, output = excluded.output)";
constexpr auto deletePayload = "delete from instance_payload where run = :run";
constexpr auto addCounts = R"(
    insert into instance_count
        (flow, version, waiting, running, suspended, completed, failed, terminated)
    values (:flow, :version, :waiting, :running, :suspended, :completed, :failed, :terminated)
    on conflict (flow, version) do update set waiting = waiting + excluded.waiting,
        running = running + excluded.running, suspended = suspended + excluded.suspended,
        completed = completed + excluded.completed, failed = failed + excluded.failed,
        terminated = terminated + excluded.terminated)";
constexpr auto clearInstances = "delete from instance";
constexpr auto clearPayloads = "delete from instance_payload";
constexpr auto clearCounts = "delete from instance_count";

/// About 100 bytes each.
constexpr std::size_t knownRuns = 16'384;

/// Facts that change input, custom status or output; all others leave table instance_payload alone.
bool changesPayload(const Fact &fact)
{
    return std::holds_alternative<ExecutionStarted>(fact) ||
           std::holds_alternative<CustomStatusSet>(fact) ||
           std::holds_alternative<ExecutionCompleted>(fact) ||
           std::holds_alternative<ExecutionTerminated>(fact) ||
           std::holds_alternative<InstanceRewound>(fact);
}

} // namespace

InstanceTables::InstanceTables(SqliteSession &session)
    : m_findByRun(session, findByRun)
    , m_findByInstance(session, findByInstance)
    , m_insert(session, insertInstance)
    , m_update(session, updateInstance)
    , m_updateWithState(session, updateInstanceAndState)
    , m_delete(session, deleteInstance)
    , m_setAside(session, setAsideInstance)
    , m_writePayload(session, writePayload)
    , m_deletePayload(session, deletePayload)
    , m_addCounts(session, addCounts)
    , m_clear(session, clearInstances)
    , m_clearPayloads(session, clearPayloads)
    , m_clearCounts(session, clearCounts)
{}

void InstanceTables::begin()
{
    m_pending.clear();
    m_counts.clear();
}

void InstanceTables::undo()
{
    begin();
    m_known.clear();
}

Sequence InstanceTables::lengthOf(RunKey run)
{
    const Pending &pending = pendingOf(run);
    if (pending.after)
        return pending.after->length;
    return pending.before ? pending.before->length : 0;
}

void InstanceTables::change(const InstanceCommit &commit)
{
    Pending &pending = pendingOf(commit.row.run);
    pending.after = &commit.summary;
    pending.payloadChanged |= std::ranges::any_of(commit.row.facts, changesPayload);
}

void InstanceTables::remove(RunKey run)
{
    Pending &pending = pendingOf(run);
    if (pending.before)
        erase(*pending.before);
    pending = {};
}

void InstanceTables::flush()
{
    for (const auto &[run, pending] : m_pending) {
        if (pending.after)
            write(pending);
    }
    writeCounts();
    m_pending.clear();
}

void InstanceTables::setAside(const SetAside &mark) { m_setAside.execute(mark.reason, mark.run); }

void InstanceTables::clear()
{
    undo();
    m_clear.execute();
    m_clearPayloads.execute();
    m_clearCounts.execute();
}

std::optional<InstanceTables::Stored> InstanceTables::storedFrom(const SqliteStatement &row)
{
    const auto status = instanceStatusFromText(row.text(4));
    if (!status)
        return std::nullopt;
    const int version = static_cast<int>(row.integer(3));
    return Stored{
        {row.integer(0)}, row.integer(1), {{row.text(2)}, version, *status, row.integer(5) != 0}};
}

InstanceTables::Pending &InstanceTables::pendingOf(RunKey run)
{
    const auto [place, isNew] = m_pending.try_emplace(run);
    if (!isNew)
        return place->second;
    if (const auto known = m_known.find(run); known != m_known.end())
        place->second.before = known->second;
    else
        place->second.before = m_findByRun.first(storedFrom, run).value_or(std::nullopt);
    return place->second;
}

void InstanceTables::write(const Pending &pending)
{
    const InstanceSummary &after = *pending.after;
    if (pending.before)
        update(*pending.before, after);
    else
        insert(after);
    if (pending.payloadChanged)
        m_writePayload.execute(
            after.run, after.input.text(), after.customStatus.text(), after.output.text());
    count({after.flow, after.version, after.status, after.waiting}, 1);
    remember(after);
}

void InstanceTables::remember(const InstanceSummary &s)
{
    if (isFinished(s.status)) {
        m_known.erase(s.run);
        return;
    }
    if (m_known.size() >= knownRuns)
        m_known.clear();
    m_known.insert_or_assign(s.run, Stored{s.run, s.length, {s.flow, s.version, s.status, s.waiting}});
}

void InstanceTables::insert(const InstanceSummary &s)
{
    // The newest run of an id is the one that lists show.
    if (const auto older = m_findByInstance.first(storedFrom, s.instance).value_or(std::nullopt))
        erase(*older);
    m_insert.execute(s.run, s.instance, s.flow, s.version, std::string(toText(s.status)),
        int{s.waiting}, s.setAside, s.createdAt, s.changedAt, s.finishedAt, s.length, s.decisions,
        s.errorType, s.standsOn, s.standsAt, s.standsSince, s.standsUntil, s.parent);
}

void InstanceTables::update(const Stored &before, const InstanceSummary &s)
{
    if (before.state.status == s.status && before.state.waiting == s.waiting)
        m_update.execute(s.version, s.setAside, s.changedAt, s.finishedAt, s.length, s.decisions,
            s.errorType, s.standsOn, s.standsAt, s.standsSince, s.standsUntil, s.run);
    else
        m_updateWithState.execute(s.version, s.setAside, s.changedAt, s.finishedAt, s.length,
            s.decisions, s.errorType, s.standsOn, s.standsAt, s.standsSince, s.standsUntil,
            std::string(toText(s.status)), int{s.waiting}, s.run);
    count(before.state, -1);
}

void InstanceTables::erase(const Stored &stored)
{
    m_known.erase(stored.run);
    m_delete.execute(stored.run);
    m_deletePayload.execute(stored.run);
    count(stored.state, -1);
}

void InstanceTables::count(const State &state, int by)
{
    const std::pair version(state.flow, state.version);
    InstanceCounts &counts =
        m_counts.try_emplace(version, InstanceCounts{state.flow}).first->second;
    countOf(counts, state.status, state.waiting) += by;
}

void InstanceTables::writeCounts()
{
    for (const auto &[version, c] : m_counts) {
        if (c != InstanceCounts{version.first})
            m_addCounts.execute(version.first, version.second, c.waiting, c.running, c.suspended,
                c.completed, c.failed, c.terminated);
    }
    m_counts.clear();
}

} // namespace engine

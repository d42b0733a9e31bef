#include "engine/store/sqlite/sqlite_rows.h"

#include "engine/store/stored_row.h"

#include <limits>

namespace engine {
namespace {

constexpr auto findInstance = " where instance = :instance";
constexpr auto findOwner = "select instance from instance where run = :run";
constexpr auto readPayloads =
    "select input, custom_status, output from instance_payload where run = :run";
constexpr auto readFlows =
    "select flow, version, deployed_at_ms, text from flow order by flow, version";
constexpr auto selectUndelivered = R"(
    select id, instance, name, payload, event_id, branch, via, who, reason, at_ms, key
    from undelivered)";
constexpr auto findUndelivered = " where id = :id";
constexpr auto newestUndelivered = " where id < :before order by id desc limit :limit";
constexpr auto selectAudit = R"(
    select id, at_ms, via, who, operation, instance, run, flow, about, before, after, reason
    from audit where )";
constexpr auto allAudit = "id < :id order by id desc limit :limit";
constexpr auto auditOfInstance =
    "instance = :instance and id < :id order by id desc limit :limit";
// From the row that holds the fact: the last that begins at it or before.
constexpr auto readHistory = R"(
    select run, seq, at_ms, version, facts, crc32c from history
    where run = :run and seq >= coalesce(
        (select max(seq) from history where run = :run and seq <= :from), 0)
    order by seq)";

std::optional<Instant> optionalInstant(const SqliteStatement &row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    return row.instant(column);
}

StoredRow storedRowFrom(const SqliteStatement &row)
{
    return {{row.integer(0)}, row.integer(1), row.instant(2), static_cast<int>(row.integer(3)),
        row.text(4), static_cast<std::uint32_t>(row.integer(5))};
}

UndeliveredEvent undeliveredFrom(const SqliteStatement &row)
{
    UndeliveredEvent one{.id = row.integer(0), .instance = {row.text(1)}};
    one.event.name = row.text(2);
    one.event.payload = JsonText::trusted(row.text(3));
    if (!row.isNull(4))
        one.event.eventId = row.text(4);
    if (!row.isNull(5))
        one.event.branch = BranchPath{row.text(5)};
    one.event.source = {row.text(6), row.text(7)};
    one.reason = row.text(8);
    one.at = row.instant(9);
    one.event.key = row.text(10);
    return one;
}

AuditEntry auditFrom(const SqliteStatement &row)
{
    return {.id = row.integer(0),
        .at = row.instant(1),
        .source = {row.text(2), row.text(3)},
        .operation = row.text(4),
        .instance = {row.text(5)},
        .run = {row.integer(6)},
        .flow = {row.text(7)},
        .about = row.text(8),
        .before = JsonText::trusted(row.text(9)),
        .after = JsonText::trusted(row.text(10)),
        .reason = row.text(11)};
}

} // namespace

InstanceSummary rowFrom(const SqliteStatement &row)
{
    InstanceSummary summary;
    summary.run = {row.integer(0)};
    summary.instance = {row.text(1)};
    summary.flow = {row.text(2)};
    summary.version = static_cast<int>(row.integer(3));
    summary.status = instanceStatusFromText(row.text(4)).value_or(InstanceStatus::Pending);
    summary.waiting = row.integer(5) != 0;
    summary.setAside = row.text(6);
    summary.createdAt = row.instant(7);
    summary.changedAt = row.instant(8);
    summary.finishedAt = optionalInstant(row, 9);
    summary.length = row.integer(10);
    summary.decisions = static_cast<int>(row.integer(11));
    summary.errorType = row.text(12);
    summary.standsOn = row.text(13);
    summary.standsAt = {row.text(14)};
    summary.standsSince = row.instant(15);
    summary.standsUntil = optionalInstant(row, 16);
    summary.parent = {row.text(17)};
    return summary;
}

InstanceRows::InstanceRows(SqliteSession &session)
    : m_find(session, std::string(selectInstances) + findInstance)
    , m_owner(session, findOwner)
    , m_payloads(session, readPayloads)
{}

std::optional<InstanceSummary> InstanceRows::find(const InstanceId &instance)
{
    auto found = m_find.first(rowFrom, instance);
    if (found)
        addPayloads(*found);
    return found;
}

std::optional<InstanceId> InstanceRows::instanceOf(RunKey run)
{
    return m_owner.first([](const SqliteStatement &row) { return InstanceId{row.text(0)}; }, run);
}

void InstanceRows::addPayloads(InstanceSummary &summary)
{
    const auto read = [&summary](const SqliteStatement &row) {
        summary.input = JsonText::trusted(row.text(0));
        summary.customStatus = JsonText::trusted(row.text(1));
        summary.output = JsonText::trusted(row.text(2));
        return false;
    };
    m_payloads.each(read, summary.run);
}

HistoryRows::HistoryRows(SqliteSession &session)
    : m_session(session)
    , m_rows(session, readHistory)
{}

Result<void> HistoryRows::read(
    RunKey run, Sequence from, const std::function<bool(HistoryRow)> &read)
{
    std::optional<Error> fault;
    Sequence expected = from <= 1 ? 1 : 0;
    const auto readRow = [&](const SqliteStatement &found) {
        auto row = historyRow(storedRowFrom(found));
        if (!row)
            fault = row.error();
        else if (expected != 0 && row->first != expected)
            fault = missingRow(run, expected);
        if (fault)
            return false;
        expected = lastOf(*row) + 1;
        return read(*std::move(row));
    };
    m_rows.each(readRow, run, from);
    if (!fault)
        fault = m_session.takeFault();
    return fault ? Result<void>(*fault) : Result<void>();
}

Result<std::vector<HistoryRow>> HistoryRows::all(RunKey run)
{
    std::vector<HistoryRow> rows;
    auto whole = read(run, 1, [&rows](HistoryRow row) {
        rows.push_back(std::move(row));
        return true;
    });
    if (!whole)
        return whole.error();
    return rows;
}

UndeliveredRows::UndeliveredRows(SqliteSession &session)
    : m_find(session, std::string(selectUndelivered) + findUndelivered)
    , m_newest(session, std::string(selectUndelivered) + newestUndelivered)
{}

std::optional<UndeliveredEvent> UndeliveredRows::find(std::int64_t id)
{
    return m_find.first(undeliveredFrom, id);
}

std::vector<UndeliveredEvent> UndeliveredRows::newest(
    int limit, std::optional<std::int64_t> before)
{
    std::vector<UndeliveredEvent> newest;
    m_newest.each(
        [&newest](const SqliteStatement &row) {
            newest.push_back(undeliveredFrom(row));
            return true;
        },
        before.value_or(std::numeric_limits<std::int64_t>::max()), limit);
    return newest;
}

AuditRows::AuditRows(SqliteSession &session)
    : m_all(session, std::string(selectAudit) + allAudit)
    , m_ofInstance(session, std::string(selectAudit) + auditOfInstance)
{}

std::vector<AuditEntry> AuditRows::read(
    const InstanceId &instance, std::int64_t before, int limit)
{
    std::vector<AuditEntry> entries;
    const auto add = [&entries](const SqliteStatement &row) {
        entries.push_back(auditFrom(row));
        return true;
    };
    if (instance.empty())
        m_all.each(add, before, limit);
    else
        m_ofInstance.each(add, instance, before, limit);
    return entries;
}

FlowRows::FlowRows(SqliteSession &session)
    : m_flows(session, readFlows)
{}

std::vector<StoredFlow> FlowRows::all()
{
    std::vector<StoredFlow> flows;
    m_flows.each([&flows](const SqliteStatement &row) {
        flows.push_back(
            {{row.text(0)}, static_cast<int>(row.integer(1)), row.instant(2), row.text(3)});
        return true;
    });
    return flows;
}

} // namespace engine

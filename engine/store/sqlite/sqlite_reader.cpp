#include "engine/store/sqlite/sqlite_reader.h"

#include "engine/store/commit_rules.h"
#include "engine/store/sqlite/change_rows.h"
#include "engine/store/sqlite/correlation_rows.h"
#include "engine/store/sqlite/instance_list.h"
#include "engine/store/sqlite/sqlite_file.h"
#include "engine/store/sqlite/sqlite_rows.h"
#include "engine/store/sqlite/statistics_rows.h"
#include "engine/store/sqlite/task_rows.h"
#include "engine/store/stored_row.h"

#include <limits>

namespace engine {
namespace {

constexpr auto readCounts = R"(
    select flow, sum(waiting), sum(running), sum(suspended), sum(completed), sum(failed),
        sum(terminated)
    from instance_count
    where waiting + running + suspended + completed + failed + terminated > 0
    group by flow order by flow)";
constexpr auto readLength = "select length from instance where run = :run";
constexpr auto readWebhooks = "select path, at_ms, text from webhook order by path";
constexpr auto readAccessKeys = "select label, scope, digest, at_ms from access_key order by label";
constexpr auto readGrants =
    R"(select flow, fingerprint, at_ms from "grant" order by flow, fingerprint)";
constexpr auto beginRead = "begin";
constexpr auto endRead = "commit";

InstanceCounts countsFrom(const SqliteStatement &row)
{
    return {{row.text(0)}, row.integer(1), row.integer(2), row.integer(3), row.integer(4),
        row.integer(5), row.integer(6)};
}

/// Adds the events of `row` from `from` on; false when the page is full and `next` says where it
/// goes on.
bool addEvents(HistoryPage &page, const HistoryRow &row, Sequence from, int limit)
{
    for (HistoryEvent &event : eventsOf(row)) {
        if (event.sequence < from)
            continue;
        if (page.events.size() == static_cast<std::size_t>(limit)) {
            page.next = event.sequence;
            return false;
        }
        page.events.push_back(std::move(event));
    }
    return true;
}

} // namespace

struct SqliteReader::Implementation {
    explicit Implementation(std::unique_ptr<SqliteConnection> opened)
        : connection(std::move(opened))
        , session(connection->handle(), connection->file())
    {}

    /// `read` sees one state of the database, however many statements it takes.
    template<typename Read>
    auto atOnce(Read read) -> Result<decltype(read())>
    {
        begin.execute();
        auto value = read();
        auto fault = session.takeFault();
        end.execute();
        if (!fault)
            fault = session.takeFault();
        if (fault)
            return *fault;
        return value;
    }

    /// Damaged also if the history ends before the list says.
    Result<void> historyFrom(
        RunKey run, Sequence from, const std::function<bool(const HistoryRow &)> &take)
    {
        Sequence last = 0;
        bool goesOn = true;
        auto whole = history.read(run, from, [&](const HistoryRow &row) {
            last = lastOf(row);
            goesOn = take(row);
            return goesOn;
        });
        const auto length =
            lengthOf.first([](const SqliteStatement &row) { return row.integer(0); }, run);
        if (whole && goesOn && last < length.value_or(0))
            return missingRow(run, last + 1);
        return whole;
    }

    std::unique_ptr<SqliteConnection> connection;
    SqliteSession session;
    SqliteStatement lengthOf{session, readLength};
    SqliteStatement begin{session, beginRead};
    SqliteStatement end{session, endRead};
    InstanceRows instances{session};
    InstanceList list{session};
    HistoryRows history{session};
    FlowRows flows{session};
    SqliteStatement allCounts{session, readCounts};
    UndeliveredRows log{session};
    AuditRows auditLog{session};
    TaskRows tasks{session};
    CorrelatedRows correlated{session};
    StatisticsRows statistics{session};
    SqliteStatement allGrants{session, readGrants};
    SqliteStatement allWebhooks{session, readWebhooks};
    SqliteStatement allAccessKeys{session, readAccessKeys};
    ChangeRows changes{session};
};

Result<std::unique_ptr<SqliteReader>> SqliteReader::open(const std::string &directory)
{
    auto connection = openForReading(directory);
    if (!connection)
        return connection.error();
    return std::unique_ptr<SqliteReader>(
        new SqliteReader(std::make_unique<Implementation>(*std::move(connection))));
}

SqliteReader::SqliteReader(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

SqliteReader::~SqliteReader() = default;

Result<std::optional<InstanceSummary>> SqliteReader::find(const InstanceId &instance)
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] { return self.instances.find(instance); });
}

Result<InstancePage> SqliteReader::list(
    const InstanceFilter &filter, const std::string &after, int limit)
{
    const auto place = runOfPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const RunKey before = place->value_or(RunKey{std::numeric_limits<std::int64_t>::max()});
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        const auto size = static_cast<std::size_t>(limit);
        InstancePage page{self.list.read(filter, before, size + 1), {}};
        if (page.instances.size() > size) {
            page.instances.pop_back();
            page.next = placeAfter(page.instances.back().run);
        }
        return page;
    });
}

Result<HistoryPage> SqliteReader::history(RunKey run, Sequence from, int limit)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    HistoryPage page;
    Implementation &self = *m_implementation;
    const auto read = self.atOnce([&] {
        return self.historyFrom(
            run, from, [&](const HistoryRow &row) { return addEvents(page, row, from, limit); });
    });
    if (!read)
        return read.error();
    if (*read)
        return page;
    if (page.events.empty())
        return read->error();
    // What stands before the damage is right: the next page says what is wrong.
    page.next = page.events.back().sequence + 1;
    return page;
}

Result<std::vector<InstanceCounts>> SqliteReader::counts()
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        std::vector<InstanceCounts> counts;
        self.allCounts.each([&counts](const SqliteStatement &row) {
            counts.push_back(countsFrom(row));
            return true;
        });
        return counts;
    });
}

Result<std::vector<StoredFlow>> SqliteReader::flows()
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        auto flows = self.flows.all();
        std::erase_if(flows, [](const StoredFlow &flow) { return flow.text.empty(); });
        return flows;
    });
}

Result<std::vector<Grant>> SqliteReader::grants()
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        std::vector<Grant> grants;
        self.allGrants.each([&grants](const SqliteStatement &row) {
            grants.push_back({{row.text(0)}, row.text(1), row.instant(2)});
            return true;
        });
        return grants;
    });
}

Result<std::vector<VersionStatistics>> SqliteReader::statistics(const FlowId &flow)
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] { return self.statistics.read(flow); });
}

Result<std::vector<UndeliveredEvent>> SqliteReader::undelivered(
    int limit, std::optional<std::int64_t> before)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    Implementation &self = *m_implementation;
    return self.atOnce([&] { return self.log.newest(limit, before); });
}

Result<AuditPage> SqliteReader::audit(
    const InstanceId &instance, const std::string &after, int limit)
{
    const auto place = auditPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const auto size = static_cast<std::size_t>(limit);
    const std::int64_t before = place->value_or(std::numeric_limits<std::int64_t>::max());
    Implementation &self = *m_implementation;
    return self.atOnce(
        [&] { return pageOf(self.auditLog.read(instance, before, limit + 1), size); });
}

Result<TaskPage> SqliteReader::tasks(
    const TaskFilter &filter, const std::string &after, int limit)
{
    const auto place = taskPlace(after);
    if (!place)
        return place.error();
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    const auto size = static_cast<std::size_t>(limit);
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        return pageOf(self.tasks.read(filter, *place, size + 1), size, self.tasks.count());
    });
}

Result<std::vector<StoredWebhook>> SqliteReader::webhooks()
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        std::vector<StoredWebhook> all;
        self.allWebhooks.each([&all](const SqliteStatement &row) {
            all.push_back({row.text(0), row.instant(1), row.text(2)});
            return true;
        });
        return all;
    });
}

Result<std::vector<CorrelatedEvent>> SqliteReader::correlated(int limit, std::int64_t after)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    Implementation &self = *m_implementation;
    return self.atOnce([&] { return self.correlated.oldest(limit, after); });
}

Result<std::optional<InstanceSummary>> SqliteReader::ownerOf(RunKey run)
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        const auto instance = self.instances.instanceOf(run);
        return instance ? self.instances.find(*instance) : std::optional<InstanceSummary>();
    });
}

Result<std::vector<StoredAccessKey>> SqliteReader::accessKeys()
{
    Implementation &self = *m_implementation;
    return self.atOnce([&] {
        std::vector<StoredAccessKey> all;
        self.allAccessKeys.each([&all](const SqliteStatement &row) {
            all.push_back({row.text(0), row.text(1), row.text(2), row.instant(3)});
            return true;
        });
        return all;
    });
}

Result<ChangeLogPage> SqliteReader::changes(std::int64_t after, int limit)
{
    if (const auto checked = checkLimit(limit); !checked)
        return checked.error();
    Implementation &self = *m_implementation;
    return self.atOnce([&] { return self.changes.after(after, limit); });
}

} // namespace engine

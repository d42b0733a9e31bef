#include "engine/store/sqlite/sqlite_store.h"

#include "engine/history/message_json.h"
#include "engine/store/change_log.h"
#include "engine/store/commit_rules.h"
#include "engine/store/sqlite/change_rows.h"
#include "engine/store/sqlite/index_rebuild.h"
#include "engine/store/sqlite/index_tables.h"
#include "engine/store/sqlite/instance_tables.h"
#include "engine/store/sqlite/log_check.h"
#include "engine/store/sqlite/settings_tables.h"
#include "engine/store/sqlite/sqlite_file.h"
#include "engine/store/sqlite/sqlite_rows.h"
#include "engine/store/stored_row.h"

#include <algorithm>

namespace engine {
namespace {

constexpr auto beginTurn = "begin immediate";
constexpr auto commitTurn = "commit";
constexpr auto rollbackTurn = "rollback";
constexpr auto insertHistory = R"(
    insert into history (run, seq, at_ms, version, facts, crc32c)
    values (:run, :seq, :at_ms, :version, :facts, :crc32c))";
constexpr auto deleteHistory = "delete from history where run = :run";
constexpr auto insertMessage = "insert into inbox (id, message) values (:id, :message)";
constexpr auto deleteMessage = "delete from inbox where id = :id";
constexpr auto readInbox = "select id, message from inbox order by id";
constexpr auto findFlow = "select 1 from flow where flow = :flow and version = :version";
constexpr auto insertFlow = R"(
    insert into flow (flow, version, deployed_at_ms, text)
    values (:flow, :version, :deployed_at_ms, :text))";
constexpr auto insertGrant = R"(
    insert or replace into "grant" (flow, fingerprint, at_ms) values (:flow, :fingerprint, :at_ms))";
constexpr auto readGrants =
    R"(select flow, fingerprint, at_ms from "grant" order by flow, fingerprint)";
constexpr auto insertUndelivered = R"(
    insert into undelivered
        (instance, name, payload, event_id, branch, via, who, reason, at_ms, key)
    select :instance, :name, :payload, :event_id, :branch, :via, :who, :reason, :at_ms, :key
    where not exists (select 1 from undelivered where event_id = :event_id
        and instance = :instance and name = :name collate nocase and key = :key))";
constexpr auto deleteUndelivered = "delete from undelivered where id = :id";
constexpr auto boundUndelivered =
    "delete from undelivered where id <= (select max(id) from undelivered) - :limit";
constexpr auto insertAudit = R"(
    insert into audit (at_ms, via, who, operation, instance, run, flow, about, before, after, reason)
    values (:at_ms, :via, :who, :operation, :instance, :run, :flow, :about, :before, :after, :reason))";
constexpr auto raiseStatistic =
    "update statistics set value = :value where name = :name and value < :value";
constexpr auto readStatistic = "select value from statistics where name = :name";
constexpr auto readTimers = "select run, seq, fire_at_ms from timer order by run, seq";
constexpr auto readWork = R"(
    select instance.instance, work.run, work.seq, exists (
        select 1 from timer where timer.run = work.run and timer.retry_of = work.seq)
    from work join instance on instance.run = work.run
    order by work.run, work.seq)";

constexpr auto readFinished = R"(
    select instance, run, finished_at_ms from instance
    where flow = :flow and version = :version and finished_at_ms is not null
    order by finished_at_ms, run limit :limit)";
constexpr auto countVersion = R"(
    select waiting + running + suspended + completed + failed + terminated from instance_count
    where flow = :flow and version = :version)";

constexpr auto lastRun = "last_run";
constexpr auto lastMessage = "last_message";

} // namespace

struct SqliteStore::Implementation {
    explicit Implementation(std::unique_ptr<SqliteConnection> opened)
        : connection(std::move(opened))
        , session(connection->handle(), connection->file())
    {}

    /// Everything between begin and commit; on a refusal nothing of it happened.
    Result<void> transaction(const std::function<void()> &write)
    {
        begin.execute();
        instances.begin();
        try {
            if (!session.failed())
                write();
        } catch (...) { // a broken invariant: nothing of the turn may stay
            (void)undo();
            throw;
        }
        commit.execute();
        if (!session.failed())
            return {};
        return undo();
    }

    /// Answers what refused first.
    Error undo()
    {
        const auto fault = session.takeFault();
        rollback.execute();
        instances.undo();
        indexes.undo();
        (void)session.takeFault(); // there is nothing to undo when the begin was refused
        return fault.value_or(Error{});
    }

    template<typename T>
    Result<T> answer(T value)
    {
        if (auto fault = session.takeFault())
            return *fault;
        return value;
    }

    void write(const Turn &turn)
    {
        std::ranges::for_each(turn.flows, [this](const auto &flow) { write(flow); });
        settings.takeBack(turn);
        for (const Grant &grant : turn.grants)
            addGrant.execute(grant.flow, grant.fingerprint, grant.at);
        // Before what takes them: a message can be sent and decided in one turn.
        writeMessages(turn.sent);
        writeInstances(turn.instances);
        for (const SetAside &mark : turn.setAside)
            instances.setAside(mark);
        for (const std::int64_t message : turn.dropped)
            removeMessage.execute(message);
        for (const std::int64_t gone : turn.undeliveredGone)
            removeUndelivered.execute(gone);
        writeUndelivered(turn.undelivered);
        for (const AuditEntry &entry : turn.audit)
            write(entry);
        correlation.write(turn);
        writeChanges(turn);
        for (const RunKey run : turn.purged)
            removeRuns(run);
        instances.flush();
        settings.write(turn);
    }

    void write(const StoredFlow &flow)
    {
        const auto isThere = [](const SqliteStatement &) { return true; };
        if (hasFlow.first(isThere, flow.flow, flow.version))
            session.fail(versionExists(flow));
        addFlow.execute(flow.flow, flow.version, flow.deployedAt, flow.text);
    }

    void write(const AuditEntry &entry)
    {
        addAudit.execute(entry.at, entry.source.via, entry.source.who, entry.operation,
            entry.instance, entry.run, entry.flow, entry.about, entry.before.text(),
            entry.after.text(), entry.reason);
    }

    /// Before what is purged goes: its name is needed.
    void writeChanges(const Turn &turn)
    {
        auto all = changesOf(turn);
        for (const RunKey run : turn.purged) {
            if (auto owner = summaries.instanceOf(run))
                all.push_back({0, run, 0, 0, *std::move(owner)});
        }
        changes.add(all);
    }

    void writeMessages(const std::vector<StoredMessage> &sent)
    {
        std::int64_t last = 0;
        for (const StoredMessage &message : sent) {
            addMessage.execute(message.id, messageToText(message.message));
            last = std::max(last, message.id);
        }
        if (last > 0)
            raise.execute(last, std::string_view(lastMessage));
    }

    void writeInstances(const std::vector<InstanceCommit> &commits)
    {
        std::int64_t newest = 0;
        for (const InstanceCommit &one : commits) {
            if (one.replaces != RunKey{})
                removeRuns(one.replaces);
            writeRow(one);
            for (const std::int64_t message : one.taken)
                removeMessage.execute(message);
            if (one.row.first == 1)
                newest = std::max(newest, one.row.run.value);
        }
        instances.flush();
        if (newest > 0)
            raise.execute(newest, std::string_view(lastRun));
    }

    void writeRow(const InstanceCommit &one)
    {
        if (auto follows = checkCommit(one, instances.lengthOf(one.row.run)); !follows)
            return session.fail(follows.error());
        const StoredRow row = storedRow(one.row);
        addHistory.execute(row.run, row.first, row.at, row.version, row.facts,
            static_cast<std::int64_t>(row.checksum));
        indexes.apply(one.row, one.summary.instance);
        instances.change(one);
        if (one.snapshot)
            indexes.snapshots().write(row.run, one.summary.length, *one.snapshot);
    }

    /// Whose run it is and which one it continues as new; where its beginning is damaged nobody knows
    /// any more.
    ExecutionStarted startOf(RunKey run)
    {
        ExecutionStarted start;
        const auto read = history.read(run, 1, [&start](const HistoryRow &row) {
            if (const auto *started = std::get_if<ExecutionStarted>(&row.facts.front()))
                start = *started;
            return false;
        });
        if (!read && read.error().code != ErrorCode::Damaged)
            session.fail(read.error());
        return start;
    }

    /// With all that it continues.
    void removeRuns(RunKey run)
    {
        while (run != RunKey() && !session.failed()) {
            const ExecutionStarted start = startOf(run);
            removeRun(run);
            indexes.duplicates().forget(run, start.instance);
            run = start.previous;
        }
    }

    void removeRun(RunKey run)
    {
        removeHistory.execute(run);
        indexes.forget(run);
        indexes.snapshots().forget(run);
        instances.remove(run);
    }

    void writeUndelivered(const std::vector<UndeliveredEvent> &undelivered)
    {
        for (const UndeliveredEvent &one : undelivered) {
            const RaiseEvent &event = one.event;
            addUndelivered.execute(one.instance, event.name, event.payload.text(), event.eventId,
                event.branch, event.source.via, event.source.who, one.reason, one.at, event.key);
        }
        if (!undelivered.empty())
            boundLog.execute(undeliveredLimit);
    }

    std::int64_t statistic(const char *name)
    {
        const auto value = [](const SqliteStatement &row) { return row.integer(0); };
        return statisticNamed.first(value, std::string_view(name)).value_or(0);
    }

    std::vector<StoredMessage> inbox()
    {
        std::vector<StoredMessage> messages;
        allMessages.each([&](const SqliteStatement &row) {
            auto message = messageFromText(row.text(1));
            if (message)
                messages.push_back({row.integer(0), *std::move(message)});
            else
                session.fail(message.error());
            return bool{message};
        });
        return messages;
    }

    std::vector<DueTimer> timers()
    {
        std::vector<DueTimer> due;
        allTimers.each([&due](const SqliteStatement &row) {
            due.push_back({{row.integer(0)}, row.integer(1), row.instant(2)});
            return true;
        });
        // Here, because SQLite would sort a million of them through a copy of its own.
        std::ranges::stable_sort(due, {}, &DueTimer::fireAt);
        return due;
    }

    std::vector<OpenWork> work()
    {
        std::vector<OpenWork> open;
        allWork.each([&open](const SqliteStatement &row) {
            open.push_back({{row.text(0)}, {row.integer(1)}, row.integer(2), row.integer(3) != 0});
            return true;
        });
        return open;
    }

    std::vector<Grant> grants()
    {
        std::vector<Grant> granted;
        allGrants.each([&granted](const SqliteStatement &row) {
            granted.push_back({{row.text(0)}, row.text(1), row.instant(2)});
            return true;
        });
        return granted;
    }

    Result<std::vector<HistoryRow>> rowsOf(RunKey run)
    {
        auto latest = rowsAfter(run, {});
        if (!latest)
            return latest.error();
        return std::move(latest->rows);
    }

    /// Damaged also if the history ends before the list says.
    Result<LatestRows> rowsAfter(RunKey run, std::optional<Snapshot> snapshot)
    {
        LatestRows latest{std::move(snapshot), {}};
        Sequence end = latest.snapshot ? latest.snapshot->length : 0;
        const Sequence first = end + 1;
        const auto read = history.read(run, first, [&](HistoryRow row) {
            if (lastOf(row) < first)
                return true; // the one that the snapshot is of
            end = lastOf(row);
            latest.rows.push_back(std::move(row));
            return true;
        });
        if (!read)
            return read.error();
        if (!latest.rows.empty() && latest.rows.front().first != first)
            return missingRow(run, first);
        instances.begin();
        const Sequence length = instances.lengthOf(run);
        if (auto fault = session.takeFault())
            return *fault;
        if (end < length)
            return missingRow(run, end + 1);
        return latest;
    }

    Result<LatestRows> latestOf(RunKey run)
    {
        auto snapshot = indexes.snapshots().find(run);
        if (auto fault = session.takeFault(); fault && fault->code != ErrorCode::Damaged)
            return *fault;
        return rowsAfter(run, std::move(snapshot));
    }

    std::unique_ptr<SqliteConnection> connection;
    SqliteSession session;
    IndexTables indexes{session};
    InstanceTables instances{session};
    InstanceRows summaries{session};
    HistoryRows history{session};
    IndexRebuild rebuild{session, indexes, instances, summaries, history};
    FlowRows flows{session};
    SqliteStatement begin{session, beginTurn};
    SqliteStatement commit{session, commitTurn};
    SqliteStatement rollback{session, rollbackTurn};
    SqliteStatement addHistory{session, insertHistory};
    SqliteStatement removeHistory{session, deleteHistory};
    SqliteStatement addMessage{session, insertMessage};
    SqliteStatement removeMessage{session, deleteMessage};
    SqliteStatement allMessages{session, readInbox};
    SqliteStatement hasFlow{session, findFlow};
    SqliteStatement addFlow{session, insertFlow};
    SqliteStatement addGrant{session, insertGrant};
    SqliteStatement allGrants{session, readGrants};
    SqliteStatement addUndelivered{session, insertUndelivered};
    SqliteStatement removeUndelivered{session, deleteUndelivered};
    SqliteStatement boundLog{session, boundUndelivered};
    UndeliveredRows log{session};
    SqliteStatement addAudit{session, insertAudit};
    SqliteCorrelation correlation{session};
    SettingsTables settings{session};
    ChangeTable changes{session};
    SqliteStatement raise{session, raiseStatistic};
    SqliteStatement statisticNamed{session, readStatistic};
    SqliteStatement allTimers{session, readTimers};
    SqliteStatement allWork{session, readWork};
    SqliteStatement finishedRuns{session, readFinished};
    SqliteStatement countOfVersion{session, countVersion};
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string &directory)
{
    auto connection = openForWriting(directory);
    if (!connection)
        return connection.error();
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(std::make_unique<Implementation>(*std::move(connection))));
}

SqliteStore::SqliteStore(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

SqliteStore::~SqliteStore() { markClosed(m_implementation->connection->file()); }

Result<void> SqliteStore::commit(const Turn &turn)
{
    const SqliteConnection &connection = *m_implementation->connection;
    if (connection.hasMoved())
        return Error{ErrorCode::Unavailable,
            connection.file().toStdString() +
                ": it was moved or removed while it was open; put it back, then start again. What "
                "was answered is in it",
            {}};
    return m_implementation->transaction([&] { m_implementation->write(turn); });
}

Result<std::vector<HistoryRow>> SqliteStore::history(RunKey run)
{
    return m_implementation->rowsOf(run);
}

Result<LatestRows> SqliteStore::latest(RunKey run) { return m_implementation->latestOf(run); }

Result<std::optional<InstanceSummary>> SqliteStore::find(const InstanceId &instance)
{
    return m_implementation->answer(m_implementation->summaries.find(instance));
}

Result<std::optional<InstanceId>> SqliteStore::instanceOf(RunKey run)
{
    return m_implementation->answer(m_implementation->summaries.instanceOf(run));
}

Result<Recovered> SqliteStore::recover()
{
    Implementation &self = *m_implementation;
    return self.answer(Recovered{.flows = self.flows.all(),
        .grants = self.grants(),
        .inbox = self.inbox(),
        .timers = self.timers(),
        .work = self.work(),
        .lastRun = {self.statistic(lastRun)},
        .lastMessage = self.statistic(lastMessage),
        .correlated = self.correlation.due()});
}

Result<std::optional<RunKey>> SqliteStore::acceptedBy(
    const InstanceId &instance, const std::string &name, const std::string &eventId)
{
    Implementation &self = *m_implementation;
    return self.answer(self.indexes.duplicates().find(instance, name, eventId));
}

Result<std::optional<UndeliveredEvent>> SqliteStore::undelivered(std::int64_t id)
{
    return m_implementation->answer(m_implementation->log.find(id));
}

CorrelationStore &SqliteStore::correlation() { return m_implementation->correlation; }

Result<std::vector<FinishedRun>> SqliteStore::finished(
    const FlowId &flow, int version, int limit)
{
    std::vector<FinishedRun> runs;
    m_implementation->finishedRuns.each(
        [&runs](const SqliteStatement &row) {
            runs.push_back({{row.text(0)}, {row.integer(1)}, row.instant(2)});
            return true;
        },
        flow, version, limit);
    return m_implementation->answer(std::move(runs));
}

Result<std::int64_t> SqliteStore::instancesOf(const FlowId &flow, int version)
{
    const auto count = [](const SqliteStatement &row) { return row.integer(0); };
    Implementation &self = *m_implementation;
    return self.answer(self.countOfVersion.first(count, flow, version).value_or(0));
}

Result<void> SqliteStore::rebuildIndexes(const Summarize &summarize)
{
    Implementation &self = *m_implementation;
    return self.transaction([&] { self.rebuild.all(summarize); });
}

Result<std::vector<LeftAside>> SqliteStore::rebuildWhatIsThere(
    const Summarize &summarize, const std::set<RunKey> &perhapsCut)
{
    Implementation &self = *m_implementation;
    std::vector<LeftAside> aside;
    auto done = self.transaction([&] { aside = self.rebuild.whatIsThere(summarize, perhapsCut); });
    if (!done)
        return done.error();
    return aside;
}

} // namespace engine

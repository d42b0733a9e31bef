#include "engine/store/sqlite/sqlite_schema.h"

#include "engine/store/sqlite/sqlite_connection.h"

#include <QVariant>

#include <sqlite3.h>

#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

/// `SgBx`: says in the header of the file whose database it is.
constexpr int applicationId = 0x53674278;

/// Truth: history, inbox, flow, grant, undelivered, statistics. All others are indexes, made from
/// history. Payloads stand apart from the rows of lists, which are rewritten with every decision.
constexpr std::array version1{
    R"(create table history (
        run integer not null, seq integer not null, at_ms integer not null, version integer not null,
        facts text not null, crc32c integer not null, primary key (run, seq)) without rowid)",
    R"(create table inbox (id integer primary key, message text not null))",
    R"(create table flow (
        flow text not null, version integer not null, deployed_at_ms integer not null,
        text text not null, primary key (flow, version)))",
    R"(create table "grant" (
        flow text not null, fingerprint text not null, at_ms integer not null,
        primary key (flow, fingerprint)))",
    R"(create table undelivered (
        id integer primary key autoincrement, instance text not null, name text not null,
        payload text not null, event_id text, branch text, via text not null, who text not null,
        reason text not null, at_ms integer not null))",
    R"(create table statistics (name text primary key, value integer not null) without rowid)",
    R"(insert into statistics (name, value) values ('last_run', 0), ('last_message', 0))",
    R"(create table instance (
        run integer primary key, instance text not null unique, flow text not null,
        version integer not null, status text not null, waiting integer not null,
        set_aside text not null, created_at_ms integer not null, changed_at_ms integer not null,
        finished_at_ms integer, length integer not null, decisions integer not null,
        error_type text not null, stands_on text not null, stands_at text not null,
        stands_since_ms integer not null, stands_until_ms integer))",
    R"(create index instance_by_state on instance (status, waiting, run))",
    R"(create index instance_by_flow on instance (flow, status, waiting, run))",
    R"(create index instance_by_creation on instance (created_at_ms))",
    R"(create table instance_payload (
        run integer primary key, input text not null, custom_status text not null,
        output text not null))",
    R"(create table instance_count (
        flow text primary key, waiting integer not null, running integer not null,
        suspended integer not null, completed integer not null, failed integer not null,
        terminated integer not null) without rowid)",
    R"(create table timer (
        run integer not null, seq integer not null, fire_at_ms integer not null,
        retry_of integer not null, primary key (run, seq)) without rowid)",
    R"(create table work (
        run integer not null, seq integer not null, primary key (run, seq)) without rowid)",
    R"(create table wait (
        run integer not null, seq integer not null, branch text not null, step text not null,
        names text not null, needed integer not null, primary key (run, seq)) without rowid)",
    R"(create table kept_event (
        run integer not null, seq integer not null, name text not null, event_id text,
        primary key (run, seq)) without rowid)",
};

/// An event that comes again under its id is logged once.
constexpr std::array version2{
    R"(create index undelivered_by_event on undelivered (event_id, instance)
        where event_id is not null)",
};

/// Instances that a sub-flow step of another one started.
constexpr std::array version3{
    "alter table instance add column parent text not null default ''",
};

/// Open tasks, an index made from history. What is never due has the greatest number as its time, so
/// that it comes last.
constexpr std::array version4{
    R"(create table task (
        run integer not null, seq integer not null, branch text not null, step text not null,
        title text not null, assignees text not null, opened_at_ms integer not null,
        due_at_ms integer not null, claimed_by text not null, asked_by text not null,
        answers integer not null, primary key (run, seq)) without rowid)",
    R"(create index task_by_due on task (due_at_ms, run, seq))",
};

/// What operators did. Truth: nothing here is ever changed or deleted.
constexpr std::array version5{
    R"(create table audit (
        id integer primary key autoincrement, at_ms integer not null, via text not null,
        who text not null, operation text not null, instance text not null, run integer not null,
        flow text not null, about text not null, before text not null, after text not null,
        reason text not null))",
    R"(create index audit_by_instance on audit (instance, id))",
};

/// Each page ends with a checksum (page_checksums.h), which an older program would not write.
constexpr std::array<const char *, 0> version6{};

/// Who waits for events under which key, an index made from history; events that are kept under theirs,
/// and what was answered to those with an id, both truth.
constexpr std::array version7{
    R"(create table wait_key (
        run integer not null, seq integer not null, name text not null, key text not null,
        opened_at_ms integer not null, primary key (run, seq, name)) without rowid)",
    "create index wait_key_by_key on wait_key (name, key, opened_at_ms, run, seq)",
    R"(create table correlated_event (
        id integer primary key, name text not null, payload text not null, given_key text,
        event_id text, via text not null, who text not null, raised_at_ms integer not null,
        until_ms integer not null))",
    R"(create table correlated_key (
        id integer not null, name text not null, expression text not null, key text not null,
        primary key (id, expression)) without rowid)",
    "create index correlated_key_by_key on correlated_key (name, key, expression, id)",
    R"(create table answered_event (
        id integer primary key autoincrement, name text not null, key text not null,
        event_id text not null, answer text not null))",
    "create unique index answered_event_by_id on answered_event (name, key, event_id)",
    "alter table undelivered add column key text not null default ''",
};

/// What retention looks for: the finished instances of a version by their end. Those that live are not in
/// it, so that their changes do not touch it.
constexpr std::array version8{
    R"(create index instance_by_end on instance (flow, version, finished_at_ms)
        where finished_at_ms is not null)",
};

/// How foreign POSTs become events; truth. The secrets stand elsewhere, by name.
constexpr std::array version9{
    R"(create table webhook (
        path text primary key, at_ms integer not null, text text not null) without rowid)",
};

/// What the commits did, one row each, numbered by the last of its changes: whoever follows all changes
/// goes on where they stopped. Truth, of which the oldest is forgotten.
constexpr std::array version10{
    "create table change (id integer primary key, runs text not null)",
};

/// Keys that were given out; truth. Of a key only the digest is kept.
constexpr std::array version11{
    R"(create table access_key (
        label text primary key, scope text not null, digest text not null,
        at_ms integer not null) without rowid)",
};

/// Under which ids events were accepted, an index made from history. What an earlier format has of them
/// is in its facts; a row that is no JSON is damaged, and its instance is set aside when it is read.
constexpr std::array version12{
    R"(create table duplicate (
        instance text not null, name text not null, event_id text not null, run integer not null,
        primary key (instance, name, event_id, run)) without rowid)",
    R"(insert or ignore into duplicate (instance, name, event_id, run)
        select start.instance, lower(json_extract(fact.value, '$.name')),
            json_extract(fact.value, '$.eventId'), history.run
        from history
            join (select run, json_extract(facts, '$[0].instance') as instance from history
                where seq = 1 and json_valid(facts)) as start on start.run = history.run
            join json_each(iif(json_valid(history.facts), history.facts, '[]')) as fact
        where instr(history.facts, '"eventId"') > 0
            and json_extract(fact.value, '$.type') in ('EventRaised', 'EventIgnored')
            and json_type(fact.value, '$.eventId') = 'text' and start.instance is not null)",
};

/// The last state of long runs, an index of which nothing is missed when it is gone.
constexpr std::array version13{
    R"(create table snapshot (
        run integer primary key, seq integer not null, state text not null,
        crc32c integer not null))",
};

/// Instances are counted by version, because correlation asks which versions live ones have.
constexpr std::array version14{
    "drop table instance_count",
    R"(create table instance_count (
        flow text not null, version integer not null, waiting integer not null,
        running integer not null, suspended integer not null, completed integer not null,
        failed integer not null, terminated integer not null,
        primary key (flow, version)) without rowid)",
    R"(insert into instance_count
            (flow, version, waiting, running, suspended, completed, failed, terminated)
        select flow, version, sum(status = 'Running' and waiting),
            sum(status = 'Pending' or (status = 'Running' and not waiting)),
            sum(status = 'Suspended'), sum(status = 'Completed'), sum(status = 'Failed'),
            sum(status = 'Terminated')
        from instance group by flow, version)",
};

/// Append only: a migration that shipped never changes.
constexpr std::array<std::span<const char *const>, 14> migrations{version1, version2, version3,
    version4, version5, version6, version7, version8, version9, version10, version11, version12,
    version13, version14};

QStringList partsOf(sqlite3 *database)
{
    sqlite3_stmt *statement = nullptr;
    (void)sqlite3_prepare_v2(database,
        "select name from sqlite_schema where name not like 'sqlite_%' order by name", -1,
        &statement, nullptr);
    QStringList parts;
    while (statement && sqlite3_step(statement) == SQLITE_ROW)
        parts +=
            QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    return parts;
}

/// Of an empty database of the newest format, made in memory.
QStringList newestParts()
{
    sqlite3 *database = nullptr;
    (void)sqlite3_open(":memory:", &database);
    for (const auto &migration : migrations) {
        for (const char *statement : migration)
            (void)sqlite3_exec(database, statement, nullptr, nullptr, nullptr);
    }
    const QStringList parts = partsOf(database);
    sqlite3_close(database);
    return parts;
}

Result<void> apply(SqliteConnection &connection, int from)
{
    for (int version = from; version < newestFormat; ++version) {
        for (const char *statement : migrations.at(static_cast<std::size_t>(version))) {
            if (auto done = connection.run(QString::fromUtf8(statement)); !done)
                return done;
        }
    }
    if (auto done = connection.run(u"pragma application_id = %1"_s.arg(applicationId)); !done)
        return done;
    return connection.run(u"pragma user_version = %1"_s.arg(newestFormat));
}

Result<int> versionOf(SqliteConnection &connection)
{
    const auto version = connection.value(u"pragma user_version"_s);
    if (!version)
        return version.error();
    const auto application = connection.value(u"pragma application_id"_s);
    if (!application)
        return application.error();
    const auto tables = connection.value(u"select count(*) from sqlite_schema"_s);
    if (!tables)
        return tables.error();
    const std::string file = connection.file().toStdString();
    if (tables->toInt() > 0 && application->toInt() != applicationId)
        return Error{ErrorCode::Damaged,
            file + ": this is a database of another program; move it away or choose another "
                   "data directory",
            {}};
    if (version->toInt() > newestFormat)
        return Error{ErrorCode::WrongState,
            file + ": its format " + std::to_string(version->toInt()) +
                " is newer than this program, which reads up to " + std::to_string(newestFormat) +
                "; start the newer Signalbox",
            {}};
    return version->toInt();
}

} // namespace

const int newestFormat = static_cast<int>(migrations.size());

Result<bool> isOurs(SqliteConnection &connection)
{
    const auto version = versionOf(connection);
    if (version)
        return *version > 0;
    if (version.error().code == ErrorCode::Damaged &&
        !connection.value(u"select count(*) from sqlite_schema"_s))
        return version.error();
    return false;
}

QStringList missingParts(SqliteConnection &connection)
{
    const auto version = versionOf(connection);
    if (!version || *version != newestFormat)
        return {}; // those of an earlier format are to come
    QStringList missing = newestParts();
    for (const QString &part : partsOf(connection.handle()))
        missing.removeOne(part);
    return missing;
}

Result<void> migrate(SqliteConnection &connection)
{
    const auto version = versionOf(connection);
    if (!version)
        return version.error();
    if (*version == newestFormat)
        return {};
    if (auto begun = connection.run(u"begin immediate"_s); !begun)
        return begun;
    auto applied = apply(connection, *version);
    if (!applied) {
        (void)connection.run(u"rollback"_s);
        return applied;
    }
    return connection.run(u"commit"_s);
}

} // namespace engine

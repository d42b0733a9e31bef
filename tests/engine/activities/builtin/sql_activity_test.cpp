#include "engine/activities/builtin/sql_activity.h"

#include "engine/job_threads.h"
#include "tests/support/net_place.h"
#include "tests/support/postgres.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <sqlite3.h>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::failureOf;
using tests::valueOf;

namespace {

constexpr auto endless =
    "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";

struct Tool {
};

RunJob runOn(JobThreads<Tool> &threads)
{
    return [&threads](std::function<void()> job) {
        threads.post([job = std::move(job)](Tool &) { job(); });
    };
}

} // namespace

/// Statements on a real SQLite and a real PostgreSQL.
class SqlActivityTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::unique_ptr<tests::Postgres> m_postgres;
    JobThreads<Tool> m_threads{2, AtEnd::Drop, std::make_unique<Tool>};
    JobThreads<Tool> m_interrupts{1, AtEnd::Finish, std::make_unique<Tool>};
    tests::NetPlace m_net;
    std::unique_ptr<SqlActivity> m_activity;
    Sequence m_lastTask = 0;

    std::string sqlite() const
    {
        return "sqlite://" + m_directory.filePath(QStringLiteral("a.db")).toStdString();
    }
    std::string address(const QString &database) const
    {
        return database == QStringLiteral("sqlite") ? sqlite() : m_postgres->url();
    }

    ActivityRequest request(const std::string &connection, const char *query,
        const json &bind = json::array(), Milliseconds timeout = 0ms)
    {
        return {.key = {RunKey{7}, ++m_lastTask},
            .activity = "sql",
            .with = JsonText::of({{"connection", connection}, {"query", query}, {"bind", bind}}),
            .timeout = timeout,
            .granted = {"*"}};
    }
    ActivityOutcome run(const std::string &connection, const char *query,
        const json &bind = json::array(), Milliseconds timeout = 0ms)
    {
        return tests::begin(*m_activity, request(connection, query, bind, timeout)).get();
    }
    bool isFree(const QString &database)
    {
        return valueOf(run(address(database), "select 1 as one")) == json({{{"one", 1}}});
    }

    void forBoth()
    {
        QTest::addColumn<QString>("database");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
        if (m_postgres)
            QTest::newRow("postgresql") << QStringLiteral("postgresql");
        else
            qWarning("PostgreSQL is not installed: its rows are left out (scripts/setup)");
    }

private slots:
    void initTestCase()
    {
        if (tests::Postgres::isInstalled()) {
            m_postgres = std::make_unique<tests::Postgres>();
            QVERIFY2(m_postgres->isRunning(), m_postgres->log().c_str());
        }
        m_activity = std::make_unique<SqlActivity>(
            m_net.place(), SqlThreads{runOn(m_threads), runOn(m_interrupts)}, 1h);
    }

    void rowsAreObjects_data() { forBoth(); }
    void rowsAreObjects()
    {
        QFETCH(const QString, database);
        const std::string at = address(database);
        QVERIFY(valueOf(run(at, "create table item (id bigint primary key, name text, price double "
                                "precision, gone integer)")) == json::array());
        QVERIFY(valueOf(run(at, "insert into item values (?, ?, ?, ?)",
                    {1, "Robert'); drop table item; --\\", 2.5, nullptr})) == json::array());
        QVERIFY(valueOf(run(at, "insert into item (id, name) values (:id, :name)",
                    {{"id", 9007199254740993}, {"name", {{"a", 1}}}})) == json::array());
        const json rows = valueOf(run(at, "select * from item order by id"));
        const json expected = json::array({{{"id", 1}, {"name", "Robert'); drop table item; --\\"},
                                               {"price", 2.5}, {"gone", nullptr}},
            {{"id", 9007199254740993}, {"name", "{\"a\":1}"}, {"price", nullptr},
                {"gone", nullptr}}});
        QVERIFY2(rows == expected, rows.dump().c_str());
        QVERIFY(valueOf(run(at, "select name from item where id = ?", {5})) == json::array());
    }

    void whatAServerKnowsBesides()
    {
        if (!m_postgres)
            QSKIP("PostgreSQL is not installed (scripts/setup)");
        const json row = valueOf(run(m_postgres->url(),
            "select true as t, timestamptz '2026-03-01 10:00:00.5+02' as at, date '2026-03-01' as "
            "day, 1.25::numeric as price, decode('00ff', 'hex') as raw, null as nothing"));
        QVERIFY2(row == json::parse(R"([{"t":true,"at":"2026-03-01T08:00:00.500Z",
            "day":"2026-03-01","price":1.25,"raw":"AP8=","nothing":null}])"),
            row.dump().c_str());
    }

    void aStatementThatIsWrongIsASqlError_data() { forBoth(); }
    void aStatementThatIsWrongIsASqlError()
    {
        QFETCH(const QString, database);
        const auto wrong = failureOf(run(address(database), "selekt 1"));
        QCOMPARE(wrong.type, std::string("SqlError"));
        QVERIFY(!wrong.retriable);
        QVERIFY2(wrong.message.find("selekt") != std::string::npos, wrong.message.c_str());
        const auto missing = failureOf(run(address(database), "select 1 from nowhere"));
        QVERIFY(missing.message.find("nowhere") != std::string::npos);
        QVERIFY(!missing.details.tree().value("code", "").empty());
    }

    void aValueWithoutItsPlaceIsAnError_data()
    {
        QTest::addColumn<QString>("database");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("bind");
        for (const char *database : {"sqlite", "postgresql"}) {
            if (!m_postgres && qstrcmp(database, "sqlite") != 0)
                continue;
            const auto row = [database](const char *query, const char *bind) {
                QTest::addRow("%s %s %s", database, query, bind)
                    << QString::fromLatin1(database) << QByteArray(query) << QByteArray(bind);
            };
            row("select :a as a", R"({"a":1,"b":2})");
            row("select :a as a, :b as b", R"({"b":2})");
            row("select :a as a, :b as b", R"({"a":2})");
            row("select ? as a", "[1,2]");
            row("select ? as a, ? as b", "[1]");
        }
    }
    void aValueWithoutItsPlaceIsAnError()
    {
        QFETCH(const QString, database);
        QFETCH(const QByteArray, query);
        QFETCH(const QByteArray, bind);
        const auto outcome =
            run(address(database), query.constData(), json::parse(bind.toStdString()));
        QVERIFY2(std::holds_alternative<Failure>(outcome), valueOf(outcome).dump().c_str());
        QVERIFY(!failureOf(outcome).retriable);
        QVERIFY(isFree(database));
    }

    void aConstraintThatIsBrokenIsNotTriedAgain_data() { forBoth(); }
    void aConstraintThatIsBrokenIsNotTriedAgain()
    {
        QFETCH(const QString, database);
        const std::string at = address(database);
        run(at, "create table one (id integer primary key)");
        QVERIFY(valueOf(run(at, "insert into one values (?)", {1})) == json::array());
        const auto twice = failureOf(run(at, "insert into one values (?)", {1}));
        QCOMPARE(twice.type, std::string("SqlError"));
        QVERIFY2(!twice.retriable, twice.message.c_str());
        QCOMPARE(twice.details.tree().value("code", ""),
            std::string(database == QStringLiteral("sqlite") ? "1555" : "23505"));
    }

    void noStatementSeesTheTransactionOfAnother_data() { forBoth(); }
    void noStatementSeesTheTransactionOfAnother()
    {
        QFETCH(const QString, database);
        const std::string at = address(database);
        run(at, "create table seen (id integer)");
        run(at, "begin");
        QVERIFY(valueOf(run(at, "insert into seen values (1)")) == json::array());
        const auto rolledBack = failureOf(run(at, "rollback")); // there is none
        QVERIFY(database != QStringLiteral("sqlite") || rolledBack.type == "SqlError");
        QVERIFY(valueOf(run(at, "select id from seen")) == json({{{"id", 1}}}));
    }

    void moreRowsThanMayBeKeptAreASqlError_data() { forBoth(); }
    void moreRowsThanMayBeKeptAreASqlError()
    {
        QFETCH(const QString, database);
        // Without an end of its own.
        const auto much = failureOf(run(address(database),
            "with recursive n(i) as (select 1 union all select i + 1 from n) "
            "select i, 'a text of some length' as t from n"));
        QCOMPARE(much.message, std::string("sql: the rows are more than 1 MiB; ask for fewer"));
        QVERIFY(isFree(database));
    }

    void theTimeoutEndsAStatement_data() { forBoth(); }
    void theTimeoutEndsAStatement()
    {
        QFETCH(const QString, database);
        for (int i = 0; i < 4; ++i) { // more than there are threads
            const auto late = failureOf(run(address(database), endless, json::array(), 20ms));
            QCOMPARE(late.type, std::string("ActivityTimeout"));
            QVERIFY(late.retriable);
        }
        QVERIFY(isFree(database));
    }

    void cancelingEndsAStatement_data() { forBoth(); }
    void cancelingEndsAStatement()
    {
        QFETCH(const QString, database);
        std::vector<ActivityRequest> asked;
        std::vector<std::future<ActivityOutcome>> outcomes;
        for (int i = 0; i < 4; ++i) { // more than there are threads
            asked.push_back(request(address(database), endless));
            outcomes.push_back(tests::begin(*m_activity, asked.back()));
        }
        for (const ActivityRequest &one : asked)
            m_activity->cancel(one.key);
        for (auto &outcome : outcomes)
            QCOMPARE(failureOf(outcome.get()).message, std::string("sql: canceled"));
        QVERIFY(isFree(database));
    }

    void noStatementGoesOnAtTheServerAfterItsTimeout()
    {
        if (!m_postgres)
            QSKIP("PostgreSQL is not installed (scripts/setup)");
        run(m_postgres->url(), "select pg_sleep(3600), 'mine'", json::array(), 20ms);
        const json left = valueOf(run(m_postgres->url(),
            "select count(*)::int as n from pg_stat_activity where state = 'active' and query like "
            "? and pid <> pg_backend_pid()",
            {"%mine%"}));
        QVERIFY2(left == json({{{"n", 0}}}), left.dump().c_str());
    }

    void aLockedDatabaseMayPass()
    {
        run(sqlite(), "create table busy (id integer)");
        sqlite3 *other = nullptr;
        QCOMPARE(
            sqlite3_open(m_directory.filePath(QStringLiteral("a.db")).toUtf8().constData(), &other),
            SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "begin exclusive", nullptr, nullptr, nullptr), SQLITE_OK);
        const auto locked =
            failureOf(run(sqlite() + "?QSQLITE_BUSY_TIMEOUT=1", "insert into busy values (1)"));
        QCOMPARE(locked.type, std::string("SqlError"));
        QVERIFY2(locked.retriable, locked.message.c_str());
        sqlite3_close(other);
    }

    void noOtherFileIsReachedThroughTheOneThatWasAllowed()
    {
        const std::string other = m_directory.filePath(QStringLiteral("b.db")).toStdString();
        const auto refused = failureOf(run(sqlite(), "attach database ? as other", {other}));
        QCOMPARE(refused.type, std::string("SqlError"));
        const auto copied = failureOf(run(sqlite(), "vacuum into ?", {other}));
        QCOMPARE(copied.type, std::string("SqlError"));
        QVERIFY(!QFile::exists(QString::fromStdString(other)));
    }

    void aServerThatWasAwayIsReachedAgain()
    {
        if (!m_postgres)
            QSKIP("PostgreSQL is not installed (scripts/setup)");
        m_postgres->restart();
        QVERIFY2(m_postgres->isRunning(), m_postgres->log().c_str());
        QVERIFY(isFree(QStringLiteral("postgresql")));
        const auto gone =
            failureOf(run(m_postgres->url(), "select pg_terminate_backend(pg_backend_pid())"));
        QCOMPARE(gone.type, std::string("SqlError"));
        QVERIFY2(gone.retriable, gone.message.c_str());
    }

    void noDatabaseMayPassAndHidesThePassword()
    {
        const auto away = failureOf(run("postgresql://me:hush@127.0.0.1:1/x", "select 1"));
        QCOMPARE(away.type, std::string("SqlError"));
        QVERIFY(away.retriable);
        QVERIFY2(away.message.find("hush") == std::string::npos, away.message.c_str());
        const auto none = failureOf(run("oracle://x/y", "select 1"));
        QVERIFY(!none.retriable);
        QVERIFY(none.message.find("QSQLITE") != std::string::npos);
        const auto nowhere = failureOf(run("sqlite:///nowhere/at/all.db", "select 1"));
        QVERIFY(!nowhere.retriable);
        QVERIFY(nowhere.message.find("/nowhere/at/all.db") != std::string::npos);
    }

    void wrongInputIsRefused_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with :
            {"null", "{}", "{'connection':'sqlite:///x'}", "{'connection':'x','query':'select 1'}",
                "{'connection':'sqlite:x','query':'select 1'}",
                "{'connection':'sqlite:///x','query':5}",
                "{'connection':'sqlite:///x','query':'select 1','bind':5}"})
            QTest::newRow(with) << QByteArray(with).replace('\'', '"');
    }
    void wrongInputIsRefused()
    {
        QFETCH(const QByteArray, with);
        auto asked = request("", "");
        asked.with = JsonText::trusted(with.toStdString());
        const auto wrong = failureOf(tests::begin(*m_activity, asked).get());
        QCOMPARE(wrong.type, std::string("ValidationError"));
        QVERIFY(!wrong.retriable);
    }
};

QTEST_GUILESS_MAIN(SqlActivityTest)
#include "sql_activity_test.moc"

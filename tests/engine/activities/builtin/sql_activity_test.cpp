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

/// Statements on a real SQLite and a real PostgreSQL.
class SqlActivityTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::unique_ptr<tests::Postgres> m_postgres;
    JobThreads<SqlConnections> m_threads{
        2, AtEnd::Drop, [] { return std::make_unique<SqlConnections>(); }};
    JobThreads<int> m_interrupts{1, AtEnd::Finish, [] { return std::make_unique<int>(0); }};
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

    ActivityRequest request(const std::string &connection, const char *query, const json &bind,
        Milliseconds timeout = 0ms)
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
    static json value(const ActivityOutcome &outcome)
    {
        const auto *text = std::get_if<JsonText>(&outcome);
        return text ? text->tree() : json("failed: " + std::get<Failure>(outcome).message);
    }
    static Failure failure(const ActivityOutcome &outcome)
    {
        const auto *failed = std::get_if<Failure>(&outcome);
        return failed ? *failed : Failure{.type = "none"};
    }

    void forBoth()
    {
        QTest::addColumn<QString>("database");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
        if (tests::Postgres::isInstalled())
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
        m_activity = std::make_unique<SqlActivity>(m_net.place(),
            SqlThreads{[this](std::function<void(SqlConnections &)> job) {
                           m_threads.post(std::move(job));
                       },
                [this](std::function<void()> job) {
                    m_interrupts.post([job = std::move(job)](int &) { job(); });
                }},
            1h);
    }

    void rowsAreObjects_data() { forBoth(); }
    void rowsAreObjects()
    {
        QFETCH(const QString, database);
        const std::string at = address(database);
        QVERIFY(value(run(at, "create table item (id bigint primary key, name text, price double "
                              "precision, gone integer)")) == json::array());
        QVERIFY(value(run(at, "insert into item values (?, ?, ?, ?)",
                    {1, "Robert'); drop table item; --", 2.5, nullptr})) == json::array());
        QVERIFY(value(run(at, "insert into item (id, name) values (:id, :name)",
                    {{"id", 9007199254740993}, {"name", {{"a", 1}}}})) == json::array());
        const json rows = value(run(at, "select * from item order by id"));
        const json first{{"id", 1}, {"name", "Robert'); drop table item; --"}, {"price", 2.5},
            {"gone", nullptr}};
        const json second{{"id", 9007199254740993}, {"name", json{{"a", 1}}.dump()},
            {"price", nullptr}, {"gone", nullptr}};
        QVERIFY2((rows == json{first, second}), rows.dump().c_str());
        QVERIFY(value(run(at, "select name from item where id = ?", {5})) == json::array());
    }

    void aStatementThatIsWrongIsASqlError_data() { forBoth(); }
    void aStatementThatIsWrongIsASqlError()
    {
        QFETCH(const QString, database);
        const auto wrong = failure(run(address(database), "selekt 1"));
        QCOMPARE(wrong.type, std::string("SqlError"));
        QVERIFY(!wrong.retriable);
        QVERIFY2(wrong.message.find("selekt") != std::string::npos, wrong.message.c_str());
        const auto missing = failure(run(address(database), "select 1 from nowhere"));
        QVERIFY(missing.message.find("nowhere") != std::string::npos);
        // The next statement is none the worse for it.
        QVERIFY(value(run(address(database), "select 1 as one")) == json({{{"one", 1}}}));
    }

    void aConstraintThatIsBrokenIsNotTriedAgain_data() { forBoth(); }
    void aConstraintThatIsBrokenIsNotTriedAgain()
    {
        QFETCH(const QString, database);
        const std::string at = address(database);
        run(at, "create table one (id integer primary key)");
        QVERIFY(value(run(at, "insert into one values (1)")) == json::array());
        const auto twice = failure(run(at, "insert into one values (1)"));
        QCOMPARE(twice.type, std::string("SqlError"));
        QVERIFY(!twice.retriable);
    }

    void moreRowsThanMayBeKeptAreASqlError_data() { forBoth(); }
    void moreRowsThanMayBeKeptAreASqlError()
    {
        QFETCH(const QString, database);
        const auto much = failure(run(address(database),
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) "
            "select i, 'a text of some length' as t from n"));
        QCOMPARE(much.message, std::string("sql: the rows are more than 1 MiB; ask for fewer"));
    }

    void theTimeoutEndsAStatement_data() { forBoth(); }
    void theTimeoutEndsAStatement()
    {
        QFETCH(const QString, database);
        // Without an end of its own.
        const auto late = failure(run(address(database),
            "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n",
            json::array(), 50ms));
        QCOMPARE(late.type, std::string("ActivityTimeout"));
        QVERIFY(late.retriable);
        // Its thread is free again.
        QVERIFY(value(run(address(database), "select 1 as one")) == json({{{"one", 1}}}));
    }

    void cancelingEndsAStatement_data() { forBoth(); }
    void cancelingEndsAStatement()
    {
        QFETCH(const QString, database);
        std::vector<ActivityRequest> asked;
        std::vector<std::future<ActivityOutcome>> outcomes;
        for (int i = 0; i < 4; ++i) { // more than there are threads
            asked.push_back(request(address(database),
                "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) "
                "from n",
                json::array()));
            outcomes.push_back(tests::begin(*m_activity, asked.back()));
        }
        for (const ActivityRequest &one : asked)
            m_activity->cancel(one.key);
        for (auto &outcome : outcomes)
            QVERIFY(std::holds_alternative<Failure>(outcome.get()));
        QVERIFY(value(run(address(database), "select 1 as one")) == json({{{"one", 1}}}));
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
            failure(run(sqlite() + "?QSQLITE_BUSY_TIMEOUT=1", "insert into busy values (1)"));
        QCOMPARE(locked.type, std::string("SqlError"));
        QVERIFY2(locked.retriable, locked.message.c_str());
        sqlite3_close(other);
    }

    void aConnectionThatBrokeIsMadeAnew()
    {
        if (!m_postgres)
            QSKIP("PostgreSQL is not installed (scripts/setup)");
        for (int i = 0; i < 4; ++i) // both threads have one
            run(m_postgres->url(), "select 1");
        QVERIFY(m_postgres->restart());
        for (int i = 0; i < 4; ++i)
            QVERIFY(value(run(m_postgres->url(), "select 1 as one")) == json({{{"one", 1}}}));
    }

    void noDatabaseMayPassAndHidesThePassword()
    {
        const auto away = failure(run("postgresql://me:hush@127.0.0.1:1/x", "select 1"));
        QCOMPARE(away.type, std::string("SqlError"));
        QVERIFY(away.retriable);
        QVERIFY2(away.message.find("hush") == std::string::npos, away.message.c_str());
        const auto none = failure(run("oracle://x/y", "select 1"));
        QVERIFY(!none.retriable);
        QVERIFY(none.message.find("QSQLITE") != std::string::npos);
    }

    void wrongInputIsRefused_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with : {"null", "{}", "{'connection':'sqlite:///x'}",
                 "{'connection':'x','query':'select 1'}", "{'connection':'sqlite:///x','query':5}",
                 "{'connection':'sqlite:///x','query':'select 1','bind':5}"})
            QTest::newRow(with) << QByteArray(with).replace('\'', '"');
    }
    void wrongInputIsRefused()
    {
        QFETCH(const QByteArray, with);
        auto asked = request("", "", {});
        asked.with = JsonText::trusted(with.toStdString());
        const auto wrong = failure(tests::begin(*m_activity, asked).get());
        QCOMPARE(wrong.type, std::string("ValidationError"));
        QVERIFY(!wrong.retriable);
    }
};

QTEST_GUILESS_MAIN(SqlActivityTest)
#include "sql_activity_test.moc"

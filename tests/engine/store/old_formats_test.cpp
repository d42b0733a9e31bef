#include "engine/runtime/summary.h"
#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_mend.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/engine_world.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QVariant>

#include <sqlite3.h>

#include <map>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

namespace {

Result<InstanceSummary> summarize(const std::vector<HistoryRow> &rows)
{
    return summaryOf(replay(rows));
}

/// Writes a database with SQLite alone, as a program of that time would have left it.
void write(const QString &file, const QString &statements)
{
    QFile text(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/databases/") + statements);
    sqlite3 *database = nullptr;
    if (!text.open(QIODevice::ReadOnly) ||
        sqlite3_open(file.toUtf8().constData(), &database) != SQLITE_OK)
        qFatal("there is no %s", qPrintable(statements));
    const QByteArray all = "pragma journal_mode = wal;" + text.readAll();
    if (sqlite3_exec(database, all.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

QStringList rowsOf(const QString &file, const QString &select)
{
    const auto connection = *SqliteConnection::open(file, SqliteConnection::Access::ReadOnly);
    QStringList rows;
    QSqlQuery query(connection->database());
    if (!query.exec(select))
        qFatal("%s", connection->errorOf(query).message.c_str());
    while (query.next()) {
        QString row;
        for (int column = 0; query.value(column).isValid(); ++column)
            row += query.value(column).toString() + u'|';
        rows += row;
    }
    return rows;
}

QStringList indexRows(const QString &file)
{
    QStringList rows;
    for (const char *table : indexTableNames)
        rows += rowsOf(file, u"select '%1', * from %1 order by 2, 3"_s.arg(QLatin1String(table)));
    return rows;
}

} // namespace

/// Databases as earlier programs wrote them (semantics 11.5).
class OldFormatsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    QString file() const { return databaseFile(m_directory->path()); }
    std::unique_ptr<SqliteStore> open() const
    {
        auto store = SqliteStore::open(m_directory->path().toStdString());
        if (!store)
            qFatal("%s", store.error().message.c_str());
        return *std::move(store);
    }

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        write(file(), u"format_1.sql"_s);
    }

    void everythingIsTakenOver()
    {
        const auto before =
            rowsOf(file(), u"select run, instance, flow, version, status, length from instance"_s);
        const auto history = rowsOf(file(), u"select * from history"_s);
        auto log = rowsOf(file(), u"select * from undelivered"_s);
        QCOMPARE(before.size(), 12);
        QCOMPARE(history.size(), 27);
        QVERIFY(!checkPages(file()).hasChecksums);
        const auto mended = mendIfDamaged(m_directory->path().toStdString(), summarize);
        QVERIFY(mended && mended->empty());
        open();
        QCOMPARE(rowsOf(file(), u"pragma user_version"_s),
            rowsOf(file(), u"select %1"_s.arg(newestFormat)));
        const PageReport pages = checkPages(file());
        QVERIFY(pages.hasChecksums && pages.damaged.empty());
        QCOMPARE(
            rowsOf(file(), u"select run, instance, flow, version, status, length from instance"_s),
            before);
        QCOMPARE(rowsOf(file(), u"select * from history"_s), history);
        for (auto &entry : log)
            entry += u'|'; // a column for the key, which is empty
        QCOMPARE(rowsOf(file(), u"select * from undelivered"_s), log);
    }

    /// Larger than SQLite's cache: pages go to disk before the first one does.
    void aLargeOneGetsItsChecksumsToo()
    {
        sqlite3 *database = nullptr;
        QCOMPARE(sqlite3_open(file().toUtf8().constData(), &database), SQLITE_OK);
        const int code = sqlite3_exec(database,
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 30) "
            "insert into flow select 'Large', i, 0, hex(zeroblob(1000000)) from n",
            nullptr, nullptr, nullptr);
        sqlite3_close(database);
        QCOMPARE(code, SQLITE_OK);
        const auto store = open();
        QCOMPARE(store->recover()->flows.size(), std::size_t(32));
        const PageReport pages = checkPages(file());
        QVERIFY(pages.hasChecksums && pages.damaged.empty() && !pages.isCutOff);
    }

    void itsIndexesAreThoseOfARebuild()
    {
        const auto store = open();
        const QStringList before = indexRows(file());
        QVERIFY(before.size() > 40);
        const auto rebuilt = store->rebuildIndexes(summarize);
        QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().message.c_str());
        QCOMPARE(indexRows(file()), before);
    }

    void itsInstancesGoOn()
    {
        const auto store = open();
        EngineWorld world(1, {.allowed = {"log"}}, store.get());
        QVERIFY(world.settle());
        // The attempts that had no outcome run again, the one in between waits for its time.
        std::vector<std::string> running;
        for (const ActivityRequest &request : world.activities.running)
            running.push_back(request.instance.value);
        QCOMPARE(running, (std::vector<std::string>{"order-0", "order-4"}));
        QVERIFY(world.send(*world.activities.finishOldest(JsonText::trusted("1"))));
        QCOMPARE(world.summary("order-0").standsOn, std::string("Paid"));
        for (const char *payload : {"{\"amount\":1}", "{\"amount\":2}"})
            QVERIFY(world.send(eventFor("order-2", "Paid", payload)));
        QCOMPARE(world.summary("order-2").output.text(), std::string("[1,2]"));
        // The event that it took was of another id; this one it has seen.
        const auto again = world.send(eventFor("order-3", "Paid", "{\"amount\":7}", "p-1"));
        QVERIFY(again && again->duplicate);
        QVERIFY(world.send(eventFor("votes-2", "A")));
        QCOMPARE(world.summary("votes-2").standsOn, std::string("pause"));
        world.advance(std::chrono::minutes(6));
        QCOMPARE(world.summary("order-1").status, InstanceStatus::Running);
        QCOMPARE(world.activities.running.back().attempt, 2);
        QCOMPARE(world.summary("votes-1").standsOn, std::string("C, D"));
        QVERIFY(world.send(eventFor("votes-1", "C")));
        QCOMPARE(world.summary("votes-1").status, InstanceStatus::Completed);
        QVERIFY(world.send(startOf("new", "Order", "{\"id\":\"new\"}")));
        QCOMPARE(world.summary("new").run.value, 14);
        QVERIFY(!world.send(eventFor("order-6", "Paid", "{\"amount\":1}")));
    }

    void anOlderProgramRefusesANewerFile()
    {
        open();
        {
            const auto connection =
                *SqliteConnection::open(file(), SqliteConnection::Access::ReadWrite);
            QVERIFY(connection->run(u"pragma user_version = %1"_s.arg(newestFormat + 1)));
        }
        QFile raw(file());
        QVERIFY(raw.open(QIODevice::ReadOnly));
        const QByteArray before = raw.readAll();
        const auto mended = mendIfDamaged(m_directory->path().toStdString(), summarize);
        QVERIFY(mended && mended->empty());
        const auto refused = SqliteStore::open(m_directory->path().toStdString());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QVERIFY(refused.error().message.find("newer than this program") != std::string::npos);
        raw.seek(0);
        QCOMPARE(raw.readAll(), before);
    }
};

QTEST_GUILESS_MAIN(OldFormatsTest)
#include "old_formats_test.moc"

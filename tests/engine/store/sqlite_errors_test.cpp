#include "engine/store/sqlite/sqlite_errors.h"

#include <QTest>

#include <sqlite3.h>

using namespace engine;

/// What SQLite refuses, in words that say what to do (semantics 11.4).
class SqliteErrorsTest : public QObject
{
    Q_OBJECT

private slots:
    void eachRefusalSaysWhatToDo_data()
    {
        QTest::addColumn<int>("refusal");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("advice");
        const auto row = [](const char *name, int refusal, ErrorCode code, const char *advice) {
            QTest::newRow(name) << refusal << int(code) << QString::fromLatin1(advice);
        };
        row("full", SQLITE_FULL, ErrorCode::Unavailable, "free some space");
        row("read only", SQLITE_READONLY_DIRECTORY, ErrorCode::Unavailable, "check the permissions");
        row("locked", SQLITE_BUSY_SNAPSHOT, ErrorCode::Unavailable, "close that one");
        row("disk", SQLITE_IOERR_FSYNC, ErrorCode::Unavailable, "check the disk");
        row("gone", SQLITE_CANTOPEN, ErrorCode::Unavailable, "its directory exists");
        row("damaged", SQLITE_CORRUPT_INDEX, ErrorCode::Damaged, "restore a backup");
        row("no database", SQLITE_NOTADB, ErrorCode::Damaged, "restore a backup");
        row("twice", SQLITE_CONSTRAINT_PRIMARYKEY, ErrorCode::WrongState, "written there already");
        row("another", SQLITE_MISUSE, ErrorCode::Unavailable, "the database refuses");
    }
    void eachRefusalSaysWhatToDo()
    {
        QFETCH(const int, refusal);
        QFETCH(const int, code);
        QFETCH(const QString, advice);
        const Error error = sqliteError(refusal, QStringLiteral("in its words"), QStringLiteral("/data/x.db"));
        QCOMPARE(int(error.code), code);
        const QString message = QString::fromStdString(error.message);
        QVERIFY2(message.contains(advice), qPrintable(message));
        QVERIFY(message.startsWith(QStringLiteral("/data/x.db: ")));
        QVERIFY(message.endsWith(QStringLiteral("(in its words)")));
    }
};

QTEST_GUILESS_MAIN(SqliteErrorsTest)
#include "sqlite_errors_test.moc"

#include "engine/store/sqlite/sqlite_checkpoint.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "tests/support/commits.h"
#include "tests/support/sqlite_directory.h"

#include <QFile>
#include <QTest>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

/// The log beside the database (semantics 11.4).
class SqliteLogTest : public QObject
{
    Q_OBJECT

private slots:
    void afterACheckpointTheFileAloneHoldsEverything();
    void aLogThatIsLostIsSaid_data();
    void aLogThatIsLostIsSaid();
    void aWholeLogIsTaken();
    void aTurnThatWasNotFinishedIsNoDamage();
    void aLogThatNothingWasWrittenToIsNotMissed_data();
    void aLogThatNothingWasWrittenToIsNotMissed();
    void aMapOfAnEarlierLogIsNotCompared();
};

void SqliteLogTest::afterACheckpointTheFileAloneHoldsEverything()
{
    const Directory directory;
    const auto store = directory.store();
    for (std::int64_t run = 1; run <= 20; ++run)
        commit(*store, turnOf({started(run, "order-" + std::to_string(run))}));
    const Directory early;
    write(early.file(), contentOf(directory.file()));
    QVERIFY(!*early.store()->find({"order-20"})); // it is in the log alone

    const auto checkpoint = SqliteCheckpoint::open(directory.path());
    QVERIFY(checkpoint);
    QVERIFY((*checkpoint)->checkpoint());
    const Directory copy;
    write(copy.file(), contentOf(directory.file()));
    QVERIFY(*copy.store()->find({"order-20"}));
}

namespace {

/// The files of a database as they are when its program is killed after 20 turns.
struct Killed {
    Directory directory;

    explicit Killed(int turns = 20)
    {
        const Directory before;
        const auto store = before.store();
        for (std::int64_t run = 1; run <= turns; ++run)
            commit(*store, turnOf({started(run, "order-" + std::to_string(run))}));
        for (const auto &ending : {u""_s, u"-wal"_s, u"-shm"_s, u".open"_s})
            write(directory.file() + ending, contentOf(before.file() + ending));
    }
    QByteArray log() const { return contentOf(directory.file() + u"-wal"_s); }
    void setLog(const QByteArray &content) const { write(directory.file() + u"-wal"_s, content); }
};

} // namespace

void SqliteLogTest::aLogThatIsLostIsSaid_data()
{
    QTest::addColumn<double>("part");
    QTest::addColumn<bool>("flips");
    QTest::newRow("gone") << 0.0 << false;
    QTest::newRow("cut in the middle") << 0.5 << false;
    QTest::newRow("cut at the end") << 0.999 << false;
    QTest::newRow("damaged in the middle") << 0.5 << true;
    QTest::newRow("damaged at the end") << 0.999 << true;
    QTest::newRow("damaged head") << 0.0 << true;
}

/// SQLite itself would go on without what was answered, and say nothing.
void SqliteLogTest::aLogThatIsLostIsSaid()
{
    QFETCH(const double, part);
    QFETCH(const bool, flips);
    const Killed killed;
    const QByteArray whole = killed.log();
    const auto place = qsizetype(double(whole.size()) * part);
    QByteArray damaged = flips ? whole : whole.first(place);
    if (flips)
        damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
    killed.setLog(damaged);
    if (damaged.isEmpty())
        QFile::remove(killed.directory.file() + u"-wal"_s);
    const Error refused = killed.directory.refusal();
    QCOMPARE(refused.code, ErrorCode::Damaged);
    QVERIFY2(
        says(refused, killed.directory.file().toStdString() + "-wal: "), refused.message.c_str());
    QVERIFY2(says(refused, "restore a backup"), refused.message.c_str());
}

void SqliteLogTest::aWholeLogIsTaken()
{
    const Killed killed;
    const QByteArray log = killed.log();
    QVERIFY(log.size() > 20 * 4096);
    const auto store = killed.directory.store();
    QVERIFY(*store->find({"order-20"}));
}

/// The power went in the midst of a write: what was not answered is not there, and nobody misses
/// it.
void SqliteLogTest::aTurnThatWasNotFinishedIsNoDamage()
{
    const Killed killed;
    killed.setLog(killed.log() + QByteArray(3'000, 'x'));
    const auto store = killed.directory.store();
    QVERIFY(*store->find({"order-20"}));
}

void SqliteLogTest::aLogThatNothingWasWrittenToIsNotMissed_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("empty") << true;
    QTest::newRow("not there") << false;
}

void SqliteLogTest::aLogThatNothingWasWrittenToIsNotMissed()
{
    QFETCH(const bool, isThere);
    const Killed killed(0);
    QVERIFY(killed.log().isEmpty());
    if (!isThere)
        QFile::remove(killed.directory.file() + u"-wal"_s);
    commit(*killed.directory.store(), turnOf({started(1, "order-1")}));
}

/// After a power cut the map can be one of long ago: it says nothing about the log that is there.
void SqliteLogTest::aMapOfAnEarlierLogIsNotCompared()
{
    const Killed killed;
    const QString map = killed.directory.file() + u"-shm"_s;
    QByteArray content = contentOf(map);
    constexpr qsizetype header = 48;
    constexpr qsizetype salt = 32;
    for (const qsizetype place : {salt, header + salt})
        content[place] = static_cast<char>(content[place] ^ 0x10);
    write(map, content);
    killed.setLog(killed.log().chopped(3'000)); // a turn that was not finished
    const auto store = killed.directory.store();
    QVERIFY(*store->find({"order-19"}));
    QVERIFY(!*store->find({"order-20"}));
}

QTEST_GUILESS_MAIN(SqliteLogTest)
#include "sqlite_log_test.moc"

#include "engine/store/sqlite/sqlite_store.h"

#include "engine/store/sqlite/sqlite_checkpoint.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QVariant>

#include <sqlite3.h>

#include <csignal>
#include <map>
#include <sys/resource.h>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

namespace {

/// A data directory, gone with the object.
class Directory
{
public:
    std::string path() const { return m_directory.path().toStdString(); }
    QString file() const { return databaseFile(m_directory.path()); }
    std::unique_ptr<SqliteStore> store() const
    {
        auto opened = SqliteStore::open(path());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *std::move(opened);
    }
    std::unique_ptr<SqliteConnection> connection() const
    {
        auto opened = SqliteConnection::open(file(), SqliteConnection::Access::ReadWrite);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *std::move(opened);
    }
    Error refusal() const
    {
        auto opened = SqliteStore::open(path());
        return opened ? Error{ErrorCode::InvalidArgument, "it was opened", {}} : opened.error();
    }
    void run(const QString &statement) const
    {
        if (auto done = connection()->run(statement); !done)
            qFatal("%s", done.error().message.c_str());
    }
    /// All rows of the tables that are made from history.
    QStringList indexes() const
    {
        QStringList rows;
        const auto open = connection();
        for (const char *table : indexTableNames) {
            QSqlQuery query(open->database());
            query.exec(u"select * from %1 order by 1, 2"_s.arg(QLatin1String(table)));
            while (query.next()) {
                QString row = QLatin1String(table);
                for (int column = 0; query.value(column).isValid(); ++column)
                    row += u'|' + query.value(column).toString();
                rows += row;
            }
        }
        return rows;
    }

private:
    QTemporaryDir m_directory;
};

void commit(Store &store, const Turn &turn)
{
    if (const auto done = store.commit(turn); !done)
        qFatal("%s", done.error().message.c_str());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

bool says(const Error &error, std::string_view part)
{
    return error.message.find(part) != std::string::npos;
}

/// Files written by this process cannot grow beyond `bytes` while it lives: a disk that is full.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class SqliteStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void theNextStartFindsWhatWasCommitted();
    void directoriesThatDoNotServeAreNamed_data();
    void directoriesThatDoNotServeAreNamed();
    void aFileThatIsNoDatabaseStaysAsItIs_data();
    void aFileThatIsNoDatabaseStaysAsItIs();
    void aLostDatabaseIsNotReplacedByAnEmptyOne();
    void aReaderMakesNoDatabase();
    void anUnfinishedDatabaseIsBegunAgain();
    void aDatabaseOfAnotherProgramIsRefused();
    void aNewerFormatIsRefused();
    void aDatabaseOfAnEarlierFormatIsTakenOver();
    void aLockedDatabaseIsNamed();
    void aFullDiskRefusesTheTurnAndKeepsTheOthers();
    void aFlippedByteIsDamageOfThatRunOnly();
    void aRowInAnothersPlaceIsDamage();
    void aMissingRowIsDamage();
    void damagedPagesNeverCrash();
    void aDamagedMessageIsAnError();
    void theOldestChangesAreForgotten();
    void aDamagedChangeIsAnError();
    void everyTableIsTruthOrAnIndex();
    void rebuiltIndexesEqualThoseOfTheCommits();
    void theEndOfARunLeavesNothingInTheIndexes_data();
    void theEndOfARunLeavesNothingInTheIndexes();
    void aRefusedRebuildChangesNothing();
    void aSnapshotIsNeverMissed();
    void damageBeforeASnapshotIsSaidToWhoReadsIt();
    void aSnapshotThatIsLargerThanItsHistoryWaits();
    void whoUsesNoEventIdsCostsNoStatement();
    void afterACheckpointTheFileAloneHoldsEverything();
    void aLogThatIsLostIsSaid_data();
    void aLogThatIsLostIsSaid();
    void aWholeLogIsTaken();
    void aTurnThatWasNotFinishedIsNoDamage();
    void aLogThatNothingWasWrittenToIsNotMissed_data();
    void aLogThatNothingWasWrittenToIsNotMissed();
    void aMapOfAnEarlierLogIsNotCompared();
};

void SqliteStoreTest::theNextStartFindsWhatWasCommitted()
{
    const Directory directory;
    auto one = started(5, "order-5", {TimerCreated{{}, {"wait"}, TimerPurpose::Step, at(9), 0}});
    Turn turn = turnOf({one});
    turn.sent = {{3, {{"order-5"}, {5}, GoOn{}}}};
    turn.flows = {{{"Order"}, 1, at(1), "{}"}};
    turn.grants = {{{"Order"}, "http *", at(2)}};
    commit(*directory.store(), turn);

    const auto store = directory.store();
    const auto recovered = store->recover();
    QVERIFY(recovered);
    QVERIFY(recovered->inbox == turn.sent);
    QVERIFY(recovered->flows == turn.flows);
    QVERIFY(recovered->grants == turn.grants);
    QVERIFY((recovered->timers == std::vector<DueTimer>{{{5}, 2, at(9)}}));
    QCOMPARE(recovered->lastRun.value, 5);
    QVERIFY(*store->history({5}) == std::vector{one.row});
    QVERIFY(*store->find({"order-5"}) == one.summary);
    commit(*store, turnOf({followed(one, {TimerFired{2}})}));
}

void SqliteStoreTest::directoriesThatDoNotServeAreNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("part");
    QTest::newRow("missing") << u"/nowhere/at/all"_s << u"does not exist"_s;
    QTest::newRow("a file") << QCoreApplication::applicationFilePath() << u"is no directory"_s;
    QTest::newRow("not writable") << u"/proc"_s << u"cannot be "_s; // not even for root
}

void SqliteStoreTest::directoriesThatDoNotServeAreNamed()
{
    QFETCH(const QString, path);
    QFETCH(const QString, part);
    const auto opened = SqliteStore::open(path.toStdString());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unavailable);
    QVERIFY2(says(opened.error(), path.toStdString()), opened.error().message.c_str());
    QVERIFY2(says(opened.error(), part.toStdString()), opened.error().message.c_str());
}

void SqliteStoreTest::aFileThatIsNoDatabaseStaysAsItIs_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("a letter, and not a short one, to somebody who keeps it");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("SQLite form");
    QTest::newRow("header alone") << QByteArray("SQLite format 3", 16);
}

void SqliteStoreTest::aFileThatIsNoDatabaseStaysAsItIs()
{
    QFETCH(const QByteArray, content);
    const Directory directory;
    write(directory.file(), content);
    const Error refused = directory.refusal();
    QCOMPARE(refused.code, ErrorCode::Damaged);
    QVERIFY2(says(refused, directory.file().toStdString()), refused.message.c_str());
    QVERIFY2(says(refused, "restore a backup"), refused.message.c_str());
    QCOMPARE(contentOf(directory.file()), content);
}

void SqliteStoreTest::aLostDatabaseIsNotReplacedByAnEmptyOne()
{
    const Directory directory;
    write(directory.file() + u"-wal"_s, "log");
    const Error refused = directory.refusal();
    QCOMPARE(refused.code, ErrorCode::Damaged);
    QVERIFY(says(refused, "is gone, but its log is there"));
    QVERIFY(!QFile::exists(directory.file()));
    QCOMPARE(contentOf(directory.file() + u"-wal"_s), QByteArray("log"));
}

void SqliteStoreTest::aReaderMakesNoDatabase()
{
    const Directory directory;
    QVERIFY(!SqliteReader::open(directory.path()));
    QVERIFY(!SqliteCheckpoint::open(directory.path()));
    QVERIFY(!QFile::exists(directory.file()));
}

void SqliteStoreTest::anUnfinishedDatabaseIsBegunAgain()
{
    const Directory directory;
    write(directory.file() + u".new"_s, "half a database");
    commit(*directory.store(), turnOf({started(1, "order-1")}));
    QVERIFY(!QFile::exists(directory.file() + u".new"_s));
}

void SqliteStoreTest::aDatabaseOfAnotherProgramIsRefused()
{
    const Directory directory;
    {
        auto other = SqliteConnection::create(directory.file());
        QVERIFY(other);
        QVERIFY((*other)->run(u"create table songs (name text)"_s));
    }
    QCOMPARE(directory.refusal().code, ErrorCode::Damaged);
    QVERIFY(says(directory.refusal(), "another program"));
}

void SqliteStoreTest::aNewerFormatIsRefused()
{
    const Directory directory;
    directory.store();
    directory.run(u"pragma user_version = 99"_s);
    const Error refused = directory.refusal();
    QCOMPARE(refused.code, ErrorCode::WrongState);
    QVERIFY2(says(refused, "format 99 is newer"), refused.message.c_str());
    QVERIFY2(says(refused, directory.file().toStdString()), refused.message.c_str());
}

void SqliteStoreTest::aDatabaseOfAnEarlierFormatIsTakenOver()
{
    const Directory directory;
    auto before = started(1, "order-1");
    commit(*directory.store(), turnOf({before}));
    directory.run(u"alter table instance drop column parent"_s);
    directory.run(u"alter table undelivered drop column key"_s);
    for (const char *table : {"task", "audit", "wait_key", "correlated_event", "correlated_key", "answered_event",
             "webhook", "change", "access_key", "duplicate", "snapshot"})
        directory.run(u"drop table "_s + QLatin1String(table));
    directory.run(u"drop index instance_by_end"_s);
    directory.run(u"pragma user_version = 2"_s);

    const auto store = directory.store();
    before.summary.parent = {};
    QVERIFY(*store->find({"order-1"}) == before.summary);
    const auto child = started(2, "order-2");
    commit(*store, turnOf({followed(before, {TimerFired{1}}), child}));
    QCOMPARE((*store->find({"order-2"}))->parent.value, std::string("parent-of-order-2"));
    Turn audited;
    audited.audit = {{.operation = "suspend", .instance = {"order-1"}}};
    commit(*store, audited);
}

void SqliteStoreTest::aLockedDatabaseIsNamed()
{
    const Directory directory;
    const auto store = directory.store();
    const auto other = directory.connection();
    QVERIFY(other->run(u"begin immediate"_s));
    const auto refused = store->commit(turnOf({started(1, "order-1")}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY2(says(refused.error(), "locked"), refused.error().message.c_str());
    QVERIFY(other->run(u"rollback"_s));
    commit(*store, turnOf({started(1, "order-1")}));
}

void SqliteStoreTest::aFullDiskRefusesTheTurnAndKeepsTheOthers()
{
    const Directory directory;
    auto store = directory.store();
    const auto one = started(1, "order-1");
    commit(*store, turnOf({one}));
    auto big = started(2, "order-2");
    big.summary.input = JsonText::ofString(std::string(4'000'000, 'x'));
    {
        const FileSizeLimit limit(1'000'000);
        const auto refused = store->commit(turnOf({big}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY2(says(refused.error(), "the disk"), refused.error().message.c_str());
        QVERIFY2(
            says(refused.error(), directory.file().toStdString()), refused.error().message.c_str());
    }
    store.reset();
    store = directory.store();
    QVERIFY(*store->find({"order-1"}) == one.summary);
    QVERIFY(!*store->find({"order-2"}));
    commit(*store, turnOf({big}));
}

void SqliteStoreTest::aFlippedByteIsDamageOfThatRunOnly()
{
    const Directory directory;
    const auto store = directory.store();
    const auto one = started(1, "order-1");
    const auto two = started(2, "order-2");
    const auto next = followed(two, {CustomStatusSet{JsonText::trusted("[1,2]")}});
    commit(*store, turnOf({one, two, next}));
    const auto reader = *SqliteReader::open(directory.path());

    const auto other = directory.connection();
    const auto facts =
        other->value(u"select facts from history where run = 2 and seq = 2"_s)->toByteArray();
    QVERIFY(facts.size() > 20);
    QSqlQuery update(other->database());
    update.prepare(u"update history set facts = cast(:facts as text) where run = 2 and seq = 2"_s);
    for (qsizetype at = 0; at < facts.size(); ++at) {
        for (const int mask : {0x01, 0x80}) {
            QByteArray flipped = facts;
            flipped[at] = static_cast<char>(flipped[at] ^ mask);
            update.bindValue(0, flipped);
            QVERIFY(update.exec());
            const auto damaged = store->history({2});
            QVERIFY(!damaged);
            QCOMPARE(damaged.error().code, ErrorCode::Damaged);
            QVERIFY2(says(damaged.error(), "run 2 is damaged at sequence 2"),
                damaged.error().message.c_str());
            QCOMPARE(reader->history({2}, 2, 10).error().code, ErrorCode::Damaged);
            QVERIFY(*store->history({1}) == std::vector{one.row});
        }
    }
    const auto before = reader->history({2}, 1, 10);
    QVERIFY(before && before->events == eventsOf(two.row));
    QCOMPARE(before->next, 2);
    update.bindValue(0, facts);
    QVERIFY(update.exec());
    QVERIFY((*store->history({2}) == std::vector{two.row, next.row}));
}

void SqliteStoreTest::aRowInAnothersPlaceIsDamage()
{
    const Directory directory;
    const auto store = directory.store();
    commit(*store, turnOf({started(1, "order-1"), started(2, "order-2")}));
    for (const auto &change : {u"update history set run = 7 where run = 2"_s,
             u"update history set at_ms = at_ms + 1 where run = 7"_s,
             u"update history set version = 2 where run = 7"_s}) {
        directory.run(change);
        QCOMPARE(store->history({7}).error().code, ErrorCode::Damaged);
    }
    QVERIFY(store->history({1}));
}

void SqliteStoreTest::aMissingRowIsDamage()
{
    const Directory directory;
    const auto store = directory.store();
    const auto one = started(1, "order-1");
    const auto two = followed(one, {TimerFired{1}});
    const auto three = followed(two, {TimerFired{1}});
    commit(*store, turnOf({one, two, three}));
    directory.run(u"delete from history where run = 1 and seq = 2"_s);
    const auto damaged = store->history({1});
    QVERIFY(!damaged);
    QVERIFY2(
        says(damaged.error(), "run 1 is damaged at sequence 2"), damaged.error().message.c_str());
    directory.run(u"delete from history where run = 1 and seq = 1"_s);
    QCOMPARE(store->history({1}).error().code, ErrorCode::Damaged);
}

/// Bytes of the file itself are wrong: whatever is asked answers with an error or with what was
/// written, and the program goes on.
void SqliteStoreTest::damagedPagesNeverCrash()
{
    const Directory directory;
    std::map<std::int64_t, HistoryRow> written;
    {
        const auto store = directory.store();
        RandomFacts random(1);
        for (std::int64_t run = 1; run <= 200; ++run) {
            const auto one = started(run, "order-" + std::to_string(run), random.facts(5));
            written[run] = one.row;
            commit(*store, turnOf({one}));
        }
    }
    const QByteArray whole = contentOf(directory.file());
    RandomFacts random(2);
    int refusals = 0;
    for (int round = 0; round < 25; ++round) {
        QByteArray damaged = whole;
        const int from = round % 8 == 0 ? 100 : 8'192; // the schema stands on the first pages
        for (int i = 0; i < 40; ++i)
            damaged[static_cast<qsizetype>(random.number(from, damaged.size() - 1))] =
                static_cast<char>(random.number(0, 255));
        QFile::remove(directory.file() + u"-wal"_s);
        QFile::remove(directory.file() + u"-shm"_s);
        write(directory.file(), damaged);
        auto store = SqliteStore::open(directory.path());
        if (!store) {
            ++refusals;
            continue;
        }
        for (const auto &[run, row] : written) {
            const auto read = (*store)->history({run});
            refusals += read ? 0 : 1;
            QVERIFY(!read || read->empty() || *read == std::vector{row});
        }
        (void)(*store)->recover();
        (void)(*store)->find({"order-7"});
        (void)(*store)->commit(turnOf({started(1'000 + round, "new")}));
    }
    QVERIFY2(refusals > 200, qPrintable(QString::number(refusals)));
}

void SqliteStoreTest::aDamagedMessageIsAnError()
{
    const Directory directory;
    const auto store = directory.store();
    Turn turn;
    turn.sent = {{1, {{"order-1"}, {1}, GoOn{}}}};
    commit(*store, turn);
    directory.run(u"update inbox set message = substr(message, 2)"_s);
    QCOMPARE(store->recover().error().code, ErrorCode::Damaged);
}

void SqliteStoreTest::theOldestChangesAreForgotten()
{
    const Directory directory;
    const auto store = directory.store();
    commit(*store, turnOf({started(1, "a")}));
    const auto last = 245 * 4'096 - 1; // the next one is the first of a step
    directory.run(u"update change set id = 5"_s);
    directory.run(u"insert into change values (%1, '1 1 1')"_s.arg(last));
    commit(*store, turnOf({started(2, "b")}));
    const auto connection = directory.connection();
    QCOMPARE(connection->value(u"select min(id) from change"_s)->toInt(), last);
    QCOMPARE(connection->value(u"select max(id) from change"_s)->toInt(), last + 1);
}

void SqliteStoreTest::aDamagedChangeIsAnError()
{
    for (const char *text : {"x", "1", "1 2", "1 2 3 4", "1 2 3x", "-", "1 -"}) {
        const Directory directory;
        const auto store = directory.store();
        commit(*store, turnOf({started(1, "a")}));
        directory.run(u"update change set runs = '%1'"_s.arg(QLatin1String(text)));
        const auto reader = SqliteReader::open(directory.path());
        QVERIFY(bool(reader));
        QCOMPARE((*reader)->changes(0, 10).error().code, ErrorCode::Damaged);
    }
}

/// A table that is in neither list would be emptied, or kept, by accident.
void SqliteStoreTest::everyTableIsTruthOrAnIndex()
{
    QStringList known{u"history"_s, u"inbox"_s, u"flow"_s, u"grant"_s, u"audit"_s,
        u"undelivered"_s, u"statistics"_s, u"correlated_event"_s, u"correlated_key"_s,
        u"answered_event"_s, u"webhook"_s, u"change"_s, u"access_key"_s};
    for (const char *table : indexTableNames)
        known += QLatin1String(table);
    const Directory directory;
    directory.store();
    const auto connection = directory.connection();
    QSqlQuery query(connection->database());
    query.exec(u"select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"_s);
    QStringList tables;
    while (query.next())
        tables += query.value(0).toString();
    tables.sort();
    known.sort();
    QCOMPARE(tables, known);
}

void SqliteStoreTest::rebuiltIndexesEqualThoseOfTheCommits()
{
    const Directory directory;
    const auto store = directory.store();
    RandomFacts random(31);
    std::map<RunKey, InstanceSummary> summaries;
    for (std::int64_t run = 1; run <= 30; ++run) {
        auto last = started(run, "order-" + std::to_string(run % 25));
        if (run > 25)
            last.replaces = {run - 25};
        last.summary.flow = {"Flow" + std::to_string(run % 3)};
        Turn turn = turnOf({last});
        for (int row = 0; row < 6; ++row) {
            auto facts = random.facts(4);
            facts.push_back(TimerCanceled{random.number(1, 20)});
            last =
                followed(last, std::move(facts), static_cast<InstanceStatus>(random.number(0, 5)));
            last.summary.customStatus = random.json();
            last.summary.waiting = random.chance();
            last.row.facts.push_back(CustomStatusSet{});
            ++last.summary.length;
            turn.instances.push_back(last);
        }
        commit(*store, turn);
        summaries[last.row.run] = last.summary;
    }
    const QStringList before = directory.indexes();
    QVERIFY(before.size() > 60);
    for (const char *table : indexTableNames)
        directory.run(u"delete from %1"_s.arg(QLatin1String(table)));
    QVERIFY(directory.indexes().isEmpty());
    const auto rebuilt = store->rebuildIndexes([&summaries](const std::vector<HistoryRow> &rows) {
        return Result<InstanceSummary>(summaries.at(rows.front().run));
    });
    QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().message.c_str());
    // Counts of flows that lost their last instance stay as zeros, which nobody reads.
    QCOMPARE(directory.indexes(), before);
}

void SqliteStoreTest::theEndOfARunLeavesNothingInTheIndexes_data()
{
    QTest::addColumn<bool>("refused");
    QTest::addColumn<bool>("again");
    QTest::newRow("one that was seen from its beginning") << false << false;
    QTest::newRow("after a turn that was refused") << true << false;
    QTest::newRow("after a start of the program") << false << true;
}

/// Of everything that a run can leave there.
void SqliteStoreTest::theEndOfARunLeavesNothingInTheIndexes()
{
    QFETCH(const bool, refused);
    QFETCH(const bool, again);
    const Directory directory;
    auto store = directory.store();
    const auto first = started(1, "order-1",
        {TaskScheduled{}, TimerCreated{}, WaitOpened{{}, {"a"}, {"X"}, 1}, TaskOpened{},
            CorrelationOpened{{}, 0, {"X"}, {"7"}}, EventRaised{"Y"}});
    commit(*store, turnOf({first}));
    const auto standing = [&directory] {
        return directory.indexes().filter(QRegularExpression(u"^(timer|work|wait|kept_event|task|wait_key)\\|"_s));
    };
    QCOMPARE(standing().size(), 6);
    if (refused) { // it would have closed all of it
        const auto closed = followed(first, {TaskCompleted{2}, TimerCanceled{3}, WaitClosed{4},
            TaskClosed{.task = 5}, CorrelationClosed{6}, EventTaken{.event = 7}});
        QVERIFY(!store->commit(turnOf({closed, started(1, "order-1")})));
    }
    if (again) {
        store.reset();
        store = directory.store();
    }
    commit(*store, turnOf({completed(first)}));
    QCOMPARE(standing(), QStringList());
}

namespace {

/// A run of three rows, the second with a snapshot.
std::vector<InstanceCommit> runWithSnapshot()
{
    const auto first = started(1, "order-1", {CustomStatusSet{JsonText::ofString("long enough")}});
    auto second = followed(first, {StepEntered{{}, {"x"}}});
    second.snapshot = "[\"state\"]";
    return {first, second, followed(second, {StepEntered{{}, {"y"}}})};
}

int statementsRun = 0;

int countStatement(unsigned, void *, void *, void *)
{
    ++statementsRun;
    return 0;
}

/// For every connection that is opened from now on.
int countStatements(sqlite3 *database, const char **, const sqlite3_api_routines *)
{
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, countStatement, nullptr);
}

} // namespace

void SqliteStoreTest::aSnapshotIsNeverMissed()
{
    for (const auto &damage : {u"update snapshot set state = '[\"other\"]'"_s,
             u"update snapshot set seq = seq - 1"_s, u"update snapshot set run = 1, crc32c = 1"_s,
             u"delete from snapshot"_s}) {
        const Directory directory;
        const auto rows = runWithSnapshot();
        commit(*directory.store(), turnOf(rows));
        QVERIFY(directory.store()->latest({1})->snapshot);
        directory.run(damage);
        const auto latest = directory.store()->latest({1});
        QVERIFY2(latest, qPrintable(damage));
        QVERIFY2(!latest->snapshot, qPrintable(damage));
        QCOMPARE(latest->rows.size(), std::size_t(3));
    }
    const Directory directory;
    const auto rows = runWithSnapshot();
    const auto store = directory.store();
    commit(*store, turnOf(rows));
    QVERIFY(store->rebuildIndexes(
        [&rows](const auto &) { return Result<InstanceSummary>(rows.back().summary); }));
    QVERIFY(!store->latest({1})->snapshot);
}

void SqliteStoreTest::damageBeforeASnapshotIsSaidToWhoReadsIt()
{
    const Directory directory;
    commit(*directory.store(), turnOf(runWithSnapshot()));
    directory.run(u"update history set crc32c = crc32c + 1 where seq = 1"_s);
    const auto store = directory.store();
    const auto latest = store->latest({1});
    QVERIFY(latest && latest->snapshot);
    QCOMPARE(latest->rows.size(), std::size_t(1));
    QCOMPARE(store->history({1}).error().code, ErrorCode::Damaged);
    const auto reader = *SqliteReader::open(directory.path());
    QCOMPARE(reader->history({1}, 1, 10).error().code, ErrorCode::Damaged);
    // Damage behind it, and rows that are missing there, are met at once.
    directory.run(u"update history set crc32c = crc32c + 1 where seq > 3"_s);
    QCOMPARE(store->latest({1}).error().code, ErrorCode::Damaged);
    directory.run(u"delete from history where seq > 3"_s);
    QCOMPARE(store->latest({1}).error().code, ErrorCode::Damaged);
}

/// So that all snapshots together are never larger than the history that they are of.
void SqliteStoreTest::aSnapshotThatIsLargerThanItsHistoryWaits()
{
    const Directory directory;
    const auto store = directory.store();
    auto last = started(1, "order-1");
    commit(*store, turnOf({last}));
    std::size_t written = 0;
    std::size_t history = 0;
    Sequence before = 0;
    for (int row = 0; row < 200; ++row) {
        last = followed(last, {StepEntered{{}, {"x"}}});
        last.snapshot = '"' + std::string(2'000, 's') + '"';
        commit(*store, turnOf({last}));
        history += 40;
        const auto snapshot = store->latest({1})->snapshot;
        if (!snapshot || snapshot->length == before)
            continue;
        before = snapshot->length;
        written += snapshot->state.size();
    }
    QVERIFY(written > 0);
    QVERIFY2(written <= history + 400, qPrintable(QString::number(written)));
}

void SqliteStoreTest::whoUsesNoEventIdsCostsNoStatement()
{
    const auto hook = reinterpret_cast<void (*)()>(countStatements);
    sqlite3_auto_extension(hook);
    // In all, and of them those of the last commits.
    const auto statementsOf = [](bool hasIds, bool othersHaveIds) {
        const auto event = [](bool hasId) {
            return EventRaised{"Paid", {}, hasId ? std::optional<std::string>("e") : std::nullopt};
        };
        const Directory directory;
        const auto store = directory.store();
        auto last = started(1, "order-1");
        commit(*store, turnOf({last, started(2, "other", {event(othersHaveIds)})}));
        statementsRun = 0;
        for (int row = 0; row < 10; ++row) {
            last = followed(last, {event(hasIds)});
            commit(*store, turnOf({last}));
        }
        commit(*store, turnOf({completed(last)}));
        return statementsRun;
    };
    const int none = statementsOf(false, false);
    QVERIFY(none > 10 * 3);
    QCOMPARE(statementsOf(false, true), none);
    QCOMPARE(statementsOf(true, false), none + 10);
    sqlite3_cancel_auto_extension(hook);
}

void SqliteStoreTest::aRefusedRebuildChangesNothing()
{
    const Directory directory;
    const auto store = directory.store();
    commit(*store, turnOf({started(1, "order-1", {TaskScheduled{}}), started(2, "order-2")}));
    const QStringList before = directory.indexes();
    const Error fault{ErrorCode::Damaged, "no state", {}};
    const auto refused = store->rebuildIndexes(
        [&fault](const std::vector<HistoryRow> &) { return Result<InstanceSummary>(fault); });
    QVERIFY(!refused);
    QVERIFY(refused.error() == fault);
    QVERIFY_EXCEPTION_THROWN(
        (void)store->rebuildIndexes([](const std::vector<HistoryRow> &) -> Result<InstanceSummary> {
            throw BrokenInvariant("replay");
        }),
        BrokenInvariant);
    QCOMPARE(directory.indexes(), before);
    commit(*store, turnOf({started(3, "order-3")}));
}

void SqliteStoreTest::afterACheckpointTheFileAloneHoldsEverything()
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

void SqliteStoreTest::aLogThatIsLostIsSaid_data()
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
void SqliteStoreTest::aLogThatIsLostIsSaid()
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

void SqliteStoreTest::aWholeLogIsTaken()
{
    const Killed killed;
    const QByteArray log = killed.log();
    QVERIFY(log.size() > 20 * 4096);
    const auto store = killed.directory.store();
    QVERIFY(*store->find({"order-20"}));
}

/// The power went in the midst of a write: what was not answered is not there, and nobody misses
/// it.
void SqliteStoreTest::aTurnThatWasNotFinishedIsNoDamage()
{
    const Killed killed;
    killed.setLog(killed.log() + QByteArray(3'000, 'x'));
    const auto store = killed.directory.store();
    QVERIFY(*store->find({"order-20"}));
}

void SqliteStoreTest::aLogThatNothingWasWrittenToIsNotMissed_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("empty") << true;
    QTest::newRow("not there") << false;
}

void SqliteStoreTest::aLogThatNothingWasWrittenToIsNotMissed()
{
    QFETCH(const bool, isThere);
    const Killed killed(0);
    QVERIFY(killed.log().isEmpty());
    if (!isThere)
        QFile::remove(killed.directory.file() + u"-wal"_s);
    commit(*killed.directory.store(), turnOf({started(1, "order-1")}));
}

/// After a power cut the map can be one of long ago: it says nothing about the log that is there.
void SqliteStoreTest::aMapOfAnEarlierLogIsNotCompared()
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

QTEST_GUILESS_MAIN(SqliteStoreTest)
#include "sqlite_store_test.moc"

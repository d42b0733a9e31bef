#include "engine/store/sqlite/sqlite_store.h"

#include "engine/store/sqlite/sqlite_checkpoint.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"
#include "tests/support/sqlite_directory.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <map>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

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

QTEST_GUILESS_MAIN(SqliteStoreTest)
#include "sqlite_store_test.moc"

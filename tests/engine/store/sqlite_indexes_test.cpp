#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"
#include "tests/support/sqlite_directory.h"

#include <QRegularExpression>
#include <QTest>

#include <sqlite3.h>

#include <map>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

/// What is made from history beside it (semantics 11.6).
class SqliteIndexesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyTableIsTruthOrAnIndex();
    void rebuiltIndexesEqualThoseOfTheCommits();
    void theEndOfARunLeavesNothingInTheIndexes_data();
    void theEndOfARunLeavesNothingInTheIndexes();
    void aRefusedRebuildChangesNothing();
    void aSnapshotIsNeverMissed();
    void damageBeforeASnapshotIsSaidToWhoReadsIt();
    void aSnapshotThatIsLargerThanItsHistoryWaits();
    void whoUsesNoEventIdsCostsNoStatement();
};

/// A table that is in neither list would be emptied, or kept, by accident.
void SqliteIndexesTest::everyTableIsTruthOrAnIndex()
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

void SqliteIndexesTest::rebuiltIndexesEqualThoseOfTheCommits()
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

void SqliteIndexesTest::theEndOfARunLeavesNothingInTheIndexes_data()
{
    QTest::addColumn<bool>("refused");
    QTest::addColumn<bool>("again");
    QTest::newRow("one that was seen from its beginning") << false << false;
    QTest::newRow("after a turn that was refused") << true << false;
    QTest::newRow("after a start of the program") << false << true;
}

/// Of everything that a run can leave there.
void SqliteIndexesTest::theEndOfARunLeavesNothingInTheIndexes()
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

void SqliteIndexesTest::aSnapshotIsNeverMissed()
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

void SqliteIndexesTest::damageBeforeASnapshotIsSaidToWhoReadsIt()
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
void SqliteIndexesTest::aSnapshotThatIsLargerThanItsHistoryWaits()
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

void SqliteIndexesTest::whoUsesNoEventIdsCostsNoStatement()
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

void SqliteIndexesTest::aRefusedRebuildChangesNothing()
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

QTEST_GUILESS_MAIN(SqliteIndexesTest)
#include "sqlite_indexes_test.moc"

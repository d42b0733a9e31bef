#include "tests/simulation/sqlite_disk.h"
#include "tests/support/simulation.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

namespace {

std::uint64_t firstSeed = 1;
std::uint64_t lastSeed = 200;

} // namespace

using namespace tests;

/// Lives of an engine that is killed again and again. `--seed N` lives one of them, `--last N` fewer.
class SimulationTest : public QObject
{
    Q_OBJECT

private slots:
    void everyPromiseHoldsInEveryLife();
    void theDatabaseHoldsTheSameAsTheMemory();
    void everyPromiseHoldsThoughReadsFail();

private:
    static bool isWhole(std::uint64_t seed, const SimulationReport &report, const char *where);
    static void add(SimulationReport &all, const SimulationReport &one);
};

bool SimulationTest::isWhole(
    std::uint64_t seed, const SimulationReport &report, const char *where)
{
    if (report.problem.empty())
        return true;
    qWarning("--seed %llu, %s: %s", static_cast<unsigned long long>(seed), where,
        report.problem.c_str());
    return false;
}

void SimulationTest::add(SimulationReport &all, const SimulationReport &one)
{
    for (const auto member : {&SimulationReport::kills, &SimulationReport::slowCommits, &SimulationReport::duplicates,
             &SimulationReport::undelivered, &SimulationReport::ignoredResults,
             &SimulationReport::completed, &SimulationReport::failed,
             &SimulationReport::terminated, &SimulationReport::yields,
             &SimulationReport::suspensions, &SimulationReport::batches, &SimulationReport::pausedClocks,
             &SimulationReport::handedOn, &SimulationReport::deleted, &SimulationReport::replayed,
             &SimulationReport::ignored, &SimulationReport::reruns,
             &SimulationReport::joined, &SimulationReport::brokenRegions, &SimulationReport::sent,
             &SimulationReport::subFlows, &SimulationReport::refused,
             &SimulationReport::childFailures, &SimulationReport::canceled,
             &SimulationReport::continued, &SimulationReport::answered, &SimulationReport::reminded,
             &SimulationReport::escalated, &SimulationReport::claimed, &SimulationReport::reassigned,
             &SimulationReport::decided, &SimulationReport::due, &SimulationReport::withdrawn,
             &SimulationReport::interrupts,
             &SimulationReport::beside, &SimulationReport::ofRegions,
             &SimulationReport::ofBranches, &SimulationReport::handled,
             &SimulationReport::brokenHandlers, &SimulationReport::dropped,
             &SimulationReport::rewound, &SimulationReport::givenBack, &SimulationReport::moved,
             &SimulationReport::skipped, &SimulationReport::edited, &SimulationReport::correlated,
             &SimulationReport::keptForKeys, &SimulationReport::purged})
        all.*member += one.*member;
}

void SimulationTest::everyPromiseHoldsInEveryLife()
{
    SimulationReport all;
    for (std::uint64_t seed = firstSeed; seed <= lastSeed; ++seed) {
        const auto cached = simulate(seed, 1'000, *memoryDisk());
        QVERIFY(isWhole(seed, cached, "cached"));
        add(all, cached);
        if (seed % 2 != 0 && firstSeed != lastSeed)
            continue; // every second one is enough to see a state that a replay makes differently
        const auto replayed = simulate(seed, 0, *memoryDisk());
        QVERIFY(isWhole(seed, replayed, "replayed"));
        QVERIFY2(replayed.histories == cached.histories,
            qPrintable(QStringLiteral("--seed %1: a replayed state decides otherwise than a cached")
                           .arg(seed)));
    }
    qInfo("kills %d, slow commits %d, duplicates %d, undelivered %d, ignored results %d, completed %d, failed %d, "
          "terminated %d, yields %d, suspensions %d, batches %d, paused clocks %d, handed on %d, deleted %d, "
          "replayed %d, ignored %d, attempts again %d, regions joined %d, failed %d",
        all.kills, all.slowCommits, all.duplicates, all.undelivered, all.ignoredResults, all.completed, all.failed,
        all.terminated, all.yields, all.suspensions, all.batches, all.pausedClocks, all.handedOn,
        all.deleted, all.replayed, all.ignored, all.reruns, all.joined, all.brokenRegions);
    qInfo("sent %d, sub-flows %d, refused %d, failed %d, canceled %d, continued as new %d", all.sent,
        all.subFlows, all.refused, all.childFailures, all.canceled, all.continued);
    qInfo("answered %d, reminded %d, escalated %d, claimed %d, reassigned %d; tasks decided %d, due %d, "
          "withdrawn %d",
        all.answered, all.reminded, all.escalated, all.claimed, all.reassigned, all.decided, all.due,
        all.withdrawn);
    qInfo("interrupts %d, beside %d, of regions %d, of one branch %d, handled %d, failed %d, dropped %d",
        all.interrupts, all.beside, all.ofRegions, all.ofBranches, all.handled, all.brokenHandlers,
        all.dropped);
    qInfo("rewound %d, events given back %d, moved %d, skipped %d, edited %d, purged %d", all.rewound,
        all.givenBack, all.moved, all.skipped, all.edited, all.purged);
    qInfo("found by their key %d, kept for one %d", all.correlated, all.keptForKeys);
    if (lastSeed - firstSeed < 199)
        return;
    // A simulation that never gets into a corner proves nothing about it.
    for (const int reached : {all.kills, all.slowCommits, all.duplicates, all.undelivered, all.ignoredResults,
             all.completed, all.failed, all.terminated, all.yields, all.suspensions,
             all.batches, all.pausedClocks, all.handedOn, all.deleted, all.replayed, all.ignored, all.reruns,
             all.joined, all.brokenRegions, all.sent, all.subFlows, all.refused, all.childFailures, all.canceled, all.continued,
             all.answered, all.reminded, all.escalated, all.claimed, all.reassigned, all.decided, all.due, all.withdrawn,
             all.interrupts, all.beside, all.ofRegions, all.ofBranches, all.handled, all.brokenHandlers, all.dropped,
             all.rewound, all.moved, all.skipped, all.edited,
             all.correlated, all.keptForKeys, all.purged})
        QVERIFY(reached >= 10);
}

void SimulationTest::theDatabaseHoldsTheSameAsTheMemory()
{
    const std::uint64_t last = std::min(lastSeed, firstSeed + 19);
    for (std::uint64_t seed = firstSeed; seed <= last; ++seed) {
        const auto memory = simulate(seed, 3, *memoryDisk());
        SqliteDisk disk;
        const auto database = simulate(seed, 3, disk);
        QVERIFY(isWhole(seed, memory, "memory"));
        QVERIFY(isWhole(seed, database, "database"));
        QVERIFY2(database.histories == memory.histories,
            qPrintable(QStringLiteral("--seed %1: the database holds another history").arg(seed)));
        QCOMPARE(database.undelivered, memory.undelivered);
    }
}

void SimulationTest::everyPromiseHoldsThoughReadsFail()
{
    int failed = 0;
    const std::uint64_t last = std::min(lastSeed, firstSeed + 39);
    for (std::uint64_t seed = firstSeed; seed <= last; ++seed) {
        const auto life = simulate(seed, 2, *memoryDisk(), Reads::FailAtTimes);
        QVERIFY(isWhole(seed, life, "failing reads"));
        failed += life.failedReads;
    }
    qInfo("reads that failed: %d", failed);
    QVERIFY(failed >= 10 || firstSeed == lastSeed);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments();
    if (const auto flag = arguments.indexOf(QStringLiteral("--seed")); flag > 0) {
        firstSeed = lastSeed = arguments.value(flag + 1).toULongLong();
        arguments.remove(flag, qMin(qsizetype(2), arguments.size() - flag));
    }
    if (const auto flag = arguments.indexOf(QStringLiteral("--last")); flag > 0) {
        lastSeed = arguments.value(flag + 1).toULongLong();
        arguments.remove(flag, qMin(qsizetype(2), arguments.size() - flag));
    }
    SimulationTest test;
    return QTest::qExec(&test, arguments);
}

#include "simulation_test.moc"

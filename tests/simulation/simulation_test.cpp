#include "tests/support/simulation.h"

#include <QCoreApplication>
#include <QTest>

namespace {

std::uint64_t firstSeed = 1;
std::uint64_t lastSeed = 200;

} // namespace

/// Lives of an engine that is killed again and again. `--seed N` lives one of them.
class SimulationTest : public QObject
{
    Q_OBJECT

private slots:
    void everyPromiseHoldsInEveryLife();
};

void SimulationTest::everyPromiseHoldsInEveryLife()
{
    tests::SimulationReport all;
    for (std::uint64_t seed = firstSeed; seed <= lastSeed; ++seed) {
        const auto cached = tests::simulate(seed, 1'000);
        QVERIFY2(
            cached.problem.empty(), qPrintable(QStringLiteral("--seed %1: %2")
                                                   .arg(seed)
                                                   .arg(QString::fromStdString(cached.problem))));
        const auto replayed = tests::simulate(seed, 0);
        QVERIFY2(replayed.problem.empty() && replayed.histories == cached.histories,
            qPrintable(QStringLiteral("--seed %1: a replayed state decides otherwise than a cached "
                                      "one %2")
                           .arg(seed)
                           .arg(QString::fromStdString(replayed.problem))));
        all.kills += cached.kills;
        all.duplicates += cached.duplicates;
        all.undelivered += cached.undelivered;
        all.ignoredResults += cached.ignoredResults;
        all.completed += cached.completed;
        all.failed += cached.failed;
        all.terminated += cached.terminated;
        all.yields += cached.yields;
        all.reruns += cached.reruns;
    }
    qInfo("kills %d, duplicates %d, undelivered %d, ignored results %d, completed %d, failed %d, "
          "terminated %d, yields %d, attempts again %d",
        all.kills, all.duplicates, all.undelivered, all.ignoredResults, all.completed, all.failed,
        all.terminated, all.yields, all.reruns);
    if (firstSeed == lastSeed)
        return;
    // A simulation that never gets into a corner proves nothing about it.
    for (const int reached : {all.kills, all.duplicates, all.undelivered, all.ignoredResults,
             all.completed, all.failed, all.terminated, all.yields, all.reruns})
        QVERIFY(reached >= 20);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments();
    if (const auto flag = arguments.indexOf(QStringLiteral("--seed")); flag > 0) {
        firstSeed = lastSeed = arguments.value(flag + 1).toULongLong();
        arguments.remove(flag, qMin(qsizetype(2), arguments.size() - flag));
    }
    SimulationTest test;
    return QTest::qExec(&test, arguments);
}

#include "simulation_test.moc"

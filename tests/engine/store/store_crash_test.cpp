#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace engine;
using namespace tests;

namespace {

constexpr int runsPerTurn = 3;

/// What turn `number` writes: the same in the process that is killed and in the one that looks.
std::vector<InstanceCommit> commitsOf(std::int64_t number)
{
    std::vector<InstanceCommit> commits;
    for (int i = 1; i <= runsPerTurn; ++i) {
        const std::int64_t run = (number - 1) * runsPerTurn + i;
        RandomFacts random(static_cast<std::uint64_t>(run));
        commits.push_back(started(run, "order-" + std::to_string(run), random.facts(4)));
    }
    return commits;
}

std::unique_ptr<SqliteStore> opened(const std::string &directory)
{
    auto store = SqliteStore::open(directory);
    if (!store)
        qFatal("%s", store.error().message.c_str());
    return *std::move(store);
}

/// Commits turn after turn and prints the number of each that was answered, until it is killed.
int commitUntilKilled(const std::string &directory)
{
    const auto store = opened(directory);
    const auto recovered = store->recover();
    if (!recovered)
        return 1;
    for (std::int64_t number = recovered->lastMessage + 1;; ++number) {
        Turn turn = turnOf(commitsOf(number));
        turn.sent = {{number, {{"order"}, {}, GoOn{}}}};
        if (!store->commit(turn))
            return 2;
        std::printf("%lld\n", static_cast<long long>(number));
        std::fflush(stdout);
    }
}

} // namespace

class StoreCrashTest : public QObject
{
    Q_OBJECT

private slots:
    void whatWasAnsweredIsThereAfterAKill();

private:
    static std::int64_t lastAnswered(QProcess &child, int lines);
};

/// Kills the child after so many lines; its last whole line.
std::int64_t StoreCrashTest::lastAnswered(QProcess &child, int lines)
{
    QByteArray output;
    while (output.count('\n') < lines && child.waitForReadyRead())
        output += child.readAllStandardOutput();
    child.kill();
    child.waitForFinished();
    output += child.readAllStandardOutput();
    output.truncate(output.lastIndexOf('\n') + 1);
    return output.trimmed().split('\n').last().toLongLong();
}

void StoreCrashTest::whatWasAnsweredIsThereAfterAKill()
{
    const QTemporaryDir directory;
    RandomFacts random(3);
    std::int64_t checked = 0;
    for (int round = 0; round < 30; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--commit-until-killed"), directory.path()});
        const auto answered = lastAnswered(child, static_cast<int>(random.number(1, 40)));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        const auto store = opened(directory.path().toStdString());
        const auto recovered = store->recover();
        QVERIFY(recovered);
        QVERIFY2(recovered->lastMessage >= answered && answered > checked,
            qPrintable(QString::number(round)));
        // All of a turn or nothing of it.
        QCOMPARE(recovered->lastRun.value, recovered->lastMessage * runsPerTurn);
        QCOMPARE(recovered->inbox.size(), static_cast<std::size_t>(recovered->lastMessage));
        for (std::int64_t number = checked + 1; number <= recovered->lastMessage; ++number) {
            for (const InstanceCommit &commit : commitsOf(number)) {
                const auto rows = store->history(commit.row.run);
                QVERIFY(rows);
                QVERIFY(*rows == std::vector{commit.row});
                QVERIFY(*store->find(commit.summary.instance) == commit.summary);
            }
        }
        checked = recovered->lastMessage;
    }
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == QByteArrayView("--commit-until-killed"))
        return commitUntilKilled(argv[2]);
    StoreCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "store_crash_test.moc"

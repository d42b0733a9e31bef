#include "engine/runtime/retries.h"

#include <QTest>

using namespace engine;
using namespace std::chrono_literals;

namespace {

Instant at(Milliseconds time) { return Instant(time); }

Duration lasting(Milliseconds length) { return {0, length}; }

} // namespace

class RetriesTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutAPolicyThereIsOneAttempt();
    void pausesGrowUpToTheLongest_data();
    void pausesGrowUpToTheLongest();
    void attemptsIncludeTheFirst();
    void someFailuresAreNotWorthAnother();
    void theTotalCountsFromTheFirstAttempt();
    void aPolicyThatGrowsPastAllNumbersIsCut();
};

void RetriesTest::withoutAPolicyThereIsOneAttempt()
{
    QVERIFY(!nextAttempt({}, {1, at(0ms), at(0ms)}, Failure{}));
}

void RetriesTest::pausesGrowUpToTheLongest_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<qint64>("pause");
    QTest::newRow("first") << 1 << qint64(500);
    QTest::newRow("second") << 2 << qint64(1500);
    QTest::newRow("third") << 3 << qint64(4500);
    QTest::newRow("longest") << 4 << qint64(5000);
    QTest::newRow("stays") << 9 << qint64(5000);
}

void RetriesTest::pausesGrowUpToTheLongest()
{
    QFETCH(int, attempt);
    QFETCH(qint64, pause);
    const RetryPolicy policy{
        .attempts = 10, .first = lasting(500ms), .growth = 3, .longest = lasting(5s)};
    QCOMPARE(nextAttempt(policy, {attempt, at(0ms), at(1h)}, Failure{}),
        std::optional(at(1h + Milliseconds(pause))));
}

void RetriesTest::attemptsIncludeTheFirst()
{
    const RetryPolicy policy{.attempts = 2};
    QVERIFY(nextAttempt(policy, {1, at(0ms), at(0ms)}, Failure{}));
    QVERIFY(!nextAttempt(policy, {2, at(0ms), at(0ms)}, Failure{}));
}

void RetriesTest::someFailuresAreNotWorthAnother()
{
    const RetryPolicy policy{.attempts = 5, .never = {"HttpError"}};
    const FailedAttempt last{1, at(0ms), at(0ms)};
    QVERIFY(nextAttempt(policy, last, {.type = "SqlError"}));
    QVERIFY(!nextAttempt(policy, last, {.type = "HttpError"}));
    QVERIFY(!nextAttempt(policy, last, {.type = "SqlError", .retriable = false}));
}

void RetriesTest::theTotalCountsFromTheFirstAttempt()
{
    const RetryPolicy policy{
        .attempts = 99, .first = lasting(10s), .growth = 1, .total = lasting(60s)};
    QVERIFY(nextAttempt(policy, {5, at(0s), at(50s)}, Failure{}));
    QVERIFY(!nextAttempt(policy, {6, at(0s), at(50s + 1ms)}, Failure{}));
}

void RetriesTest::aPolicyThatGrowsPastAllNumbersIsCut()
{
    const RetryPolicy policy{.attempts = 100'000, .growth = 1e9};
    const auto next = nextAttempt(policy, {99'999, at(0s), at(1s)}, Failure{});
    QVERIFY(next);
    QVERIFY(*next > at(1s));
    QVERIFY(*next < at(24h * 366 * 101));
}

QTEST_GUILESS_MAIN(RetriesTest)
#include "retries_test.moc"

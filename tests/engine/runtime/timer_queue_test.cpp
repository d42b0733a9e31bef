#include "engine/runtime/timer_queue.h"

#include "tests/support/sim_random.h"

#include <QTest>

#include <set>

using namespace engine;

namespace {

Instant at(int milliseconds) { return Instant(Milliseconds(milliseconds)); }

DueTimer timer(int run, int sequence, int due) { return {{run}, sequence, at(due)}; }

/// What is popped at `now`, as sequences.
std::vector<Sequence> popped(TimerQueue &queue, int now)
{
    std::vector<Sequence> sequences;
    while (const auto due = queue.popDue(at(now)))
        sequences.push_back(due->timer);
    return sequences;
}

} // namespace

class TimerQueueTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsDueBeforeItsTime();
    void aQueueOfManyIsAsIfTheyHadBeenAdded();
    void dueTimersComeInTheOrderOfTheirTime();
    void aRemovedTimerNeverComes();
    void theNextDueTimeIsNeverThatOfARemovedTimer();
    void removingWhatWasPoppedDoesNoHarm();
    void itAgreesWithASortedSet();
};

void TimerQueueTest::nothingIsDueBeforeItsTime()
{
    TimerQueue queue;
    queue.add(timer(1, 1, 100));
    QVERIFY(popped(queue, 99).empty());
    QCOMPARE(popped(queue, 100), std::vector<Sequence>{1});
    QVERIFY(!queue.nextDue());
}

void TimerQueueTest::aQueueOfManyIsAsIfTheyHadBeenAdded()
{
    TimerQueue queue({timer(3, 1, 30), timer(1, 2, 10), timer(2, 3, 20), timer(1, 4, 20)});
    queue.add(timer(1, 5, 5));
    queue.remove({2}, 3);
    QCOMPARE(queue.nextDue(), std::optional(at(5)));
    QCOMPARE(popped(queue, 50), (std::vector<Sequence>{5, 2, 4, 1}));
}

void TimerQueueTest::dueTimersComeInTheOrderOfTheirTime()
{
    TimerQueue queue;
    for (const auto &one : {timer(2, 4, 10), timer(1, 3, 10), timer(1, 2, 10), timer(1, 1, 30)})
        queue.add(one);
    QCOMPARE(popped(queue, 50), (std::vector<Sequence>{2, 3, 4, 1}));
}

void TimerQueueTest::aRemovedTimerNeverComes()
{
    TimerQueue queue;
    for (int sequence = 1; sequence <= 5; ++sequence)
        queue.add(timer(1, sequence, sequence));
    queue.remove({1}, 3);
    queue.remove({1}, 1);
    QCOMPARE(popped(queue, 9), (std::vector<Sequence>{2, 4, 5}));
}

void TimerQueueTest::theNextDueTimeIsNeverThatOfARemovedTimer()
{
    TimerQueue queue;
    for (int sequence = 1; sequence <= 9; ++sequence)
        queue.add(timer(1, sequence, sequence));
    queue.remove({1}, 2);
    queue.remove({1}, 1);
    QCOMPARE(queue.nextDue(), std::optional(at(3)));
}

void TimerQueueTest::removingWhatWasPoppedDoesNoHarm()
{
    TimerQueue queue;
    queue.add(timer(1, 1, 1));
    queue.add(timer(1, 2, 2));
    QCOMPARE(popped(queue, 1), std::vector<Sequence>{1});
    queue.remove({1}, 1);
    queue.remove({1}, 1);
    queue.add(timer(1, 3, 3));
    QCOMPARE(popped(queue, 3), (std::vector<Sequence>{2, 3}));
}

void TimerQueueTest::itAgreesWithASortedSet()
{
    TimerQueue queue;
    std::set<std::pair<int, Sequence>> expected;
    tests::SimRandom random(7);
    int now = 0;
    for (int sequence = 1; sequence <= 5000; ++sequence) {
        const int due = now + random.below(200);
        queue.add(timer(1, sequence, due));
        expected.emplace(due, sequence);
        if (random.chance(60) && !expected.empty()) {
            const auto victim = std::next(expected.begin(), random.below(int(expected.size())));
            queue.remove({1}, victim->second);
            expected.erase(victim);
        }
        now += random.below(3);
        for (const Sequence came : popped(queue, now)) {
            QVERIFY(!expected.empty());
            QCOMPARE(came, expected.begin()->second);
            expected.erase(expected.begin());
        }
        QCOMPARE(queue.nextDue().has_value(), !expected.empty());
        if (!expected.empty())
            QCOMPARE(*queue.nextDue(), at(expected.begin()->first));
    }
}

QTEST_GUILESS_MAIN(TimerQueueTest)
#include "timer_queue_test.moc"

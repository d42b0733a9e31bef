#include "monitor/engine_feed/change_merger.h"

#include "tests/monitor/fake_feed.h"

#include <QSignalSpy>
#include <QTest>

using monitor::ChangeMerger;
using Changes = std::vector<engine::InstanceSummary>;

class ChangeMergerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstChangeIsPassedOnAtOnce()
    {
        ChangeMerger merger;
        int passed = 0;
        connect(&merger, &ChangeMerger::merged, this, [&passed](const Changes &) { ++passed; });
        merger.add({tests::waiting(1, "a")});
        QCOMPARE(passed, 1);
    }

    void aBurstIsJoinedToTheNewestStateOfEach()
    {
        ChangeMerger merger;
        std::vector<Changes> passed;
        connect(&merger, &ChangeMerger::merged, this,
            [&passed](const Changes &changes) { passed.push_back(changes); });
        merger.add({tests::waiting(1, "first")});
        for (int length = 6; length <= 8; ++length) {
            auto a = tests::waiting(2, "a");
            a.length = length;
            merger.add({a, tests::waiting(3, "b")});
        }
        QCOMPARE(passed.size(), 1U);
        QTRY_COMPARE(passed.size(), 2U);
        QCOMPARE(passed[1].size(), 2U);
        QCOMPARE(passed[1][0].length, engine::Sequence(8));
    }
};

QTEST_GUILESS_MAIN(ChangeMergerTest)
#include "change_merger_test.moc"

#include "engine/history/history_event.h"

#include "engine/history/instance_status.h"

#include <QTest>

using namespace engine;

class HistoryEventTest : public QObject
{
    Q_OBJECT

private slots:
    void factsOfARowAreNumberedFromItsFirst();
    void statusesReadAsTheyAreWritten();
    void threeStatusesAreFinished();
};

void HistoryEventTest::factsOfARowAreNumberedFromItsFirst()
{
    const Instant at{Milliseconds{7}};
    const HistoryRow row{{3}, 11, at, {StepEntered{{}, {"a"}}, TimerFired{4}}};
    const std::vector<HistoryEvent> expected{
        {11, at, StepEntered{{}, {"a"}}}, {12, at, TimerFired{4}}};
    QVERIFY(eventsOf(row) == expected);
}

void HistoryEventTest::statusesReadAsTheyAreWritten()
{
    for (int index = 0; index < 6; ++index) {
        const auto status = static_cast<InstanceStatus>(index);
        QVERIFY(instanceStatusFromText(toText(status)) == status);
    }
    QCOMPARE(toText(InstanceStatus::Terminated), std::string_view("Terminated"));
    QVERIFY(!instanceStatusFromText("running"));
    QVERIFY(!instanceStatusFromText(""));
}

void HistoryEventTest::threeStatusesAreFinished()
{
    QVERIFY(isFinished(InstanceStatus::Completed));
    QVERIFY(isFinished(InstanceStatus::Failed));
    QVERIFY(isFinished(InstanceStatus::Terminated));
    QVERIFY(!isFinished(InstanceStatus::Pending));
    QVERIFY(!isFinished(InstanceStatus::Running));
    QVERIFY(!isFinished(InstanceStatus::Suspended));
}

QTEST_GUILESS_MAIN(HistoryEventTest)
#include "history_event_test.moc"

#include "engine/runtime/inbox.h"

#include <QTest>

using namespace engine;

namespace {

Queued raised(const std::string &instance)
{
    return {Message{{instance}, {}, RaiseEvent{"Go", {}, {}, {}, {}}}};
}

Message due(const std::string &instance, Sequence timer)
{
    return {{instance}, {1}, TimerDue{timer}};
}

Sequence timerOf(const std::optional<Queued> &queued)
{
    return queued ? std::get<TimerDue>(queued->message.body).timer : 0;
}

} // namespace

class InboxTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesComeInTheirOrder();
    void whatWasHeldComesFirstAndInItsOrder();
    void aTimerWaitsForTheEventsOfItsInstance();
    void aTimerWaitsForTheEventsThatNameNoInstance();
    void timersOfOtherInstancesPass();
    void itIsEmptyWhenNothingWaits();
};

void InboxTest::messagesComeInTheirOrder()
{
    Inbox inbox;
    for (const char *name : {"b", "a", "b"})
        inbox.add(raised(name));
    for (const char *name : {"b", "a", "b"})
        QCOMPARE(inbox.nextMessage()->message.instance, InstanceId{name});
    QVERIFY(!inbox.nextMessage());
}

void InboxTest::whatWasHeldComesFirstAndInItsOrder()
{
    Inbox inbox;
    inbox.add(raised("d"));
    inbox.addDue(due("e", 9));
    std::vector<Queued> held;
    held.push_back(raised("a"));
    held.push_back({due("a", 1)});
    held.push_back(raised("b"));
    held.push_back({due("b", 2)});
    held.push_back(raised("c"));
    inbox.addHeld(std::move(held));
    QVERIFY(timerOf(inbox.nextTimer()) == 9); // those of a and b wait for the events
    for (const char *name : {"a", "b", "c", "d"})
        QCOMPARE(inbox.nextMessage()->message.instance, InstanceId{name});
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(1));
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(2));
    QVERIFY(inbox.isEmpty());
}

void InboxTest::aTimerWaitsForTheEventsOfItsInstance()
{
    Inbox inbox;
    inbox.addDue(due("a", 1));
    inbox.add(raised("a"));
    inbox.add(raised("a"));
    QVERIFY(!inbox.nextTimer());
    inbox.nextMessage();
    QVERIFY(!inbox.nextTimer());
    inbox.nextMessage();
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(1));
}

void InboxTest::aTimerWaitsForTheEventsThatNameNoInstance()
{
    const auto correlated = [] { return Queued{Message{{}, {}, RaiseCorrelated{.name = "Go"}}}; };
    Inbox inbox;
    inbox.add(correlated());
    inbox.addDue(due("a", 1));
    inbox.add(correlated());
    QVERIFY(!inbox.nextTimer());
    inbox.add(correlated()); // too late: a stream of them holds no timer back for ever
    inbox.nextMessage();
    QVERIFY(!inbox.nextTimer());
    inbox.nextMessage();
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(1));
    QVERIFY(inbox.nextMessage());
}

void InboxTest::timersOfOtherInstancesPass()
{
    Inbox inbox;
    inbox.add(raised("a"));
    inbox.addDue(due("a", 1));
    inbox.addDue(due("b", 2));
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(2));
    QVERIFY(!inbox.nextTimer());
    inbox.nextMessage();
    QCOMPARE(timerOf(inbox.nextTimer()), Sequence(1));
}

void InboxTest::itIsEmptyWhenNothingWaits()
{
    Inbox inbox;
    QVERIFY(inbox.isEmpty());
    inbox.addDue(due("a", 1));
    QVERIFY(!inbox.isEmpty());
    inbox.nextTimer();
    inbox.add(raised("a"));
    QVERIFY(!inbox.isEmpty());
    inbox.nextMessage();
    QVERIFY(inbox.isEmpty());
}

QTEST_GUILESS_MAIN(InboxTest)
#include "inbox_test.moc"

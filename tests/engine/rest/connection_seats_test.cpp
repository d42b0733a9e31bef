#include "engine/rest/connection_seats.h"

#include <QTest>

using engine::ConnectionSeats;

class ConnectionSeatsTest : public QObject
{
    Q_OBJECT

private slots:
    void thereIsRoomUpToTheUnreservedSeats()
    {
        ConnectionSeats seats(3, 1);
        seats.take();
        QVERIFY(seats.admitOneMore().admitted);
        QVERIFY(!seats.admitOneMore().leaves.has_value());
        const auto busy = seats.take();
        seats.becomesBusy(busy);
        QVERIFY(seats.admitOneMore().leaves.has_value());
    }

    void theLongestSilentLeavesFirst()
    {
        ConnectionSeats seats(2, 0);
        const auto first = seats.take();
        const auto second = seats.take();
        QCOMPARE(*seats.admitOneMore().leaves, first);
        seats.becomesBusy(first);
        QCOMPARE(*seats.admitOneMore().leaves, second);
        seats.becomesSilent(first);
        QCOMPARE(*seats.admitOneMore().leaves, second);
        seats.leave(second);
        QVERIFY(seats.admitOneMore().admitted);
        QCOMPARE(seats.count(), 1u);
    }

    void strangersLeaveBeforeThoseWithAKey()
    {
        ConnectionSeats seats(2, 0);
        const auto known = seats.take();
        seats.showsKey(known);
        const auto stranger = seats.take();
        QCOMPARE(*seats.admitOneMore().leaves, stranger);
        seats.showsKey(stranger);
        QCOMPARE(*seats.admitOneMore().leaves, known);
    }

    void strangersCannotTakeTheReservedSeats()
    {
        ConnectionSeats seats(4, 2);
        const auto first = seats.take();
        const auto second = seats.take();
        seats.becomesBusy(first);
        seats.becomesBusy(second);
        QVERIFY(!seats.admitOneMore().admitted);
        seats.showsKey(second);
        QVERIFY(seats.admitOneMore().admitted);
    }

    void whenAllAreBusyNobodyLeaves()
    {
        ConnectionSeats seats(1, 0);
        seats.becomesBusy(seats.take());
        const auto verdict = seats.admitOneMore();
        QVERIFY(!verdict.admitted);
        QVERIFY(!verdict.leaves.has_value());
        QVERIFY(!seats.longestSilent().has_value());
    }
};

QTEST_GUILESS_MAIN(ConnectionSeatsTest)
#include "connection_seats_test.moc"

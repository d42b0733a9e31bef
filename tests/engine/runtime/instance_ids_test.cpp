#include "engine/runtime/instance_ids.h"

#include "tests/support/sim_random.h"

#include <QTest>

using namespace engine;

class InstanceIdsTest : public QObject
{
    Q_OBJECT

private slots:
    void rightAndWrongIds_data();
    void rightAndWrongIds();
    void madeIdsAreOrderedByTime();
    void madeIdsAreRight();
};

void InstanceIdsTest::rightAndWrongIds_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("right");
    QTest::newRow("plain") << QByteArray("order-7") << true;
    QTest::newRow("spaces and signs") << QByteArray("Bestellung Nr. 7 (ä)") << true;
    QTest::newRow("256 characters of two bytes") << QByteArray("ä").repeated(256) << true;
    QTest::newRow("257 characters") << QByteArray("x").repeated(257) << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("at first") << QByteArray("@order") << false;
    QTest::newRow("at later") << QByteArray("or@der") << true;
    QTest::newRow("slash") << QByteArray("a/b") << false;
    QTest::newRow("backslash") << QByteArray("a\\b") << false;
    QTest::newRow("hash") << QByteArray("a#b") << false;
    QTest::newRow("question mark") << QByteArray("a?b") << false;
    QTest::newRow("line feed") << QByteArray("a\nb") << false;
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << false;
    QTest::newRow("delete") << QByteArray("a\x7f") << false;
}

void InstanceIdsTest::rightAndWrongIds()
{
    QFETCH(QByteArray, id);
    QFETCH(bool, right);
    QCOMPARE(bool(checkInstanceId({id.toStdString()})), right);
}

void InstanceIdsTest::madeIdsAreOrderedByTime()
{
    tests::SimRandom random(1);
    const InstanceId early = makeInstanceId(Instant(Milliseconds(0x19b000000ff)), random);
    const InstanceId late = makeInstanceId(Instant(Milliseconds(0x19b00000100)), random);
    QVERIFY(early < late);
    QCOMPARE(QByteArray::fromStdString(early.value.substr(0, 12)), QByteArray("019b000000ff"));
}

void InstanceIdsTest::madeIdsAreRight()
{
    tests::SimRandom random(1);
    const InstanceId one = makeInstanceId(Instant(Milliseconds(1)), random);
    const InstanceId other = makeInstanceId(Instant(Milliseconds(1)), random);
    QVERIFY(one != other);
    QVERIFY(checkInstanceId(one));
    QCOMPARE(one.value.size(), std::size_t(32));
    QCOMPARE(one.value.find_first_not_of("0123456789abcdef"), std::string::npos);
}

QTEST_GUILESS_MAIN(InstanceIdsTest)
#include "instance_ids_test.moc"

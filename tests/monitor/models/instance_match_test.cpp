#include "monitor/models/instance_match.h"

#include "tests/monitor/fake_feed.h"

#include <QTest>

using engine::InstanceFilter;
using engine::InstanceStatus;

class InstanceMatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachMemberRestricts_data()
    {
        QTest::addColumn<InstanceFilter>("filter");
        QTest::addColumn<bool>("isShown");
        using namespace std::chrono_literals;
        const auto at = [](std::chrono::milliseconds time) { return engine::Instant(time); };
        QTest::newRow("empty") << InstanceFilter{} << true;
        QTest::newRow("status") << InstanceFilter{.statuses = {InstanceStatus::Running}} << true;
        QTest::newRow("other status")
            << InstanceFilter{.statuses = {InstanceStatus::Failed}} << false;
        QTest::newRow("waiting") << InstanceFilter{.waiting = true} << true;
        QTest::newRow("not waiting") << InstanceFilter{.waiting = false} << false;
        QTest::newRow("flow") << InstanceFilter{.flow = {"OrderFulfillment"}} << true;
        QTest::newRow("other flow") << InstanceFilter{.flow = {"Refund"}} << false;
        QTest::newRow("prefix") << InstanceFilter{.idPrefix = "order-"} << true;
        QTest::newRow("prefix in another case") << InstanceFilter{.idPrefix = "Order-"} << false;
        QTest::newRow("text in the event") << InstanceFilter{.text = "paymentCON"} << true;
        QTest::newRow("text nowhere") << InstanceFilter{.text = "shipment"} << false;
        QTest::newRow("created from, inclusive") << InstanceFilter{.createdFrom = at(1h)} << true;
        QTest::newRow("created after") << InstanceFilter{.createdFrom = at(1h + 1ms)} << false;
        QTest::newRow("created to, inclusive") << InstanceFilter{.createdTo = at(1h)} << true;
        QTest::newRow("created before") << InstanceFilter{.createdTo = at(1h - 1ms)} << false;
    }

    void eachMemberRestricts()
    {
        QFETCH(InstanceFilter, filter);
        QFETCH(bool, isShown);
        QCOMPARE(monitor::matches(filter, tests::waiting(1, "order-1")), isShown);
    }
};

QTEST_GUILESS_MAIN(InstanceMatchTest)
#include "instance_match_test.moc"

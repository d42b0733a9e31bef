#include "monitor/models/step_count_model.h"

#include "tests/monitor/fake_feed.h"

#include <QSignalSpy>
#include <QTest>

using monitor::StepCount;
using monitor::StepCountModel;
using tests::waiting;

namespace {

struct Bench {
    tests::FakeFeed feed;
    StepCountModel model{feed};

    void answer(std::vector<engine::InstanceSummary> rows, const std::string &next = {})
    {
        const auto answered = feed.lists.back().second;
        answered(engine::InstancePage{std::move(rows), next});
    }
    StepCount at(const char *step) const
    {
        const auto found = model.counts().find({step});
        return found == model.counts().end() ? StepCount() : found->second;
    }
};

engine::InstanceSummary running(int run, const char *step)
{
    auto summary = waiting(run, "r" + std::to_string(run));
    summary.waiting = false;
    summary.standsAt = {step};
    return summary;
}

} // namespace

class StepCountModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageIsCounted()
    {
        Bench bench;
        bench.model.setFlow({"OrderFulfillment"});
        QCOMPARE(bench.feed.lists.size(), std::size_t{1});
        QCOMPARE(bench.feed.lists.back().first.filter.flow, engine::FlowId{"OrderFulfillment"});
        bench.answer({waiting(3, "c"), running(2, "ship")}, "more");
        QCOMPARE(bench.feed.lists.size(), std::size_t{2});
        QCOMPARE(bench.feed.lists.back().first.after, std::string("more"));
        bench.answer({waiting(1, "a")});
        QCOMPARE(bench.at("awaitPayment"), (StepCount{.waiting = 2}));
        QCOMPARE(bench.at("ship"), (StepCount{.running = 1}));
        QCOMPARE(bench.feed.lists.size(), std::size_t{2});
    }

    void anInstanceThatGoesOnIsCountedWhereItStandsNow()
    {
        Bench bench;
        bench.model.setFlow({"OrderFulfillment"});
        bench.answer({waiting(1, "a")});
        QSignalSpy changed(&bench.model, &StepCountModel::changed);
        Q_EMIT bench.feed.changed({running(1, "ship")});
        QCOMPARE(bench.at("awaitPayment"), StepCount());
        QCOMPARE(bench.at("ship"), (StepCount{.running = 1}));
        auto ended = running(1, "ship");
        ended.status = engine::InstanceStatus::Completed;
        Q_EMIT bench.feed.changed({ended});
        QVERIFY(bench.model.counts().empty());
        QTRY_COMPARE(changed.count(), 1); // both changes are told at once
    }

    void whatTheFeedSaidMeanwhileIsNewerThanAPage()
    {
        Bench bench;
        bench.model.setFlow({"OrderFulfillment"});
        Q_EMIT bench.feed.changed({running(1, "ship")});
        bench.answer({waiting(1, "a")});
        QCOMPARE(bench.at("awaitPayment"), StepCount());
        QCOMPARE(bench.at("ship"), (StepCount{.running = 1}));
    }

    void otherFlowsAndAnswersForTheFlowBeforeAreDropped()
    {
        Bench bench;
        bench.model.setFlow({"OrderFulfillment"});
        bench.model.setFlow({"Other"});
        bench.feed.lists.front().second(engine::InstancePage{{waiting(1, "a")}, {}});
        Q_EMIT bench.feed.changed({waiting(2, "b")});
        QVERIFY(bench.model.counts().empty());
        bench.model.setFlow({});
        QCOMPARE(bench.feed.lists.size(), std::size_t{2});
    }

    void suspendedInstancesAreNotCounted()
    {
        Bench bench;
        bench.model.setFlow({"OrderFulfillment"});
        auto suspended = waiting(1, "a");
        suspended.status = engine::InstanceStatus::Suspended;
        bench.answer({suspended});
        QVERIFY(bench.model.counts().empty());
    }
};

QTEST_MAIN(StepCountModelTest)
#include "step_count_model_test.moc"

#include "monitor/models/run_model.h"

#include "monitor/models/flow_book.h"
#include "monitor/models/history_model.h"
#include "tests/monitor/fake_feed.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace monitor;
using tests::FakeFeed;

namespace {

std::vector<engine::HistoryEvent> someEvents()
{
    const engine::Instant at{};
    return {
        {1, at,
            engine::ExecutionStarted{
                .instance = {"a"}, .flow = {"OrderFulfillment"}, .version = 1}},
        {2, at, engine::StepEntered{.step = {"awaitPayment"}}},
        {3, at,
            engine::WaitOpened{
                .step = {"awaitPayment"}, .names = {"PaymentConfirmed"}, .needed = 1}},
    };
}

engine::HistoryEvent numbered(engine::Sequence sequence, engine::Fact fact)
{
    return {sequence, engine::Instant{}, std::move(fact)};
}

engine::InstanceSummary summary(int run, engine::Sequence length)
{
    auto result = tests::waiting(run, "a");
    result.length = length;
    return result;
}

void answer(FakeFeed &feed, engine::InstanceHistory page)
{
    auto question = std::move(feed.histories.front());
    feed.histories.pop_front();
    question.second(std::move(page));
}

} // namespace

class RunModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesAreReadToTheEnd()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        answer(feed, {summary(1, 4), someEvents(), 4});
        QCOMPARE(feed.histories.front().first.from, engine::Sequence(4));
        answer(feed,
            {summary(1, 4), {numbered(4, engine::EventRaised{.name = "PaymentConfirmed"})}, 0});
        QCOMPARE(run.events().size(), 4U);
        QVERIFY(feed.histories.empty());
    }

    void aChangeReadsWhatIsNew()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        answer(feed, {summary(1, 3), someEvents(), 0});
        Q_EMIT feed.changed({tests::waiting(7, "somebody else")});
        QVERIFY(feed.histories.empty());
        Q_EMIT feed.changed({summary(1, 4)});
        QCOMPARE(feed.histories.front().first.from, engine::Sequence(4));
    }

    void aChangeDuringAQuestionAsksAgain()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        Q_EMIT feed.changed({summary(1, 4)});
        QCOMPARE(feed.histories.size(), 1U);
        answer(feed, {summary(1, 3), someEvents(), 0});
        QCOMPARE(feed.histories.size(), 1U);
    }

    void anotherRunStartsFromItsFirstFact()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        answer(feed, {summary(1, 3), someEvents(), 0});
        QSignalSpy restarts(&run, &RunModel::restarted);
        Q_EMIT feed.changed({summary(2, 1)});
        answer(feed, {summary(2, 3), {}, 0});
        QCOMPARE(restarts.size(), 1);
        QVERIFY(run.events().empty());
        QCOMPARE(feed.histories.front().first.from, engine::Sequence(1));
        answer(feed, {summary(2, 3), someEvents(), 0});
        QCOMPARE(run.events().size(), 3U);
    }

    void aFactKnowsItsStepThroughTheFactItIsAbout()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        auto events = someEvents();
        events.push_back(numbered(4, engine::EventTaken{.event = 9, .wait = 3}));
        answer(feed, {summary(1, 4), events, 0});
        QCOMPARE(run.stepOf(run.events().back()), engine::StepId{"awaitPayment"});
    }

    void theLogGrowsRowByRow()
    {
        FakeFeed feed;
        RunModel run(feed, {"a"});
        FlowBook flows(feed);
        HistoryModel model(run, flows);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        answer(feed, {summary(1, 3), someEvents(), 0});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(
            model.index(2, HistoryModel::Type).data().toString(), QStringLiteral("WaitOpened"));
        QCOMPARE(model.index(2, HistoryModel::Summary).data().toString(),
            QStringLiteral("PaymentConfirmed"));
    }
};

QTEST_MAIN(RunModelTest)
#include "run_model_test.moc"

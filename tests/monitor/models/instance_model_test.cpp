#include "monitor/models/instance_model.h"

#include "tests/monitor/fake_feed.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace monitor;
using tests::FakeFeed;
using tests::waiting;

namespace {

/// Answers the oldest open question for a page.
void answer(FakeFeed &feed, std::vector<engine::InstanceSummary> rows, std::string next = {})
{
    auto question = std::move(feed.lists.front());
    feed.lists.pop_front();
    question.second(engine::InstancePage{std::move(rows), std::move(next)});
}

QString ids(const InstanceModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list += model.index(row, InstanceModel::Instance).data().toString();
    return list.join(u' ');
}

engine::InstanceSummary completed(engine::InstanceSummary summary)
{
    summary.status = engine::InstanceStatus::Completed;
    summary.waiting = false;
    summary.length += 3;
    return summary;
}

} // namespace

class InstanceModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPageIsShownNewestFirst()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {waiting(2, "b"), waiting(1, "a")});
        QCOMPARE(ids(model), QStringLiteral("b a"));
    }

    void whatIsPurgedGoes()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {completed(waiting(3, "c")), waiting(2, "b"), waiting(1, "a")});
        Q_EMIT feed.changed({{.instance = {"c"}, .run = {3}, .purged = true},
            {.instance = {"elsewhere"}, .run = {9}, .purged = true}});
        QCOMPARE(ids(model), QStringLiteral("b a"));
    }

    void aChangeUpdatesItsRowAlone()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {waiting(2, "b"), waiting(1, "a")});
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        Q_EMIT feed.changed({completed(waiting(1, "a"))});
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
        QCOMPARE(model.at(1).status, engine::InstanceStatus::Completed);
        QCOMPARE(resets.size(), 0);
    }

    void aNewInstanceIsInsertedOnTop()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {waiting(1, "a")});
        Q_EMIT feed.changed({waiting(2, "b")});
        QCOMPARE(ids(model), QStringLiteral("b a"));
    }

    void aRowThatNoLongerMatchesLeaves()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {});
        model.setFilter({.statuses = {engine::InstanceStatus::Running}, .waiting = true});
        answer(feed, {waiting(2, "b"), waiting(1, "a")});
        Q_EMIT feed.changed({completed(waiting(2, "b"))});
        QCOMPARE(ids(model), QStringLiteral("a"));
    }

    void aQueryIsAskedAndHeldByChangesToo()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        answer(feed, {});
        const auto query = *engine::instanceQueryFrom("status:waiting -id:c", engine::Instant());
        model.setFilter({}, query);
        QVERIFY(feed.lists.back().first.query == query);
        answer(feed, {waiting(1, "a")});
        Q_EMIT feed.changed({waiting(2, "b"), waiting(3, "c"), completed(waiting(1, "a"))});
        QCOMPARE(ids(model), QStringLiteral("b"));
    }

    void whatOnlyAHistorySaysStaysAsItWasAnswered()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        answer(feed, {});
        model.setFilter({}, *engine::instanceQueryFrom("by:shop", engine::Instant()));
        answer(feed, {waiting(1, "a")});
        Q_EMIT feed.changed({waiting(2, "b"), completed(waiting(1, "a"))});
        QCOMPARE(ids(model), QStringLiteral("a"));
        QCOMPARE(model.at(0).status, engine::InstanceStatus::Completed);
    }

    void anEmptyPageThatIsNotTheLastIsGoneOnFrom()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        auto first = std::move(feed.lists.front());
        feed.lists.pop_front();
        first.second(engine::InstancePage{{}, "9"});
        QCOMPARE(feed.lists.back().first.after, std::string("9"));
        answer(feed, {waiting(1, "a")});
        QCOMPARE(ids(model), QStringLiteral("a"));
    }

    void anOlderStateDoesNotOverwriteANewerOne()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        answer(feed, {completed(waiting(1, "a"))});
        Q_EMIT feed.changed({waiting(1, "a")});
        QCOMPARE(model.at(0).status, engine::InstanceStatus::Completed);
    }

    void changesDuringAQuestionAreNotLost()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        Q_EMIT feed.changed({completed(waiting(1, "a")), waiting(2, "b")});
        answer(feed, {waiting(1, "a")});
        QCOMPARE(ids(model), QStringLiteral("b a"));
        QCOMPARE(model.at(1).status, engine::InstanceStatus::Completed);
    }

    void anAnswerToAnOlderFilterIsDropped()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        auto old = std::move(feed.lists.front());
        feed.lists.pop_front();
        model.setFilter({.flow = {"OrderFulfillment"}});
        answer(feed, {waiting(2, "b")});
        old.second(engine::InstancePage{{waiting(1, "a")}, {}});
        QCOMPARE(ids(model), QStringLiteral("b"));
    }

    void aSecondRunOfAnIdReplacesItsRow()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        answer(feed, {waiting(2, "b"), completed(waiting(1, "a"))});
        Q_EMIT feed.changed({waiting(3, "a")});
        QCOMPARE(ids(model), QStringLiteral("a b"));
        QCOMPARE(model.at(0).run, engine::RunKey{3});
    }

    void theNextPageIsFetchedWhenItIsAsked()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        answer(feed, {waiting(3, "c")}, "3");
        // Older than what is loaded: it comes with its page.
        Q_EMIT feed.changed({waiting(1, "a")});
        QCOMPARE(ids(model), QStringLiteral("c"));
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QCOMPARE(feed.lists.front().first.after, std::string("3"));
        answer(feed, {waiting(2, "b"), waiting(1, "a")});
        QCOMPARE(ids(model), QStringLiteral("c b a"));
        QVERIFY(!model.canFetchMore({}));
    }

    void aRefusalIsSaid()
    {
        FakeFeed feed;
        InstanceModel model(feed);
        QSignalSpy failures(&model, &InstanceModel::failed);
        feed.lists.front().second(
            engine::Error{engine::ErrorCode::Unavailable, "the database is gone"});
        QCOMPARE(failures.size(), 1);
        QCOMPARE(failures[0][0].toString(), QStringLiteral("the database is gone"));
    }
};

QTEST_MAIN(InstanceModelTest)
#include "instance_model_test.moc"

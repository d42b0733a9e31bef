#include "monitor/models/task_model.h"

#include "monitor/models/flow_book.h"
#include "tests/monitor/fake_feed.h"
#include "tests/monitor/fake_task_feed.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace monitor;
using namespace Qt::StringLiterals;
using tests::expense;

namespace {

struct Bench {
    tests::FakeFeed flows;
    tests::FakeTaskFeed feed;
    FlowBook book{flows};
    TaskModel model{feed, book, "ann"};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Bench() { flows.deployed = {tests::expenseFlow()}; }

    QString titles() const
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list += model.index(row).data().toString();
        return list.join(u' ');
    }
    void refuse(engine::ErrorCode code, const char *why)
    {
        auto question = std::move(feed.answers.front());
        feed.answers.pop_front();
        question.second(engine::Error{code, why, {}});
    }
    void accept()
    {
        auto question = std::move(feed.answers.front());
        feed.answers.pop_front();
        question.second(engine::Acceptance{});
    }
};

} // namespace

class TaskModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tasksStandInTheOrderOfTheEngine()
    {
        Bench bench;
        QVERIFY(bench.model.isLoading());
        bench.feed.give({expense(2, "b", 1), expense(1, "a", 5)});
        QCOMPARE(bench.titles(), u"b a"_s);
        QCOMPARE(bench.model.open(), 2);
        QVERIFY(!bench.model.isLoading());
    }

    void changesMoveInsertAndRemoveRowsOneByOne()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2), expense(3, "c", 3)});
        QSignalSpy resets(&bench.model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&bench.model, &QAbstractItemModel::dataChanged);
        bench.feed.change({expense(3, "c", 0), expense(1, "a", 1), expense(4, "d", 9)});
        QCOMPARE(bench.titles(), u"c a d"_s);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(changes.size(), 1); // what is due earlier now; a is as it was
    }

    void changesWhileItAsksAreAskedForOnceMore()
    {
        Bench bench;
        Q_EMIT bench.feed.changed({});
        Q_EMIT bench.feed.changed({});
        QCOMPARE(bench.feed.lists.size(), std::size_t{1});
        bench.feed.give({});
        QCOMPARE(bench.feed.lists.size(), std::size_t{1});
        bench.feed.give({expense(1, "a", 1)});
        QVERIFY(bench.feed.lists.empty());
        QCOMPARE(bench.titles(), u"a"_s);
    }

    void outcomesComeFromTheFlowOfTheVersion()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1)});
        const auto *approval = bench.model.approvalOf(0);
        QVERIFY(approval);
        QCOMPARE(approval->outcomes.size(), std::size_t{3});
    }

    void whatIsAnsweredLeavesAtOnceAndSaysWho()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        bench.model.answer({{{1}, 3}, "approve", "fine", {}});
        QCOMPARE(bench.titles(), u"b"_s);
        QCOMPARE(bench.model.open(), 1);
        const auto &request = bench.feed.answers.front().first;
        QCOMPARE(request.by, std::string("ann"));
        QCOMPARE(request.outcome, std::string("approve"));
        QCOMPARE(request.comment, std::string("fine"));
        QCOMPARE(request.source.via, std::string("window"));
        // The engine has not committed it yet: what is read meanwhile does not bring it back.
        bench.feed.change({expense(1, "a", 1), expense(2, "b", 2)});
        QCOMPARE(bench.titles(), u"b"_s);
        bench.accept();
        bench.feed.give({expense(2, "b", 2)});
        QCOMPARE(bench.titles(), u"b"_s);
        QCOMPARE(bench.model.open(), 1);
    }

    void whatOthersMustAnswerTooComesBack()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1)});
        bench.model.answer({{{1}, 3}, "approve", {}, {}});
        bench.accept();
        auto still = expense(1, "a", 1);
        still.answers = 1;
        bench.feed.give({still});
        QCOMPARE(bench.titles(), u"a"_s);
        QVERIFY(bench.model.at(0).problem.isEmpty());
    }

    void whatIsRefusedComesBackToItsPlaceWithTheReason()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2), expense(3, "c", 3)});
        QSignalSpy refused(&bench.model, &TaskModel::refused);
        bench.model.answer({{{2}, 3}, "approve", {}, {}});
        bench.refuse(engine::ErrorCode::NotAllowed, "ann is not asked");
        QCOMPARE(bench.titles(), u"a b c"_s);
        QCOMPARE(bench.model.at(1).problem, u"ann is not asked"_s);
        QCOMPARE(refused.size(), 1);
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2), expense(3, "c", 3)});
        QCOMPARE(bench.model.at(1).problem, u"ann is not asked"_s);
        QVERIFY(!bench.model.at(1).isClosed);
        bench.model.answer({{{2}, 3}, "reject", {}, {}}); // the next try begins without it
        bench.accept();
        bench.feed.give({expense(1, "a", 1), expense(3, "c", 3)});
        QCOMPARE(bench.titles(), u"a c"_s);
    }

    void whatWasReadBeforeAnAnswerIsDropped()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1)});
        Q_EMIT bench.feed.changed({});
        bench.model.answer({{{1}, 3}, "approve", {}, {}});
        bench.accept();
        bench.feed.give({expense(1, "a", 1)}); // asked before the answer
        QCOMPARE(bench.titles(), QString());
        bench.feed.give({});
        QCOMPARE(bench.titles(), QString());
    }

    void whatSomebodyLooksAtStaysAndSaysWhyItClosed()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        bench.model.watch(engine::TaskId{{1}, 3});
        bench.feed.change({expense(2, "b", 2)});
        QCOMPARE(bench.titles(), u"a b"_s);
        QVERIFY(bench.model.at(0).isClosed);
        QCOMPARE(bench.model.open(), 1);
        engine::TaskDetail detail{.summary = expense(1, "a", 1)};
        detail.closed = engine::TaskClosed{3, engine::TaskEnd::Withdrawn, "order cancelled"};
        bench.feed.finds.front().second(detail);
        QCOMPARE(
            bench.model.at(0).problem, u"No longer open: no longer needed: order cancelled."_s);
        bench.model.answer({{{1}, 3}, "approve", {}, {}}); // nobody can
        QVERIFY(bench.feed.answers.empty());
        bench.model.watch(engine::TaskId{{2}, 3});
        QCOMPARE(bench.titles(), u"b"_s);
    }

    void aRefusedAnswerToAClosedTaskStaysUntilItIsSeen()
    {
        Bench bench;
        bench.feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        bench.model.answer({{{1}, 3}, "approve", {}, {}});
        bench.refuse(engine::ErrorCode::WrongState, "bob has decided it");
        bench.feed.give({expense(2, "b", 2)});
        QCOMPARE(bench.titles(), u"a b"_s);
        QVERIFY(bench.model.at(0).isClosed);
        bench.model.watch(engine::TaskId{{1}, 3});
        bench.model.watch({});
        QCOMPARE(bench.titles(), u"b"_s);
    }

    void theEngineThatCannotAnswerIsSaid()
    {
        Bench bench;
        QSignalSpy failed(&bench.model, &TaskModel::failed);
        auto answered = std::move(bench.feed.lists.front());
        bench.feed.lists.pop_front();
        answered(engine::Error{engine::ErrorCode::Unavailable, "the disk is full", {}});
        QCOMPARE(failed.front().front().toString(), u"the disk is full"_s);
    }
};

QTEST_GUILESS_MAIN(TaskModelTest)
#include "task_model_test.moc"

#include "monitor/views/history_view.h"

#include "monitor/models/flow_book.h"
#include "monitor/models/history_model.h"
#include "monitor/models/run_model.h"
#include "tests/monitor/fake_feed.h"

#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QTest>

using namespace monitor;

class HistoryViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChosenEventStandsBelowWhereThereIsNoRoomBeside()
    {
        tests::FakeFeed feed;
        RunModel run(feed, {"a"});
        FlowBook flows(feed);
        HistoryView view(run, flows);
        auto question = std::move(feed.histories.front());
        feed.histories.pop_front();
        question.second(engine::InstanceHistory{.summary = tests::waiting(1, "a"),
            .events = {{1, engine::Instant{},
                engine::ExecutionStarted{
                    .instance = {"a"}, .flow = {"OrderFulfillment"}, .version = 1}}},
            .next = 0});
        view.resize(1200, 600);
        view.show();
        auto *split = view.findChild<QSplitter *>();
        QTRY_COMPARE(split->orientation(), Qt::Horizontal);
        const int beside = split->sizes().last();
        view.resize(740, 600);
        QTRY_COMPARE(split->orientation(), Qt::Vertical);
        view.resize(1200, 600);
        QTRY_COMPARE(split->orientation(), Qt::Horizontal);
        QVERIFY(split->sizes().last() >= beside);
        view.resize(740, 600);
        QTRY_COMPARE(split->orientation(), Qt::Vertical);
        auto *table = view.findChild<QTableView *>();
        QTRY_VERIFY(table->columnWidth(HistoryModel::ColumnCount - 1) > 200);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        const auto labels = view.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text() == QLatin1String("ExecutionStarted");
        }));
    }
};

QTEST_MAIN(HistoryViewTest)
#include "history_view_test.moc"

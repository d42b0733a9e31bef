#include "monitor/views/instance_list_view.h"

#include "monitor/models/count_model.h"
#include "monitor/models/instance_model.h"
#include "tests/monitor/fake_feed.h"

#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace monitor;
using tests::FakeFeed;
using tests::waiting;

namespace {

struct Shown {
    FakeFeed feed;
    CountModel counts{feed};
    InstanceListView view{feed, counts};

    explicit Shown(std::vector<engine::InstanceSummary> rows)
    {
        answer(std::move(rows));
        view.resize(360, 600);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
    void answer(std::vector<engine::InstanceSummary> rows)
    {
        feed.lists.back().second(engine::InstancePage{std::move(rows), {}});
    }
    QListView *list() { return view.findChild<QListView *>(); }
    QToolButton *tab(const QString &text)
    {
        for (auto *button : view.findChildren<QToolButton *>())
            if (button->text().startsWith(text))
                return button;
        return nullptr;
    }
};

} // namespace

class InstanceListViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNarrowListCutsNoWordInTheMiddle()
    {
        Shown shown({waiting(1, "a")});
        shown.feed.countQuestions.back()(std::vector{engine::InstanceCounts{
            .flow = {"OrderFulfillment"}, .waiting = 1263, .running = 12, .failed = 3}});
        shown.view.resize(900, 600);
        QTRY_COMPARE(shown.tab(QStringLiteral("Waiting"))->text(), QStringLiteral("Waiting 1,263"));
        shown.view.resize(300, 600);
        QTRY_COMPARE(shown.tab(QStringLiteral("Waiting"))->text(), QStringLiteral("Waiting"));
        QCOMPARE(shown.tab(QStringLiteral("Waiting"))->toolTip(), QStringLiteral("Waiting 1,263"));
        const QListView &list = *shown.list();
        QTRY_COMPARE(
            list.visualRect(shown.view.model().index(0, 0)).width(), list.viewport()->width());
    }

    void enterOpensAndRRaisesTheCurrentRow()
    {
        Shown shown({waiting(2, "b"), waiting(1, "a")});
        QSignalSpy opened(&shown.view, &InstanceListView::openChosen);
        QSignalSpy raised(&shown.view, &InstanceListView::raiseChosen);
        shown.list()->setFocus();
        shown.list()->setCurrentIndex(shown.view.model().index(0, 0));
        QTest::keyClick(shown.list(), Qt::Key_Down);
        QTest::keyClick(shown.list(), Qt::Key_Return);
        QTest::keyClick(shown.list(), Qt::Key_R);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<engine::InstanceId>(), engine::InstanceId{"a"});
        QCOMPARE(raised.size(), 1);
    }

    void aClickOnRaiseOfTheCurrentRowRaises()
    {
        Shown shown({waiting(2, "b"), waiting(1, "a")});
        QSignalSpy raised(&shown.view, &InstanceListView::raiseChosen);
        auto *viewport = shown.list()->viewport();
        QTest::mouseClick(viewport, Qt::LeftButton, {}, QPoint(100, 20));
        const auto row = shown.list()->visualRect(shown.view.model().index(0, 0));
        QVERIFY(row.height() > 56);
        QTRY_COMPARE(shown.list()->indexAt(QPoint(40, row.bottom() - 16)).row(), 0);
        QTest::mouseClick(viewport, Qt::LeftButton, {}, QPoint(40, row.bottom() - 16));
        QCOMPARE(raised.size(), 1);
        QCOMPARE(raised[0][0].value<engine::InstanceId>(), engine::InstanceId{"b"});
    }

    void aTabAsksForItsStatus()
    {
        Shown shown({waiting(1, "a")});
        QTest::mouseClick(shown.tab(QStringLiteral("Failed")), Qt::LeftButton);
        QCOMPARE(shown.feed.lists.back().first.filter.statuses,
            std::vector{engine::InstanceStatus::Failed});
    }

    void theTextAsksForIt()
    {
        Shown shown({waiting(1, "a")});
        QTest::keyClicks(shown.view.findChild<QLineEdit *>(), QStringLiteral("ord"));
        QVERIFY(shown.feed.lists.back().first.query ==
                *engine::instanceQueryFrom("ord", engine::Instant()));
    }

    void nothingFoundOffersToClearTheFilter()
    {
        Shown shown({waiting(1, "a")});
        QTest::keyClicks(shown.view.findChild<QLineEdit *>(), QStringLiteral("x"));
        shown.answer({});
        QPushButton *clear = nullptr;
        for (auto *button : shown.view.findChildren<QPushButton *>())
            if (button->text() == u"Clear filter")
                clear = button;
        QVERIFY(clear && clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QVERIFY(shown.feed.lists.back().first.query.terms.empty());
    }

    void noInstanceYetOffersToStartOne()
    {
        Shown shown({});
        QSignalSpy started(&shown.view, &InstanceListView::startChosen);
        for (auto *button : shown.view.findChildren<QPushButton *>())
            if (button->isVisible() && button->text() == u"Start one…")
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(started.size(), 1);
    }

    void selectionStaysWhileRowsCome()
    {
        Shown shown({waiting(1, "a")});
        shown.list()->setCurrentIndex(shown.view.model().index(0, 0));
        Q_EMIT shown.feed.changed({waiting(2, "b")});
        QCOMPARE(shown.view.model().at(shown.list()->currentIndex().row()).instance,
            engine::InstanceId{"a"});
    }
};

QTEST_MAIN(InstanceListViewTest)
#include "instance_list_view_test.moc"

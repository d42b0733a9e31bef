#include "monitor/views/inbox_view.h"

#include "app/widgets/field.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/theme.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/task_model.h"
#include "monitor/views/task_delegate.h"
#include "tests/monitor/fake_feed.h"
#include "tests/monitor/fake_task_feed.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace monitor;
using namespace Qt::StringLiterals;
using tests::expense;

namespace {

struct Bench {
    tests::FakeFeed flows;
    tests::FakeTaskFeed feed;
    FlowBook book{flows};
    InboxView view{feed, book, "ann"};

    Bench()
    {
        flows.deployed = {tests::expenseFlow()};
        view.resize(1100, 700);
        view.show();
        view.activateWindow();
    }
    QListView &list() { return *view.findChild<QListView *>(); }
    QPlainTextEdit &comment() { return *view.findChild<QPlainTextEdit *>(u"comment"_s); }
    QString commentError() { return static_cast<app::Field *>(comment().parentWidget())->error(); }
    QPushButton &button(const QString &name) { return *view.findChild<QPushButton *>(name); }
    QString shown(const char *name)
    {
        return view.findChild<QLabel *>(QString::fromLatin1(name))->text();
    }
    void key(Qt::Key key) { QTest::keyClick(&list(), key); }
    /// Where the first outcome of a row stands, in the list's viewport.
    QPoint placeOfFirstButton(int row)
    {
        const QModelIndex index = view.model().index(row);
        const auto buttons = TaskDelegate::buttons(list().visualRect(index), index);
        return buttons.empty() ? QPoint(-1, -1) : buttons.front().first.center();
    }
    void accept(int which = 0)
    {
        feed.answers[static_cast<std::size_t>(which)].second(engine::Acceptance{});
    }
};

} // namespace

class InboxViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void anEmptyInboxIsOneSentence()
    {
        m_bench->feed.give({});
        QVERIFY(!m_bench->list().isVisible());
        const auto labels = m_bench->view.findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->text() == u"Nothing waits for an answer."_s;
        }));
    }

    void theFirstTaskIsShownAndTheKeysMove()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        m_bench->key(Qt::Key_J);
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
        m_bench->key(Qt::Key_J); // the last one
        m_bench->key(Qt::Key_K);
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
    }

    void aApprovesAndTheNextOneIsAtHand()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        m_bench->key(Qt::Key_A);
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{1});
        QCOMPARE(m_bench->feed.answers[0].first.outcome, std::string("approve"));
        QCOMPARE(m_bench->view.model().rowCount(), 1);
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
        m_bench->key(Qt::Key_A);
        QCOMPARE(m_bench->feed.answers[1].first.task.run, engine::RunKey{2});
        QCOMPARE(m_bench->view.open(), 0);
    }

    void anAnswerThatNeedsACommentAsksForItAndThenGoes()
    {
        m_bench->feed.give({expense(1, "a", 1)});
        m_bench->key(Qt::Key_R);
        QVERIFY(m_bench->feed.answers.empty());
        QTRY_COMPARE(QApplication::focusWidget(), &m_bench->comment());
        QVERIFY(m_bench->commentError().contains(u"reject"_s));
        QTest::keyClicks(&m_bench->comment(), u"too expensive"_s);
        QVERIFY(m_bench->commentError().isEmpty());
        QTest::mouseClick(&m_bench->button(u"outcome.reject"_s), Qt::LeftButton);
        QCOMPARE(m_bench->feed.answers[0].first.comment, std::string("too expensive"));
        QCOMPARE(m_bench->view.model().rowCount(), 0);
    }

    void theKeysStayHereAfterAClickAndAfterTheLastTask()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        auto &approve = m_bench->button(u"outcome.approve"_s);
        approve.setFocus();
        QTest::mouseClick(&approve, Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), &m_bench->list());
        m_bench->key(Qt::Key_A);
        QCOMPARE(m_bench->view.model().rowCount(), 0);
        QCOMPARE(QApplication::focusWidget(), &m_bench->view);
        m_bench->feed.change({expense(3, "c", 3)});
        QCOMPARE(QApplication::focusWidget(), &m_bench->list());
    }

    void aClickOnTheRowAnswersThatRow()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        QTest::mouseClick(
            m_bench->list().viewport(), Qt::LeftButton, {}, m_bench->placeOfFirstButton(1));
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{1});
        QCOMPARE(m_bench->feed.answers[0].first.task.run, engine::RunKey{2});
        QCOMPARE(m_bench->feed.answers[0].first.outcome, std::string("approve"));
    }

    /// What a row leaves behind under the mouse, or a key that is held, is somebody else's task.
    void aDoubleClickAnswersOneTask()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2), expense(3, "c", 3)});
        const QPoint approve = m_bench->placeOfFirstButton(0);
        QWidget *viewport = m_bench->list().viewport();
        QTest::mouseClick(viewport, Qt::LeftButton, {}, approve);
        QTest::mouseDClick(viewport, Qt::LeftButton, {}, approve); // as the window system tells the second press
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, approve);
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{1});
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
        QTest::mouseClick(viewport, Qt::LeftButton, {}, approve);
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{2});
    }

    void aDoubleClickOnAnOutcomeAnswersOneTask()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        QPushButton *approve = &m_bench->button(u"outcome.approve"_s);
        QTest::mouseClick(approve, Qt::LeftButton);
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
        approve = &m_bench->button(u"outcome.approve"_s);
        QTest::mouseDClick(approve, Qt::LeftButton);
        QTest::mouseRelease(approve, Qt::LeftButton);
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{1});
    }

    void aKeyThatIsHeldAnswersOneTask()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2), expense(3, "c", 3)});
        m_bench->key(Qt::Key_A);
        for (int i = 0; i < 3; ++i) {
            QKeyEvent again(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, u"a"_s, true);
            QApplication::sendEvent(&m_bench->list(), &again);
        }
        QCOMPARE(m_bench->feed.answers.size(), std::size_t{1});
    }

    void aFormIsLookedAtBeforeAKeyAnswersWithIt()
    {
        auto withForm = tests::expenseFlow();
        withForm.flow = {"Refund"};
        withForm.text.replace(withForm.text.find("\"due\""), 0,
            R"("form": { "type": "object", "properties": { "amount": { "type": "number" } },
                "required": ["amount"] }, )");
        m_bench->flows.deployed = {withForm};
        auto task = expense(1, "a", 1);
        task.flow = {"Refund"};
        m_bench->feed.give({task});
        m_bench->key(Qt::Key_A);
        QVERIFY(m_bench->feed.answers.empty());
        auto *form = m_bench->view.findChild<app::JsonEditor *>();
        QTRY_COMPARE(QApplication::focusWidget(), form->edit());
        QVERIFY(!form->error().isEmpty());
        form->edit()->setPlainText(u"{\"amount\": 12"_s);
        m_bench->key(Qt::Key_A); // no JSON
        QVERIFY(m_bench->feed.answers.empty());
        form->edit()->setPlainText(u"{\"amount\": 12}"_s);
        m_bench->key(Qt::Key_A);
        QCOMPARE(m_bench->feed.answers[0].first.data.text(), std::string("{\"amount\": 12}"));
    }

    void whatIsTypedStaysWithItsTask()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        m_bench->key(Qt::Key_C);
        QTRY_COMPARE(QApplication::focusWidget(), &m_bench->comment());
        QTest::keyClicks(&m_bench->comment(), u"jka"_s); // letters, no commands
        QVERIFY(m_bench->feed.answers.empty());
        QTest::keyClick(&m_bench->comment(), Qt::Key_Escape);
        QTRY_COMPARE(QApplication::focusWidget(), &m_bench->list());
        m_bench->key(Qt::Key_J);
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
        QCOMPARE(m_bench->comment().toPlainText(), QString());
        m_bench->key(Qt::Key_K);
        QTRY_COMPARE(m_bench->comment().toPlainText(), u"jka"_s);
    }

    void aRefusedAnswerKeepsTheCommentAndSaysWhy()
    {
        m_bench->feed.give({expense(1, "a", 1)});
        m_bench->key(Qt::Key_C);
        QTest::keyClicks(&m_bench->comment(), u"no"_s);
        QTest::mouseClick(&m_bench->button(u"outcome.reject"_s), Qt::LeftButton);
        m_bench->feed.answers[0].second(
            engine::Error{engine::ErrorCode::NotAllowed, "ann is not asked", {}});
        QTRY_COMPARE(m_bench->shown("problem"), u"ann is not asked"_s);
        QCOMPARE(m_bench->comment().toPlainText(), u"no"_s);
    }

    void claimAndGiveBackAreOneButton()
    {
        auto task = expense(1, "a", 1);
        m_bench->feed.give({task});
        QTRY_COMPARE(m_bench->button(u"claim"_s).text(), u"Claim"_s);
        QTest::mouseClick(&m_bench->button(u"claim"_s), Qt::LeftButton);
        QCOMPARE(m_bench->feed.claims[0].first.by, std::string("ann"));
        m_bench->feed.claims[0].second(engine::Acceptance{});
        task.claimedBy = "ann";
        m_bench->feed.change({task});
        QTRY_COMPARE(m_bench->button(u"claim"_s).text(), u"Give back"_s);
        QTest::mouseClick(&m_bench->button(u"claim"_s), Qt::LeftButton);
        QCOMPARE(m_bench->feed.givenBack.size(), std::size_t{1});
    }

    void itIsGivenToOthersByName()
    {
        m_bench->feed.give({expense(1, "a", 1)});
        m_bench->key(Qt::Key_E);
        auto *people = m_bench->view.findChild<QLineEdit *>(u"people"_s);
        QTRY_COMPARE(QApplication::focusWidget(), people);
        QTest::keyClicks(people, u"bob, cleo "_s);
        QTest::keyClick(people, Qt::Key_Return);
        QCOMPARE(m_bench->feed.reassigned[0].first.to, (std::vector<std::string>{"bob", "cleo"}));
        m_bench->feed.reassigned[0].second(engine::Acceptance{});
        QVERIFY(!people->isVisible());
    }

    void aQuestionIsAskedWithoutDeciding()
    {
        m_bench->feed.give({expense(1, "a", 1)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        QTest::mouseClick(&m_bench->button(u"askBack"_s), Qt::LeftButton);
        QVERIFY(m_bench->feed.comments.empty());
        QVERIFY(!m_bench->commentError().isEmpty());
        QTest::keyClicks(&m_bench->comment(), u"which hotel?"_s);
        QTest::mouseClick(&m_bench->button(u"askBack"_s), Qt::LeftButton);
        QCOMPARE(m_bench->feed.comments[0].first.text, std::string("which hotel?"));
        QVERIFY(m_bench->feed.comments[0].first.question);
        m_bench->feed.comments[0].second(engine::Acceptance{});
        QCOMPARE(m_bench->comment().toPlainText(), QString());
        QVERIFY(m_bench->feed.answers.empty());
    }

    void theHistoryIsToldInWords()
    {
        using namespace std::chrono_literals;
        m_bench->feed.give({expense(1, "a", 1)});
        QTRY_VERIFY(!m_bench->feed.finds.empty());
        engine::TaskDetail detail{.summary = expense(1, "a", 1), .text = "Please look."};
        detail.events = {{3, engine::Instant(1h), engine::TaskOpened{.assignees = {"ann", "bob"}}},
            {5, engine::Instant(2h),
                engine::TaskCommented{.task = 3, .by = "bob", .text = "why?", .question = true}},
            {6, engine::Instant(3h), engine::TaskClaimed{.task = 3, .by = "ann"}}};
        m_bench->feed.finds.front().second(detail);
        const QString history = m_bench->shown("history");
        QVERIFY(history.contains(u"opened for ann, bob"_s));
        QVERIFY(history.contains(u"question by bob: “why?”"_s));
        QVERIFY(history.contains(u"claimed by ann"_s));
    }

    void aTaskThatIsClosedElsewhereCannotBeAnsweredAndLeaves()
    {
        m_bench->feed.give({expense(1, "a", 1), expense(2, "b", 2)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        m_bench->feed.change({expense(2, "b", 2)});
        QVERIFY(!m_bench->comment().isVisible());
        QVERIFY(!m_bench->shown("problem").isEmpty());
        m_bench->key(Qt::Key_A);
        QVERIFY(m_bench->feed.answers.empty());
        m_bench->key(Qt::Key_J);
        QTRY_COMPARE(m_bench->view.model().rowCount(), 1);
        QTRY_COMPARE(m_bench->shown("title"), u"b"_s);
    }

    void theLastClosedTaskLeavesOnceItWasSeen()
    {
        m_bench->feed.give({expense(1, "a", 1)});
        QTRY_COMPARE(m_bench->shown("title"), u"a"_s);
        m_bench->feed.change({});
        QCOMPARE(m_bench->view.model().rowCount(), 1);
        m_bench->key(Qt::Key_J);
        QCOMPARE(m_bench->view.model().rowCount(), 0);
    }

private:
    std::unique_ptr<Bench> m_bench;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    app::applyTheme(application, app::ThemeKind::Light);
    InboxViewTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "inbox_view_test.moc"

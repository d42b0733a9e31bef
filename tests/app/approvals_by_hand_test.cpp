#include "app/translator.h"
#include "app/widgets/focus_ring.h"
#include "app/widgets/theme.h"
#include "engine/engine.h"
#include "engine/history/instance_summary.h"
#include "monitor/models/task_model.h"
#include "monitor/views/inbox_view.h"
#include "tests/app/window_fixture.h"

#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace {

constexpr auto flowText = R"({
  "signalbox": 1,
  "name": "ExpenseApproval",
  "start": "managerOk",
  "steps": {
    "managerOk": {
      "kind": "approval", "name": "Manager OK",
      "title": "=input.title", "text": "=input.text",
      "due": "=input.due", "default": "reject",
      "outcomes": {
        "approve": { "kind": "positive", "next": "paid" },
        "reject": { "kind": "negative", "requireComment": true, "next": "refused" }
      }
    },
    "paid": { "kind": "end", "output": "=steps.managerOk" },
    "refused": { "kind": "end", "output": "=steps.managerOk" }
  },
  "layout": { "steps": {
    "managerOk": [400, 200], "paid": [400, 320], "refused": [620, 320] } }
}
)";

/// Asks somebody else, with a form and a third outcome.
constexpr auto refundText = R"({
  "signalbox": 1,
  "name": "RefundReview",
  "start": "agentDecision",
  "steps": {
    "agentDecision": {
      "kind": "approval", "title": "=input.title", "assignees": ["bob", "cleo"],
      "policy": "everyone", "due": "PT25M", "default": "refuse",
      "form": { "type": "object", "properties": { "amount": { "type": "number" } },
        "required": ["amount"] },
      "outcomes": {
        "refund": { "kind": "positive", "next": "done" },
        "refuse": { "kind": "negative", "next": "done" },
        "ask the shop": { "next": "done" }
      }
    },
    "done": { "kind": "end", "output": "=steps.agentDecision" }
  }
}
)";

} // namespace

/// Approvals through the real window and engine: they come in, are answered by key and click, and
/// the instances go on.
class ApprovalsByHandTest : public QObject
{
    Q_OBJECT

    app::FocusRing m_ring;
    tests::WindowFixture m_own;

    engine::Engine &engine() { return *m_own.window->engineRoom().engine(); }
    monitor::InboxView &inbox() { return *m_own.window->findChild<monitor::InboxView *>(); }
    app::TabGroup &tabs() { return m_own.window->findChild<app::CenterArea *>()->tabs(); }

    void deploy(const char *text)
    {
        auto deployed = engine().deploy({.text = text, .grant = true, .source = {}});
        QTRY_VERIFY(deployed.isFinished());
        const auto result = deployed.result();
        QVERIFY(result);
        QCOMPARE(result->version, 1);
    }

    void start(
        const char *id, const char *title, const char *due, const char *flow = "ExpenseApproval")
    {
        const auto input = nlohmann::json{{"title", title}, {"due", due},
            {"text", "Ines Duarte asks for your OK. It is over the free limit of 500 euros."}};
        auto started = engine().start({.flow = {flow},
            .instance = {id},
            .input = engine::JsonText::of(input),
            .source = {.via = "window", .who = "test"}});
        QTRY_VERIFY(started.isFinished());
        QVERIFY(started.result());
    }

    engine::InstanceSummary find(const char *id)
    {
        auto found = engine().find({id});
        if (!QTest::qWaitFor([&] { return found.isFinished(); }) || !found.result())
            qFatal("no instance %s", id);
        return *found.result();
    }

    bool shows(const QString &text)
    {
        const auto labels = inbox().findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

private slots:
    void initTestCase()
    {
        qputenv("USER", "ann");
        app::installTranslations(*qApp, u"en"_s);
        app::applyTheme(*qApp, app::ThemeKind::Light);
        QVERIFY(m_own.open());
        m_own.window->openEngine();
        QTRY_VERIFY(m_own.window->engineRoom().engine());
        deploy(flowText);
    }

    void anEmptyInboxOpensByKey()
    {
        m_own.keys(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(tabs().currentWidget(), &inbox());
        QTRY_VERIFY(shows(u"Nothing waits for an answer."_s));
        m_own.keepPictures(u"approvals-empty"_s);
    }

    void tasksComeInWithoutBeingAskedFor()
    {
        start("expense-2291", "Travel to Lisbon, 4 days, €1,842.50", "PT5H");
        QTRY_COMPARE(inbox().model().rowCount(), 1);
        QTRY_COMPARE(tabs().tabText(tabs().indexOf(&inbox())), u"Approvals 1"_s);
        QTRY_VERIFY(shows(u"free limit of 500"_s));
        start("expense-2292", "Contract with Nordlicht GmbH", "P3D");
        start("expense-2293", "Discount 18 % for Baltic Foods", "P6D");
        QTRY_COMPARE(inbox().model().rowCount(), 3);
        m_own.keepPictures(u"approvals"_s);
    }

    void aApprovesAndTheInstanceCompletes()
    {
        inbox().findChild<QListView *>()->setFocus();
        QTRY_VERIFY(inbox().model().approvalOf(0));
        m_own.keys(Qt::Key_A);
        QTRY_COMPARE(inbox().model().rowCount(), 2);
        QTRY_COMPARE(find("expense-2291").status, engine::InstanceStatus::Completed);
        const auto output = find("expense-2291").output.tree();
        QCOMPARE(output.at("outcome").get<std::string>(), std::string("approve"));
        QCOMPARE(output.at("by").get<std::string>(), std::string("ann"));
        QTRY_COMPARE(tabs().tabText(tabs().indexOf(&inbox())), u"Approvals 2"_s);
    }

    void rejectingAsksForAReason()
    {
        QTRY_VERIFY(shows(u"Contract with Nordlicht GmbH"_s));
        inbox().findChild<QListView *>()->setFocus();
        m_own.keys(Qt::Key_R);
        auto *comment = inbox().findChild<QPlainTextEdit *>(u"comment"_s);
        QTRY_COMPARE(QApplication::focusWidget(), comment);
        m_own.keepPictures(u"approvals-comment"_s);
        QTest::keyClicks(comment, u"too dear"_s);
        QTest::mouseClick(inbox().findChild<QPushButton *>(u"outcome.reject"_s), Qt::LeftButton);
        QTRY_COMPARE(find("expense-2292").status, engine::InstanceStatus::Completed);
        const auto output = find("expense-2292").output.tree();
        QCOMPARE(output.at("outcome").get<std::string>(), std::string("reject"));
        QCOMPARE(output.at("comment").get<std::string>(), std::string("too dear"));
    }

    void claimedAndCommentedItStaysAndSaysSo()
    {
        QTRY_COMPARE(inbox().model().rowCount(), 1);
        QTRY_VERIFY(shows(u"Discount 18 % for Baltic Foods"_s));
        QTest::mouseClick(inbox().findChild<QPushButton *>(u"claim"_s), Qt::LeftButton);
        QTRY_VERIFY(shows(u"claimed by ann"_s));
        auto *comment = inbox().findChild<QPlainTextEdit *>(u"comment"_s);
        comment->setFocus();
        QTest::keyClicks(comment, u"The fare rises tonight."_s);
        QTest::mouseClick(inbox().findChild<QPushButton *>(u"say"_s), Qt::LeftButton);
        QTRY_VERIFY(shows(u"comment by ann: “The fare rises tonight.”"_s));
        QCOMPARE(comment->toPlainText(), QString());
        m_own.keepPictures(u"approvals-claimed"_s);
        QVERIFY(find("expense-2293").status == engine::InstanceStatus::Running);
    }

    void whatIsAnsweredElsewhereSaysWhoAndLeaves()
    {
        const auto task = inbox().model().at(0).task.id;
        std::atomic<bool> isAnswered{false};
        engine().door().tasks.answer(
            {.task = task, .outcome = "approve", .by = "ann", .source = {.via = "rest"}},
            [&isAnswered](
                const engine::Result<engine::Acceptance> &done) { isAnswered = bool(done); });
        QTRY_VERIFY(shows(u"No longer open: ann answered “approve”"_s));
        QTRY_VERIFY(isAnswered);
        QTRY_COMPARE(inbox().open(), 0);
        QTRY_COMPARE(tabs().tabText(tabs().indexOf(&inbox())), u"Approvals"_s);
        m_own.keepPictures(u"approvals-closed"_s);
    }

    void whoIsNotAskedIsToldSoOnTheRow()
    {
        deploy(refundText);
        start("order-10377", "Refund of order-10377, €219.00", "", "RefundReview");
        start("expense-2294", "Access to payroll for Tunde Okafor", "P2D");
        QTRY_COMPARE(inbox().open(), 2);
        QTRY_VERIFY(shows(u"Refund of order-10377"_s) || inbox().model().rowCount() == 3);
        auto *list = inbox().findChild<QListView *>();
        list->setFocus();
        const auto row = [this] {
            for (int at = 0; at < inbox().model().rowCount(); ++at)
                if (inbox().model().at(at).task.instance.value == "order-10377")
                    return at;
            return -1;
        };
        list->setCurrentIndex(inbox().model().index(row()));
        QTRY_VERIFY(shows(u"everyone must agree"_s));
        m_own.keys(Qt::Key_A); // asks to look at the form
        QTest::mouseClick(inbox().findChild<QPushButton *>(u"outcome.refund"_s), Qt::LeftButton);
        QTRY_VERIFY(row() >= 0 && !inbox().model().at(row()).problem.isEmpty());
        QVERIFY(!inbox().model().at(row()).isClosed);
        QVERIFY(find("order-10377").status == engine::InstanceStatus::Running);
        list->setCurrentIndex(inbox().model().index(row()));
        m_own.keepPictures(u"approvals-refused"_s);
    }

    void theFlowIsDrawnWithItsOutcomes()
    {
        QFile file(m_own.path(u"ExpenseApproval.flow.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(flowText);
        file.close();
        m_own.window->documents().openFile(file.fileName());
        QTRY_VERIFY(
            m_own.window->documents().current() && m_own.page().title() == u"ExpenseApproval"_s);
        m_own.page().fit();
        m_own.clickStep("managerOk");
        auto *name = m_own.window->findChild<QLineEdit *>(u"outcomes/1/name"_s);
        QTRY_VERIFY((name = m_own.window->findChild<QLineEdit *>(u"outcomes/1/name"_s)));
        QCOMPARE(name->text(), u"reject"_s);
        m_own.keepPictures(u"approvals-design"_s);
    }

    void theWindowClosesWithoutAQuestion()
    {
        QVERIFY(m_own.window->close());
        QVERIFY(m_own.dialogs.problems.isEmpty());
    }
};

QTEST_MAIN(ApprovalsByHandTest)
#include "approvals_by_hand_test.moc"

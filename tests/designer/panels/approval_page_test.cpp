#include "app/widgets/segment_control.h"
#include "app/widgets/theme.h"
#include "designer/panels/lazy_combo.h"
#include "designer/panels/palette_entries.h"
#include "engine/model/flow_check.h"
#include "tests/designer/panels/panel_bench.h"
#include "tests/support/patient_expressions.h"

#include <QApplication>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace designer;
using namespace Qt::StringLiterals;
using engine::ApprovalStep;
using engine::OutcomeKind;
using engine::PolicyMode;

namespace {

constexpr auto flowText = R"({
  "signalbox": 1,
  "name": "Expense",
  "start": "review",
  "steps": {
    "review": {
      "kind": "approval",
      "assignees": ["ann", "bob"],
      "outcomes": {
        "approve": { "kind": "positive", "next": "paid" },
        "reject": { "kind": "negative", "requireComment": true, "next": "refused" }
      },
      "due": "P2D",
      "default": "reject"
    },
    "paid": { "kind": "end" },
    "refused": { "kind": "end" }
  }
}
)";

/// The panel beside a document with an approval that is shown.
struct Bench : tests::PanelBench {
    Bench()
        : PanelBench(flowText, 1200)
    {
        panel.showStep({"review"});
    }

    const ApprovalStep &approval()
    {
        return std::get<ApprovalStep>(engine::findStep(document.flow(), {"review"})->body);
    }
    void typeLines(const char *name, const QStringList &lines)
    {
        auto *field = find<QPlainTextEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Backspace);
        for (const QString &line : lines) {
            if (&line != &lines.first())
                QTest::keyClick(field, Qt::Key_Return);
            QTest::keyClicks(field, line);
        }
    }
    /// Goes down in a list of choices so many times.
    void choose(const char *name, int down)
    {
        auto *box = find<LazyCombo>(name);
        box->setFocus();
        for (int i = 0; i < down; ++i)
            QTest::keyClick(box, Qt::Key_Down);
    }
    void click(const char *name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    QString undoText() { return document.undoStack().undoText(); }
    /// What the check says about the flow stands in the panel.
    void check()
    {
        panel.setProblems(
            engine::checkFlow(*engine::readFlow(document.text()), tests::patientExpressions()));
    }
};

std::string written(const std::optional<engine::Template> &value) { return value ? value->written.text() : ""; }

} // namespace

class ApprovalPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void titleAndTextAreTypedAndUndone()
    {
        QCOMPARE(m_bench->find<QLineEdit>("title")->placeholderText(), u"Review"_s);
        m_bench->type("title", u"=input.title"_s);
        m_bench->typeLines("text", {u"Please look."_s, u"Thanks"_s});
        QCOMPARE(written(m_bench->approval().title), std::string(R"("=input.title")"));
        QCOMPARE(written(m_bench->approval().text), std::string(R"("Please look.\nThanks")"));
        QCOMPARE(m_bench->undoText(), u"Change text of Review"_s);
        QTest::keyClick(m_bench->find<QPlainTextEdit>("text"), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_bench->approval().text);
        QVERIFY(m_bench->approval().title);
        m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
    }

    void peopleStandOneALineOrAreAnExpression()
    {
        QCOMPARE(m_bench->find<QPlainTextEdit>("assignees")->toPlainText(), u"ann\nbob"_s);
        m_bench->typeLines("assignees", {u"=input.manager"_s});
        QCOMPARE(written(m_bench->approval().assignees), std::string(R"("=input.manager")"));
        m_bench->typeLines("assignees", {u"cleo"_s, u"dan"_s});
        QCOMPARE(written(m_bench->approval().assignees), std::string(R"(["cleo","dan"])"));
        m_bench->typeLines("assignees", {});
        QVERIFY(!m_bench->approval().assignees);
    }

    void thePolicyIsChosenAndACountTyped()
    {
        QVERIFY(!m_bench->panel.findChild<QLineEdit *>(u"count"_s));
        auto *policy = m_bench->find<app::SegmentControl>("policy");
        policy->setFocus();
        QTest::keyClick(policy, Qt::Key_Right);
        QVERIFY(m_bench->approval().policy == PolicyMode::Everyone);
        QTest::keyClick(m_bench->find<app::SegmentControl>("policy"), Qt::Key_Right);
        QVERIFY(m_bench->approval().policy == PolicyMode::InTurn);
        QTest::keyClick(m_bench->find<app::SegmentControl>("policy"), Qt::Key_Right);
        QVERIFY(m_bench->approval().policy == PolicyMode::Count);
        QCOMPARE(m_bench->approval().count, 2);
        m_bench->type("count", u"3"_s);
        QCOMPARE(m_bench->approval().count, 3);
        m_bench->check();
        QCOMPARE(m_bench->errorOf("count"), u"It needs 3 who agree, and asks only 2."_s);
    }

    void anOutcomeIsRenamedWithWhatAnswersInItsName()
    {
        m_bench->type("outcomes/1/name", u"refuse"_s);
        QCOMPARE(m_bench->approval().outcomes[1].name, std::string("refuse"));
        QCOMPARE(m_bench->approval().outcomes[1].next, engine::StepId{"refused"});
        QVERIFY(m_bench->approval().outcomes[1].requiresComment);
        QCOMPARE(m_bench->approval().fallback, std::string("refuse"));
        m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
        QCOMPARE(m_bench->find<QLineEdit>("outcomes/1/name")->text(), u"reject"_s);
    }

    void twoOutcomesCannotHaveOneName()
    {
        m_bench->type("outcomes/1/name", u"Approve"_s);
        QCOMPARE(m_bench->errorOf("outcomes/1/name"), u"Another outcome has this name."_s);
        QCOMPARE(m_bench->approval().outcomes[1].name, std::string("Approv"));
        m_bench->type("outcomes/1/name", {});
        QCOMPARE(m_bench->errorOf("outcomes/1/name"), u"An outcome needs a name."_s);
        QVERIFY(!m_bench->approval().outcomes[1].name.empty());
    }

    void outcomesAreAddedChangedAndRemoved()
    {
        m_bench->click("outcomes.add");
        QCOMPARE(m_bench->approval().outcomes.size(), std::size_t{3});
        QCOMPARE(m_bench->approval().outcomes[2].name, std::string("other"));
        m_bench->choose("outcomes/2/next", 1);
        QCOMPARE(m_bench->approval().outcomes[2].next, engine::StepId{"review"});
        m_bench->choose("outcomes/0/kind", 1);
        QVERIFY(m_bench->approval().outcomes[0].kind == OutcomeKind::Negative);
        QCOMPARE(m_bench->undoText(), u"Change outcome “approve” of Review"_s);
        m_bench->choose("outcomes/0/comment", 1);
        QVERIFY(m_bench->approval().outcomes[0].requiresComment);
        m_bench->click("outcomes/1/remove");
        QCOMPARE(m_bench->approval().outcomes[1].name, std::string("other"));
        QVERIFY(m_bench->approval().fallback.empty()); // there is no such outcome any more
        while (m_bench->document.undoStack().canUndo())
            m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
    }

    void whatTheCheckSaysOfAnOutcomeStandsAtItsWay()
    {
        m_bench->click("outcomes.add");
        m_bench->check();
        QVERIFY(!m_bench->errorOf("outcomes/2/next").isEmpty());
        QVERIFY(m_bench->errorOf("outcomes/0/next").isEmpty());
    }

    void everyOutcomeMayNeedAComment()
    {
        m_bench->choose("requireComment", 1);
        QVERIFY(m_bench->approval().requiresComment);
    }

    void whenItIsDueAnOutcomeIsAnsweredOrAWayTaken()
    {
        auto *then = m_bench->find<LazyCombo>("default");
        QCOMPARE(then->currentText(), u"answer “reject”"_s);
        m_bench->type("due", u"3 d"_s);
        QCOMPARE(written(m_bench->approval().due), std::string(R"("P3D")"));
        m_bench->choose("default", 1); // the first step
        QCOMPARE(m_bench->approval().onTimeout, engine::StepId{"review"});
        QVERIFY(m_bench->approval().fallback.empty());
        then->setFocus();
        QTest::keyClick(then, Qt::Key_Home);
        QVERIFY(m_bench->approval().onTimeout.empty());
        QVERIFY(m_bench->approval().fallback.empty());
        m_bench->choose("default", 1);
        QCOMPARE(m_bench->approval().fallback, std::string("approve"));
        m_bench->choose("clock", 1);
        QCOMPARE(m_bench->approval().clock, std::string("pause"));
    }

    void remindersComeAndGoWithTheirTimes()
    {
        m_bench->type("remind/every", u"1 d"_s);
        m_bench->type("remind/times", u"3"_s);
        QCOMPARE(written(m_bench->approval().remind->every), std::string(R"("P1D")"));
        QCOMPARE(m_bench->approval().remind->times, std::optional(3));
        m_bench->type("remind/every", {});
        m_bench->check();
        QVERIFY(!m_bench->errorOf("remind/after").isEmpty());
        m_bench->type("remind/times", {});
        QVERIFY(!m_bench->approval().remind);
        m_bench->type("remind/after", u"soon"_s);
        QVERIFY(!m_bench->errorOf("remind/after").isEmpty());
        QVERIFY(!m_bench->approval().remind);
    }

    void escalationsAreAddedFilledAndRemoved()
    {
        m_bench->click("escalate.add");
        m_bench->check();
        QVERIFY(!m_bench->errorOf("escalate/0/to").isEmpty());
        m_bench->typeLines("escalate/0/to", {u"zoe"_s});
        m_bench->type("escalate/0/after", u"12 h"_s);
        m_bench->choose("escalate/0/replace", 1);
        m_bench->check();
        QVERIFY(m_bench->errorOf("escalate/0/to").isEmpty());
        const auto &level = m_bench->approval().escalate.front();
        QCOMPARE(level.after.written.text(), std::string(R"("PT12H")"));
        QCOMPARE(level.to.written.text(), std::string(R"("zoe")"));
        QVERIFY(level.replaces);
        m_bench->type("escalate/0/after", {});
        QCOMPARE(m_bench->approval().escalate.front().after.written.text(), std::string("\"\""));
        m_bench->check();
        QVERIFY(!m_bench->errorOf("escalate/0/after").isEmpty());
        m_bench->click("escalate.add");
        m_bench->check();
        QVERIFY(!m_bench->errorOf("escalate/1/to").isEmpty());
        m_bench->click("escalate/0/remove");
        m_bench->click("escalate/0/remove");
        QVERIFY(m_bench->approval().escalate.empty());
    }

    void eventAndFormAreTyped()
    {
        auto *event = m_bench->find<LazyCombo>("event")->lineEdit();
        event->setFocus();
        QTest::keyClicks(event, u"Signed"_s);
        QCOMPARE(m_bench->approval().event, std::string("Signed"));
        m_bench->typeLines("schema", {u"{ \"type\": \"object\" "_s});
        QVERIFY(!m_bench->errorOf("schema").isEmpty());
        QVERIFY(!m_bench->approval().form);
        QTest::keyClicks(m_bench->find<QPlainTextEdit>("schema"), u"}"_s);
        QVERIFY(m_bench->errorOf("schema").isEmpty());
        QVERIFY(m_bench->approval().form);
    }

    void whatIsMadeHereIsReadAgainAsItWas()
    {
        m_bench->click("escalate.add");
        m_bench->typeLines("escalate/0/to", {u"zoe"_s});
        m_bench->type("remind/after", u"4 h"_s);
        m_bench->click("outcomes.add");
        m_bench->choose("outcomes/2/next", 2);
        const auto again = engine::readFlow(m_bench->document.text());
        QVERIFY(again);
        QVERIFY(std::get<ApprovalStep>(engine::findStep(again->flow, {"review"})->body) ==
                m_bench->approval());
    }

    void everyControlHasANameAndCanBeReachedByTab()
    {
        m_bench->click("escalate.add");
        for (const char *name : {"title", "text", "assignees", "outcomes/0/name", "outcomes/0/kind",
                 "outcomes/0/next", "outcomes/0/comment", "requireComment", "due", "clock",
                 "default", "remind/after", "remind/every", "remind/times", "escalate/0/after",
                 "escalate/0/to", "escalate/0/replace", "event", "schema"}) {
            const auto *control = m_bench->find<QWidget>(name);
            QVERIFY2(!control->accessibleName().isEmpty(), name);
            QVERIFY2(control->focusPolicy() & Qt::TabFocus, name);
        }
    }

    void thePaletteAndItsSearchOfferIt()
    {
        const auto found = matching(u"appr"_s);
        QVERIFY(!found.empty());
        QCOMPARE(found.front().kind, u"approval"_s);
        const engine::StepId id = m_bench->document.addStep("approval", {400, 700});
        const auto &made =
            std::get<ApprovalStep>(engine::findStep(m_bench->document.flow(), id)->body);
        QCOMPARE(made.outcomes.size(), std::size_t{2});
        QCOMPARE(made.fallback, std::string("reject"));
    }

private:
    std::unique_ptr<Bench> m_bench;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale::c());
    app::applyTheme(application, app::ThemeKind::Light);
    ApprovalPageTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "approval_page_test.moc"

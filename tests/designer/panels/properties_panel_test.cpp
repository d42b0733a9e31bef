#include "app/widgets/segment_control.h"
#include "app/widgets/theme.h"
#include "designer/document/json_members.h"
#include "designer/panels/aside_edit.h"
#include "designer/panels/inspector_form.h"
#include "designer/panels/lazy_combo.h"
#include "tests/designer/panels/panel_bench.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <memory>

using namespace designer;

namespace {

/// The panel beside a document with the order, shown, in the light theme.
struct Bench : tests::PanelBench {
    Bench()
        : PanelBench(order(), 860)
    {}

    static std::string order()
    {
        QFile file(
            QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read the order");
        return file.readAll().toStdString();
    }
    QLineEdit *edit(const char *name) { return find<QLineEdit>(name); }
    const engine::Step &step(const char *id) { return *engine::findStep(document.flow(), {id}); }
    const engine::WaitStep &wait(const char *id)
    {
        return std::get<engine::WaitStep>(step(id).body);
    }
    /// A member of an activity's input, as the file has it; empty: there is none.
    std::string input(const engine::StepId &id, const char *member)
    {
        const auto &body = std::get<engine::ActivityStep>(step(id.value.c_str()).body);
        const auto value = designer::member(body.with.written, member);
        return value ? value->text() : std::string();
    }
};

} // namespace

class PropertiesPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void headSaysNameIdAndKind()
    {
        m_bench->panel.showStep({"awaitPayment"});
        QCOMPARE(m_bench->edit("name")->text(), QStringLiteral("Await payment"));
        QCOMPARE(m_bench->edit("id")->text(), QStringLiteral("awaitPayment"));
    }

    void timeoutIsTypedInWordsAndShownInIso()
    {
        m_bench->panel.showStep({"awaitPayment"});
        QCOMPARE(m_bench->edit("timeout")->text(), QStringLiteral("3 d"));
        m_bench->type("timeout", QStringLiteral("12 h 30 min"));
        QCOMPARE(
            m_bench->wait("awaitPayment").timeout->written.text(), std::string("\"PT12H30M\""));
        QCOMPARE(m_bench->find<AsideEdit>("timeout")->aside(), QStringLiteral("PT12H30M"));
        QCOMPARE(m_bench->edit("timeout")->text(), QStringLiteral("12 h 30 min"));
    }

    void timeoutForetellsItsEnd()
    {
        m_bench->panel.showStep({"awaitPayment"});
        QVERIFY(m_bench->edit("timeout")->accessibleDescription().contains(
            QLatin1String("Mon 23 Nov 2026, 12:00")));
    }

    void aCollectSaysWhatItTakesAndUntilWhen()
    {
        const engine::StepId id = m_bench->document.addStep("collect", {400, 700});
        const auto collect = [&] {
            return std::get<engine::CollectStep>(m_bench->step(id.value.c_str()).body);
        };
        m_bench->panel.showStep(id);
        m_bench->type("count", QStringLiteral("25"));
        m_bench->type("timeout", QStringLiteral("5 min"));
        m_bench->type("when", QStringLiteral("=events.length > 3"));
        QCOMPARE(collect().count, std::optional(25));
        QCOMPARE(collect().timeout->written.text(), std::string("\"PT5M\""));
        QCOMPARE(collect().when->source, std::string("events.length > 3"));
        m_bench->type("count", QString());
        QVERIFY(!collect().count);
    }

    void aProgramIsTypedOneArgumentALine()
    {
        const engine::StepId id = m_bench->document.addStep("process", {400, 700});
        m_bench->panel.showStep(id);
        auto *command = m_bench->find<QPlainTextEdit>("with/command");
        command->setFocus();
        QTest::keyClicks(command, QStringLiteral("rsync"));
        QTest::keyClick(command, Qt::Key_Return);
        QTest::keyClicks(command, QStringLiteral("=input.folder"));
        QCOMPARE(m_bench->input(id, "command"), std::string(R"(["rsync","=input.folder"])"));
        QCOMPARE(command->toPlainText(), QStringLiteral("rsync\n=input.folder"));
        QTest::keyClick(command, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_bench->input(id, "command"), std::string("[]"));
        m_bench->type("with/cwd", QStringLiteral("/srv"));
        QCOMPARE(m_bench->input(id, "cwd"), std::string("\"/srv\""));
    }

    void aListThatLinesCannotShowIsShownAsJson()
    {
        const engine::StepId id = m_bench->document.addStep("process", {400, 700});
        m_bench->panel.showStep(id);
        auto *command = m_bench->find<QPlainTextEdit>("with/command");
        command->setPlainText(QStringLiteral("[\"a\", 1, \"\"]"));
        QCOMPARE(m_bench->input(id, "command"), std::string("[\"a\", 1, \"\"]"));
        m_bench->panel.showFlow();
        m_bench->panel.showStep(id);
        QVERIFY(m_bench->find<QPlainTextEdit>("with/command")->toPlainText().startsWith(u'['));
    }

    void oneAddressIsATextSeveralAreAList()
    {
        const engine::StepId id = m_bench->document.addStep("mail", {400, 700});
        m_bench->panel.showStep(id);
        auto *to = m_bench->find<QPlainTextEdit>("with/to");
        to->setFocus();
        QTest::keyClicks(to, QStringLiteral("=input.email"));
        QCOMPARE(m_bench->input(id, "to"), std::string("\"=input.email\""));
        QTest::keyClick(to, Qt::Key_Return);
        QTest::keyClicks(to, QStringLiteral("a@b.c"));
        QCOMPARE(m_bench->input(id, "to"), std::string(R"(["=input.email","a@b.c"])"));
        m_bench->type("with/subject", QStringLiteral("Hi"));
        m_bench->type("with/connection", QStringLiteral("post"));
        QCOMPARE(m_bench->input(id, "subject"), std::string("\"Hi\""));
        QCOMPARE(m_bench->input(id, "connection"), std::string("\"post\""));
    }

    void aFileThatIsWrittenAsksForItsContent()
    {
        const engine::StepId id = m_bench->document.addStep("file", {400, 700});
        m_bench->panel.showStep(id);
        m_bench->type("with/path", QStringLiteral("a.txt"));
        QVERIFY(!m_bench->panel.findChild<QPlainTextEdit *>(QStringLiteral("with/content")));
        auto *mode = m_bench->find<LazyCombo>("with/mode");
        mode->setFocus();
        QTest::keyClick(mode, Qt::Key_Down);
        QCOMPARE(m_bench->input(id, "mode"), std::string("\"write\""));
        auto *content = m_bench->find<QPlainTextEdit>("with/content");
        content->setFocus();
        QTest::keyClicks(content, QStringLiteral("=steps.ship"));
        QCOMPARE(m_bench->input(id, "content"), std::string("\"=steps.ship\""));
        QCOMPARE(m_bench->input(id, "path"), std::string("\"a.txt\""));
    }

    void everyActivityHasRowsThatWriteItsInput_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("field");
        for (const auto &[kind, field] : {std::pair("http", "url"), std::pair("script", "code"),
                 std::pair("sql", "query"), std::pair("notify", "title"),
                 std::pair("worker", "name"), std::pair("log", "message")})
            QTest::newRow(kind) << QByteArray(kind) << QByteArray(field);
    }
    void everyActivityHasRowsThatWriteItsInput()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, field);
        const engine::StepId id = m_bench->document.addStep(kind.toStdString(), {400, 700});
        m_bench->panel.showStep(id);
        auto *control = m_bench->find<QWidget>(("with/" + field).constData());
        QVERIFY(control->focusPolicy() & Qt::TabFocus);
        QVERIFY(!control->accessibleName().isEmpty());
        control->setFocus();
        QTest::keyClicks(control, QStringLiteral("abc"));
        QCOMPARE(m_bench->input(id, field.constData()), std::string("\"abc\""));
        QTest::keyClick(control, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_bench->input(id, field.constData()), std::string("\"\""));
    }

    void aProblemOfTheWholeInputStandsAtTheMemberItNames()
    {
        const engine::StepId id = m_bench->document.addStep("mail", {400, 700});
        m_bench->panel.showStep(id);
        engine::Problem problem;
        problem.text = "'with' of %1 needs '%2'.";
        problem.arguments = {"mail", "subject"};
        problem.pointer = "/steps/mail/with";
        m_bench->panel.setProblems({problem});
        QCOMPARE(
            m_bench->errorOf("with/subject"), QStringLiteral("'with' of mail needs 'subject'."));
        QVERIFY(m_bench->errorOf("with/to").isEmpty());
    }

    void anotherActivityBeginsWithItsOwnInput()
    {
        m_bench->panel.showStep({"ship"});
        auto *activity = m_bench->find<LazyCombo>("activity");
        activity->setFocus();
        QTest::keyClick(activity, Qt::Key_Down);
        const auto &body = std::get<engine::ActivityStep>(m_bench->step("ship").body);
        QCOMPARE(body.activity, std::string("mail")); // by name: log, mail
        QCOMPARE(m_bench->input({"ship"}, "subject"), std::string("\"\""));
        m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
    }

    void branchesAreAddedChosenAndRemoved()
    {
        const engine::StepId id = m_bench->document.addStep("parallel", {900, 100});
        const auto parallel = [&] {
            return std::get<engine::ParallelStep>(m_bench->step(id.value.c_str()).body);
        };
        const auto before = parallel();
        m_bench->panel.showStep(id);
        QTest::mouseClick(m_bench->find<QPushButton>("branches.add"), Qt::LeftButton);
        QCOMPARE(parallel().branches.size(), before.branches.size() + 1);
        const auto &added = m_bench->step(parallel().branches.back().value.c_str());
        QCOMPARE(engine::transitionsFrom(added).front().to, before.join);
        QTest::mouseClick(m_bench->find<QToolButton>("branches/0/remove"), Qt::LeftButton);
        QCOMPARE(parallel().branches.front(), before.branches[1]);
        m_bench->document.undoStack().undo();
        m_bench->document.undoStack().undo();
        QVERIFY(parallel() == before);
        auto *join = m_bench->find<LazyCombo>("join");
        QCOMPARE(join->value(), QString::fromStdString(before.join.value));
        join->setFocus();
        QTest::keyClick(join, Qt::Key_Up); // only joins are offered, and nowhere
        QVERIFY(parallel().join.empty());
    }

    void aJoinSaysHowManyItWaitsFor()
    {
        m_bench->document.addStep("parallel", {900, 100});
        m_bench->panel.showStep({"join"});
        const auto join = [&] { return std::get<engine::JoinStep>(m_bench->step("join").body); };
        auto *mode = m_bench->find<app::SegmentControl>("mode");
        mode->setFocus();
        QTest::keyClick(mode, Qt::Key_Right);
        QVERIFY(join().mode == engine::JoinMode::Any);
        QTest::keyClick(m_bench->find<app::SegmentControl>("mode"), Qt::Key_Right);
        QVERIFY(join().mode == engine::JoinMode::Count);
        m_bench->type("count", QStringLiteral("2"));
        QCOMPARE(join().count, 2);
        m_bench->type("count", QStringLiteral("none"));
        QVERIFY(!m_bench->errorOf("count").isEmpty());
        QCOMPARE(join().count, 1); // as while the field was empty
    }

    void aForEachSaysItsListItsItemAndHowManyAtOnce()
    {
        const engine::StepId id = m_bench->document.addStep("forEach", {900, 100});
        const auto each = [&] {
            return std::get<engine::ForEachStep>(m_bench->step(id.value.c_str()).body);
        };
        m_bench->panel.showStep(id);
        m_bench->type("items", QStringLiteral("=input.parcels"));
        m_bench->type("as", QStringLiteral("parcel"));
        m_bench->type("atOnce", QStringLiteral("4"));
        QCOMPARE(each().items.source, std::string("input.parcels"));
        QCOMPARE(each().as, std::string("parcel"));
        QCOMPARE(each().atOnce, std::optional(4));
        m_bench->type("atOnce", QStringLiteral("0"));
        QVERIFY(!m_bench->errorOf("atOnce").isEmpty());
        QCOMPARE(
            m_bench->find<LazyCombo>("do")->value(), QString::fromStdString(each().first.value));
    }

    void aSubFlowSaysWhatItStartsAndWhetherItWaits()
    {
        const engine::StepId id = m_bench->document.addStep("subFlow", {900, 100});
        const auto sub = [&] {
            return std::get<engine::SubFlowStep>(m_bench->step(id.value.c_str()).body);
        };
        m_bench->panel.showStep(id);
        m_bench->type("flow", QStringLiteral("Shipment"));
        m_bench->type("version", QStringLiteral("3"));
        // The head has an "id" too: the step's.
        auto *instance =
            m_bench->find<InspectorForm>("form")->findChild<QLineEdit *>(QStringLiteral("id"));
        instance->setFocus();
        QTest::keyClicks(instance, QStringLiteral("=input.id"));
        QVERIFY(sub().id);
        auto *wait = m_bench->find<app::SegmentControl>("wait");
        wait->setFocus();
        QTest::keyClick(wait, Qt::Key_Right);
        QCOMPARE(sub().flow.written.text(), std::string("\"Shipment\""));
        QCOMPARE(sub().version, std::optional(3));
        QCOMPARE(QString::fromStdString(sub().id->written.text()), QStringLiteral("\"=input.id\""));
        QVERIFY(!sub().wait);
    }

    void sendAndEmitSayWhoGetsWhat()
    {
        const engine::StepId send = m_bench->document.addStep("send", {900, 100});
        m_bench->panel.showStep(send);
        m_bench->type("instance", QStringLiteral("=input.parent"));
        auto *event = m_bench->find<LazyCombo>("event");
        event->lineEdit()->setFocus();
        QTest::keyClicks(event->lineEdit(), QStringLiteral("Done"));
        const auto &sent = std::get<engine::SendStep>(m_bench->step("send").body);
        QCOMPARE(sent.instance.written.text(), std::string("\"=input.parent\""));
        QCOMPARE(sent.event, std::string("Done"));
        const engine::StepId emitted = m_bench->document.addStep("emit", {900, 300});
        m_bench->panel.showStep(emitted);
        m_bench->type("url", QStringLiteral("https://a"));
        m_bench->type("type", QStringLiteral("order.paid"));
        const auto &posted = std::get<engine::EmitStep>(m_bench->step("emit").body);
        QCOMPARE(posted.url.written.text(), std::string("\"https://a\""));
        QCOMPARE(posted.type.written.text(), std::string("\"order.paid\""));
    }

    void aNoteIsWrittenOverSeveralLines()
    {
        const engine::StepId id = m_bench->document.addStep("note", {900, 100});
        m_bench->panel.showStep(id);
        auto *text = m_bench->find<QPlainTextEdit>("text");
        text->setFocus();
        QTest::keyClicks(text, QStringLiteral("At most 40"));
        QTest::keyClick(text, Qt::Key_Return);
        QTest::keyClicks(text, QStringLiteral("a day"));
        QCOMPARE(std::get<engine::NoteStep>(m_bench->step("note").body).text,
            std::string("At most 40\na day"));
        const engine::StepId again = m_bench->document.addStep("continueAsNew", {900, 300});
        m_bench->panel.showStep(again);
        auto *input = m_bench->find<QPlainTextEdit>("input");
        input->setFocus();
        QTest::keyClicks(input, QStringLiteral("=vars"));
        QCOMPARE(std::get<engine::ContinueAsNewStep>(m_bench->step("continueAsNew").body)
                     .input->written.text(),
            std::string("\"=vars\""));
    }

    void wrongTimeoutIsSaidBelowTheFieldAndNotWritten()
    {
        m_bench->panel.showStep({"awaitPayment"});
        m_bench->type("timeout", QStringLiteral("3 days or so"));
        QCOMPARE(m_bench->errorOf("timeout"),
            QStringLiteral("Not a duration. Write 3 d, 12 h 30 min or P3D."));
        QCOMPARE(m_bench->wait("awaitPayment").timeout->written.text(), std::string("\"P3D\""));
        QCOMPARE(m_bench->edit("timeout")->text(), QStringLiteral("3 days or so"));
        m_bench->type("timeout", QStringLiteral("4 d"));
        QVERIFY(m_bench->errorOf("timeout").isEmpty());
    }

    void eventIsChosenOrTyped()
    {
        m_bench->panel.showStep({"awaitPayment"});
        auto *event = m_bench->find<LazyCombo>("event.0");
        event->lineEdit()->setFocus();
        event->lineEdit()->selectAll();
        QTest::keyClicks(event->lineEdit(), QStringLiteral("Paid"));
        QCOMPARE(m_bench->wait("awaitPayment").events.front().first, std::string("Paid"));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
    }

    void undoKeyTakesBackTheEditOfTheFieldThatHasTheFocus()
    {
        m_bench->panel.showStep({"ship"});
        QLineEdit *message = m_bench->edit("with/message");
        const QString before = message->text();
        message->setFocus();
        message->end(false);
        QTest::keyClicks(message, QStringLiteral("abc"));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
        QVERIFY(message->text().endsWith(QLatin1String("abc")));
        QTest::keyClick(message, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(message->text(), before);
        QVERIFY(!m_bench->document.isModified());
        QTest::keyClick(message, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(message->text().endsWith(QLatin1String("abc")));
    }

    void twoFieldsAreTwoEdits()
    {
        m_bench->panel.showStep({"submitPayment"});
        m_bench->type("with/url", QStringLiteral("http://a"));
        m_bench->type("timeout", QStringLiteral("5 s"));
        m_bench->document.undoStack().undo();
        QCOMPARE(m_bench->edit("with/url")->text(), QStringLiteral("http://a"));
        QCOMPARE(m_bench->edit("timeout")->text(), QStringLiteral("30 s"));
    }

    void waitForOneBecomesAnyOfSeveral()
    {
        m_bench->panel.showStep({"awaitPayment"});
        auto *mode = m_bench->find<app::SegmentControl>("mode");
        mode->setFocus();
        QTest::keyClick(mode, Qt::Key_Right);
        const auto &wait = m_bench->wait("awaitPayment");
        QVERIFY(wait.mode == engine::WaitMode::Any);
        QCOMPARE(wait.events.front().second, engine::StepId{"isPaid"});
        QTest::mouseClick(m_bench->find<QPushButton>("event.add"), Qt::LeftButton);
        QCOMPARE(m_bench->wait("awaitPayment").events.size(), std::size_t{2});
        m_bench->document.undoStack().undo();
        m_bench->document.undoStack().undo();
        QVERIFY(m_bench->wait("awaitPayment").mode == engine::WaitMode::One);
        QVERIFY(!m_bench->document.isModified());
    }

    void nOfAsksHowMany()
    {
        m_bench->panel.showStep({"awaitPayment"});
        auto *mode = m_bench->find<app::SegmentControl>("mode");
        mode->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_bench->find<app::SegmentControl>("mode"), Qt::Key_Right);
        QVERIFY(m_bench->wait("awaitPayment").count.has_value());
        m_bench->type("count", QStringLiteral("0"));
        QVERIFY(!m_bench->errorOf("count").isEmpty());
    }

    void comboHoldsOneStepUntilAnotherIsChosen()
    {
        m_bench->panel.showStep({"awaitPayment"});
        auto *next = m_bench->find<LazyCombo>("next");
        QCOMPARE(next->count(), 1);
        QCOMPARE(next->value(), QStringLiteral("isPaid"));
        next->setFocus();
        QTest::keyClick(next, Qt::Key_Down);
        QVERIFY(m_bench->wait("awaitPayment").next != engine::StepId{"isPaid"});
    }

    void idIsRenamedEverywhereOnEnter()
    {
        m_bench->panel.showStep({"awaitPayment"});
        m_bench->type("id", QStringLiteral("paid"));
        QTest::keyClick(m_bench->edit("id"), Qt::Key_Return);
        QVERIFY(engine::findStep(m_bench->document.flow(), {"paid"}));
        QCOMPARE(m_bench->edit("id")->text(), QStringLiteral("paid"));
        QCOMPARE(m_bench->edit("timeout")->text(), QStringLiteral("3 d"));
        m_bench->type("id", QStringLiteral("ship"));
        QTest::keyClick(m_bench->edit("id"), Qt::Key_Return);
        QVERIFY(engine::findStep(m_bench->document.flow(), {"paid"}));
    }

    void problemStandsBelowItsField()
    {
        m_bench->panel.showStep({"ship"});
        engine::Problem problem;
        problem.text = "%1 is wrong";
        problem.arguments = {"it"};
        problem.pointer = "/steps/ship/with/message";
        m_bench->panel.setProblems({problem});
        QCOMPARE(m_bench->errorOf("with/message"), QStringLiteral("it is wrong"));
        m_bench->panel.setProblems({});
        QVERIFY(m_bench->errorOf("with/message").isEmpty());
    }

    void unfinishedJsonStaysInTheFieldUntilItIsWhole()
    {
        m_bench->panel.showStep({"done"});
        auto *output = m_bench->find<QPlainTextEdit>("output");
        output->setFocus();
        output->selectAll();
        QTest::keyClicks(output, QStringLiteral("{ \"a\": "));
        QVERIFY(!m_bench->errorOf("output").isEmpty());
        const auto &end = std::get<engine::EndStep>(m_bench->step("done").body);
        QVERIFY(end.output->written.text().find("trackingHistory") != std::string::npos);
        QTest::keyClicks(output, QStringLiteral("1 }"));
        QVERIFY(m_bench->errorOf("output").isEmpty());
        const auto &after = std::get<engine::EndStep>(m_bench->step("done").body);
        QVERIFY(after.output->written.text().find("trackingHistory") == std::string::npos);
    }

    void flowIsShownWhereNoStepIs()
    {
        m_bench->panel.showFlow();
        QCOMPARE(m_bench->edit("name")->text(), QStringLiteral("OrderFulfillment"));
        m_bench->type("name", QStringLiteral("Orders"));
        QCOMPARE(m_bench->document.flow().name.value, std::string("Orders"));
        QTest::mouseClick(m_bench->find<QPushButton>("events.add"), Qt::LeftButton);
        QCOMPARE(m_bench->document.flow().events.size(), std::size_t{4});
        m_bench->type("events/3/name", QStringLiteral("Lost"));
        QCOMPARE(m_bench->document.flow().events.back().name, std::string("Lost"));
        m_bench->document.undoStack().undo();
        m_bench->document.undoStack().undo();
        QCOMPARE(m_bench->document.flow().events.size(), std::size_t{3});
    }

    void everyKindHasAPage()
    {
        for (const engine::Step &step : std::vector(m_bench->document.flow().steps)) {
            m_bench->panel.showStep(step.id);
            QCOMPARE(m_bench->edit("id")->text(), QString::fromStdString(step.id.value));
        }
        QVERIFY(!m_bench->document.isModified());
    }

    void severalStepsSayWhatTheyAre()
    {
        m_bench->panel.showSeveral({{"awaitPayment"}, {"awaitShipment"}, {"ship"}});
        QCOMPARE(m_bench->edit("name")->text(), QStringLiteral("3 step(s)"));
        QStringList kinds;
        for (const auto *label :
            m_bench->panel.findChildren<QLabel *>(QStringLiteral("several.kind")))
            kinds << label->text();
        QCOMPARE(kinds,
            (QStringList{QString::fromUtf8("2 × wait"), QString::fromUtf8("1 × activity log")}));
        QVERIFY(!m_bench->panel.findChild<QLineEdit *>(QStringLiteral("several.timeout")));
    }

    void aCommonTimeoutIsWrittenToAllInOneUndoStep()
    {
        m_bench->panel.showSeveral({{"awaitPayment"}, {"awaitShipment"}});
        QCOMPARE(m_bench->edit("several.timeout")->text(), QString()); // they differ
        m_bench->type("several.timeout", QStringLiteral("2 d"));
        for (const char *step : {"awaitPayment", "awaitShipment"})
            QCOMPARE(m_bench->wait(step).timeout->written.text(), std::string("\"P2D\""));
        QCOMPARE(m_bench->document.undoStack().count(), 1);
        m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
    }

    void theWayOnOfAllIsChosenTogether()
    {
        m_bench->panel.showSeveral({{"awaitPayment"}, {"ship"}});
        auto *next = m_bench->find<LazyCombo>("several.next");
        QCOMPARE(next->currentText(), QStringLiteral("different steps"));
        next->setFocus();
        QTest::keyClick(next, Qt::Key_End);
        const auto last = m_bench->document.flow().steps.back().id;
        QCOMPARE(m_bench->wait("awaitPayment").next, last);
        QCOMPARE(std::get<engine::ActivityStep>(m_bench->step("ship").body).next, last);
        m_bench->document.undoStack().undo();
        QVERIFY(!m_bench->document.isModified());
    }

    void severalStepsAreArrangedAndDeletedByAClick()
    {
        m_bench->panel.showSeveral({{"awaitPayment"}, {"ship"}, {"unpaid"}});
        const auto x = [&](const char *step) {
            return designer::positionOf(m_bench->document.flow(), {step})->x;
        };
        QVERIFY(x("unpaid") != x("ship"));
        QTest::mouseClick(m_bench->find<QPushButton>("several.column"), Qt::LeftButton);
        QCOMPARE(x("unpaid"), x("awaitPayment"));
        QCOMPARE(x("ship"), x("awaitPayment"));
        m_bench->document.undoStack().undo();
        QVERIFY(x("unpaid") != x("ship"));
        QTest::mouseClick(m_bench->find<QPushButton>("several.delete"), Qt::LeftButton);
        QVERIFY(!engine::findStep(m_bench->document.flow(), {"ship"}));
        QCOMPARE(m_bench->edit("name")->text(), QStringLiteral("OrderFulfillment"));
        m_bench->document.undoStack().undo();
        QVERIFY(engine::findStep(m_bench->document.flow(), {"ship"}));
    }

    void removedStepGivesWayToTheFlow()
    {
        m_bench->panel.showStep({"ship"});
        m_bench->document.removeSteps({{"ship"}});
        QVERIFY(!m_bench->edit("id")->isVisible());
    }

private:
    std::unique_ptr<Bench> m_bench;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale::c());
    app::applyTheme(application, app::ThemeKind::Light);
    PropertiesPanelTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "properties_panel_test.moc"

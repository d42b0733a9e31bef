#include "app/widgets/field.h"
#include "app/widgets/segment_control.h"
#include "app/widgets/theme.h"
#include "designer/document/flow_document.h"
#include "designer/panels/aside_edit.h"
#include "designer/panels/lazy_combo.h"
#include "designer/panels/properties_panel.h"
#include "engine/model/flow_reader.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace designer;

namespace {

/// The panel beside a document with the order, shown, in the light theme.
struct Bench {
    FlowDocument document;
    PropertiesPanel panel{document};

    Bench()
    {
        QFile file(
            QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read the order");
        const std::string text = file.readAll().toStdString();
        auto read = engine::readFlow(text);
        document.reset(std::move(read->flow), text);
        const auto noon = engine::instantFromText("2026-11-20T12:00:00Z");
        panel.setClock([now = *noon] { return now; });
        panel.resize(304, 860);
        panel.show();
        panel.activateWindow();
    }

    template<typename Widget>
    Widget *find(const char *name)
    {
        auto *found = panel.findChild<Widget *>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    QLineEdit *edit(const char *name) { return find<QLineEdit>(name); }
    QString errorOf(const char *name)
    {
        return static_cast<app::Field *>(find<QWidget>(name)->parentWidget())->error();
    }
    const engine::Step &step(const char *id) { return *engine::findStep(document.flow(), {id}); }
    const engine::WaitStep &wait(const char *id)
    {
        return std::get<engine::WaitStep>(step(id).body);
    }
    void type(const char *name, const QString &text)
    {
        QLineEdit *field = edit(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClicks(field, text);
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
        QCOMPARE(m_bench->document.flow().events.size(), std::size_t{3});
        m_bench->type("events/2/name", QStringLiteral("Lost"));
        QCOMPARE(m_bench->document.flow().events.back().name, std::string("Lost"));
        m_bench->document.undoStack().undo();
        m_bench->document.undoStack().undo();
        QCOMPARE(m_bench->document.flow().events.size(), std::size_t{2});
    }

    void everyKindHasAPage()
    {
        for (const engine::Step &step : std::vector(m_bench->document.flow().steps)) {
            m_bench->panel.showStep(step.id);
            QCOMPARE(m_bench->edit("id")->text(), QString::fromStdString(step.id.value));
        }
        QVERIFY(!m_bench->document.isModified());
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

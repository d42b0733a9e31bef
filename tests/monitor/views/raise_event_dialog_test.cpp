#include "monitor/views/raise_event_dialog.h"

#include "app/widgets/json_editor.h"
#include "engine/model/flow_reader.h"
#include "tests/monitor/fake_feed.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace monitor;
using tests::FakeFeed;

namespace {

const engine::Flow &orders()
{
    static const auto flow = engine::readFlow(R"({
        "signalbox": 1, "name": "Orders",
        "events": { "Paid": { "example": { "success": true } }, "Shipped": {} },
        "start": "done", "steps": { "done": { "kind": "end" } } })");
    return flow->flow;
}

/// The dialog in a window, for real keys and clicks.
struct Shown {
    FakeFeed feed;
    QPointer<RaiseEventDialog> dialog =
        new RaiseEventDialog(feed, {.instance = {"order 7"},
                                       .flow = QStringLiteral("Orders v1"),
                                       .declared = &orders(),
                                       .waitedFor = {"Shipped"},
                                       .restUrl = QStringLiteral("http://127.0.0.1:7071")});

    Shown()
    {
        dialog->open();
        (void)QTest::qWaitForWindowExposed(dialog);
    }
    ~Shown() { delete dialog.data(); }

    QComboBox *event() const { return dialog->findChild<QComboBox *>(); }
    app::JsonEditor *payload() const { return dialog->findChild<app::JsonEditor *>(); }
    QPushButton *raise() const { return dialog->findChild<QPushButton *>(QStringLiteral("raise")); }
    QString terminal() const
    {
        for (auto *edit : dialog->findChildren<QPlainTextEdit *>())
            if (edit->isReadOnly())
                return edit->toPlainText();
        return {};
    }
};

} // namespace

class RaiseEventDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWaitedForIsOfferedFirst()
    {
        Shown shown;
        QCOMPARE(shown.event()->itemText(0), QStringLiteral("Shipped"));
        QCOMPARE(shown.event()->itemText(1), QStringLiteral("Paid"));
        QCOMPARE(shown.event()->count(), 2);
    }

    void theExampleFillsThePayload()
    {
        Shown shown;
        shown.event()->setCurrentText(QStringLiteral("Paid"));
        for (auto *button : shown.dialog->findChildren<QPushButton *>())
            if (button->text() == u"Fill with the example")
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(shown.payload()->value());
        QVERIFY(shown.payload()->value()->tree() == nlohmann::json({{"success", true}}));
    }

    void aWrongPayloadCannotBeSent()
    {
        Shown shown;
        shown.payload()->setText(QStringLiteral("{\"a\": "));
        QVERIFY(!shown.raise()->isEnabled());
        QVERIFY(!shown.payload()->error().isEmpty());
    }

    void aClickSendsWhatIsWritten()
    {
        Shown shown;
        shown.payload()->setText(QStringLiteral("{\"status\": \"Packed\"}"));
        QSignalSpy raised(shown.dialog, &RaiseEventDialog::raised);
        QTest::mouseClick(shown.raise(), Qt::LeftButton);
        QCOMPARE(shown.feed.raises.size(), 1U);
        const auto &[request, answered] = shown.feed.raises.front();
        QCOMPARE(request.instance, engine::InstanceId{"order 7"});
        QCOMPARE(request.name, std::string("Shipped"));
        QVERIFY(request.payload.tree() == nlohmann::json({{"status", "Packed"}}));
        QVERIFY(!request.eventId);
        answered(engine::Acceptance{.instance = {"order 7"}, .run = {1}});
        QCOMPARE(raised.size(), 1);
        QVERIFY(!shown.dialog->isVisible());
    }

    void aRefusalIsSaidAndTheDialogStays()
    {
        Shown shown;
        QTest::mouseClick(shown.raise(), Qt::LeftButton);
        shown.feed.raises.front().second(
            engine::Error{engine::ErrorCode::Finished, "'order 7' is finished"});
        QVERIFY(shown.dialog->isVisible());
        QVERIFY(shown.raise()->isEnabled());
    }

    void theTerminalTextIsOneSafeCommand()
    {
        Shown shown;
        shown.event()->setCurrentText(QStringLiteral("It's here"));
        shown.payload()->setText(QStringLiteral("\"it's\""));
        const auto text = shown.terminal();
        QVERIFY2(
            text.contains(u"/api/v1/instances/order%207/events/It%27s%20here"), qPrintable(text));
        QVERIFY2(text.contains(u"-d '\"it'\\''s\"'"), qPrintable(text));
    }
};

QTEST_MAIN(RaiseEventDialogTest)
#include "raise_event_dialog_test.moc"

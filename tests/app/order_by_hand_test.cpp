#include "app/translator.h"
#include "app/widgets/focus_ring.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/theme.h"
#include "engine/engine.h"
#include "monitor/views/instance_view.h"
#include "monitor/views/raise_event_dialog.h"
#include "tests/app/stub_shop.h"
#include "tests/app/window_fixture.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

/// One order through the real window, as a person does it: draw, save, deploy, start, raise, watch.
class OrderByHandTest : public QObject
{
    Q_OBJECT

    app::FocusRing m_ring;
    tests::StubShop m_shop;
    tests::WindowFixture m_own;

    QWidget *dialog() const
    {
        QWidget *one = QApplication::activeModalWidget();
        return one;
    }

    QByteArray fileText()
    {
        QFile file(m_own.page().path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    monitor::InstanceView *instance() const
    {
        return qobject_cast<monitor::InstanceView *>(
            m_own.window->findChild<app::CenterArea *>()->tabs().currentWidget());
    }

    bool shows(const QString &text) const
    {
        const auto labels = m_own.window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    void raise(const QString &event, const QString &payload)
    {
        QTRY_VERIFY(tests::WindowFixture::button(u"Raise…"_s));
        QTest::mouseClick(tests::WindowFixture::button(u"Raise…"_s), Qt::LeftButton);
        QTRY_VERIFY(qobject_cast<monitor::RaiseEventDialog *>(dialog()));
        auto *shown = dialog();
        QCOMPARE(shown->findChild<QComboBox *>()->currentText(), event);
        auto *edit = shown->findChild<app::JsonEditor *>()->edit();
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, payload);
        QTest::mouseClick(shown->findChild<QPushButton *>(u"raise"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog());
    }

private slots:
    void initTestCase()
    {
        app::installTranslations(*qApp, u"en"_s);
        app::applyTheme(*qApp, app::ThemeKind::Light);
        QVERIFY(m_own.open());
    }

    void theFirstStartShowsTheSample()
    {
        QCOMPARE(m_own.page().title(), u"OrderFulfillment"_s);
        QVERIFY(m_own.page().path().startsWith(m_own.home.path()));
        QVERIFY(!m_own.page().isModified());
        QCOMPARE(m_own.page().document().flow().steps.size(), 12U);
        m_own.window->openEngine();
        QTRY_VERIFY(m_own.window->engineRoom().engine());
        QTRY_VERIFY(m_own.window->actions().deploy->isEnabled());
    }

    void aStepIsRenamedUndoneAndRedone()
    {
        m_own.clickStep("ship");
        m_own.keys(Qt::Key_F2);
        auto *name = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(name);
        name->selectAll();
        QTest::keyClicks(name, u"Send the parcel"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(engine::findStep(m_own.page().document().flow(), {"ship"})->name,
            std::string("Send the parcel"));
        QVERIFY(m_own.page().isModified());
        m_own.window->actions().undo->trigger();
        QVERIFY(!m_own.page().isModified());
        m_own.window->actions().redo->trigger();
        QVERIFY(m_own.page().isModified());
    }

    void itIsSavedWhereItCameFrom()
    {
        QVERIFY(!fileText().contains("Send the parcel"));
        m_own.canvas().setFocus();
        m_own.keys(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(fileText().contains("Send the parcel"));
        QVERIFY(!m_own.page().isModified());
    }

    void deployingAsksOnceWhatItMayReach()
    {
        m_own.dialogs.grants = {true};
        m_own.keys(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_own.dialogs.demands, QStringList{u"http *"_s});
        QTRY_VERIFY(m_own.dialogs.grants.empty());
    }

    void startingOpensTheInstance()
    {
        m_own.keys(Qt::Key_F5, Qt::ControlModifier);
        QTRY_VERIFY(dialog() && dialog()->objectName() == "startDialog"_L1);
        auto *start = dialog()->findChild<QPushButton *>(u"start"_s);
        auto *input = dialog()->findChild<QPlainTextEdit *>(u"input"_s);
        input->selectAll();
        QTest::keyClicks(input, u"{\"shop\": 5"_s);
        QVERIFY(!start->isEnabled()); // not JSON yet, and nothing was sent
        input->selectAll();
        QTest::keyClicks(
            input, u"{\"shop\":\"%1\",\"id\":\"order-7\",\"payment\":{\"amount\":120}}"_s.arg(
                       m_shop.url()));
        QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"instanceId"_s), u"order-7"_s);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY(instance());
        QCOMPARE(instance()->instance().value, std::string("order-7"));
        QTRY_COMPARE(m_shop.payments(), 1);
    }

    void theFlowOnItsCanvasCountsWhoStandsWhere()
    {
        const auto waiting = [this] {
            const auto &counts = m_own.canvas().liveCounts();
            const auto found = counts.find({"awaitPayment"});
            return found == counts.end() ? 0 : found->second.waiting;
        };
        QTRY_COMPARE(waiting(), 1);
    }

    void theSameIdTwiceIsRefusedInTheDialog()
    {
        m_own.window->setMode(app::Mode::Design);
        m_own.canvas().setFocus();
        m_own.keys(Qt::Key_F5, Qt::ControlModifier);
        QTRY_VERIFY(dialog() && dialog()->objectName() == "startDialog"_L1);
        QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"instanceId"_s), u"order-7"_s);
        QTest::mouseClick(dialog()->findChild<QPushButton *>(u"start"_s), Qt::LeftButton);
        QTRY_VERIFY(
            shows(u"order-7"_s) && dialog()->findChild<QPushButton *>(u"start"_s)->isEnabled());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog());
        m_own.keepPictures(u"design"_s);
    }

    void eventsAreRaisedUntilItIsDelivered()
    {
        m_own.window->setMode(app::Mode::Run);
        QTRY_VERIFY(instance());
        QTRY_VERIFY(shows(u"PaymentConfirmed"_s));
        m_own.keepPictures(u"run"_s);
        raise(u"PaymentConfirmed"_s, u"{\"success\":true,\"transactionId\":\"tx-1\"}"_s);
        QTRY_VERIFY(shows(u"ShipmentUpdate"_s));
        for (const QString &status : {u"Packed"_s, u"InTransit"_s, u"Delivered"_s})
            raise(u"ShipmentUpdate"_s, u"{\"status\":\"%1\"}"_s.arg(status));
        QTRY_VERIFY(!tests::WindowFixture::button(u"Raise…"_s));
        QTRY_VERIFY(m_own.canvas().liveCounts().empty());
        auto found = m_own.window->engineRoom().engine()->find({"order-7"});
        QTRY_VERIFY(found.isFinished());
        const auto summary = *found.result();
        QCOMPARE(summary.errorType, std::string());
        QCOMPARE(summary.output.tree().dump(),
            std::string(
                R"({"status":"Completed","trackingHistory":[{"status":"Packed"},)"
                R"({"status":"InTransit"},{"status":"Delivered"}],"transactionId":"tx-1"})"));
        m_own.keepPictures(u"delivered"_s);
    }

    void theWindowClosesWithoutAQuestion()
    {
        QVERIFY(m_own.window->close());
        QVERIFY(m_own.dialogs.asked.isEmpty());
        QVERIFY(m_own.dialogs.problems.isEmpty());
    }

    void theNextStartShowsTheSameFilesAndTheInstance()
    {
        QVERIFY(m_own.open());
        QCOMPARE(m_own.page().title(), u"OrderFulfillment"_s);
        m_own.window->openEngine();
        QTRY_VERIFY(m_own.window->engineRoom().engine());
        auto found = m_own.window->engineRoom().engine()->find({"order-7"});
        QTRY_VERIFY(found.isFinished());
        QVERIFY(found.result());
    }
};

QTEST_MAIN(OrderByHandTest)
#include "order_by_hand_test.moc"

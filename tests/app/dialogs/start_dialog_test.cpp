#include "app/dialogs/start_dialog.h"

#include "app/widgets/json_editor.h"
#include "app/widgets/schema_example.h"
#include "engine/model/flow_reader.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

engine::Flow order()
{
    QFile file(u":/examples/OrderFulfillment.flow.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the sample is not in the program");
    const auto read = engine::readFlow(file.readAll().toStdString());
    return read->flow;
}

/// A dialog and what it asked for.
struct Shown {
    std::vector<app::StartDialog::Asked> asked;
    QString refusal;
    QPointer<app::StartDialog> dialog;

    Shown()
    {
        dialog = new app::StartDialog(order(), 3,
            [this](const app::StartDialog::Asked &one,
                const std::function<void(const QString &)> &answered) {
                asked.push_back(one);
                answered(refusal);
            });
        dialog->show();
    }
    ~Shown() { delete dialog.data(); }

    QPushButton *start() const { return dialog->findChild<QPushButton *>(u"start"_s); }
    QPlainTextEdit *input() const { return dialog->findChild<QPlainTextEdit *>(u"input"_s); }
};

} // namespace

class StartDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void theExampleOfTheSchemaIsFilledInAndSent()
    {
        Shown shown;
        QTest::keyClicks(shown.dialog->findChild<QLineEdit *>(u"instanceId"_s), u"order-7"_s);
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        QCOMPARE(shown.asked.size(), 1U);
        QCOMPARE(shown.asked.front().instance.value, std::string("order-7"));
        QCOMPARE(shown.asked.front().input.tree()["id"].get<std::string>(), std::string("order-1"));
        QTRY_VERIFY(shown.dialog.isNull());
    }

    void whatIsNotJsonCannotBeSent()
    {
        Shown shown;
        shown.input()->setPlainText(u"{"_s);
        QVERIFY(!shown.start()->isEnabled());
        shown.input()->setPlainText(u"{\"shop\":\"s\",\"id\":\"1\",\"payment\":{}}"_s);
        QVERIFY(shown.start()->isEnabled());
    }

    void whatTheSchemaForbidsIsSaidBelowTheInput()
    {
        Shown shown;
        shown.input()->setPlainText(u"{\"id\":\"1\"}"_s);
        QVERIFY(!shown.start()->isEnabled());
        QVERIFY(shown.dialog->findChild<app::JsonEditor *>()->error().contains(u"shop"_s));
    }

    void aRefusalKeepsTheDialogAndSaysWhy()
    {
        Shown shown;
        shown.refusal = u"An instance 'order-7' is running."_s;
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        QVERIFY(shown.dialog && shown.dialog->isVisible());
        const auto labels = shown.dialog->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == shown.refusal;
        }));
        shown.refusal.clear();
        QTest::mouseClick(shown.start(), Qt::LeftButton);
        QTRY_VERIFY(shown.dialog.isNull());
    }

    void anExampleIsMadeWhereTheSchemaHasNone_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("example");
        QTest::newRow("required")
            << QByteArray(
                   R"({"type":"object","required":["a","n"],"properties":{"a":{"type":"string"}}})")
            << QByteArray(R"({"a":"","n":null})");
        QTest::newRow("enum") << QByteArray(R"({"enum":["x","y"]})") << QByteArray(R"("x")");
        QTest::newRow("default") << QByteArray(R"({"default":[1]})") << QByteArray("[1]");
        QTest::newRow("wrong members")
            << QByteArray(R"({"type":5,"required":{"a":1},"properties":3})") << QByteArray("null");
        QTest::newRow("true") << QByteArray("true") << QByteArray("null");
    }

    void anExampleIsMadeWhereTheSchemaHasNone()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, example);
        QCOMPARE(QByteArray::fromStdString(
                     app::exampleOf(engine::JsonText::trusted(schema.toStdString())).text()),
            example);
    }
};

QTEST_MAIN(StartDialogTest)
#include "start_dialog_test.moc"

#include "designer/panels/value_text.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace designer;

class ValueTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valueIsTheSameThroughAField_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("shown");

        const auto row = [](const char *json, const char *shown) {
            QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(shown);
        };
        row("\"hello\"", "hello");
        row("\"=input.id\"", "=input.id");
        row("\"==not one\"", "==not one");
        row("\"12\"", "\"12\"");
        row("\"true\"", "\"true\"");
        row("12", "12");
        row("null", "null");
        row("\"{ not json\"", "\"{ not json\"");
        row("\"\"", "\"\"");
        row("{\"b\":1,\"a\":2}", "{\n  \"b\": 1,\n  \"a\": 2\n}");
    }

    void valueIsTheSameThroughAField()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, shown);
        const auto value = engine::templateFrom(engine::JsonText::trusted(json.toStdString()));
        QCOMPARE(valueInField(value.written), shown);
        const auto back = valueFromField(shown);
        QVERIFY(back);
        QVERIFY(back->written.tree() == value.written.tree());
    }

    void unfinishedJsonIsNotTakenForText()
    {
        QVERIFY(!valueFromField(QStringLiteral("{ \"a\": ")));
        QVERIFY(!valueFromField(QStringLiteral("[1, 2")));
    }
};

QTEST_GUILESS_MAIN(ValueTextTest)
#include "value_text_test.moc"

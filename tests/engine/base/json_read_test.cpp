#include "engine/base/json_pointer.h"
#include "engine/base/json_read.h"

#include <QTest>

using namespace engine;

class JsonReadTest : public QObject
{
    Q_OBJECT

private slots:
    void readsFieldsOfTheirType()
    {
        const auto tree = nlohmann::json::parse(R"({"s":"x","n":-5,"b":true,"v":[1],"z":null})");
        const auto object = JsonObjectReader::open(tree);
        QVERIFY(object);
        QCOMPARE(*object->text("s"), std::string("x"));
        QCOMPARE(*object->integer("n"), std::int64_t{-5});
        QCOMPARE(*object->boolean("b"), true);
        QCOMPARE(object->value("v").text(), std::string("[1]"));
        QVERIFY(object->value("absent").isNull());
        QVERIFY(object->has("z") && !object->has("absent"));
        QVERIFY(!object->optionalText("absent")->has_value());
        QVERIFY(!object->optionalInteger("absent")->has_value());
        QCOMPARE(**object->optionalText("s"), std::string("x"));
        QCOMPARE(**object->optionalInteger("n"), std::int64_t{-5});
    }

    void namesThePlaceInErrors()
    {
        const auto tree =
            nlohmann::json::parse(R"({"a/b":1,"big":9223372036854775808,"half":0.5,"list":[]})");
        const auto object = JsonObjectReader::open(tree, "/steps/x");
        QVERIFY(object);
        QCOMPARE(object->text("a/b").error(),
            (Error{ErrorCode::InvalidArgument, "'a/b' must be a string", "/steps/x/a~1b"}));
        QCOMPARE(
            object->integer("big").error().message, std::string("'big' must be a whole number"));
        QVERIFY(!object->integer("half"));
        QVERIFY(!object->boolean("list"));
        QVERIFY(!object->optionalText("list"));
        QVERIFY(!object->optionalInteger("list"));
        QCOMPARE(JsonObjectReader::open(tree["list"], "/list").error(),
            (Error{ErrorCode::InvalidArgument, "'/list' must be an object", "/list"}));
    }

    void namesTheFirstUnknownKey()
    {
        const auto tree = nlohmann::json::parse(R"({"a":1,"b":2})");
        const auto object = JsonObjectReader::open(tree);
        QVERIFY(object->onlyKeys({"a", "b", "c"}));
        QCOMPARE(object->onlyKeys({"a"}).error().pointer, std::string("/b"));
    }

    void escapesPointers()
    {
        QCOMPARE(childPointer("", "a~/b"), std::string("/a~0~1b"));
        QCOMPARE(childPointer("/x", std::size_t{3}), std::string("/x/3"));
        QCOMPARE(parentPointer("/x/3"), std::string_view("/x"));
        QCOMPARE(parentPointer(""), std::string_view(""));
    }
};

QTEST_GUILESS_MAIN(JsonReadTest)
#include "json_read_test.moc"

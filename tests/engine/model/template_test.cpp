#include "engine/model/template.h"

#include <QTest>

#include <algorithm>

using namespace engine;

namespace {

/// The pieces of a JSON with ' for ", expressions in «».
std::string shown(std::string json)
{
    std::ranges::replace(json, '\'', '"');
    std::string result;
    for (const auto &piece : templateFrom(JsonText::trusted(json)).pieces) {
        if (const auto *expression = std::get_if<Expression>(&piece))
            result += "«" + expression->source + "»";
        else
            result += std::get<std::string>(piece) + "|";
    }
    std::ranges::replace(result, '"', '\'');
    return result;
}

} // namespace

class TemplateTest : public QObject
{
    Q_OBJECT

private slots:
    void cutsJsonAtItsExpressions()
    {
        QCOMPARE(shown("'=input.id'"), std::string("«input.id»"));
        QCOMPARE(
            shown("{'a': '=1', 'b': [ '=x', 2 ]}"), std::string("{'a': |«1», 'b': [ |«x», 2 ]}|"));
        QCOMPARE(shown("{'=key':'plain'}"), std::string("{'=key':'plain'}|"));
        QCOMPARE(shown("null"), std::string("null|"));
        QCOMPARE(shown("['=a','=b']"), std::string("[|«a»,|«b»]|"));
    }

    void readsEscapesAndTwoEqualSigns()
    {
        QCOMPARE(shown("'==x'"), std::string("'=x'|"));
        QCOMPARE(shown("{'a':'==\\n','b':'='}"), std::string("{'a':'=\\n','b':|«»}|"));
        QCOMPARE(shown("'\\u003dx + \\'y\\''"), std::string("«x + 'y'»"));
    }

    void leavesTheTextOfAProgramAlone()
    {
        const auto script =
            templateFrom(JsonText::trusted("{\"code\":\"=1+1\",\"x\":{\"code\":\"=2\"}}"), "code");
        QCOMPARE(script.pieces.size(), std::size_t{3});
        QCOMPARE(std::get<std::string>(script.pieces[0]),
            std::string("{\"code\":\"1+1\",\"x\":{\"code\":"));
        QCOMPARE(std::get<Expression>(script.pieces[1]).source, std::string("2"));
    }

    void knowsWhatIsConstant()
    {
        QVERIFY(isConstant(templateFrom(JsonText::trusted("[\"==a\"]"))));
        QVERIFY(!isConstant(templateFrom(JsonText::trusted("[\"=a\"]"))));
    }

    void comparesAsWritten()
    {
        QVERIFY(templateFrom(JsonText::trusted("[1]")) == templateFrom(JsonText::trusted("[1]")));
        QVERIFY(
            !(templateFrom(JsonText::trusted("[1]")) == templateFrom(JsonText::trusted("[2]"))));
    }
};

QTEST_GUILESS_MAIN(TemplateTest)
#include "template_test.moc"

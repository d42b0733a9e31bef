#include "engine/model/schema/schema.h"
#include "engine/model/schema/schema_pattern.h"
#include "engine/model/schema/schema_values.h"

#include <QDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace engine;

namespace {

constexpr const char *toOtherDocuments = "refers to another document";
constexpr const char *toTheMetaschema =
    "refers to the schema of schemas, which is another document";

/// What of the public suite is not run and why, by "file" or "file: case".
const std::map<std::string, std::string> excluded{
    {"refRemote", toOtherDocuments},
    {"vocabulary", "says with another document which keywords count"},
    {"dynamicRef: strict-tree schema, guards against misspelled properties", toOtherDocuments},
    {"dynamicRef: tests for implementation dynamic anchor and reference link", toOtherDocuments},
    {"dynamicRef: $ref and $dynamicAnchor are independent of order - $defs first",
        toOtherDocuments},
    {"dynamicRef: $ref and $dynamicAnchor are independent of order - $ref first", toOtherDocuments},
    {"defs: validate definition against metaschema", toTheMetaschema},
    {"ref: remote ref, containing refs itself", toTheMetaschema},
    {"id: Valid use of empty fragments in location-independent $id", toTheMetaschema},
    {"id: Unnormalized $ids are allowed but discouraged", toTheMetaschema},
};

/// ' stands for ".
JsonText json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return JsonText::trusted(std::move(text));
}

std::string faults(const std::string &schema, const std::string &value)
{
    std::string result;
    for (const SchemaFault &fault : validate(json(schema), json(value)))
        result += fault.pointer + ": " + fault.message + "\n";
    return result;
}

bool fits(const std::string &schema, const std::string &value)
{
    return validate(json(schema), json(value)).empty();
}

std::string problems(const std::string &schema)
{
    std::string result;
    for (const SchemaFault &fault : schemaProblems(json(schema)))
        result += fault.pointer + ": " + fault.message + "\n";
    return result;
}

/// As the package libtest-json-schema-acceptance-perl has it.
QString suite()
{
    return qEnvironmentVariable("SIGNALBOX_SCHEMA_SUITE",
        QStringLiteral("/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests/"
                       "draft2020-12"));
}

/// The disagreements of one file of the suite.
QStringList disagreements(const QString &path, int &ran, std::set<std::string> &left)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {QStringLiteral("cannot read ") + path};
    const std::string name = QFileInfo(path).baseName().toStdString();
    QStringList wrong;
    for (const auto &group : nlohmann::json::parse(file.readAll().toStdString())) {
        const std::string title = name + ": " + group["description"].get<std::string>();
        if (excluded.contains(title)) {
            left.insert(title);
            continue;
        }
        for (const auto &test : group["tests"]) {
            ++ran;
            const bool valid =
                validate(JsonText::of(group["schema"]), JsonText::of(test["data"])).empty();
            if (valid != test["valid"].get<bool>())
                wrong +=
                    QString::fromStdString(title + ": " + test["description"].get<std::string>());
        }
    }
    return wrong;
}

} // namespace

class SchemaTest : public QObject
{
    Q_OBJECT

private slots:
    /// Whole, but for references to other documents. Formats are notes there, as they are here.
    void agreesWithThePublicSuite()
    {
        const QDir folder(suite());
        QStringList wrong;
        std::set<std::string> left;
        int ran = 0;
        for (const QString &file : folder.entryList({QStringLiteral("*.json")}, QDir::Files)) {
            const std::string name = QFileInfo(file).baseName().toStdString();
            if (excluded.contains(name))
                left.insert(name);
            else
                wrong += disagreements(folder.filePath(file), ran, left);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QVERIFY2(ran > 1'100, qPrintable(QString::number(ran)));
        QCOMPARE(left.size(), excluded.size());
    }

    void agreesWithTheOptionalPartsOfTheSuite_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"bignum", "ecmascript-regex", "float-overflow", "no-schema",
                 "non-bmp-regex", "refOfUnknownKeyword"})
            QTest::newRow(file) << suite() + QStringLiteral("/optional/") +
                                       QString::fromLatin1(file) + QStringLiteral(".json");
    }
    void agreesWithTheOptionalPartsOfTheSuite()
    {
        QFETCH(QString, file);
        std::set<std::string> left;
        int ran = 0;
        const QStringList wrong = disagreements(file, ran, left);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QVERIFY(ran > 0);
    }

    void saysWhatIsWrongAndWhere()
    {
        const std::string order = "{'type':'object','required':['id','lines'],'properties':{"
                                  "'id':{'type':'string','minLength':2,'pattern':'^o'},"
                                  "'lines':{'items':{'minimum':1}}}}";
        QCOMPARE(faults(order, "{'id':'order-1','lines':[1,2]}"), std::string());
        QCOMPARE(faults(order, "{'id':'x','lines':[3,0]}"),
            std::string("/id: '/id' must have at least 2 characters, and has 1.\n"
                        "/id: '/id' must match the pattern ^o.\n"
                        "/lines/1: '/lines/1' must be at least 1, and is 0.\n"));
        QCOMPARE(faults(order, "{'id':7}"),
            std::string(": The value needs the member 'lines'.\n"
                        "/id: '/id' must be of type string, and is of type integer.\n"));
        QCOMPARE(faults(order, "[]"),
            std::string(": The value must be of type object, and is of type array.\n"));
        QCOMPARE(faults("{'enum':[1,'a']}", "2"),
            std::string(": The value must be one of [1,\"a\"], and is 2.\n"));
    }

    void looksAtWhatNobodyElseLookedAt()
    {
        const std::string schema =
            "{'allOf':[{'properties':{'a':true}}],'if':{'properties':{'b':{'const':1}},"
            "'required':['b']},'unevaluatedProperties':false}";
        QVERIFY(fits(schema, "{'a':1,'b':1}"));
        QVERIFY(!fits(schema, "{'a':1,'b':2}"));
        QVERIFY(fits(
            "{'prefixItems':[true],'contains':{'const':'x'},'unevaluatedItems':false}", "[1,'x']"));
        QVERIFY(!fits("{'prefixItems':[true],'contains':{'const':'x'},'unevaluatedItems':false}",
            "[1,'x',2]"));
        QVERIFY(!fits("{'anyOf':[{'properties':{'a':true},'required':['z']},true],"
                      "'unevaluatedProperties':false}",
            "{'a':1}"));
    }

    void followsReferencesInsideTheSchema()
    {
        const std::string tree = "{'$defs':{'node':{'properties':{'next':{'$ref':'#/$defs/node'}},"
                                 "'required':['v']}},'$ref':'#/$defs/node'}";
        QVERIFY(fits(tree, "{'v':1,'next':{'v':2}}"));
        QCOMPARE(faults(tree, "{'v':1,'next':{}}"),
            std::string("/next: '/next' needs the member 'v'.\n"));
        QVERIFY(!fits(
            "{'$id':'http://a/b/c','$defs':{'x':{'$id':'../d','$anchor':'here','type':'null'}},"
            "'$ref':'/d#here'}",
            "1"));
        QVERIFY(!fits("{'$defs':{'a~/%':{'const':1}},'$ref':'#/$defs/a~0~1%25'}", "2"));
    }

    void extendsARecursiveSchemaThroughItsDynamicAnchor()
    {
        const std::string strict =
            "{'$id':'http://x/strict','$dynamicAnchor':'node','$ref':'tree',"
            "'unevaluatedProperties':false,'$defs':{'tree':{'$id':'tree',"
            "'$dynamicAnchor':'node','type':'object','properties':{'data':true,"
            "'children':{'items':{'$dynamicRef':'#node'}}}}}}";
        QVERIFY(fits(strict, "{'children':[{'data':1}]}"));
        QVERIFY(!fits(strict, "{'children':[{'daat':1}]}"));
    }

    /// Small enough to end soon without the limit, too: then the value fits.
    void endsWhereASchemaCostsTooMuch()
    {
        std::string doubling = "{'$defs':{'d0':true";
        for (int i = 1; i <= 16; ++i) {
            const std::string inner = "{'$ref':'#/$defs/d" + std::to_string(i - 1) + "'}";
            doubling += ",'d" + std::to_string(i) + "':{'allOf':[" + inner + "," + inner + "]}";
        }
        QVERIFY2(faults(doubling + "},'$ref':'#/$defs/d16'}", "1").find("cannot be checked") !=
                     std::string::npos,
            "a schema that refers to the one before twice");
        QVERIFY(fits(doubling + "},'$ref':'#/$defs/d10'}", "1"));
        const auto manyTimes = [](const std::string &item, int count) {
            std::string list = "[" + item;
            for (int i = 1; i < count; ++i)
                list += "," + item;
            return list + "]";
        };
        // A large value is worth more, up to a limit of its own.
        const std::string fortyLooks = "{'items':{'allOf':" + manyTimes("true", 40) + "}}";
        QVERIFY(fits(fortyLooks, manyTimes("1", 20'000)));
        QVERIFY2(faults(fortyLooks, manyTimes("1", 25'000)).find("cannot be checked") !=
                     std::string::npos,
            "a large value");
    }

    void endsWhereASchemaDoesNot()
    {
        std::string chain = "{'$defs':{'d0':true";
        for (int i = 1; i <= 500; ++i)
            chain += ",'d" + std::to_string(i) + "':{'$ref':'#/$defs/d" + std::to_string(i - 1) +
                     "'}";
        QVERIFY2(faults(chain + "},'$ref':'#/$defs/d500'}", "1").find("without an end") !=
                     std::string::npos,
            "a chain that does end");
        QVERIFY(fits(chain + "},'$ref':'#/$defs/d300'}", "1"));
        QVERIFY(faults("{'$ref':'#'}", "1").find("without an end") != std::string::npos);
        QVERIFY(faults("{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}},'$ref':'#/"
                       "$defs/a'}",
                    "1")
                    .find("without an end") != std::string::npos);
    }

    void limitsWhatAPatternMayCost()
    {
        const std::string evil = "{'pattern':'^(a+)+$'}";
        // A tenth of a second at the most for a text of this length, whatever the pattern.
        QVERIFY(
            faults(evil, "'" + std::string(18, 'a') + "b'").find("too long") != std::string::npos);
        QVERIFY(
            faults(evil, "'" + std::string(40, 'a') + "b'").find("too long") != std::string::npos);
        QVERIFY(fits("{'pattern':'^.*x$'}", "'" + std::string(30'000, 'a') + "x'"));
        QVERIFY(!fits("{'pattern':'a$'}", "'a\\n'"));
        QVERIFY(!fits("{'not':{'pattern':'^(a+)+$'}}", "'" + std::string(40, 'a') + "b'"));
        QVERIFY(fits("{'pattern':'^\\\\u00e4$'}", "'ä'"));
    }

    void readsPatternsAsEcmaScriptDoes_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *pattern, const char *text, bool matches) {
            QTest::newRow(pattern)
                << QString::fromUtf8(pattern) << QString::fromUtf8(text) << matches;
        };
        row("^\\p{Letter}+$", "aä", true);
        row("^\\p{Letter}+$", "a1", false);
        row("^\\p{Script=Greek}$", "λ", true);
        row("^\\p{gc=Decimal_Number}{2}$", "12", true);
        row("^[\\s]$", "\u00a0", true);
        row("^[\\S]$", "\u00a0", false);
        row("^\\v$", "\n", false);
        row("^.$", "\u2028", false);
        row("^\\d$", "٣", false);
        row("^[[:alpha:]]$", "a]", true);
        row("^\\uD83D\\uDE00$", "😀", true);
        row("^\\u{1F600}$", "😀", true);
        row("^(?<year>\\d{4})-\\k<year>$", "2026-2026", true);
    }
    void readsPatternsAsEcmaScriptDoes()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(bool, matches);
        const SchemaPattern compiled(pattern.toStdString());
        QCOMPARE(compiled.problem(), std::string());
        QCOMPARE(compiled.match(text.toStdString()) == SchemaPattern::Match::Yes, matches);
    }

    void refusesPatternsThatEcmaScriptDoesNotHave()
    {
        for (const char *pattern : {"\\Z", "\\A", "\\Qa\\E", "(?i)a", "(*COMMIT)a", "(?>a)", "a++",
                 "a{2}+", "\\d{2}+", "(?R)", "\\pL", "\\p{Nonsense}", "("})
            QVERIFY2(!SchemaPattern(pattern).problem().empty(), pattern);
        for (const char *pattern : {"\\++", "\\p{L}+", "\\u{61}+", "[+]+"})
            QCOMPARE(SchemaPattern(pattern).problem(), std::string());
    }

    /// Each ends soon, whatever it asks for; without the limits, in some seconds.
    void endsSoonWithAHostileSchema_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("value");
        const auto many = [](int count, const auto &item) {
            std::string list;
            for (int i = 0; i < count; ++i)
                list += std::string(i ? "," : "") + item(i);
            return list;
        };
        const auto row = [](const char *name, const std::string &schema, const std::string &value) {
            QTest::newRow(name) << QByteArray::fromStdString(schema).replace('\'', '"')
                                << QByteArray::fromStdString(value).replace('\'', '"');
        };
        const auto number = [](int i) { return std::to_string(i); };
        const auto text = [](int i) { return "'" + std::to_string(i) + "'"; };
        const std::string evilTexts =
            "[" + many(1'000, [](int) { return "'" + std::string(40, 'a') + "b'"; }) + "]";
        row("a hard pattern many times", "{'items':{'pattern':'^(a+)+$'}}", evilTexts);
        row("many patterns on many members",
            "{'patternProperties':{" +
                many(2'000, [&](int i) { return "'^x*" + number(i) + "$':true"; }) + "}}",
            "{" + many(1'000, [&](int i) { return text(i) + ":1"; }) + "}");
        row("a chain of references that branches",
            "{'$defs':{'d0':true," +
                many(16,
                    [&](int i) {
                        const std::string inner = "{'$ref':'#/$defs/d" + number(i) + "'}";
                        return "'d" + number(i + 1) + "':{'anyOf':[" + inner + "," + inner + "]}";
                    }) +
                "},'$ref':'#/$defs/d16'}",
            "1");
        row("all that was seen, again and again",
            "{'$defs':{'x':{'additionalProperties':true}},'allOf':[" +
                many(1'000, [](int) { return "{'$ref':'#/$defs/x'}"; }) +
                "],'unevaluatedProperties':false}",
            "{" + many(1'000, [&](int i) { return text(i) + ":1"; }) + "}");
        row("what was seen, handed on through many schemas",
            "{'$defs':{'d0':{'additionalProperties':true}," +
                many(300,
                    [&](int i) {
                        return "'d" + number(i + 1) + "':{'$ref':'#/$defs/d" + number(i) + "'}";
                    }) +
                "},'allOf':[" + many(4, [](int) { return "{'$ref':'#/$defs/d300'}"; }) + "]}",
            "{" + many(300, [&](int i) { return text(i) + ":1"; }) + "}");
        row("many required members of many values",
            "{'items':{'required':[" + many(1'000, text) + "]}}",
            "[" + many(1'000, [](int) { return std::string("{}"); }) + "]");
    }
    void endsSoonWithAHostileSchema()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, value);
        const auto found = validate(
            JsonText::trusted(schema.toStdString()), JsonText::trusted(value.toStdString()));
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY2(found[0].message.find("cannot be checked") != std::string::npos ||
                     found[0].message.find("too long") != std::string::npos,
            found[0].message.c_str());
    }

    void checksLargeValuesAgainstLargeLists()
    {
        std::string list = "[0";
        for (int i = 1; i < 10'000; ++i)
            list += "," + std::to_string(i);
        list += "]";
        QCOMPARE(faults("{'uniqueItems':true,'items':{'enum':" + list + "}}", list), std::string());
        const auto wrong = validate(json("{'items':{'const':" + list + "}}"), json(list));
        QCOMPARE(wrong.size(), std::size_t{100}); // nobody reads more
        QVERIFY(wrong[0].message.size() < 200);
        std::string deep = "1";
        for (int i = 0; i < 60; ++i)
            deep = "{'items':" + deep + "}";
        QVERIFY(!problems(deep).empty());
    }

    /// 2 to the power of 53, rounded and not: sorting by a rounded order would leave the list.
    void ordersNumbersThatADoubleCannotTell()
    {
        const nlohmann::json less = 9007199254740992;
        const nlohmann::json more = 9007199254740993;
        const nlohmann::json rounded = 9007199254740992.0;
        QVERIFY(compareValues(less, rounded) == 0);
        QVERIFY(compareValues(rounded, more) < 0);
        QVERIFY(compareValues(more, rounded) > 0);
        QVERIFY(compareValues(nlohmann::json(-1), nlohmann::json(1)) < 0);
        QVERIFY(compareValues(nlohmann::json(-2), nlohmann::json(-1)) < 0);
        QVERIFY(compareValues(nlohmann::json(-1.5), nlohmann::json(-1)) < 0);
        QVERIFY(compareValues(nlohmann::json(1e300), nlohmann::json(18446744073709551615u)) > 0);
        std::string list = "[9007199254740992.0";
        for (int i = 0; i < 40; ++i)
            list += ",9007199254740993";
        QVERIFY(!fits("{'uniqueItems':true}", list + ",9007199254740992]"));
    }

    void comparesNumbersAsNumbers()
    {
        QVERIFY(fits("{'type':'integer','const':1}", "1.0"));
        QVERIFY(fits("{'multipleOf':0.0001}", "0.0075"));
        QVERIFY(!fits("{'multipleOf':0.01}", "0.075"));
        QVERIFY(fits("{'maximum':18446744073709551615}", "18446744073709551615"));
        QVERIFY(!fits("{'uniqueItems':true}", "[1,{'a':1},{'a':1.0}]"));
        QVERIFY(fits("{'uniqueItems':true}", "[1,true,0,false]"));
        QVERIFY(fits("{'minLength':2,'maxLength':2}", "'ä😀'"));
    }

    void saysWhatIsMalformedInASchema()
    {
        QCOMPARE(
            problems("{'type':'object','properties':{'a':{'type':['string','null']},'b':true}}"),
            std::string());
        QCOMPARE(problems("7"), std::string(": A schema must be an object, true or false.\n"));
        QCOMPARE(problems("{'type':'text'}"),
            std::string(
                "/type: 'type' must be one of null, boolean, integer, number, string, array, "
                "object, or a list of them.\n"));
        QCOMPARE(problems("{'properties':{'a/b':{'minLength':-1}}}"),
            std::string(
                "/properties/a~1b/minLength: 'minLength' must be a whole number from 0.\n"));
        QCOMPARE(
            problems("{'allOf':{}}"), std::string("/allOf: 'allOf' must be a list of schemas.\n"));
        QCOMPARE(problems("{'items':[]}"),
            std::string("/items: A schema must be an object, true or false.\n"));
        QCOMPARE(problems("{'$ref':'http://elsewhere/'}"),
            std::string(
                "/$ref: 'http://elsewhere/' is not in this schema; others are not fetched.\n"));
        QCOMPARE(problems("{'properties':[]}"),
            std::string("/properties: 'properties' must be an object of schemas.\n"));
        QCOMPARE(problems("{'multipleOf':0}"),
            std::string("/multipleOf: 'multipleOf' must be a number above 0.\n"));
        QCOMPARE(problems("{'enum':'a','uniqueItems':'yes'}"),
            std::string("/enum: 'enum' must be a list.\n"
                        "/uniqueItems: 'uniqueItems' must be true or false.\n"));
        QVERIFY(problems("{'dependentRequired':{'a':'b'}}").starts_with("/dependentRequired: "));
        QCOMPARE(problems("{'dependentRequired':{'a':['b']}}"), std::string());
        QVERIFY(problems("{'patternProperties':{'^a':{},'(':{}}}")
                    .starts_with("/patternProperties/(: '(' is no regular expression: "));
        QVERIFY(
            problems("{'pattern':'('}").starts_with("/pattern: '(' is no regular expression: "));
        QCOMPARE(problems("{'format':'date','x-ours':{'type':'nonsense'}}"), std::string());
    }

    void usesAMalformedSchemaAsFarAsItGoes()
    {
        QVERIFY(fits("{'type':7,'required':{},'properties':[],'minimum':'x','pattern':1,'items':5,"
                     "'anyOf':true,'enum':1,'dependentRequired':{'a':1}}",
            "{'a':[1]}"));
        QVERIFY(!fits("{'pattern':'('}", "'x'"));
        QVERIFY(!fits("{'$ref':'#/nowhere'}", "1"));
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"

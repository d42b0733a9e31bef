#include "engine/model/schema/schema.h"

#include <QDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

using namespace engine;

namespace {

/// Why a file or a case of the public suite is not run, by "file" or "file: case".
using Excluded = std::map<std::string, std::string>;

const Excluded notOfDraft2020{
    {"refRemote", "references to other documents are not followed"},
    {"vocabulary", "needs a metaschema from elsewhere"},
    {"dynamicRef: strict-tree schema, guards against misspelled properties",
        "references to other documents are not followed"},
    {"dynamicRef: $ref and $dynamicAnchor are independent of order - $defs first",
        "references to other documents are not followed"},
    {"dynamicRef: $ref and $dynamicAnchor are independent of order - $ref first",
        "references to other documents are not followed"},
    {"dynamicRef: $ref to $dynamicRef finds detached $dynamicAnchor",
        "references to other documents are not followed"},
    {"dynamicRef: tests for implementation dynamic anchor and reference link",
        "references to other documents are not followed"},
    {"defs: validate definition against metaschema", "needs a metaschema from elsewhere"},
    {"ref: remote ref, containing refs itself", "needs a metaschema from elsewhere"},
    {"pattern: pattern with Unicode property escape requires unicode mode",
        "PCRE2 knows the short names of properties only"},
    {"patternProperties: patternProperties with Unicode property escape",
        "PCRE2 knows the short names of properties only"},
};

/// What draft 7 says otherwise than 2020-12.
const Excluded notOfDraft7{
    {"additionalItems", "2020-12 calls it items"},
    {"definitions", "needs a metaschema from elsewhere"},
    {"dependencies", "2020-12 splits it in two"},
    {"items: an array of schemas for items", "2020-12 calls it prefixItems"},
    {"items: an array with boolean schemas", "2020-12 calls it prefixItems"},
    {"items: items with boolean schemas", "2020-12 calls it prefixItems"},
    {"items: items and subitems", "2020-12 calls it prefixItems"},
    {"ref", "in draft 7 a $ref hides its neighbours, and an $id can be an anchor"},
    {"refRemote", "references to other documents are not followed"},
    {"uniqueItems: uniqueItems with an array of items", "2020-12 calls it prefixItems"},
    {"uniqueItems: uniqueItems with an array of items and additionalItems=false",
        "2020-12 calls it prefixItems"},
    {"uniqueItems: uniqueItems=false with an array of items", "2020-12 calls it prefixItems"},
    {"uniqueItems: uniqueItems=false with an array of items and additionalItems=false",
        "2020-12 calls it prefixItems"},
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

/// The disagreements of one file of the suite.
QStringList disagreements(const QString &path, const Excluded &excluded, int &ran)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {QStringLiteral("cannot read ") + path};
    const std::string name = QFileInfo(path).baseName().toStdString();
    QStringList wrong;
    for (const auto &group : nlohmann::json::parse(file.readAll().toStdString())) {
        const std::string title = name + ": " + group["description"].get<std::string>();
        if (excluded.contains(title))
            continue;
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
    void agreesWithThePublicSuite_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("isDraft7");
        const QString suite = qEnvironmentVariable(
            "SIGNALBOX_SCHEMA_SUITE", QStringLiteral("/usr/share/json-schema-test-suite/tests"));
        QTest::newRow("draft 7") << suite + QStringLiteral("/draft7") << true;
        QTest::newRow("draft 2020-12") << suite + QStringLiteral("/draft2020-12") << false;
    }
    void agreesWithThePublicSuite()
    {
        QFETCH(QString, folder);
        QFETCH(bool, isDraft7);
        const QStringList files = QDir(folder).entryList({QStringLiteral("*.json")}, QDir::Files);
        if (files.isEmpty())
            QSKIP("this version of the package json-schema-test-suite does not have the draft");
        const Excluded &excluded = isDraft7 ? notOfDraft7 : notOfDraft2020;
        QStringList wrong;
        int ran = 0;
        for (const QString &file : files)
            if (!excluded.contains(QFileInfo(file).baseName().toStdString()))
                wrong += disagreements(QDir(folder).filePath(file), excluded, ran);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QVERIFY2(ran > 300, qPrintable(QString::number(ran)));
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

    void endsWhereASchemaDoesNot()
    {
        QVERIFY(faults("{'$ref':'#'}", "1").find("refers to itself") != std::string::npos);
        QVERIFY(!fits(
            "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}},'$ref':'#/$defs/a'}",
            "1"));
        std::string doubling = "{'$defs':{'d0':true";
        for (int i = 1; i <= 40; ++i) {
            const std::string inner = "{'$ref':'#/$defs/d" + std::to_string(i - 1) + "'}";
            doubling += ",'d" + std::to_string(i) + "':{'allOf':[" + inner + "," + inner + "]}";
        }
        QVERIFY(!fits(doubling + "},'$ref':'#/$defs/d40'}", "1"));
    }

    void limitsWhatAPatternMayCost()
    {
        const std::string evil = "{'pattern':'^(a+)+$'}";
        QVERIFY(
            faults(evil, "'" + std::string(40, 'a') + "b'").find("too long") != std::string::npos);
        QVERIFY(fits("{'pattern':'^.*x$'}", "'" + std::string(30'000, 'a') + "x'"));
        QVERIFY(!fits("{'pattern':'a$'}", "'a\\n'"));
        QVERIFY(fits("{'pattern':'^\\\\u00e4$'}", "'ä'"));
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

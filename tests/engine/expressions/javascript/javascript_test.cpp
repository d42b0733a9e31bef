#include "engine/expressions/javascript/javascript.h"

#include <QTest>

#include <map>
#include <string>

using namespace engine;
using namespace std::chrono_literals;

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::optional<JsonText> find(const Values &values, std::string_view name)
{
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(JsonText::trusted(found->second));
}

Scope scopeOf(const Values &values, const Values &steps = {})
{
    return {.value = [values](std::string_view name) { return find(values, name); },
        .step = [steps](std::string_view id) { return find(steps, id); },
        .now = Instant{Milliseconds{1'700'000'000'123}},
        .seed = 42};
}

const Values order{{"input",
    R"({"id":"o-1","total":12345678901234567890,"lines":[{"sku":"a","n":2},{"sku":"b","n":3}],"on":true,)"
    R"("none":null})"}};

QString outcome(Expressions &expressions, const char *source, const Scope &scope)
{
    const auto value = expressions.evaluate(source, scope, {"pay", "with.body"});
    return QString::fromStdString(value ? value->text() : value.error().message);
}

} // namespace

class JavaScriptTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Expressions> m_expressions = makeJavaScript();

    QString valueOf(const char *source, const Scope &scope = scopeOf(order))
    {
        return outcome(*m_expressions, source, scope);
    }

private slots:
    void values_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *source, const char *value) {
            QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(value);
        };
        row("1 + 1", "2");
        row("input.total > 100 && input.on === true", "true");
        row("`ship ${input.id}`", "\"ship o-1\"");
        row("'\\u00e9\\n\"'", "\"é\\n\\\"\"");
        row("undefined", "null");
        row("input.nothing", "null");
        row("input.none", "null");
        row("0.1 + 0.2", "0.30000000000000004");
        row("1e21", "1e+21");
        row("-0", "0");
        row("1e15", "1e+15");
        row("999999999999999", "999999999999999");
        row("0 / 0", "null");
        row("({ stage: input.id, all: [1, 'x', null] })", R"({"stage":"o-1","all":[1,"x",null]})");
        row("input.lines.map(line => line.n).reduce((a, b) => a + b)", "5");
        row("input.lines.filter(({ n }) => n > 2)[0].sku", "\"b\"");
        row("input?.missing?.deep ?? 'none'", "\"none\"");
        row("typeof nothing === 'undefined'", "true");
        row("x => x", "null");
        row("new Error('kept as a value') instanceof Error", "true");
        row("[3, 1, 10, undefined, 2].sort()", "[1,10,2,3,null]");
        row("input.lines.sort((a, b) => b.n - a.n)[0].sku", "\"b\"");
        row("input.id // the id", "\"o-1\"");
        row("'a-b-c'.replace(/-/g, '+') + 'a-b-c'.replace('-', '$$')", "\"a+b+ca$b-c\"");
        row("'John Smith'.replace(/(\\w+)\\s(\\w+)/, '$2 $1 $&')", "\"Smith John John Smith\"");
        row("'a1b22'.replace(/\\d+/g, m => '<' + m + '>')", "\"a<1>b<22>\"");
        row("'a, b,c'.split(/\\s*,\\s*/)", R"(["a","b","c"])");
        row("'abc'.split('')", R"(["a","b","c"])");
        row("'2026-01-31'.match(/^(\\d+)-(\\d+)/).slice(1)", R"(["2026","01"])");
        row("'a1b2'.match(/\\d/g)", R"(["1","2"])");
        row("'xay'.search(/a/)", "1");
        row("/^ab$/.test('ab\\n')", "false");
        row("/^[^]$/.test('\\n')", "true");
        row("/\\s/.test('\\u00a0') && /[\\s]/.test('\\u2003')", "true");
        row("/\\u00e9/i.test('É')", "true");
        row("/^\\S$/.test('\\u00a0') || /^[\\S]$/.test(' ')", "false");
        row("/^[\\b]\\v\\0\\cA\\x41$/.test('\\b\\v\\0\\x01A')", "true");
        row("/\\bb/.test('a b') && !/\\bb/.test('ab')", "true");
        row("/^\\u{1F600}$/u.test('😀') && /^\\ud83d\\ude00$/.test('😀')", "true");
        row("/^\\x4$/.test('x4') && /^\\u00$/.test('u00')", "true");
        row("/[]/.test('a') || /[[]b/.test('ab')", "false");
        row("/[[]b/.test('[b')", "true");
        row("new RegExp('^o-\\\\d$').test(input.id)", "true");
        row("'x'.padStart(3, '-') + 'ab'.repeat(2)", "\"--xabab\"");
        row("Array(3).fill(0)", "[0,0,0]");
        row("Array.from({ length: 3 }, (_, i) => i * i)", "[0,1,4]");
        row("[...new Set([1, 2, 1])]", "[1,2]");
        row("[...new Map([['a', 1]]).entries()]", R"([["a",1]])");
        row("JSON.parse('{\"a\":[1]}').a[0]", "1");
        row("JSON.stringify({ a: 1, b: 2 }, ['a'])", "\"{\\\"a\\\":1}\"");
        row("JSON.stringify({ b: 3, a: [5, { b: 1, a: 2 }] }, ['a', 'c'])",
            "\"{\\\"a\\\":[5,{\\\"a\\\":2}]}\"");
        row("JSON.stringify({ a: 1 }, ['a', 'toString', '__proto__'])", "\"{\\\"a\\\":1}\"");
        row("JSON.stringify([1], null, 1)", "\"[\\n 1\\n]\"");
        row("Object.assign({}, { a: 1 }, { b: 2 })", R"({"a":1,"b":2})");
    }
    void values()
    {
        QFETCH(const QByteArray, source);
        QFETCH(const QString, value);
        QCOMPARE(valueOf(source.constData()), value);
        // Once more, from the cache.
        QCOMPARE(valueOf(source.constData()), value);
    }

    void aBarePathKeepsTheExactNumber()
    {
        QCOMPARE(valueOf(" input.total "), QStringLiteral("12345678901234567890"));
        QCOMPARE(valueOf("input.lines[1].sku"), QStringLiteral("\"b\""));
        QCOMPARE(valueOf("input['id']"), QStringLiteral("\"o-1\""));
    }

    void aBarePathKnowsEscapedAndRepeatedKeys()
    {
        const auto scope = scopeOf({{"event", R"({"a": 1, "\u0061": { "b" : [ [1], 2.50 ] } })"}});
        QCOMPARE(valueOf("event.a.b[1]", scope), QStringLiteral("2.50"));
    }

    void aPathThroughNothingIsAnError()
    {
        QVERIFY(
            valueOf("input.nothing.more").contains(QStringLiteral("Cannot read property 'more'")));
        QCOMPARE(valueOf("input.id.length"), QStringLiteral("3"));
    }

    void stepsAreReadByNameAndByComputedName()
    {
        const auto scope = scopeOf(
            {{"input", R"({"which":"review"})"}}, {{"review", R"({"outcome":"approve","n":1.0})"}});
        QCOMPARE(valueOf("steps.review.n", scope), QStringLiteral("1.0"));
        QCOMPARE(valueOf("steps.review.outcome === 'approve'", scope), QStringLiteral("true"));
        QCOMPARE(valueOf("steps['review'].outcome + 1", scope), QStringLiteral("\"approve1\""));
        QCOMPARE(valueOf("steps[input.which].outcome", scope), QStringLiteral("\"approve\""));
        QCOMPARE(
            valueOf("'review' in steps && !('other' in steps)", scope), QStringLiteral("true"));
        QCOMPARE(valueOf("typeof steps.other", scope), QStringLiteral("\"undefined\""));
        QCOMPARE(valueOf("typeof steps[input.nothing]", scope), QStringLiteral("\"undefined\""));
    }

    void namesOfItemsAreThereWhereTheScopeKnowsThem()
    {
        Scope scope = scopeOf({{"parcel", R"({"n":2})"}});
        QVERIFY(valueOf("parcel.n + 1", scope).contains(QLatin1String("parcel")));
        scope.itemNames = {"parcel"};
        QCOMPARE(valueOf("parcel.n + 1", scope), QStringLiteral("3"));
        QCOMPARE(valueOf("parcel.n", scope), QStringLiteral("2"));
        scope.itemNames = {"other"};
        QVERIFY(valueOf("parcel.n + 1", scope).contains(QLatin1String("parcel")));
    }
    void timeAndChanceAreFixedByTheScope()
    {
        QCOMPARE(valueOf("[now.getTime(), Date.now(), +new Date()]"),
            QStringLiteral("[1700000000123,1700000000123,1700000000123]"));
        QCOMPARE(valueOf("now"), QStringLiteral("\"2023-11-14T22:13:20.123Z\""));
        const auto chance = valueOf("[Math.random(), Math.random()]");
        QCOMPARE(valueOf("[Math.random(), Math.random()]"), chance);
        auto other = scopeOf(order);
        other.seed = 43;
        QVERIFY(valueOf("[Math.random(), Math.random()]", other) != chance);
        QCOMPARE(valueOf("Math['ran' + 'dom']() === Math.random()"), QStringLiteral("false"));
    }

    void theZoneIsUtcWhereverTheMachineStands()
    {
        qputenv("TZ", "America/New_York");
        tzset();
        auto expressions = makeJavaScript();
        const auto scope = scopeOf(order);
        QCOMPARE(outcome(*expressions, "now.getHours()", scope), QStringLiteral("22"));
        QCOMPARE(outcome(*expressions, "new Date(2026, 0, 31).toISOString()", scope),
            QStringLiteral("\"2026-01-31T00:00:00.000Z\""));
        QCOMPARE(outcome(*expressions, "new Date('2026-01-31T10:00:00').getHours()", scope),
            QStringLiteral("10"));
        QCOMPARE(outcome(*expressions, "new Date('2026-01-31T10:00:00+02:00').getHours()", scope),
            QStringLiteral("8"));
        QCOMPARE(outcome(*expressions, "new Date('Jan 31 2026 10:00').getHours()", scope),
            QStringLiteral("10"));
        QCOMPARE(outcome(*expressions, "new Date(2026, 0, 31, 12).toString()", scope),
            QStringLiteral("\"Sat, 31 Jan 2026 12:00:00 GMT\""));
        QCOMPARE(outcome(*expressions, "now.getTimezoneOffset()", scope), QStringLiteral("0"));
        qputenv("TZ", "UTC");
        tzset();
    }

    void errorsTellStepFieldAndPosition()
    {
        QCOMPARE(valueOf("input.id +\n  nothing.x"),
            QStringLiteral("step 'pay', 'with.body': ReferenceError: nothing is not defined "
                           "(at character 14)"));
        const auto thrown = m_expressions->evaluate("1 + ", scopeOf(order), {"pay", "when"});
        QVERIFY(!thrown);
        QCOMPARE(thrown.error().code, ErrorCode::InvalidArgument);
        QVERIFY(valueOf("(() => { throw 5; })()").contains(QStringLiteral("'with.body': 5")));
        QVERIFY(valueOf("(() => { throw { toString() { throw 1; } }; })()")
                    .startsWith(QStringLiteral("step 'pay'")));
    }

    void parsingTellsThePosition_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("position");
        QTest::newRow("missing operand") << QByteArray("input.a + + * 2") << 12;
        QTest::newRow("two values") << QByteArray("input.a input.b") << 8;
        QTest::newRow("after a text with brackets") << QByteArray("'(' + \") }\" ]") << 12;
        QTest::newRow("empty") << QByteArray("  ") << 0;
        QTest::newRow("object spread") << QByteArray("({ ...input })") << 3;
        QTest::newRow("flat") << QByteArray("input.list.flat()") << 11;
        QTest::newRow("replaceAll") << QByteArray("'x'.replaceAll('x', 'y')") << 4;
        QTest::newRow("integer") << QByteArray("1 + 10n") << 4;
        QTest::newRow("look behind") << QByteArray("/(?<=a)b/.test('x')") << 0;
        QTest::newRow("await") << QByteArray("await input.x") << 0;
        QTest::newRow("async") << QByteArray("(async () => 1)()") << 1;
    }
    void parsingTellsThePosition()
    {
        QFETCH(const QByteArray, source);
        QFETCH(const int, position);
        const auto problems = m_expressions->check(source.toStdString());
        QCOMPARE(problems.size(), std::size_t(1));
        QVERIFY(!problems[0].message.empty());
        QCOMPARE(problems[0].position, position);
    }

    void whatParsesHasNoProblem_data()
    {
        QTest::addColumn<QByteArray>("source");
        for (const char *source : {"input.a / input.b / 2", "input.at", "steps.review.at",
                 "`a ${ {b: 1}.b } } ${`in ${1}`}`", "[...input.list, 1]", "({ a: 1, b })",
                 "/[/)]/", "a ? b : c", "(x, y) => ({ x, y })", "x /* ) */ + 1"})
            QTest::newRow(source) << QByteArray(source);
    }
    void whatParsesHasNoProblem()
    {
        QFETCH(const QByteArray, source);
        const auto problems = m_expressions->check(source.toStdString());
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems[0].message.c_str());
    }

    void onlyOneExpressionIsAccepted_data()
    {
        QTest::addColumn<QByteArray>("source");
        for (const char *source : {"1); for (;;); (2", "1)}); for (;;); (function () { return (1",
                 "1)}, function () { return (2", "return 1", "var x = 1", "1;", "1; 2", "*/ 1 /*",
                 "}", "", "1 //*"})
            QTest::newRow(source) << QByteArray(source);
    }
    void onlyOneExpressionIsAccepted()
    {
        QFETCH(const QByteArray, source);
        const bool fine = source == "1 //*";
        QCOMPARE(m_expressions->check(source.toStdString()).empty(), fine);
        QCOMPARE(bool(m_expressions->evaluate(source.toStdString(), scopeOf({}), {})), fine);
    }

    void namesAreFound_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("names");
        const auto row = [](const char *source, const char *names) {
            QTest::newRow(source) << QByteArray(source) << QString::fromUtf8(names);
        };
        row("input.id", "input");
        row("steps.review.outcome === 'approve' && steps['pay'].ok", "steps.review steps.pay");
        row("steps[input.which]", "steps input");
        row("inptu.total + Math.max(1, vars.n)", "inptu vars.n");
        row("input.lines.map(line => line.n * vars.rate)", "input vars.rate");
        row("input.lines.map((line, i) => line.n + i)", "input");
        row("({ event: 1, input: vars.x, error })", "vars.x error");
        row("`text input ${event.name} ${'item'}`", "event");
        row("'input' // vars", "");
        row("/input/.test(item)", "item");
        row("a ? b : c", "a b c");
        row("(() => { const { x, y } = input; let z = 1; return x + y + z; })()", "input");
        row("(function f(a) { return f(a) + q; })(1)", "q");
    }
    void namesAreFound()
    {
        QFETCH(const QByteArray, source);
        QFETCH(const QString, names);
        QStringList found;
        for (const auto &name : m_expressions->namesIn(source.toStdString()))
            found << QString::fromStdString(name);
        QCOMPARE(found.join(QLatin1Char(' ')), names);
    }

    void aNameIsWrittenOtherwise_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *source, const char *from, const char *to,
                             const char *expected) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(from)
                                  << QString::fromUtf8(to) << QString::fromUtf8(expected);
        };
        row("inptu.a + 'inptu' + x.inptu", "inptu", "input", "input.a + 'inptu' + x.inptu");
        row("steps.revue.ok && steps['revue'] && vars.revue", "steps.revue", "steps.review",
            "steps.review.ok && steps['review'] && vars.revue");
        row("`${vars.totl} totl`", "vars.totl", "vars.total", "`${vars.total} totl`");
        row("/* inptu */ inptu", "inptu", "input", "/* inptu */ input");
    }
    void aNameIsWrittenOtherwise()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        QFETCH(const QString, expected);
        QCOMPARE(QString::fromStdString(m_expressions->withName(
                     source.toStdString(), from.toStdString(), to.toStdString())),
            expected);
    }

    /// What is proposed runs, and gives what the newer form would have given.
    void whatIsNotAvailableHasAnOlderForm_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("older");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *source, const char *older, const char *value) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(older)
                                  << QString::fromUtf8(value);
        };
        row("[[1],[2,3]].flat()", "[].concat(...[[1],[2,3]])", "[1,2,3]");
        row("input.lines.map(l => [l.n]).flat(1)", "[].concat(...input.lines.map(l => [l.n]))",
            "[2,3]");
        row("input.lines.flatMap(l => [l.n, 0])", "[].concat(...input.lines.map(l => [l.n, 0]))",
            "[2,0,3,0]");
        row("[1,2,3].at(-1)", "[1,2,3].slice(-1)[0]", "3");
        row("2 + [1,2,3].at(1)", "2 + [1,2,3][1]", "4");
        row("Object.fromEntries([['a',1],['b',2]])",
            "([['a',1],['b',2]]).reduce((all, one) => Object.assign(all, {[one[0]]: one[1]}), {})",
            "{\"a\":1,\"b\":2}");
        row("'a-b-c'.replaceAll('-', '+')", "'a-b-c'.split('-').join('+')", "\"a+b+c\"");
        row("'a-b-c'.replaceAll(/-/g, '+')", "'a-b-c'.replace(/-/g, '+')", "\"a+b+c\"");
        row("' x '.trimStart()", "' x '.replace(/^\\s+/, '')", "\"x \"");
        row("' x '.trimEnd()", "' x '.replace(/\\s+$/, '')", "\" x\"");
        row("[1,2,3].findLast(n => n < 3)", "[1,2,3].filter(n => n < 3).slice(-1)[0]", "2");
        row("({...input.lines[0], b: 1, c: [2, 3]})",
            "(Object.assign({}, input.lines[0], {b: 1, c: [2, 3]}))",
            "{\"sku\":\"a\",\"n\":2,\"b\":1,\"c\":[2,3]}");
        row("({a: 1, ...{b: 2}, c: 3})", "(Object.assign({}, {a: 1}, {b: 2}, {c: 3}))",
            "{\"a\":1,\"b\":2,\"c\":3}");
        row("1_000 + 2", "1000 + 2", "1002");
        row("10n + 2n", "10 + 2n", "");
        row("(async x => x)(1)", "(x => x)(1)", "1");
        row("await input.lines.length", "input.lines.length", "2");
        row("((a) => { a ?\?= 5; return a; })(null)", "((a) => { a = a ?? 5; return a; })(null)",
            "5");
    }
    void whatIsNotAvailableHasAnOlderForm()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, older);
        QFETCH(const QString, value);
        const auto problems = m_expressions->check(source.toStdString());
        QVERIFY(!problems.empty());
        QCOMPARE(QString::fromStdString(problems.front().instead), older);
        if (value.isEmpty())
            return;
        const auto answer =
            m_expressions->evaluate(older.toStdString(), scopeOf(order), {"s", "f"});
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(QString::fromStdString(answer->text()), value);
    }

    void whereAPersonMustThinkNothingIsProposed()
    {
        for (const char *source :
            {"[[1]].flat(2)", "list?.at(0)", "list.at(i)", "'a'.matchAll(/a/g)",
                "/(?<=a)b/.test('b')", "x.replaceAll('a', m => m)", "Object.fromEntries(a, b)"}) {
            const auto problems = m_expressions->check(source);
            QVERIFY2(!problems.empty(), source);
            QVERIFY2(problems.front().instead.empty(), problems.front().instead.c_str());
        }
    }

    void aScriptIsABodyOrAnExpression()
    {
        const auto scope = scopeOf(order);
        const auto body = m_expressions->run(
            "let sum = 0;\nfor (const line of input.lines) sum += line.n;\nreturn sum;", scope, 1s);
        QVERIFY(body);
        QCOMPARE(body->text(), std::string("5"));
        const auto expression = m_expressions->run("input.lines.length", scope, 1s);
        QVERIFY(expression);
        QCOMPARE(expression->text(), std::string("2"));
        const auto wrong = m_expressions->run("let x = ;\nreturn x;", scope, 1s);
        QVERIFY(!wrong);
        const auto endless = m_expressions->run("for (;;);", scope, 30ms);
        QVERIFY(!endless);
        QVERIFY(QString::fromStdString(endless.error().message).contains(QStringLiteral("30 ms")));
    }
};

QTEST_GUILESS_MAIN(JavaScriptTest)
#include "javascript_test.moc"

#include "engine/engine.h"

#include "engine/expressions/javascript/javascript.h"

#include <QFuture>
#include <QTemporaryDir>
#include <QTest>

using namespace engine;
using namespace std::chrono_literals;

namespace {

constexpr auto guards = R"flow({ "signalbox": 1, "name": "Guard", "start": "w", "steps": {
    "w": { "kind": "wait", "event": "Go", "where": "=event.n > 1 && [1, 2].includes(2)", "next": "done" },
    "done": { "kind": "end", "output": "=[steps.w.n, ({}).polluted === undefined, typeof Object.keys, [].concat([1]).length, 'ab'.repeat(2)]" } } })flow";

template<typename T>
T valueOf(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const auto result = future.takeResult();
    if (!result)
        throw std::runtime_error(result.error().message);
    return *result;
}

/// What an instance that evaluates `expression` comes to.
InstanceSummary outcomeOf(Engine &engine, const QByteArray &expression)
{
    QByteArray written = expression;
    Q_ASSERT(!written.contains('"'));
    written.replace(QByteArray(1, 0x5c), QByteArray(2, 0x5c)); // a backslash, for JSON
    QByteArray flow = R"({ "signalbox": 1, "name": "Attack", "start": "strike", "steps": {
        "strike": { "kind": "set", "variables": { "x": "=ATTACK" }, "next": "done" },
        "done": { "kind": "end", "output": "=vars.x" } } })";
    flow.replace("ATTACK", written);
    const auto deployed = valueOf(engine.deploy({flow.toStdString(), true, {}}));
    if (deployed.version == 0)
        return {};
    const auto started = valueOf(engine.start({{"Attack"}, deployed.version, {}, {}, {}}));
    InstanceSummary summary = valueOf(engine.find(started.instance));
    while (!isFinished(summary.status)) // it yields, or waits for its turn
        summary = valueOf(engine.find(started.instance));
    return summary;
}

} // namespace

/// Expressions that attack the program, in a running engine: that instance fails, with its step and
/// expression named, and everybody else goes on as if nothing had been.
class ExpressionAttacksTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void onlyTheAttackerFails_data();
    void onlyTheAttackerFails();
    void whatSpoilsNothingLeavesNoTrace_data();
    void whatSpoilsNothingLeavesNoTrace();

private:
    void bystanderGoesOn();

    QTemporaryDir m_directory;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Engine> m_engine;
};

void ExpressionAttacksTest::init()
{
    EngineOptions options;
    options.directory = m_directory.path().toStdString();
    auto opened = Engine::open(options, {m_clock, m_random, makeJavaScript});
    QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
    m_engine = *std::move(opened);
    valueOf(m_engine->deploy({guards, false, {}}));
    valueOf(m_engine->start({{"Guard"}, {}, {"bystander"}, {}, {}}));
}

void ExpressionAttacksTest::cleanup() { m_engine.reset(); }

/// One that was there before the attack still thinks straight.
void ExpressionAttacksTest::bystanderGoesOn()
{
    valueOf(m_engine->raise({{"bystander"}, "Go", JsonText::trusted("{\"n\":7}"), {}, {}, {}}));
    const InstanceSummary bystander = valueOf(m_engine->find({"bystander"}));
    QVERIFY(bystander.status == InstanceStatus::Completed);
    QCOMPARE(bystander.output.text(), std::string("[7,true,\"function\",1,\"abab\"]"));
}

void ExpressionAttacksTest::onlyTheAttackerFails_data()
{
    QTest::addColumn<QByteArray>("expression");
    const auto row = [](const char *name, const char *expression) {
        QTest::newRow(name) << QByteArray(expression);
    };
    row("repeat", "'x'.repeat(1 << 30)");
    row("repeat in a loop", "(() => { let s = 'x'; for (;;) s = s.repeat(1000); })()");
    row("padStart", "'x'.padStart(1 << 30)");
    row("doubling", "(() => { let s = 'x'; for (;;) s += s; })()");
    row("Array", "Array(1 << 30)");
    row("new Array", "new Array(4294967295)");
    row("Array filled", "Array(1 << 28).fill(0)");
    row("Array.from", "Array.from({ length: 1 << 30 })");
    row("length", "(() => { const a = []; a.length = 1 << 30; return a.join('x'); })()");
    row("join", "(() => { let a = ['x']; for (;;) a = a.concat(a); })()");
    row("recursion", "(function f() { return f(); })()");
    row("recursion of two", "(() => { const f = () => g(); const g = () => f(); return f(); })()");
    row("recursion of getters", "(() => { const o = { get x() { return this.x; } }; return o.x; })()");
    row("recursion of toJSON", "(() => { const o = {}; o.toJSON = () => ({ o }); return o; })()");
    row("endless loop", "(() => { for (;;); })()");
    row("endless while", "(() => { while (true) { } })()");
    row("endless sort", "[3, 1, 2].sort(() => { for (;;); })");
    row("endless replace", "'aaa'.replace(/a/g, () => { for (;;); })");
    row("slow pattern", "/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')");
    row("constructor.constructor", "''.constructor.constructor('return 1')()");
    row("constructor of a function", "(() => 1).constructor('return 1')()");
    row("constructor of a generator", "(function* () {}).constructor('yield 1')().next()");
    row("constructor of a result", "[].map.constructor('return this')()");
    row("deep result", "(() => { let o = 1; for (let i = 0; i < 100; ++i) o = [o]; return o; })()");
    row("circular result", "(() => { const o = {}; o.o = o; return o; })()");
    row("large result", "'x'.repeat(1100000)");
}

void ExpressionAttacksTest::onlyTheAttackerFails()
{
    QFETCH(QByteArray, expression);
    const InstanceSummary attacker = outcomeOf(*m_engine, expression);
    if (attacker.run != RunKey()) { // else its flow was refused, which is as good
        QVERIFY(attacker.status == InstanceStatus::Failed);
        QCOMPARE(attacker.errorType, std::string("ExpressionError"));
        QVERIFY2(attacker.output.text().find("strike") != std::string::npos,
            attacker.output.text().c_str());
        QVERIFY(attacker.setAside.empty());
    }
    bystanderGoesOn();
}

void ExpressionAttacksTest::whatSpoilsNothingLeavesNoTrace_data()
{
    QTest::addColumn<QByteArray>("expression");
    const auto row = [](const char *name, const char *expression) {
        QTest::newRow(name) << QByteArray(expression);
    };
    // Silent in sloppy mode: what is frozen stays as it is.
    row("pollution without care", "(() => { Object.prototype.polluted = 1; })()");
    row("pollution strict", "(() => { 'use strict'; ({}).__proto__.polluted = 1; return 1; })()");
    row("a method replaced", "(() => { 'use strict'; Array.prototype.includes = () => false; })()");
    row("pollution", "(() => { try { ({}).__proto__.polluted = 1; } catch (e) { } return 7; })()");
    row("prototype set", "(() => { try { Object.setPrototypeOf(Object.prototype, { polluted: 1 }); } catch (e) { } return 7; })()");
    row("global", "(() => { try { globalThis.polluted = 1; } catch (e) { } return 7; })()");
    row("keys gone", "(() => { try { delete Object.keys; } catch (e) { } return 7; })()");
    row("keys replaced", "(() => { try { Object.keys = 1; } catch (e) { } return 7; })()");
    row("concat replaced", "(() => { try { Array.prototype.concat = () => 1; } catch (e) { } return 7; })()");
    row("define", "(() => { try { Object.defineProperty(Object.prototype, 'polluted', { value: 1 }); } catch (e) { } return 7; })()");
}

void ExpressionAttacksTest::whatSpoilsNothingLeavesNoTrace()
{
    QFETCH(QByteArray, expression);
    const InstanceSummary attacker = outcomeOf(*m_engine, expression);
    if (attacker.run != RunKey())
        QVERIFY(isFinished(attacker.status));
    bystanderGoesOn();
}

QTEST_GUILESS_MAIN(ExpressionAttacksTest)
#include "expression_attacks_test.moc"

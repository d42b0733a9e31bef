#include "engine/runtime/interpreter.h"

#include "engine/history/history_json.h"
#include "engine/model/flow_reader.h"
#include "tests/support/patient_expressions.h"
#include "tests/support/sim_clock.h"
#include "tests/support/sim_random.h"

#include <QTest>

#include <algorithm>
#include <iterator>

using namespace engine;
using namespace tests;

namespace {

constexpr const char *mixed = R"flow({
  "signalbox": 1, "name": "Mixed", "variables": { "log": [] }, "start": "act",
  "steps": {
    "act": { "kind": "activity", "activity": "log", "with": { "n": "=Math.random()" },
             "retry": { "attempts": 2, "first": "PT1S" }, "next": "all", "onError": { "*": "note" } },
    "all": { "kind": "wait", "allOf": ["A", "B"], "where": "=event.n !== 3", "timeout": "PT1M",
             "onTimeout": "note", "next": "note" },
    "note": { "kind": "set", "append": { "log": "=steps.all" }, "status": "=vars.log.length",
              "next": "more" },
    "more": { "kind": "choice", "cases": [ { "when": "=vars.log.length % 4 !== 0", "next": "act" } ],
              "otherwise": "pause" },
    "pause": { "kind": "timer", "after": "PT5S", "next": "act" }
  } })flow";

constexpr const char *regions = R"flow({
  "signalbox": 1, "name": "Regions", "variables": { "n": 0 }, "start": "each",
  "steps": {
    "each": { "kind": "forEach", "items": "=[1, 2, 3, 4]", "as": "one", "atOnce": 3, "do": "split",
              "join": "met", "onError": { "*": "again" } },
    "split": { "kind": "parallel", "branches": ["act", "all", "pause"], "join": "gate" },
    "act": { "kind": "activity", "activity": "log", "with": { "n": "=[one, index]" },
             "retry": { "attempts": 2, "first": "PT1S" }, "next": "gate", "onError": { "*": "gate" } },
    "all": { "kind": "wait", "allOf": ["A", "B"], "timeout": "PT1M", "next": "gate" },
    "pause": { "kind": "timer", "after": "PT5S", "next": "inner" },
    "inner": { "kind": "forEach", "items": "=[1, 2]", "do": "set", "join": "any" },
    "set": { "kind": "set", "variables": { "n": "=vars.n + one * item" }, "next": "any" },
    "any": { "kind": "join", "mode": "any", "next": "gate" },
    "gate": { "kind": "join", "mode": 2, "next": "met" },
    "met": { "kind": "join", "mode": "all", "next": "again" },
    "again": { "kind": "timer", "after": "PT5S", "next": "each" }
  } })flow";

constexpr const char *manyItems = R"flow({
  "signalbox": 1, "name": "Many", "start": "each",
  "steps": {
    "each": { "kind": "forEach", "items": "=input", "atOnce": 5000, "do": "act", "join": "met" },
    "act": { "kind": "activity", "activity": "log", "with": { "message": "item" }, "next": "met" },
    "met": { "kind": "join", "mode": "all", "next": "done" },
    "done": { "kind": "end", "output": "=steps.met.length" }
  } })flow";

using Body = decltype(Message::body);

/// One instance of a flow, decided message by message without a scheduler.
class Subject
{
public:
    explicit Subject(const char *flow = mixed, const std::string &input = "null",
        int stepsPerDecision = 2, std::size_t keptOfFilteredName = 10'000)
        : m_flow(readFlow(flow)->flow, 1)
    {
        m_limits.stepsPerDecision = stepsPerDecision;
        m_limits.keptOfFilteredName = keptOfFilteredName;
        state.instance = {"i"};
        state.run = {9};
        take(StartInstance{{"Mixed"}, {}, JsonText::trusted(input), {}});
    }

    Decision decided(Body body) { return decidedOn(state, std::move(body)); }

    void take(Body body)
    {
        const Sequence length = state.length;
        Decision decision = decidedOn(std::move(state), std::move(body));
        if (!decision.facts.empty())
            rows.push_back({{9}, length + 1, now, decision.facts});
        state = std::move(*decision.state);
    }

    InstanceState state;
    std::vector<HistoryRow> rows;
    Instant now = SimClock::begin;
    SimClock clock;

private:
    Decision decidedOn(InstanceState from, Body body)
    {
        return decide({m_flow, now, patientExpressions(), m_limits, clock},
            std::make_unique<InstanceState>(std::move(from)),
            {{"i"}, {9}, std::move(body)});
    }

    RunnableFlow m_flow;
    DecisionLimits m_limits;
};

RaiseEvent raised(const std::string &name, int n)
{
    return {
        name, JsonText::trusted("{\"n\":" + std::to_string(n) + "}"), std::to_string(n), {}, {}};
}

/// A machine on which each look at the clock takes a while.
class SlowMachine final : public Clock
{
public:
    explicit SlowMachine(Milliseconds step)
        : m_step(step)
    {}

    Instant now() const override { return m_now += m_step; }

private:
    Milliseconds m_step;
    mutable Instant m_now = SimClock::begin;
};

constexpr const char *counting = R"flow({
  "signalbox": 1, "name": "Counting", "variables": { "n": 0 }, "start": "add",
  "steps": {
    "add": { "kind": "set", "variables": { "n": "=vars.n + 1" }, "next": "more" },
    "more": { "kind": "choice", "cases": [ { "when": "=vars.n < 5", "next": "add" } ],
              "otherwise": "done" },
    "done": { "kind": "end", "output": "=vars.n" }
  } })flow";

/// How many steps each decision entered until the instance was over.
std::vector<int> stepsOfDecisions(const Clock &clock)
{
    const RunnableFlow flow(readFlow(counting)->flow, 1);
    const DecisionLimits limits;
    InstanceState state;
    state.instance = {"i"};
    state.run = {9};
    std::vector<int> steps;
    Message message{{"i"}, {9}, StartInstance{{"Counting"}, {}, {}, {}}};
    for (bool goesOn = true; goesOn && steps.size() < 50;) {
        Decision decision =
            decide({flow, SimClock::begin, patientExpressions(), limits, clock},
                std::make_unique<InstanceState>(std::move(state)), message);
        steps.push_back(int(std::ranges::count_if(decision.facts,
            [](const Fact &fact) { return std::holds_alternative<StepEntered>(fact); })));
        goesOn = decision.goesOn();
        state = std::move(*decision.state);
        message.body = GoOn{};
    }
    return steps;
}

/// Any message, most of them for something that is open.
Body anyMessage(const InstanceState &state, SimRandom &random)
{
    if (state.yielded && random.chance(70))
        return GoOn{};
    const auto anyOf = [&random](const auto &open) {
        return *std::next(open.begin(), random.below(int(open.size())));
    };
    if (!state.tasks.empty() && random.chance(50)) {
        const auto [task, work] = anyOf(state.tasks);
        if (random.chance(40))
            return ActivityFinished{task, work.attempt, Failure{}};
        return ActivityFinished{task, work.attempt, JsonText::trusted("1")};
    }
    if (!state.timers.empty() && random.chance(30))
        return TimerDue{anyOf(state.timers).first};
    return raised(random.chance(50) ? "a" : "B", random.below(1000));
}

} // namespace

class InterpreterTest : public QObject
{
    Q_OBJECT

private slots:
    void theStateThatIsKeptIsTheOneThatAReplayGives();
    void theSameMessageGivesTheSameDecision();
    void aMessageThatChangesNothingLeavesTheStateAlone();
    void whatArrivesBetweenYieldAndGoOnMovesNothing();
    void aDecisionYieldsWhenItTakesLong();
    void aSlowStepIsStillAStep();
    void aNameThatIsFilteredKeepsSoManyAndNoMore();
    void eachItemIsStoredOnceAndTakesItsOwnTimeOnly();
    void whatIsFilledInIsNoLongerThanAJsonMayBe();
};

void InterpreterTest::theStateThatIsKeptIsTheOneThatAReplayGives()
{
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        SimRandom random(seed);
        Subject subject(seed % 2 == 0 ? regions : mixed);
        for (int count = 0; count < 100; ++count) {
            subject.now += Milliseconds(random.below(30'000));
            subject.take(anyMessage(subject.state, random));
            QVERIFY2(replay(subject.rows) == subject.state, qPrintable(QString::number(seed)));
        }
        QVERIFY(subject.rows.size() > 50);
    }
}

void InterpreterTest::theSameMessageGivesTheSameDecision()
{
    Subject subject;
    SimRandom random(3);
    for (int count = 0; count < 100; ++count) {
        const Body body = anyMessage(subject.state, random);
        const Decision one = subject.decided(body);
        const Decision other = subject.decided(body);
        QVERIFY(one.facts == other.facts && *one.state == *other.state);
        subject.take(body);
    }
}

void InterpreterTest::aMessageThatChangesNothingLeavesTheStateAlone()
{
    Subject subject;
    subject.take(raised("X", 7));
    for (const Body &body : std::vector<Body>{GoOn{}, TimerDue{2},
             ActivityFinished{99, 1, JsonText()}, ActivityFinished{4, 2, JsonText()}}) {
        const Decision decision = subject.decided(body);
        QVERIFY(decision.facts.empty() && decision.effects.empty());
        QVERIFY(decision.reception != Reception::Decided);
        QVERIFY(*decision.state == subject.state);
    }
}

void InterpreterTest::whatArrivesBetweenYieldAndGoOnMovesNothing()
{
    Subject subject;
    SimRandom random(5);
    for (int count = 0; count < 1000 && !subject.state.yielded; ++count)
        subject.take(anyMessage(subject.state, random));
    QVERIFY(subject.state.yielded);
    const Decision decision = subject.decided(raised("Other", 5000));
    QCOMPARE(decision.facts.size(), std::size_t(1));
    QVERIFY(std::holds_alternative<EventRaised>(decision.facts.front()));
    QVERIFY(decision.state->yielded);
    QVERIFY(!decision.goesOn());
}

void InterpreterTest::aDecisionYieldsWhenItTakesLong()
{
    // It looks when it begins and before each step but the first: 2 ms are over at the second look.
    const std::vector<int> expected{2, 2, 2, 2, 2, 1};
    QVERIFY(stepsOfDecisions(SlowMachine(Milliseconds(1))) == expected);
    QVERIFY(stepsOfDecisions(SimClock()) == std::vector<int>{11});
}

void InterpreterTest::aSlowStepIsStillAStep()
{
    QVERIFY(stepsOfDecisions(SlowMachine(Milliseconds(60'000))) == std::vector<int>(11, 1));
}

void InterpreterTest::aNameThatIsFilteredKeepsSoManyAndNoMore()
{
    Subject subject(mixed, "null", 2, 3);
    for (int n = 10; n < 13; ++n)
        subject.take(raised(n % 2 ? "a" : "A", n));
    const Decision full = subject.decided(raised("A", 13));
    QVERIFY(full.facts.empty() && full.refusal);
    QCOMPARE(full.refusal->code, ErrorCode::Busy);
    for (int n = 20; n < 30; ++n) // no wait filters this name
        QVERIFY(!subject.decided(raised("X", n)).refusal);
    subject.take(DeleteKeptEvent{subject.state.kept.begin()->first, {}, {}});
    for (int n = 20; n < 30; ++n) // and however many of those are kept
        subject.take(raised("X", n));
    QVERIFY(!subject.decided(raised("A", 13)).refusal);
}

/// Semantics 7.8; were it quadratic, this test would be felt.
void InterpreterTest::eachItemIsStoredOnceAndTakesItsOwnTimeOnly()
{
    constexpr int items = 10'000;
    std::string input = "[0";
    for (int item = 1; item < items; ++item)
        input += "," + std::to_string(item);
    Subject subject(manyItems, input + "]", 200);
    while (!isFinished(subject.state)) {
        if (subject.state.yielded)
            subject.take(GoOn{});
        else
            subject.take(
                ActivityFinished{subject.state.tasks.rbegin()->first, 1, JsonText::trusted("1")});
    }
    QCOMPARE(subject.state.output, JsonText::trusted(std::to_string(items)));
    std::size_t stored = 0;
    for (const HistoryRow &row : subject.rows)
        stored += factsToText(row.facts).size();
    QVERIFY2(stored < items * std::size_t(700), qPrintable(QString::number(stored)));
    QVERIFY(replay(subject.rows) == subject.state);
}

void InterpreterTest::whatIsFilledInIsNoLongerThanAJsonMayBe()
{
    constexpr auto flow = R"({
      "signalbox": 1, "name": "Doubles", "start": "twice",
      "steps": {
        "twice": { "kind": "set", "variables": { "both": ["=input", "=input"] }, "next": "done",
                   "onError": { "ExpressionError": "odd" } },
        "done": { "kind": "end" },
        "odd": { "kind": "end", "output": "=error.message" }
      }
    })";
    const Subject fits(flow, '"' + std::string(500 * 1024, 'x') + '"', 200);
    QVERIFY(fits.state.output.isNull());
    const Subject tooLong(flow, '"' + std::string(600 * 1024, 'x') + '"', 200);
    const std::string said = tooLong.state.output.text();
    QVERIFY2(said.find("longer than 1 MiB") != std::string::npos, said.substr(0, 200).c_str());
}

QTEST_GUILESS_MAIN(InterpreterTest)
#include "interpreter_test.moc"

#include "engine/history/run_progress.h"

#include "tests/support/commits.h"
#include "tests/support/random_facts.h"

#include <QTest>

using namespace engine;
using namespace tests;

namespace {

/// A history as it grows: a fact a second.
class History
{
public:
    History() { add(ExecutionStarted{{"order-1"}, {"Order"}, 1, {}, {}}); }

    Sequence add(Fact fact)
    {
        const auto sequence = static_cast<Sequence>(m_events.size()) + 1;
        m_events.push_back({sequence, at(1000 * sequence), std::move(fact)});
        return sequence;
    }
    Sequence enter(const char *step) { return add(StepEntered{{}, {step}}); }
    Sequence leave(const char *step, const char *way, const char *to)
    {
        return add(StepLeft{.step = {step}, .way = way, .to = {to}});
    }
    const std::vector<HistoryEvent> &events() const { return m_events; }
    RunProgress progress() const
    {
        RunProgress progress;
        advance(progress, m_events);
        return progress;
    }

private:
    std::vector<HistoryEvent> m_events;
};

StepTrace stepOf(const RunProgress &progress, const char *step)
{
    for (const StepTrace &trace : progress.steps) {
        if (trace.step.value == step)
            return trace;
    }
    return {.step = {"not listed"}};
}

} // namespace

class RunProgressTest : public QObject
{
    Q_OBJECT

private slots:
    void aRunThatStandsAtAWaitSaysForWhat();
    void aLoopCountsPassesAndWays();
    void anEventTakenIsNoLongerWaitedFor();
    void aTimeoutLeavesByItsWay();
    void retriesCountAttempts();
    void aFailureShowsItsType();
    void aRepeatedStepForgetsItsFailure();
    void twoBranchesOnOneStepAreTwoTokens();
    void aTerminatedRunStandsNowhere();
    void branchesAreCountedAsWaysAndListed();
    void theEndOfARegionTakesItsBranchesAway();
    void aSubFlowIsWaitedForByItsInstance();
    void aRunThatContinuedAsNewStandsNowhere();
    void anEventThatCameAlongKeepsItsAge();
    void aHandlerIsABranchUntilItIsDone();
    void aRewoundRunStandsWhereItGoesOn();
    void whatAHandlerInterruptedTakesItAway();
    void keptEventsStayUntilTaken();
    void anyCutIntoPagesGivesTheSameProgress();
};

void RunProgressTest::aRunThatStandsAtAWaitSaysForWhat()
{
    History history;
    const auto entered = history.enter("await");
    const auto wait = history.add(WaitOpened{{}, {"await"}, {"Paid", "Refused"}, 1});
    history.add(TimerCreated{{}, {"await"}, TimerPurpose::Timeout, at(99'000), wait});
    const auto progress = history.progress();
    const StepTrace expected{.step = {"await"},
        .progress = StepProgress::Waiting,
        .tokens = 1,
        .since = at(1000 * entered),
        .until = at(99'000),
        .waitsFor = {"Paid", "Refused"}};
    QVERIFY(progress.steps == std::vector{expected});
    QCOMPARE(progress.status, InstanceStatus::Running);
    QCOMPARE(progress.seen, 4);
    QVERIFY(progress.ways.empty());
}

void RunProgressTest::aLoopCountsPassesAndWays()
{
    History history;
    for (int round = 0; round < 3; ++round) {
        history.enter("await");
        history.leave("await", "next", "delivered");
        history.enter("delivered");
        history.leave(
            "delivered", round < 2 ? "otherwise" : "case:1", round < 2 ? "await" : "done");
    }
    history.enter("done");
    history.leave("done", "end", "");
    history.add(ExecutionCompleted{});
    const auto progress = history.progress();
    QCOMPARE(progress.status, InstanceStatus::Completed);
    const auto second = std::chrono::seconds{1};
    const std::vector<StepTrace> steps{
        {.step = {"await"}, .progress = StepProgress::Passed, .passes = 3, .spent = 3 * second},
        {.step = {"delivered"}, .progress = StepProgress::Passed, .passes = 3, .spent = 3 * second},
        {.step = {"done"}, .progress = StepProgress::Passed, .passes = 1, .spent = second}};
    QVERIFY(progress.steps == steps);
    const std::vector<WayTrace> ways{{{"await"}, "next", {"delivered"}, 3},
        {{"delivered"}, "otherwise", {"await"}, 2}, {{"delivered"}, "case:1", {"done"}, 1},
        {{"done"}, "end", {}, 1}};
    QVERIFY(progress.ways == ways);
}

void RunProgressTest::anEventTakenIsNoLongerWaitedFor()
{
    History history;
    history.enter("await");
    const auto wait = history.add(WaitOpened{{}, {"await"}, {"Paid", "Packed", "Labelled"}, 3});
    history.add(EventTaken{history.add(EventRaised{"PACKED", {}, {}, {}, {}}), wait});
    auto trace = stepOf(history.progress(), "await");
    QCOMPARE(trace.taken, 1);
    QVERIFY((trace.waitsFor == std::vector<std::string>{"Paid", "Labelled"}));
    history.add(WaitClosed{wait});
    history.leave("await", "next", "done");
    trace = stepOf(history.progress(), "await");
    QCOMPARE(trace.progress, StepProgress::Passed);
    QCOMPARE(trace.taken, 0);
    QVERIFY(trace.waitsFor.empty() && !trace.since);
}

void RunProgressTest::aTimeoutLeavesByItsWay()
{
    History history;
    history.enter("await");
    const auto wait = history.add(WaitOpened{{}, {"await"}, {"Paid"}, 1});
    const auto timer =
        history.add(TimerCreated{{}, {"await"}, TimerPurpose::Timeout, at(50'000), wait});
    history.add(TimerFired{timer});
    history.add(WaitClosed{wait});
    history.leave("await", "timeout", "unpaid");
    history.enter("unpaid");
    const auto progress = history.progress();
    QCOMPARE(stepOf(progress, "await").progress, StepProgress::Passed);
    QVERIFY(!stepOf(progress, "await").until);
    QCOMPARE(stepOf(progress, "unpaid").progress, StepProgress::Running);
    QVERIFY((progress.ways == std::vector<WayTrace>{{{"await"}, "timeout", {"unpaid"}, 1}}));
}

void RunProgressTest::retriesCountAttempts()
{
    History history;
    history.enter("ship");
    const auto task = history.add(TaskScheduled{{}, {"ship"}, "http", {}});
    QCOMPARE(stepOf(history.progress(), "ship").attempt, 1);
    history.add(TaskAttemptFailed{task, 1, {"HttpError", "503", {}, true}});
    const auto timer =
        history.add(TimerCreated{{}, {"ship"}, TimerPurpose::Retry, at(7'000), task});
    auto trace = stepOf(history.progress(), "ship");
    QCOMPARE(trace.progress, StepProgress::Running);
    QCOMPARE(trace.attempt, 2);
    QCOMPARE(trace.failureType, std::string("HttpError"));
    QVERIFY(trace.until == at(7'000));
    history.add(TimerFired{timer});
    QVERIFY(!stepOf(history.progress(), "ship").until);
    history.add(TaskCompleted{task, 2, {}});
    history.leave("ship", "next", "done");
    trace = stepOf(history.progress(), "ship");
    QCOMPARE(trace.progress, StepProgress::Passed);
    QCOMPARE(trace.attempt, 0);
    QVERIFY(trace.failureType.empty());
}

void RunProgressTest::aFailureShowsItsType()
{
    History history;
    history.enter("ship");
    const auto task = history.add(TaskScheduled{{}, {"ship"}, "http", {}});
    const Failure failure{"HttpError", "503", {}, false};
    history.add(TaskFailed{task, 1, failure});
    history.add(StepLeft{.step = {"ship"}, .way = "fail", .failure = failure});
    history.add(ExecutionCompleted{{}, failure});
    const auto progress = history.progress();
    QCOMPARE(progress.status, InstanceStatus::Failed);
    const auto trace = stepOf(progress, "ship");
    QCOMPARE(trace.progress, StepProgress::Failed);
    QCOMPARE(trace.failureType, std::string("HttpError"));
    QCOMPARE(trace.tokens, 0);
}

void RunProgressTest::aRepeatedStepForgetsItsFailure()
{
    History history;
    history.enter("ship");
    history.add(StepLeft{.step = {"ship"},
        .way = "error:*",
        .to = {"pause"},
        .failure = Failure{"HttpError", "503", {}, true}});
    QCOMPARE(stepOf(history.progress(), "ship").progress, StepProgress::Failed);
    history.enter("ship");
    QCOMPARE(stepOf(history.progress(), "ship").progress, StepProgress::Running);
    QVERIFY(stepOf(history.progress(), "ship").failureType.empty());
}

void RunProgressTest::twoBranchesOnOneStepAreTwoTokens()
{
    History history;
    const auto first = history.add(StepEntered{{"each/0"}, {"ship"}});
    history.add(StepEntered{{"each/1"}, {"ship"}});
    const auto trace = stepOf(history.progress(), "ship");
    QCOMPARE(trace.tokens, 2);
    QVERIFY(trace.since == at(1000 * first));
    history.add(StepLeft{.branch = {"each/0"}, .step = {"ship"}, .way = "next", .to = {"gate"}});
    QCOMPARE(stepOf(history.progress(), "ship").tokens, 1);
    QCOMPARE(stepOf(history.progress(), "ship").progress, StepProgress::Running);
}

void RunProgressTest::aTerminatedRunStandsNowhere()
{
    History history;
    history.enter("await");
    const auto wait = history.add(WaitOpened{{}, {"await"}, {"Paid"}, 1});
    history.add(TimerCreated{{}, {"await"}, TimerPurpose::Timeout, at(50'000), wait});
    history.add(ExecutionTerminated{"enough", {}});
    const auto progress = history.progress();
    QCOMPARE(progress.status, InstanceStatus::Terminated);
    QVERIFY(progress.steps == std::vector{StepTrace{.step = {"await"}}});
}

void RunProgressTest::branchesAreCountedAsWaysAndListed()
{
    History history;
    history.enter("each");
    const auto region = history.add(RegionOpened{{}, {"each"}, 2, 2, JsonText::trusted("[1,2]")});
    for (const char *path : {"each/0", "each/1"})
        history.add(BranchOpened{region, {path}, "do", {"vote"}});
    for (const char *path : {"each/0", "each/1"}) {
        history.add(StepEntered{{path}, {"vote"}});
        history.add(WaitOpened{{path}, {"vote"}, {"Vote"}, 1});
    }
    const auto progress = history.progress();
    QVERIFY((progress.ways == std::vector<WayTrace>{{{"each"}, "do", {"vote"}, 2}}));
    const StepTrace trace = stepOf(progress, "vote");
    QCOMPARE(trace.tokens, 2);
    QVERIFY(trace.waitsFor == std::vector<std::string>{"Vote"});
    const std::vector<BranchTrace> branches{{{}, {"each"}, at(2'000)},
        {{"each/0"}, {"vote"}, at(6'000)}, {{"each/1"}, {"vote"}, at(8'000)}};
    QVERIFY(branchesOf(progress) == branches);
}

void RunProgressTest::aHandlerIsABranchUntilItIsDone()
{
    History history;
    history.enter("await");
    const auto raised = history.add(EventRaised{"stop", {}, {}, {}, {}});
    const auto interrupt = history.add(InterruptBegan{raised, "Stop", {"!Stop/1"}, {"hold"}});
    history.add(StepEntered{{"!Stop/1"}, {"hold"}});
    const auto region = history.add(RegionOpened{{"!Stop/1"}, {"hold"}, 1, 1, {}});
    history.add(BranchOpened{region, {"!Stop/1/hold/work"}, "branch:1", {"work"}});
    history.add(StepEntered{{"!Stop/1/hold/work"}, {"work"}});
    auto progress = history.progress();
    QVERIFY(progress.kept.empty());
    QCOMPARE(branchesOf(progress).size(), std::size_t(3));
    QVERIFY((progress.ways.front() == WayTrace{{"!/Stop"}, "next", {"hold"}, 1}));
    history.add(InterruptEnded{interrupt, {}});
    progress = history.progress();
    QVERIFY((branchesOf(progress) == std::vector<BranchTrace>{{{}, {"await"}, at(2'000)}}));
    QCOMPARE(stepOf(progress, "work").tokens, 0);
    QVERIFY(progress.memory.regions.empty() && progress.memory.handlers.empty());
}

void RunProgressTest::aRewoundRunStandsWhereItGoesOn()
{
    History history;
    history.add(StepEntered{{}, {"split"}});
    const auto region = history.add(RegionOpened{{}, {"split"}, 2, 2, {}});
    for (const char *step : {"a", "b"}) {
        const BranchPath branch{"split/" + std::string(step)};
        history.add(BranchOpened{region, branch, "branch:1", {step}});
        history.add(StepEntered{branch, {step}});
    }
    const auto raised = history.add(EventRaised{"Go", {}, {}, {}, {}});
    history.add(StepLeft{.branch = {"split/a"}, .step = {"a"}, .way = "fail", .failure = Failure{}});
    history.add(BranchFailed{{"split/a"}});
    history.add(RegionFailed{region});
    history.add(StepLeft{.step = {"split"}, .way = "fail", .failure = Failure{}});
    history.add(ExecutionCompleted{.failure = Failure{}});
    history.add(InstanceRewound{.to = raised});
    history.add(BranchRewound{{}, {"split"}, region});
    history.add(BranchRewound{{"split/a"}, {"a"}});
    history.add(BranchRewound{{"split/b"}, {"b"}});
    history.add(EventKeptAgain{.event = raised, .name = "Go"});
    history.add(StepEntered{{"split/a"}, {"a"}});
    const RunProgress progress = history.progress();
    QVERIFY(progress.status == InstanceStatus::Running);
    const auto branches = branchesOf(progress);
    QCOMPARE(branches.size(), std::size_t(2));
    QCOMPARE(branches[0].step.value, std::string("split"));
    QCOMPARE(branches[1].branch.value, std::string("split/a"));
    QCOMPARE(progress.kept.size(), std::size_t(1));
    QCOMPARE(progress.kept[0].event, raised);
}

void RunProgressTest::whatAHandlerInterruptedTakesItAway()
{
    History history;
    history.enter("both");
    const auto region = history.add(RegionOpened{{}, {"both"}, 2, 2, {}});
    for (const char *path : {"both/left", "both/right"}) {
        history.add(BranchOpened{region, {path}, "branch:1", {"left"}});
        history.add(StepEntered{{path}, {"left"}});
    }
    const auto interrupts = [&](const char *branch, std::optional<BranchPath> only) {
        const auto raised = history.add(EventRaised{"Stop", {}, {}, {}, {}});
        const auto began =
            history.add(InterruptBegan{raised, "Stop", {branch}, {"hold"}, region, only});
        history.add(StepEntered{{branch}, {"hold"}});
        return began;
    };
    interrupts("both/left/!Stop/1", BranchPath{"both/left"});
    const auto failed = interrupts("both/right/!Stop/2", BranchPath{"both/right"});
    interrupts("!Stop/3", {});
    QCOMPARE(stepOf(history.progress(), "hold").tokens, 3);
    QVERIFY((history.progress().ways.back() == WayTrace{{"!/both/Stop"}, "next", {"hold"}, 3}));
    history.add(InterruptEnded{failed, Failure{.type = "Broken"}});
    history.add(BranchFailed{{"both/right"}});
    QCOMPARE(stepOf(history.progress(), "hold").tokens, 2);
    QCOMPARE(stepOf(history.progress(), "left").tokens, 1);
    history.add(RegionFailed{region});
    QCOMPARE(stepOf(history.progress(), "hold").tokens, 0);
    QCOMPARE(branchesOf(history.progress()).size(), std::size_t(1));
    const auto raised = history.add(EventRaised{"Stop", {}, {}, {}, {}});
    history.add(InterruptDropped{raised});
    QVERIFY(history.progress().kept.empty());
}

void RunProgressTest::theEndOfARegionTakesItsBranchesAway()
{
    History history;
    history.enter("split");
    const auto region = history.add(RegionOpened{{}, {"split"}, 2, 2, {}});
    history.add(BranchOpened{region, {"split/a"}, "branch:1", {"a"}});
    history.add(BranchOpened{region, {"split/b"}, "branch:2", {"b"}});
    history.add(StepEntered{{"split/a"}, {"a"}});
    const auto inner = history.add(RegionOpened{{"split/a"}, {"a"}, 1, 1, {}});
    history.add(BranchOpened{inner, {"split/a/a/x"}, "branch:1", {"x"}});
    history.add(StepEntered{{"split/a/a/x"}, {"x"}});
    history.add(StepEntered{{"split/b"}, {"b"}});
    history.add(StepLeft{.branch = {"split/b"}, .step = {"b"}, .way = "next", .to = {"gate"}});
    history.add(BranchCompleted{{"split/b"}});
    history.leave("split", "join", "gate");
    history.add(RegionJoined{region});
    const auto progress = history.progress();
    QVERIFY(branchesOf(progress).empty());
    for (const char *step : {"a", "x"})
        QCOMPARE(stepOf(progress, step).progress, StepProgress::NotReached);
    QCOMPARE(stepOf(progress, "b").progress, StepProgress::Passed);
    QVERIFY(progress.memory.regions.empty());
}

void RunProgressTest::aSubFlowIsWaitedForByItsInstance()
{
    History history;
    const auto entered = history.enter("call");
    const auto call = history.add(SubFlowScheduled{{}, {"call"}, {"child"}, {"Child"}, {}, {}});
    StepTrace expected{.step = {"call"},
        .progress = StepProgress::Waiting,
        .tokens = 1,
        .since = at(1000 * entered),
        .subFlows = {{"child"}}};
    QVERIFY(stepOf(history.progress(), "call") == expected);

    history.add(SubFlowCompleted{call, {}});
    history.leave("call", "next", "done");
    expected = {.step = {"call"},
        .progress = StepProgress::Passed,
        .passes = 1,
        .spent = Milliseconds{3000}};
    QVERIFY(stepOf(history.progress(), "call") == expected);
}

void RunProgressTest::aRunThatContinuedAsNewStandsNowhere()
{
    History history;
    history.enter("call");
    history.add(SubFlowScheduled{{}, {"call"}, {"child"}, {"Child"}, {}, {}});
    history.add(ExecutionContinuedAsNew{});
    const RunProgress progress = history.progress();
    QCOMPARE(progress.status, InstanceStatus::Completed);
    QVERIFY(stepOf(progress, "call").subFlows.empty());
    QCOMPARE(stepOf(progress, "call").tokens, 0);
}

void RunProgressTest::anEventThatCameAlongKeepsItsAge()
{
    History history;
    history.add(EventRaised{"Paid", {}, {}, {}, {}, at(7)});
    QVERIFY(history.progress().kept.at(0).at == at(7));
}

void RunProgressTest::keptEventsStayUntilTaken()
{
    History history;
    const auto event = history.add(EventRaised{"Paid", JsonText::trusted("7"), "e-1", {}, {}});
    const KeptEvent kept{event, "Paid", JsonText::trusted("7"), "e-1", at(1000 * event)};
    QVERIFY(history.progress().kept == std::vector{kept});
    const auto wait = history.add(WaitOpened{{}, {"await"}, {"Paid"}, 1});
    history.add(EventTaken{event, wait});
    QVERIFY(history.progress().kept.empty());
}

/// Also with facts that make no sense together: a damaged history must not bring a window down.
void RunProgressTest::anyCutIntoPagesGivesTheSameProgress()
{
    RandomFacts random(17);
    for (int round = 0; round < 50; ++round) {
        History history;
        for (int i = 0; i < 60; ++i)
            history.add(random.fact());
        const auto &events = history.events();
        RunProgress paged;
        auto from = events.begin();
        while (from != events.end()) {
            const auto to =
                from + std::min<std::ptrdiff_t>(random.number(1, 9), events.end() - from);
            advance(paged, {from, to});
            advance(paged, {from, to});
            from = to;
        }
        QVERIFY(paged == history.progress());
    }
}

QTEST_GUILESS_MAIN(RunProgressTest)
#include "run_progress_test.moc"

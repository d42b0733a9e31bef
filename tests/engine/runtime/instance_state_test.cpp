#include "engine/runtime/instance_state.h"

#include <nlohmann/json.hpp>
#include <QTest>

using namespace engine;

namespace {

const Instant noon{Milliseconds(1'000)};

InstanceState after(const std::vector<Fact> &facts)
{
    std::vector<Fact> all{ExecutionStarted{{"i"}, {"F"}, 3, JsonText::trusted("7"), {}}};
    all.insert(all.end(), facts.begin(), facts.end());
    return replay({{{5}, 1, noon, all}});
}

std::string resultOf(const InstanceState &state, const char *step)
{
    const auto &memory = state.branches.at({}).steps.at({step});
    return memory.result ? memory.result->text() : "nothing";
}

} // namespace

class InstanceStateTest : public QObject
{
    Q_OBJECT

private slots:
    void aStartMakesTheMainBranch();
    void rowsCountAsDecisions();
    void aResultIsWhatItsFactHolds();
    void theResultOfAnAnyOfNamesItsEvent();
    void theResultOfAnAllOfIsAnObject();
    void aFailureIsWhatErrorReads();
    void attemptsAreCounted();
    void appendedItemsAreJoined();
    void theEndLetsGoOfWhatOnlyALiveInstanceNeeds();
    void aHistoryThatCannotBeIsRefused_data();
    void aHistoryThatCannotBeIsRefused();
    void branchesAreNestedByTwoParts();
    void theResultOfARegionIsMadeOfThoseOfItsBranches();
    void aBranchThatLeftItsLastStepByAnErrorGivesNull();
    void theEndOfARegionTakesWhatIsInsideWithIt();
};

void InstanceStateTest::aStartMakesTheMainBranch()
{
    const InstanceState state = after({});
    QCOMPARE(state.run, RunKey{5});
    QCOMPARE(state.flow, FlowId{"F"});
    QCOMPARE(state.version, 3);
    QCOMPARE(state.input, JsonText::trusted("7"));
    QVERIFY(state.status == InstanceStatus::Running);
    QVERIFY(state.branches.contains({}));
    QCOMPARE(state.createdAt, noon);
}

void InstanceStateTest::rowsCountAsDecisions()
{
    const InstanceState state = replay({{{5}, 1, noon, {ExecutionStarted{}}},
        {{5}, 2, noon, {StepEntered{{}, {"a"}}, StepLeft{{}, {"a"}, "next", {"b"}}}}});
    QCOMPARE(state.decisions, 2);
    QCOMPARE(state.length, Sequence(3));
}

void InstanceStateTest::aResultIsWhatItsFactHolds()
{
    const JsonText sent = JsonText::trusted("{\"sent\":true}");
    const InstanceState state = after({StepEntered{{}, {"a"}}, TaskScheduled{{}, {"a"}, "log", {}},
        TaskCompleted{3, 1, sent}, StepLeft{{}, {"a"}, "next", {"b"}, {}, 4},
        StepEntered{{}, {"b"}}, StepLeft{{}, {"b"}, "next", {"c"}, JsonText::trusted("1")}});
    QCOMPARE(resultOf(state, "a"), sent.text());
    QCOMPARE(resultOf(state, "b"), std::string("1"));
    QVERIFY(state.branches.at({}).outcomes.empty());
    QVERIFY(state.tasks.empty());
}

void InstanceStateTest::theResultOfAnAnyOfNamesItsEvent()
{
    const InstanceState state =
        after({StepEntered{{}, {"a"}}, WaitOpened{{}, {"a"}, {"Yes", "No"}, 1},
            EventRaised{"yes", JsonText::trusted("1"), {}, {}, {}}, EventTaken{4, 3}, WaitClosed{3},
            StepLeft{{}, {"a"}, "event:Yes", {"b"}, {}, 4}});
    QCOMPARE(resultOf(state, "a"), std::string(R"({"event":"Yes","data":1})"));
    QVERIFY(state.kept.empty() && state.keptByName.empty() && state.waitsByName.empty());
}

void InstanceStateTest::theResultOfAnAllOfIsAnObject()
{
    const InstanceState state =
        after({StepEntered{{}, {"a"}}, WaitOpened{{}, {"a"}, {"X", "Y\""}, 2},
            EventRaised{"y\"", JsonText::trusted("[2]"), {}, {}, {}}, EventTaken{4, 3},
            EventRaised{"X", JsonText::trusted("1"), {}, {}, {}}, EventTaken{6, 3}, WaitClosed{3},
            StepLeft{{}, {"a"}, "next", {"b"}, {}, 3}});
    QCOMPARE(resultOf(state, "a"), std::string(R"({"Y\"":[2],"X":1})"));
}

void InstanceStateTest::aFailureIsWhatErrorReads()
{
    const Failure failure{.type = "HttpError", .message = "no"};
    const InstanceState state =
        after({StepEntered{{}, {"a"}}, StepLeft{{}, {"a"}, "error:*", {"b"}, {}, 0, failure}});
    QVERIFY(state.branches.at({}).error == failure);
    QCOMPARE(resultOf(state, "a"), std::string("nothing"));
}

void InstanceStateTest::attemptsAreCounted()
{
    std::vector<Fact> facts{StepEntered{{}, {"a"}}, TaskScheduled{{}, {"a"}, "log", {}}};
    QCOMPARE(after(facts).tasks.at(3).attempt, 1);
    facts.push_back(TaskAttemptFailed{3, 1, {}});
    facts.push_back(TimerCreated{{}, {"a"}, TimerPurpose::Retry, noon, 3});
    QCOMPARE(after(facts).tasks.at(3).retryTimer, Sequence(5));
    facts.push_back(TimerFired{5});
    QCOMPARE(after(facts).tasks.at(3).attempt, 2);
    QCOMPARE(after(facts).tasks.at(3).retryTimer, Sequence(0));
}

void InstanceStateTest::appendedItemsAreJoined()
{
    const auto item = JsonText::trusted("2");
    const InstanceState state = after(
        {VariablesSet{{{"list", JsonText::trusted("[ 1 ]")}, {"none", JsonText::trusted("[ ]")}},
            {{"list", item}, {"list", item}, {"none", item}, {"fresh", item}}}});
    QCOMPARE(valueOf(state.variables.at("list")).tree().dump(), std::string("[1,2,2]"));
    QCOMPARE(valueOf(state.variables.at("none")).tree().dump(), std::string("[2]"));
    QCOMPARE(valueOf(state.variables.at("fresh")).text(), std::string("[2]"));
}

void InstanceStateTest::theEndLetsGoOfWhatOnlyALiveInstanceNeeds()
{
    const InstanceState state = after({StepEntered{{}, {"a"}}, WaitOpened{{}, {"a"}, {"X"}, 1},
        EventRaised{"Y", {}, "e-1", {}, {}}, ExecutionTerminated{"enough", {}}});
    QVERIFY(isFinished(state));
    QCOMPARE(state.output.text(), std::string("\"enough\""));
    QVERIFY(state.branches.empty() && state.waits.empty() && state.kept.empty());
}

void InstanceStateTest::aHistoryThatCannotBeIsRefused_data()
{
    QTest::addColumn<int>("which");
    for (int which = 0; which < 14; ++which)
        QTest::addRow("%d", which) << which;
}

void InstanceStateTest::aHistoryThatCannotBeIsRefused()
{
    QFETCH(int, which);
    const std::vector<std::vector<HistoryRow>> impossible{
        {{{1}, 1, noon, {StepEntered{}}}},
        {{{1}, 2, noon, {ExecutionStarted{}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, ExecutionStarted{}}}},
        {{{1}, 1, noon, {ExecutionStarted{}}}, {{1}, 3, noon, {DecisionYielded{}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, ExecutionCompleted{}, StepEntered{}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, TimerFired{1}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, StepEntered{{"p/x"}, {"a"}}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, StepLeft{{}, {"a"}, "next", {"b"}}}}},
        {{{1}, 1, noon,
            {ExecutionStarted{}, WaitOpened{{}, {"a"}, {"X"}, 1}, EventRaised{"Y", {}, {}, {}, {}},
                EventTaken{3, 2}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, RegionOpened{{}, {"p"}, 1, 1, {}}}}},
        {{{1}, 1, noon,
            {ExecutionStarted{}, StepEntered{{}, {"p"}}, RegionOpened{{}, {"p"}, 1, 1, {}},
                RegionOpened{{}, {"p"}, 1, 1, {}}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, BranchOpened{1, {"p/a"}, "branch:1", {"a"}}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, StepEntered{{}, {"p"}}, BranchCompleted{}}}},
        {{{1}, 1, noon, {ExecutionStarted{}, StepEntered{{}, {"p"}}, RegionJoined{2}}}},
    };
    QVERIFY_EXCEPTION_THROWN(replay(impossible.at(std::size_t(which))), BrokenInvariant);
}

void InstanceStateTest::branchesAreNestedByTwoParts()
{
    QCOMPARE(enclosing({"p/x/q/y"}), std::optional(BranchPath{"p/x"}));
    QCOMPARE(enclosing({"p/x"}), std::optional(BranchPath{}));
    QVERIFY(!enclosing({}));
}

namespace {

/// The main branch on `p`, which opens `branches` and has the first of them end with result 1.
std::vector<Fact> region(std::optional<JsonText> items, int branches, const char *path)
{
    return {StepEntered{{}, {"p"}}, RegionOpened{{}, {"p"}, branches, 2, std::move(items)},
        BranchOpened{3, {"p/other"}, "do", {"a"}}, BranchOpened{3, {path}, "do", {"a"}},
        StepEntered{{path}, {"a"}}, StepLeft{{path}, {"a"}, "next", {"j"}, JsonText::trusted("1")},
        BranchCompleted{{path}}};
}

std::vector<Fact> joined(std::vector<Fact> facts)
{
    facts.push_back(StepLeft{{}, {"p"}, "join", {"j"}});
    facts.push_back(RegionJoined{3});
    facts.push_back(StepEntered{{}, {"j"}});
    facts.push_back(StepLeft{{}, {"j"}, "next", {"b"}, {}, 3});
    return facts;
}

} // namespace

void InstanceStateTest::theResultOfARegionIsMadeOfThoseOfItsBranches()
{
    const auto list = JsonText::trusted("[7,8,9]");
    QCOMPARE(resultOf(after(joined(region(list, 3, "p/x"))), "j"), std::string("[null,1,null]"));
    QCOMPARE(resultOf(after(joined(region({}, 2, "p/x\""))), "j"), std::string("{\"x\\\"\":1}"));
}

void InstanceStateTest::aBranchThatLeftItsLastStepByAnErrorGivesNull()
{
    std::vector<Fact> facts = region({}, 2, "p/x");
    facts.pop_back();
    // It gave something when the branch came there first.
    facts.push_back(StepEntered{{"p/x"}, {"a"}});
    facts.push_back(StepLeft{{"p/x"}, {"a"}, "error:*", {"j"}, {}, 0, Failure{}});
    facts.push_back(BranchCompleted{{"p/x"}});
    QCOMPARE(resultOf(after(joined(facts)), "j"), std::string(R"({"x":null})"));
}

void InstanceStateTest::theEndOfARegionTakesWhatIsInsideWithIt()
{
    std::vector<Fact> facts{StepEntered{{}, {"p"}}, RegionOpened{{}, {"p"}, 3, 3, {}},
        BranchOpened{3, {"p/a"}, "branch:1", {"q"}}, BranchOpened{3, {"p/b"}, "branch:2", {"b"}},
        StepEntered{{"p/a"}, {"q"}}, RegionOpened{{"p/a"}, {"q"}, 5, 2, {}},
        BranchOpened{7, {"p/a/q/c"}, "branch:1", {"c"}}};
    const InstanceState open = after(facts);
    QVERIFY((open.opening == std::set<Sequence>{3, 7}));
    QCOMPARE(open.onTheirWay.size(), std::size_t(2));
    facts.push_back(RegionFailed{3});
    const InstanceState closed = after(facts);
    QVERIFY(closed.regions.empty() && closed.opening.empty() && closed.onTheirWay.empty());
    QCOMPARE(closed.branches.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(InstanceStateTest)
#include "instance_state_test.moc"

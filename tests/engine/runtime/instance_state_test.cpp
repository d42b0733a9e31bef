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
    QVERIFY(state.eventIds.contains(duplicateKey("y", "e-1")));
}

void InstanceStateTest::aHistoryThatCannotBeIsRefused_data()
{
    QTest::addColumn<int>("which");
    for (int which = 0; which < 9; ++which)
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
    };
    QVERIFY_EXCEPTION_THROWN(replay(impossible.at(std::size_t(which))), BrokenInvariant);
}

void InstanceStateTest::branchesAreNestedByTwoParts()
{
    QCOMPARE(enclosing({"p/x/q/y"}), std::optional(BranchPath{"p/x"}));
    QCOMPARE(enclosing({"p/x"}), std::optional(BranchPath{}));
    QVERIFY(!enclosing({}));
}

QTEST_GUILESS_MAIN(InstanceStateTest)
#include "instance_state_test.moc"

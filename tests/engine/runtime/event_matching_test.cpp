#include "engine/runtime/event_matching.h"

#include <QTest>

using namespace engine;

namespace {

/// A state with the facts that the tests speak of; numbers are those of the facts.
class Told
{
public:
    Told() { tell(ExecutionStarted{{"i"}, {"F"}, 1, {}, {}}); }

    Sequence tell(Fact fact)
    {
        apply(state, state.length + 1, {}, fact);
        return state.length;
    }
    Sequence wait(std::vector<std::string> names, BranchPath branch = {})
    {
        state.branches[branch];
        return tell(WaitOpened{branch, {"w"}, std::move(names), 1});
    }
    Sequence event(std::string name, std::optional<BranchPath> branch = {})
    {
        return tell(EventRaised{std::move(name), {}, {}, std::move(branch), {}});
    }

    InstanceState state;
};

bool always(Sequence, Sequence) { return true; }

} // namespace

class EventMatchingTest : public QObject
{
    Q_OBJECT

private slots:
    void theWaitThatOpenedFirstTakesTheEvent();
    void namesMatchWithoutRegardToAsciiCase();
    void anEventForABranchPassesTheOthers();
    void aWaitIsSkippedWhoseWhereSaysNo();
    void aTakenNameIsWantedNoLonger();
    void theOldestKeptEventOfAnyNameComesFirst();
    void keptEventsUpToAPlaceAreNotLookedAtAgain();
    void aNameThatBeginsLikeAnotherIsAnother();
};

void EventMatchingTest::theWaitThatOpenedFirstTakesTheEvent()
{
    Told told;
    told.wait({"Other"});
    const Sequence first = told.wait({"Go"});
    told.wait({"Go"});
    QCOMPARE(waitFor(told.state, told.event("Go"), always), std::optional(first));
    QVERIFY(!waitFor(told.state, told.event("Stop"), always));
}

void EventMatchingTest::namesMatchWithoutRegardToAsciiCase()
{
    Told told;
    const Sequence wait = told.wait({"Bezahlt-Ä"});
    QCOMPARE(waitFor(told.state, told.event("bEZAHLT-Ä"), always), std::optional(wait));
    QVERIFY(!waitFor(told.state, told.event("Bezahlt-ä"), always));
}

void EventMatchingTest::anEventForABranchPassesTheOthers()
{
    Told told;
    const Sequence main = told.wait({"Go"});
    const Sequence inner = told.wait({"Go"}, {"p/one"});
    QCOMPARE(
        waitFor(told.state, told.event("Go", BranchPath{"p/one"}), always), std::optional(inner));
    QCOMPARE(waitFor(told.state, told.event("Go", BranchPath{""}), always), std::optional(main));
    QVERIFY(!waitFor(told.state, told.event("Go", BranchPath{"p"}), always));
    QVERIFY(!keptFor(told.state, told.wait({"Go"}, {"p/two"}), 0, always));
}

void EventMatchingTest::aWaitIsSkippedWhoseWhereSaysNo()
{
    Told told;
    const Sequence first = told.wait({"Go"});
    const Sequence second = told.wait({"Go"});
    const auto notTheFirst = [&](Sequence wait, Sequence) { return wait != first; };
    QCOMPARE(waitFor(told.state, told.event("Go"), notTheFirst), std::optional(second));
}

void EventMatchingTest::aTakenNameIsWantedNoLonger()
{
    Told told;
    const Sequence wait = told.tell(WaitOpened{{}, {"w"}, {"A", "B"}, 2});
    told.tell(EventTaken{told.event("A"), wait});
    QVERIFY(!waitFor(told.state, told.event("A"), always));
    QCOMPARE(waitFor(told.state, told.event("B"), always), std::optional(wait));
    QCOMPARE(told.state.waits.at(wait).needed, 1);
}

void EventMatchingTest::theOldestKeptEventOfAnyNameComesFirst()
{
    Told told;
    told.event("Other");
    const Sequence second = told.event("B");
    told.event("A");
    QCOMPARE(keptFor(told.state, told.wait({"A", "B"}), 0, always), std::optional(second));
}

void EventMatchingTest::keptEventsUpToAPlaceAreNotLookedAtAgain()
{
    Told told;
    const Sequence first = told.event("A");
    const Sequence second = told.event("A");
    const Sequence wait = told.wait({"A"});
    QCOMPARE(keptFor(told.state, wait, first, always), std::optional(second));
    QVERIFY(!keptFor(told.state, wait, second, always));
}

void EventMatchingTest::aNameThatBeginsLikeAnotherIsAnother()
{
    Told told;
    told.event("Goal");
    told.event("G");
    QVERIFY(!keptFor(told.state, told.wait({"Go"}), 0, always));
}

QTEST_GUILESS_MAIN(EventMatchingTest)
#include "event_matching_test.moc"

#include "engine/model/flow.h"

#include <QTest>

using namespace engine;

namespace {

using Kind = Transition::Kind;

/// "Next→b Error(HttpError)→c …" without the kind's qualifier.
std::string shown(const Step &step)
{
    constexpr const char *kinds[] = {"Next", "Event", "Case", "Otherwise", "Branch", "Timeout", "Error"};
    std::string result;
    for (const Transition &transition : transitionsFrom(step)) {
        result += result.empty() ? "" : " ";
        result += kinds[static_cast<int>(transition.kind)];
        result += transition.label.empty() ? "" : "(" + transition.label + ")";
        result += ">" + transition.to.value;
    }
    return result;
}

Template text(const char *json) { return templateFrom(JsonText::trusted(json)); }

} // namespace

class FlowTest : public QObject
{
    Q_OBJECT

private slots:
    void showsAnIdAsWords_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *id, const char *words) {
            QTest::newRow(id) << QString::fromUtf8(id) << QString::fromUtf8(words);
        };
        row("awaitPayment", "Await payment");
        row("done", "Done");
        row("AwaitHTTPAnswer", "Await HTTP answer");
        row("callERP", "Call ERP");
        row("order_to-cash", "Order to cash");
        row("step2", "Step 2");
        row("isPaid2Day", "Is paid 2 day");
        row("__x__", "X");
        row("überweisen", "überweisen");
        row("A", "A");
    }
    void showsAnIdAsWords()
    {
        QFETCH(QString, id);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(displayName({.id = {id.toStdString()}})), words);
    }

    void prefersTheNameOfAStep()
    {
        QCOMPARE(
            displayName({.id = {"isPaid"}, .name = "Is it paid?"}), std::string("Is it paid?"));
    }

    void listsWaysOutInTheOrderOfThePorts()
    {
        Step step{.id = {"a"}, .body = ActivityStep{.next = {"b"}}};
        step.onError = {{"HttpError", {"c"}}, {"*", {"d"}}};
        QCOMPARE(shown(step), std::string("Next>b Error(HttpError)>c Error(*)>d"));
        QCOMPARE(transitionsFrom(step).front().from, StepId{"a"});
        QCOMPARE(shown({.body = EndStep{}}), std::string());
        QCOMPARE(shown({.body = TimerStep{}}), std::string("Next>"));
    }

    void offersATimeoutWhereThereIsOne()
    {
        WaitStep wait{.events = {{"E", {}}}, .next = {"b"}};
        QCOMPARE(shown({.body = wait}), std::string("Next>b"));
        wait.timeout = text("\"P1D\"");
        QCOMPARE(shown({.body = wait}), std::string("Next>b Timeout>"));
        wait.fallback = text("false");
        QCOMPARE(shown({.body = wait}), std::string("Next>b"));
        wait.onTimeout = {"c"};
        QCOMPARE(shown({.body = wait}), std::string("Next>b Timeout>c"));
    }

    void givesEachEventOfAnyItsWay()
    {
        WaitStep wait{.mode = WaitMode::Any, .events = {{"A", {"x"}}, {"B", {}}}};
        QCOMPARE(shown({.body = wait}), std::string("Event(A)>x Event(B)>"));
        wait.fallback = text("1");
        QCOMPARE(shown({.body = wait}), std::string("Event(A)>x Event(B)> Next>"));
    }

    void numbersCasesWhoseNameDoesNotTellThemApart()
    {
        const ChoiceStep choice{
            {{"paid", {}, {"a"}}, {"", {}, {"b"}}, {"x", {}, {"c"}}, {"x", {}, {}}}, {"e"}};
        QCOMPARE(shown({.body = choice}),
            std::string("Case(paid)>a Case(2)>b Case(3)>c Case(4)> Otherwise>e"));
    }

    void pointsAWayElsewhere()
    {
        Step step{.id = {"a"}, .body = ChoiceStep{{{"paid", {}, {}}, {"", {}, {}}}, {}}};
        setTransition(step, {Kind::Case, "2", {}, {}}, {"b"});
        setTransition(step, {Kind::Case, "paid", {}, {}}, {"c"});
        setTransition(step, {Kind::Otherwise, {}, {}, {}}, {"d"});
        QCOMPARE(shown(step), std::string("Case(paid)>c Case(2)>b Otherwise>d"));
        setTransition(step, {Kind::Error, "*", {}, {}}, {"e"});
        setTransition(step, {Kind::Case, "9", {}, {}}, {"lost"});
        QCOMPARE(shown(step), std::string("Case(paid)>c Case(2)>b Otherwise>d Error(*)>e"));
        setTransition(step, {Kind::Error, "*", {}, {}}, {});
        QVERIFY(step.onError.empty());
    }

    void pointsATimeoutThatIsNotOfferedYet()
    {
        Step step{.body = WaitStep{}};
        setTransition(step, {Kind::Timeout, {}, {}, {}}, {"b"});
        QCOMPARE(std::get<WaitStep>(step.body).onTimeout, StepId{"b"});
    }

    void keepsAnUnknownKindAsWrittenButItsNext()
    {
        Step step{.body = UnknownStep{
                      "dance", JsonText::trusted(R"({ "kind":"dance", "next" : "b","x":1 })")}};
        QCOMPARE(shown(step), std::string("Next>b"));
        setTransition(step, {Kind::Next, {}, {}, {}}, {"c"});
        QCOMPARE(std::get<UnknownStep>(step.body).written.text(),
            std::string(R"({ "kind":"dance", "next" : "c","x":1 })"));
        QCOMPARE(kindName(step.body), std::string_view("dance"));
    }

    void findsStepsAndEvents()
    {
        Flow flow;
        flow.steps = {{.id = {"a"}}, {.id = {"b"}}};
        flow.events = {{.name = "PaymentConfirmed"}};
        QCOMPARE(findStep(flow, {"b"}), &flow.steps[1]);
        QVERIFY(!findStep(flow, {"c"}));
        QCOMPARE(findEvent(flow, "paymentCONFIRMED"), &flow.events[0]);
        QVERIFY(!findEvent(flow, "Payment"));
    }

    void listsInterruptsByWhoDeclaresThem()
    {
        Flow flow;
        QVERIFY(interruptScopes(flow).empty());
        flow.steps.push_back({{"both"}, "", ParallelStep{{}, {}, {{"Stop", {"b"}}}}, {}, {}});
        flow.steps.push_back({{"plain"}, "", ParallelStep{}, {}, {}});
        flow.interrupts = {{"Cancelled", {"a"}}};
        const std::vector<InterruptScope> scopes{
            {{}, {{"Cancelled", {"a"}}}}, {{"both"}, {{"Stop", {"b"}}}}};
        QVERIFY(interruptScopes(flow) == scopes);
        QCOMPARE(findInterrupt(flow.interrupts, "CANCELLED"), &flow.interrupts.front());
        QVERIFY(!findInterrupt(flow.interrupts, "Stop"));
        for (const auto mode : {InterruptMode::Queue, InterruptMode::Drop, InterruptMode::Latest})
            QVERIFY(interruptModeFromText(toText(mode)) == mode);
        QVERIFY(!interruptModeFromText("later"));
    }

    void foldsOnlyAsciiLettersOfEventNames()
    {
        QVERIFY(sameEventName("Zahlung-1", "zAHLUNG-1"));
        QVERIFY(!sameEventName("Ärger", "ärger"));
        QVERIFY(!sameEventName("a", "ab"));
        QCOMPARE(foldedEventName("ÄbC[]"), std::string("Äbc[]"));
    }
};

QTEST_GUILESS_MAIN(FlowTest)
#include "flow_test.moc"

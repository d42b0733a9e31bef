#include "designer/document/flow_document.h"
#include "designer/document/new_step.h"
#include "designer/document/selection_clipboard.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/model/flow_check.h"
#include "engine/model/flow_reader.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace designer;
using engine::StepId;
using Kind = engine::Transition::Kind;

namespace {

std::string orderText()
{
    QFile file(
        QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the order");
    return file.readAll().toStdString();
}

void load(FlowDocument &document, const std::string &text)
{
    auto read = engine::readFlow(text);
    if (!read)
        qFatal("%s", read.error().message.c_str());
    document.reset(std::move(read->flow), text);
}

/// Three steps in a row: first → second → last, and second is read by last.
std::string rowText()
{
    return R"({
  "signalbox": 1,
  "name": "Row",
  "start": "first",
  "steps": {
    "first": { "kind": "activity", "activity": "log", "with": { "message": "hi" }, "next": "second", "onError": { "*": "last" } },
    "second": { "kind": "wait", "event": "Go", "timeout": "P1D", "next": "last" },
    "last": { "kind": "end", "output": { "id": "=steps.second.id", "steps.second": "steps.second", "text": "=`${steps['second'].x} steps.second`" } }
  },
  "layout": { "steps": { "first": [100, 0], "second": [100, 100], "last": [100, 200] } }
}
)";
}

StepId targetOf(const FlowDocument &document, const char *step, Kind kind = Kind::Next)
{
    for (const auto &way : engine::transitionsFrom(*engine::findStep(document.flow(), {step})))
        if (way.kind == kind)
            return way.to;
    return {"(no such way)"};
}

engine::Transition nextOf(const FlowDocument &document, const char *step)
{
    return {Kind::Next, {}, {step}, targetOf(document, step)};
}

/// Does one intent, chosen by chance, with steps of the flow and steps that are not there.
class Editor
{
public:
    Editor(FlowDocument &document, unsigned seed)
        : m_document(document)
        , m_random(seed)
    {}

    void act()
    {
        switch (below(12)) {
        case 0: m_document.addStep(kind(), place()); break;
        case 1: m_document.addStep(kind(), place(), way()); break;
        case 2: m_document.removeSteps({step(), step()}); break;
        case 3: m_document.removeSteps({step()}, Reconnect::Yes); break;
        case 4: m_document.moveSteps({{step(), place()}, {step(), place()}}); break;
        case 5: m_document.connectTo(way(), step()); break;
        case 6: m_document.disconnectWay(way()); break;
        case 7:
            (void)m_document.renameStep(step(), {below(4) == 0 ? std::string() : "s" + number()});
            break;
        case 8: m_document.setName(step(), "Name " + number()); break;
        case 9: m_document.duplicate({step(), step()}); break;
        case 10: properties(); break;
        default:
            if (below(2) == 0)
                m_document.finishGesture();
            m_document.paste(fragmentOf(m_document.flow(), {step(), step()}), place());
        }
    }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }
    std::string number() { return std::to_string(below(50)); }
    engine::Position place() { return {below(100) * 10, below(100) * 10}; }
    std::string_view kind()
    {
        const auto &kinds = newStepKinds();
        return kinds[static_cast<std::size_t>(below(static_cast<int>(kinds.size())))];
    }
    StepId step()
    {
        const auto &steps = m_document.flow().steps;
        if (steps.empty() || below(20) == 0)
            return {"nowhere"};
        return steps[static_cast<std::size_t>(below(static_cast<int>(steps.size())))].id;
    }
    engine::Transition way()
    {
        const engine::Step *from = engine::findStep(m_document.flow(), step());
        const auto ways = from ? engine::transitionsFrom(*from) : std::vector<engine::Transition>();
        if (ways.empty())
            return {Kind::Error, "HttpError", step(), {}};
        return ways[static_cast<std::size_t>(below(static_cast<int>(ways.size())))];
    }
    void properties()
    {
        FlowProperties properties = propertiesOf(m_document.flow());
        properties.description = "Text " + number();
        if (below(3) == 0)
            properties.events.push_back({.name = "E" + std::to_string(properties.events.size())});
        m_document.changeProperties(std::move(properties), {QStringLiteral("p"), "description"});
        if (!m_document.flow().events.empty())
            (void)m_document.renameEvent(m_document.flow().events.front().name, "R" + number());
    }

    FlowDocument &m_document;
    std::mt19937 m_random;
};

} // namespace

class FlowDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void untouchedFlowKeepsItsBytes()
    {
        FlowDocument document;
        load(document, orderText());
        QCOMPARE(document.text(), orderText());
        QVERIFY(!document.isModified());
    }

    void undoingEverythingGivesTheSameBytesAndRedoingTheOthers_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void undoingEverythingGivesTheSameBytesAndRedoingTheOthers()
    {
        QFETCH(unsigned, seed);
        FlowDocument document;
        load(document, seed % 2 ? orderText() : rowText());
        const std::string before = document.text();
        Editor editor(document, seed);
        for (int i = 0; i < 60; ++i)
            editor.act();
        const std::string after = document.text();
        QVERIFY(after != before);
        while (document.undoStack().canUndo())
            document.undoStack().undo();
        QCOMPARE(document.text(), before);
        QVERIFY(!document.isModified());
        while (document.undoStack().canRedo())
            document.undoStack().redo();
        QCOMPARE(document.text(), after);
    }

    void whatIsWrittenReadsBackAsTheSameFlow()
    {
        FlowDocument document;
        load(document, orderText());
        Editor editor(document, 77);
        for (int i = 0; i < 40; ++i)
            editor.act();
        const auto read = engine::readFlow(document.text());
        QVERIFY(read);
        QCOMPARE(read->flow.steps.size(), document.flow().steps.size());
        QVERIFY(read->flow.layout.steps == document.flow().layout.steps);
    }

    void everyWriteSaysWhatChanged()
    {
        FlowDocument document;
        load(document, rowText());
        std::vector<FlowChange> changes;
        connect(&document, &FlowDocument::changed, this,
            [&](const FlowChange &change) { changes.push_back(change); });
        document.moveSteps({{{"first"}, {110, 0}}});
        const StepId added = document.addStep("log", {100, 50}, nextOf(document, "first"));
        const std::vector<FlowChange> expected{StepMoved{{"first"}}, StepMoved{{"second"}},
            StepMoved{{"last"}}, StepAdded{added}, StepChanged{{"first"}}};
        QVERIFY(changes == expected);
    }

    void stepAddedOnAWayGoesOnWhereTheWayLed()
    {
        FlowDocument document;
        load(document, rowText());
        const StepId added = document.addStep("http", {100, 50}, nextOf(document, "first"));
        QCOMPARE(targetOf(document, "first"), added);
        QCOMPARE(targetOf(document, added.value.c_str()), StepId{"second"});
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Insert Http"));
    }

    void insertedStepsPushDownWhatStandsBelow()
    {
        FlowDocument document;
        load(document, rowText());
        const auto second = positionOf(document.flow(), {"second"});
        const StepId added = document.addStep("http", {100, 50}, nextOf(document, "first"));
        const auto first = positionOf(document.flow(), {"first"});
        QCOMPARE(positionOf(document.flow(), added)->y, first->y + 100);
        QCOMPARE(positionOf(document.flow(), {"second"})->y, first->y + 200);
        document.undoStack().undo();
        QCOMPARE(positionOf(document.flow(), {"second"}), second);
    }

    void branchesComeWithTheirJoinInOneUndoStep_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("parallel") << QByteArray("parallel");
        QTest::newRow("forEach") << QByteArray("forEach");
    }
    void branchesComeWithTheirJoinInOneUndoStep()
    {
        QFETCH(QByteArray, kind);
        FlowDocument document;
        load(document, rowText());
        const std::string before = document.text();
        const StepId added =
            document.addStep(kind.toStdString(), {100, 50}, nextOf(document, "first"));
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(targetOf(document, "first"), added);
        QCOMPARE(targetOf(document, "join"), StepId{"second"});
        const auto expressions = engine::makeJavaScript();
        for (const engine::Problem &problem : engine::checkFlow(document.flow(), *expressions))
            if (problem.id != "unsupported") // whatever this version runs, the drawing is right
                QVERIFY2(
                    problem.severity != engine::Severity::Error, engine::message(problem).c_str());
        const auto join = positionOf(document.flow(), {"join"});
        QVERIFY(join->y >= positionOf(document.flow(), added)->y + 200);
        QVERIFY(positionOf(document.flow(), {"second"})->y >= join->y + 100);
        document.undoStack().undo();
        QCOMPARE(document.text(), before);
    }

    void aJoinIsGivenToTheStepThatLostIts()
    {
        FlowDocument document;
        load(document, rowText());
        const StepId added = document.addStep("parallel", {900, 0});
        document.removeSteps({{"join"}});
        const StepId join = document.addStep("join", {900, 300});
        const auto &body =
            std::get<engine::ParallelStep>(engine::findStep(document.flow(), added)->body);
        QCOMPARE(body.join, join);
        document.undoStack().undo();
        QVERIFY(std::get<engine::ParallelStep>(engine::findStep(document.flow(), added)->body)
                    .join.empty());
    }

    void nothingLeadsToANote()
    {
        FlowDocument document;
        load(document, rowText());
        const StepId note = document.addStep("note", {100, 50}, nextOf(document, "first"));
        QCOMPARE(targetOf(document, "first"), StepId{"second"});
        QVERIFY(engine::findStep(document.flow(), note));
        FlowDocument empty;
        empty.reset({}, {});
        empty.addStep("note", {0, 0});
        QVERIFY(empty.flow().start.empty());
    }

    void everyNewKindIsOneOfThisVersion()
    {
        for (const std::string_view kind : newStepKinds())
            QVERIFY2(!std::holds_alternative<engine::UnknownStep>(newStepBody(kind)),
                std::string(kind).c_str());
        QVERIFY(std::holds_alternative<engine::UnknownStep>(newStepBody("nothing")));
    }

    void firstStepOfAnEmptyFlowIsItsStart()
    {
        FlowDocument document;
        document.reset({}, {});
        const StepId added = document.addStep("wait", {0, 0});
        QCOMPARE(document.flow().start, added);
        document.undoStack().undo();
        QVERIFY(document.flow().start.empty());
    }

    void stepAddedOnTheStartEdgeBecomesTheStart()
    {
        FlowDocument document;
        load(document, rowText());
        const StepId added =
            document.addStep("set", {100, -100}, engine::Transition{.to = {"first"}});
        QCOMPARE(document.flow().start, added);
        QCOMPARE(targetOf(document, added.value.c_str()), StepId{"first"});
    }

    void removingAStepLeavesItsWaysOpen()
    {
        FlowDocument document;
        load(document, rowText());
        document.removeSteps({{"last"}});
        QVERIFY(targetOf(document, "second").empty());
        QVERIFY(engine::findStep(document.flow(), {"first"})->onError.empty());
        QVERIFY(!positionOf(document.flow(), {"last"}));
    }

    void outcomesFollowTheirStepsWhenTheyAreCopiedOrGo()
    {
        FlowDocument document;
        load(document, rowText());
        const StepId asks = document.addStep("approval", {100, 300});
        document.connectTo({Kind::Outcome, "approve", asks, {}}, {"last"});
        const auto led = [&](const StepId &step) {
            return std::get<engine::ApprovalStep>(engine::findStep(document.flow(), step)->body)
                .outcomes.front()
                .next;
        };
        QCOMPARE(led(asks), StepId{"last"});
        const auto copies = document.duplicate({asks, {"last"}});
        QCOMPARE(copies.size(), std::size_t{2});
        const bool isFirst = std::holds_alternative<engine::ApprovalStep>(
            engine::findStep(document.flow(), copies.front())->body);
        QCOMPARE(led(isFirst ? copies.front() : copies.back()),
            isFirst ? copies.back() : copies.front());
        document.removeSteps({{"last"}});
        QVERIFY(led(asks).empty());
        document.undoStack().undo();
        QCOMPARE(led(asks), StepId{"last"});
    }

    void removingAndReconnectingClosesTheGap()
    {
        FlowDocument document;
        load(document, rowText());
        document.removeSteps({{"first"}, {"second"}}, Reconnect::Yes);
        QCOMPARE(document.flow().start, StepId{"last"});
        document.undoStack().undo();
        document.removeSteps({{"second"}}, Reconnect::Yes);
        QCOMPARE(targetOf(document, "first"), StepId{"last"});
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Delete Second"));
    }

    void dragIsOneCommandAndTheNextDragAnother()
    {
        FlowDocument document;
        load(document, rowText());
        for (int x = 0; x < 50; x += 10)
            document.moveSteps({{{"first"}, {x, 0}}});
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Move First"));
        document.finishGesture();
        document.moveSteps({{{"first"}, {90, 0}}});
        QCOMPARE(document.undoStack().count(), 2);
    }

    void dragBackToItsPlaceLeavesNothingToUndo()
    {
        FlowDocument document;
        load(document, rowText());
        document.moveSteps({{{"first"}, {10, 0}}});
        document.moveSteps({{{"first"}, {100, 0}}});
        QVERIFY(!document.undoStack().canUndo());
        QVERIFY(!document.isModified());
    }

    void renamedStepIsRenamedWhereverItIsNamed()
    {
        FlowDocument document;
        load(document, rowText());
        QVERIFY(document.renameStep({"second"}, {"await"}));
        QCOMPARE(targetOf(document, "first"), StepId{"await"});
        QCOMPARE(positionOf(document.flow(), {"await"}), (engine::Position{100, 100}));
        const auto &end =
            std::get<engine::EndStep>(engine::findStep(document.flow(), {"last"})->body);
        const std::string output = end.output->written.text();
        QVERIFY2(output.find("\"=steps.await.id\"") != std::string::npos, output.c_str());
        QVERIFY2(
            output.find("\"steps.second\": \"steps.second\"") != std::string::npos, output.c_str());
        QVERIFY2(output.find("${steps[\\\"await\\\"].x} steps.second`") != std::string::npos,
            output.c_str());
        document.undoStack().undo();
        QCOMPARE(document.text(), rowText());
    }

    void idThatIsTakenOrWrongIsRefused()
    {
        FlowDocument document;
        load(document, rowText());
        QCOMPARE(document.renameStep({"first"}, {"last"}).error().code,
            engine::ErrorCode::AlreadyExists);
        QCOMPARE(document.renameStep({"first"}, {"a/b"}).error().code,
            engine::ErrorCode::InvalidArgument);
        QCOMPARE(
            document.renameStep({"first"}, {""}).error().code, engine::ErrorCode::InvalidArgument);
        QVERIFY(!document.undoStack().canUndo());
    }

    void typingMergesUntilTheFieldIsLeft()
    {
        FlowDocument document;
        load(document, rowText());
        for (const char *name : {"P", "Pa", "Pay"})
            document.setName({"first"}, name);
        QCOMPARE(document.undoStack().count(), 1);
        document.finishGesture();
        document.setName({"first"}, "Pay now");
        QCOMPARE(document.undoStack().count(), 2);
        document.undoStack().undo();
        QCOMPARE(engine::findStep(document.flow(), {"first"})->name, std::string("Pay"));
    }

    void modifiedFollowsTheSavedState()
    {
        FlowDocument document;
        load(document, rowText());
        QSignalSpy said(&document, &FlowDocument::modifiedChanged);
        document.setName({"first"}, "A");
        QVERIFY(document.isModified());
        document.markSaved();
        QVERIFY(!document.isModified());
        document.undoStack().undo();
        QVERIFY(document.isModified());
        document.undoStack().redo();
        QVERIFY(!document.isModified());
        QCOMPARE(said.count(), 4);
        document.markUnsaved();
        QVERIFY(document.isModified());
    }

    void copiesLeadToOneAnother()
    {
        FlowDocument document;
        load(document, rowText());
        const auto copies = document.duplicate({{"second"}, {"last"}});
        const std::vector<StepId> expected{{"second2"}, {"last2"}};
        QVERIFY(copies == expected);
        QCOMPARE(targetOf(document, "second2"), StepId{"last2"});
        QCOMPARE(positionOf(document.flow(), {"second2"}), (engine::Position{140, 140}));
        const auto &end =
            std::get<engine::EndStep>(engine::findStep(document.flow(), {"last2"})->body);
        QVERIFY(end.output->written.text().find("steps.second2.id") != std::string::npos);
    }

    void stepsTravelThroughTheClipboardAsText()
    {
        FlowDocument document;
        load(document, rowText());
        const auto fragment = fragmentFrom(clipboardText(document.flow(), {{"first"}, {"second"}}));
        QVERIFY(fragment);
        FlowDocument other;
        other.reset({}, {});
        const auto pasted = other.paste(*fragment, {500, 500});
        QCOMPARE(pasted.size(), std::size_t{2});
        QCOMPARE(other.flow().start, StepId{"first"});
        QCOMPARE(targetOf(other, "first"), StepId{"second"});
        QVERIFY(targetOf(other, "second").empty());
        QCOMPARE(positionOf(other.flow(), {"first"}), (engine::Position{500, 450}));
    }

    void otherTextOnTheClipboardIsRefused()
    {
        QVERIFY(!fragmentFrom("buy milk"));
        QVERIFY(!fragmentFrom("{}"));
    }

    void interruptsFollowTheirStepsAndEvents()
    {
        const std::string text = R"({
  "signalbox": 1,
  "name": "Halting",
  "events": { "Stop": {}, "Pause": {} },
  "start": "both",
  "steps": {
    "both": {
      "kind": "parallel",
      "branches": ["wait"],
      "join": "met",
      "interrupts": { "Pause": { "next": "hold", "blocking": false } }
    },
    "wait": { "kind": "wait", "event": "Paid", "next": "met" },
    "met": { "kind": "join", "mode": "all", "next": "end" },
    "end": { "kind": "end" },
    "hold": { "kind": "timer", "after": "PT1S", "next": "back" },
    "back": { "kind": "resume" }
  },
  "interrupts": { "Stop": { "next": "hold", "mode": "drop", "later": 1 } }
}
)";
        FlowDocument document;
        load(document, text);
        const auto ofStep = [&document]() -> const engine::Interrupt & {
            return std::get<engine::ParallelStep>(document.flow().steps[0].body).interrupts.at(0);
        };
        document.setName({"wait"}, "For the money");
        QVERIFY(document.text().find(R"("Stop": { "next": "hold", "mode": "drop", "later": 1 })") !=
                std::string::npos);
        document.undoStack().undo();
        QVERIFY(document.renameStep({"hold"}, {"stand"}));
        QCOMPARE(document.flow().interrupts[0].next, StepId{"stand"});
        QCOMPARE(ofStep().next, StepId{"stand"});
        document.undoStack().undo();
        QVERIFY(document.renameEvent("Stop", "Halt"));
        QVERIFY(document.renameEvent("Pause", "Rest"));
        QCOMPARE(document.flow().interrupts[0].event, std::string("Halt"));
        QCOMPARE(ofStep().event, std::string("Rest"));
        document.undoStack().undo();
        document.undoStack().undo();
        document.removeSteps({{"hold"}});
        QVERIFY(document.flow().interrupts[0].next.empty() && ofStep().next.empty());
        document.undoStack().undo();
        QCOMPARE(document.text(), text);
    }

    void renamedEventIsRenamedInItsWaits()
    {
        FlowDocument document;
        load(document, orderText());
        QVERIFY(document.renameEvent("PaymentConfirmed", "Paid"));
        const auto &wait =
            std::get<engine::WaitStep>(engine::findStep(document.flow(), {"awaitPayment"})->body);
        QCOMPARE(wait.events.front().first, std::string("Paid"));
        QVERIFY(!document.renameEvent("Paid", "SHIPMENTUPDATE"));
        document.undoStack().undo();
        QCOMPARE(document.text(), orderText());
    }
};

QTEST_GUILESS_MAIN(FlowDocumentTest)
#include "flow_document_test.moc"

#include "engine/model/flow_reader.h"

#include <QTest>

#include <algorithm>

using namespace engine;
using namespace std::chrono_literals;

namespace {

/// Texts in this file have ' for ".
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

JsonText checked(const char *text) { return JsonText::trusted(quoted(text)); }

ReadFlow read(const std::string &text)
{
    auto flow = readFlow(quoted(text));
    if (!flow) {
        qWarning("%s", flow.error().message.c_str());
        return {};
    }
    return *std::move(flow);
}

/// The flow whose only step is `s`.
ReadFlow withStep(const std::string &step)
{
    return read("{'signalbox':1,'name':'F','start':'s','steps':{'s':" + step + "}}");
}

template<typename Body>
Body bodyOf(const std::string &step)
{
    const ReadFlow flow = withStep(step);
    if (!flow.problems.empty())
        qWarning("%s", message(flow.problems.front()).c_str());
    return flow.problems.empty() ? std::get<Body>(flow.flow.steps.at(0).body) : Body{};
}

Template json(const char *text) { return templateFrom(checked(text)); }

} // namespace

class FlowReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void readsAnActivity()
    {
        const auto step =
            bodyOf<ActivityStep>("{'kind':'activity','activity':'http',"
                                 "'with':{'url':'=input.url'},'timeout':'PT30S','next':'b',"
                                 "'retry':{'attempts':5,'first':'PT1S','growth':1.5,'longest':'"
                                 "PT1M','total':'PT1H','never':['X']}}");
        const RetryPolicy retry{5, {0, 1s}, 1.5, Duration{0, 60s}, Duration{0, 1h}, {"X"}};
        QVERIFY((step == ActivityStep{"http", json("{'url':'=input.url'}"), Duration{0, 30s}, retry,
                             {"b"}}));
    }

    void readsTheFourFormsOfAWait()
    {
        const auto one = bodyOf<WaitStep>(
            "{'kind':'wait','event':'A','where':'=event.ok',"
            "'timeout':'P3D','default':null,'clock':'pause','onTimeout':'c','next':'b'}");
        WaitStep expected{.events = {{"A", {}}},
            .where = Expression{"event.ok"},
            .timeout = json("'P3D'"),
            .fallback = json("null"),
            .clock = "pause",
            .onTimeout = {"c"},
            .next = {"b"}};
        QVERIFY(one == expected);
        const auto any = bodyOf<WaitStep>("{'kind':'wait','anyOf':{'B':'x','A':'y'}}");
        QVERIFY((any == WaitStep{.mode = WaitMode::Any, .events = {{"B", {"x"}}, {"A", {"y"}}}}));
        const auto all = bodyOf<WaitStep>("{'kind':'wait','allOf':['A','B'],'next':'b'}");
        QVERIFY((all ==
                 WaitStep{.mode = WaitMode::All, .events = {{"A", {}}, {"B", {}}}, .next = {"b"}}));
        QCOMPARE(bodyOf<WaitStep>("{'kind':'wait','allOf':['A','B'],'count':1}").count, 1);
    }

    void readsTheOtherKinds()
    {
        QVERIFY((bodyOf<TimerStep>("{'kind':'timer','after':'PT1H','next':'b'}") ==
                 TimerStep{.after = json("'PT1H'"), .next = {"b"}}));
        QVERIFY((bodyOf<TimerStep>("{'kind':'timer','cron':'0 8 * * 1','zone':'Europe/Berlin'}") ==
                 TimerStep{.cron = "0 8 * * 1", .zone = "Europe/Berlin"}));
        QVERIFY(
            (bodyOf<ChoiceStep>("{'kind':'choice','cases':[{'name':'paid','when':'=a','next':'b'},"
                                "{'when':'c','next':'d'}],'otherwise':'e'}") ==
                ChoiceStep{{{"paid", {"a"}, {"b"}}, {"", {"c"}, {"d"}}}, {"e"}}));
        QVERIFY((bodyOf<SetStep>("{'kind':'set','variables':{'b':1,'a':'=2'},'append':{'l':'=x'},"
                                 "'status':'=s','next':'n'}") ==
                 SetStep{{{"b", json("1")}, {"a", json("'=2'")}}, {{"l", json("'=x'")}},
                     json("'=s'"), {"n"}}));
        QVERIFY((bodyOf<EndStep>("{'kind':'end','output':{'a':1}}") == EndStep{json("{'a':1}")}));
        QVERIFY((bodyOf<EndStep>("{'kind':'end'}") == EndStep{}));
        QVERIFY((bodyOf<FailStep>(
                     "{'kind':'fail','type':'X','message':'=error.message','details':[]}") ==
                 FailStep{json("'X'"), json("'=error.message'"), json("[]")}));
    }

    void readsTheKindsThatBranchAndReachOut()
    {
        QVERIFY((bodyOf<CollectStep>("{'kind':'collect','event':'E','until':{'count':3,'timeout':"
                                     "'PT1M','when':'=events.length'},'clock':'pause','next':'n'}") ==
                 CollectStep{"E", 3, json("'PT1M'"), Expression{"events.length"}, "pause", {"n"}}));
        QVERIFY((bodyOf<ParallelStep>("{'kind':'parallel','branches':['a','b'],'join':'j'}") ==
                 ParallelStep{{{"a"}, {"b"}}, {"j"}}));
        QVERIFY((bodyOf<ParallelStep>("{'kind':'parallel','branches':['a'],'join':'j','interrupts':"
                                      "{'Stop':{'next':'h','mode':'latest','blocking':false}}}") ==
                 ParallelStep{
                     {{"a"}}, {"j"}, {{"Stop", {"h"}, InterruptMode::Latest, false}}}));
        QVERIFY((bodyOf<ResumeStep>("{'kind':'resume'}") == ResumeStep{}));
        QVERIFY((bodyOf<JoinStep>("{'kind':'join','mode':'any','next':'n'}") ==
                 JoinStep{JoinMode::Any, 0, {"n"}}));
        QVERIFY((bodyOf<JoinStep>("{'kind':'join','mode':2,'next':'n'}") ==
                 JoinStep{JoinMode::Count, 2, {"n"}}));
        QVERIFY((bodyOf<ForEachStep>("{'kind':'forEach','items':'input.l','as':'line','do':'d',"
                                     "'atOnce':4,'join':'j'}") ==
                 ForEachStep{{"input.l"}, "line", {"d"}, 4, {"j"}}));
        QVERIFY((bodyOf<SubFlowStep>("{'kind':'subFlow','flow':'F','version':2,'input':'=vars.x',"
                                     "'id':'=input.id','wait':false,'next':'n'}") ==
                 SubFlowStep{json("'F'"), 2, json("'=vars.x'"), json("'=input.id'"), false, {"n"}}));
        QVERIFY((bodyOf<SendStep>("{'kind':'send','instance':'=input.to','event':'E','data':1,"
                                  "'next':'n'}") ==
                 SendStep{json("'=input.to'"), "E", json("1"), {"n"}}));
        QVERIFY((bodyOf<EmitStep>("{'kind':'emit','url':'http://a/','type':'t','next':'n'}") ==
                 EmitStep{json("'http://a/'"), json("'t'"), {}, {}, {}, {"n"}}));
        QVERIFY((bodyOf<ContinueAsNewStep>("{'kind':'continueAsNew','input':{'a':1}}") ==
                 ContinueAsNewStep{json("{'a':1}")}));
        QVERIFY((bodyOf<NoteStep>("{'kind':'note','text':'why'}") == NoteStep{"why"}));
    }

    void refusesAJoinThatIsNoNumberAndNoWord()
    {
        for (const char *mode : {"'some'", "0", "true"}) {
            const ReadFlow join = withStep("{'kind':'join','mode':" + std::string(mode) + "}");
            QCOMPARE(join.problems.size(), std::size_t{1});
            QCOMPARE(join.problems.front().id, std::string("wrong-type"));
        }
    }

    void keepsWhatItDoesNotKnow()
    {
        const ReadFlow dance = withStep("{ 'kind': 'dance',  'with': {'partners':3} }");
        QVERIFY(dance.problems.empty());
        QVERIFY((std::get<UnknownStep>(dance.flow.steps.at(0).body) ==
                 UnknownStep{"dance", checked("{ 'kind': 'dance',  'with': {'partners':3} }")}));
        const ReadFlow extra = withStep("{'kind':'end','colour':'red'}");
        QVERIFY(extra.flow.steps.at(0).unknown ==
                (std::vector<UnknownMember>{{"colour", checked("'red'")}}));
        const ReadFlow top = read("{'signalbox':1,'future':{'a':1}}");
        QVERIFY(top.flow.unknown == (std::vector<UnknownMember>{{"future", checked("{'a':1}")}}));
    }

    void readsTheFlowAroundTheSteps()
    {
        const ReadFlow result = read(
            "{'$schema':'x','signalbox':1,'name':'F','description':'D',"
            "'input':{'type':'object'},"
            "'events':{'E':{'schema':true,'description':'d','example':{'a':1},'onInvalid':'fail',"
            "'convert':false,'correlate':{'event':'=event.id','instance':'input.id'},'deliver':'all',"
            "'ttl':'P1D','startsFlow':{'id':'=event.id','input':{'a':'=event'}},'smell':1}},"
            "'variables':{'z':[],'a':1},'start':'s',"
            "'steps':{'s':{'kind':'end','name':'The end','onError':{'X':'s','*':'s'}}},"
            "'interrupts':{'C':{'next':'s'},'D':{'next':'s','mode':'drop','blocking':false,'x':1},"
            "'L':{'mode':'latest'},'Q':{'mode':'queue','blocking':true}},'retention':'P90D',"
            "'layout':{'direction':'right','steps':{'s':[120,-80]},'notes':[{'text':'n'}],'groups':"
            "[]}}");
        QVERIFY(result.problems.empty());
        const Flow &flow = result.flow;
        QCOMPARE(flow.name, FlowId{"F"});
        QCOMPARE(flow.description, std::string("D"));
        QCOMPARE(flow.input->text(), (quoted("{'type':'object'}")));
        QVERIFY((flow.events ==
                 std::vector<EventDeclaration>{{"E", checked("true"), "d", checked("{'a':1}"), "fail",
                     false, {{"smell", checked("1")}}, Correlation{{"event.id"}, {"input.id"}}, "all",
                     Duration{0, Milliseconds{24 * 60 * 60 * 1000}},
                     EventStart{templateFrom(checked("'=event.id'")),
                         templateFrom(checked("{'a':'=event'}"))}}}));
        QVERIFY((flow.variables == std::vector<std::pair<std::string, JsonText>>{
                                       {"z", checked("[]")}, {"a", checked("1")}}));
        QCOMPARE(flow.start, StepId{"s"});
        QCOMPARE(flow.steps.at(0).name, std::string("The end"));
        QVERIFY((flow.steps.at(0).onError ==
                 std::vector<std::pair<std::string, StepId>>{{"X", {"s"}}, {"*", {"s"}}}));
        QVERIFY((flow.interrupts ==
                 std::vector<Interrupt>{{"C", {"s"}},
                     {"D", {"s"}, InterruptMode::Drop, false, {{"x", checked("1")}}},
                     {"L", {}, InterruptMode::Latest}, {"Q", {}}}));
        QCOMPARE(flow.retention, std::string("P90D"));
        QVERIFY((flow.layout == Layout{"right", {{{"s"}, {120, -80}}}, checked("[{'text':'n'}]"),
                                    {{"groups", checked("[]")}}}));
        QVERIFY(flow.unknown.empty());
    }

    void knowsTheLineOfEveryValue()
    {
        const ReadFlow flow =
            read("{\n'signalbox': 1,\n\n'steps': {\n  'a/b':\n  { 'kind': 'choice',\n"
                 "    'cases': [\n      {\n 'when': 'x' } ] } }\n}");
        QCOMPARE(flow.lines.at(""), 1);
        QCOMPARE(flow.lines.at("/signalbox"), 2);
        QCOMPARE(flow.lines.at("/steps"), 4);
        QCOMPARE(flow.lines.at("/steps/a~1b"), 5);
        QCOMPARE(flow.lines.at("/steps/a~1b/kind"), 6);
        QCOMPARE(flow.lines.at("/steps/a~1b/cases/0"), 8);
        QCOMPARE(flow.lines.at("/steps/a~1b/cases/0/when"), 9);
    }

    void makesAProblemOfAWrongMember_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *step, const char *problem) {
            QTest::newRow(step) << QString::fromUtf8(step) << QString::fromUtf8(problem);
        };
        row("7", "wrong-type /steps/s: A step must be an object.");
        row("{'kind':5}", "wrong-type /steps/s/kind: 'kind' must be a string.");
        row("{'kind':'end','name':[]}", "wrong-type /steps/s/name: 'name' must be a string.");
        row("{'kind':'timer','after':5}", "wrong-type /steps/s/after: 'after' must be a string.");
        row("{'kind':'activity','timeout':'5m'}",
            "wrong-duration /steps/s/timeout: 'timeout': '5m' is no ISO 8601 duration: write "
            "PT30S, PT5M, "
            "P3D or P1M, for example.");
        row("{'kind':'activity','retry':[]}",
            "wrong-type /steps/s/retry: 'retry' must be an object.");
        row("{'kind':'activity','retry':{'attempts':0}}",
            "wrong-type /steps/s/retry/attempts: 'attempts' must be a whole number from 1 to "
            "1000000.");
        row("{'kind':'activity','retry':{'attempts':2.5}}",
            "wrong-type /steps/s/retry/attempts: 'attempts' must be a whole number from 1 to "
            "1000000.");
        row("{'kind':'activity','retry':{'growth':0.5}}",
            "wrong-type /steps/s/retry/growth: 'growth' must be a number of at least 1.");
        row("{'kind':'activity','retry':{'never':['a',1]}}",
            "wrong-type /steps/s/retry/never: 'never' must be a list of strings.");
        row("{'kind':'activity','retry':{'tries':1}}",
            "unknown-member /steps/s/retry/tries: 'tries' is not known here.");
        row("{'kind':'wait','event':'A','allOf':['B']}",
            "ambiguous-wait /steps/s: Write one of 'event', 'anyOf' and 'allOf'.");
        row("{'kind':'wait','anyOf':['A']}",
            "wrong-type /steps/s/anyOf: 'anyOf' must be an object.");
        row("{'kind':'wait','anyOf':{'A':1}}",
            "wrong-type /steps/s/anyOf: 'A' of 'anyOf' must be the id of a step in a string.");
        row("{'kind':'choice','cases':{}}",
            "wrong-type /steps/s/cases: 'cases' must be a list of cases.");
        row("{'kind':'choice','cases':[1]}",
            "wrong-type /steps/s/cases/0: A case must be an object with 'when' and 'next'.");
        row("{'kind':'choice','cases':[{'if':'x'}]}",
            "unknown-member /steps/s/cases/0/if: 'if' is not known here.");
        row("{'kind':'choice','cases':[{'when':true}]}",
            "wrong-type /steps/s/cases/0/when: 'when' must be an expression in a string.");
        row("{'kind':'end','output':{'a':1,'a':2}}",
            "duplicate-key /steps/s/output/a: 'a' stands here twice; only the first is read.");
    }
    void makesAProblemOfAWrongMember()
    {
        QFETCH(QString, step);
        QFETCH(QString, problem);
        const ReadFlow flow = withStep(step.toStdString());
        QCOMPARE(flow.problems.size(), std::size_t{1});
        const Problem &found = flow.problems.front();
        QCOMPARE(QString::fromStdString(found.id + " " + found.pointer + ": " + message(found)),
            problem);
        QCOMPARE(found.step, StepId{"s"});
        QCOMPARE(found.line, 1);
        QCOMPARE(found.severity, Severity::Error);
        QCOMPARE(flow.flow.steps.size(), std::size_t{1});
    }

    void readsOnWhereTheFlowIsWrong()
    {
        const ReadFlow flow =
            read("{'signalbox':2,'name':1,"
                 "'events':{'E':1,'G':{'convert':'no'}},'steps':{'a':{'kind':'end'},'a':{'kind':'"
                 "fail'}},"
                 "'layout':{'steps':{'a':[1],'b':[1,2.5],'c':[10,20],'d':[99999999999,0]}}}");
        std::string ids;
        for (const Problem &problem : flow.problems)
            ids += problem.id + "@" + problem.pointer + " ";
        QCOMPARE(
            ids, std::string(
                     "duplicate-key@/steps/a other-format@/signalbox wrong-type@/name "
                     "wrong-type@/events/E wrong-type@/events/G/convert wrong-type@/layout/steps "
                     "wrong-type@/layout/steps wrong-type@/layout/steps "));
        QCOMPARE(flow.problems.front().step, StepId{"a"});
        QCOMPARE(flow.flow.steps.size(), std::size_t{1});
        QVERIFY(std::holds_alternative<EndStep>(flow.flow.steps[0].body));
        QCOMPARE(flow.flow.layout.steps.size(), std::size_t{1});
        QCOMPARE(read("{'steps':{}}").problems.front().id, std::string("missing-format"));
        QCOMPARE(
            read("{'signalbox':1,'layout':[]}").problems.front().pointer, std::string("/layout"));
    }

    void aProblemShowsAtItsStepWhateverItsId()
    {
        const ReadFlow flow = read("{'signalbox':1,'steps':{'a/b~c~0':{'kind':'end','kind':1}}}");
        QCOMPARE(flow.problems.size(), std::size_t{1});
        QCOMPARE(flow.problems[0].step, StepId{"a/b~c~0"});
        QCOMPARE(flow.problems[0].pointer, std::string("/steps/a~1b~0c~00/kind"));
    }

    /// So that no sum of positions on the canvas runs over.
    void positionsHaveALimit()
    {
        const ReadFlow flow = read("{'signalbox':1,'layout':{'steps':{'a':[10000000,-10000000],"
                                   "'b':[10000001,0],'c':[0,-10000001]}}}");
        QVERIFY((flow.flow.layout.steps == std::vector<std::pair<StepId, Position>>{
                                               {{"a"}, {10'000'000, -10'000'000}}}));
        QCOMPARE(flow.problems.size(), std::size_t{2});
    }

    void refusesWhatIsNoFlow()
    {
        for (const char *text : {"[]", "7", "{}", "{'name':'x'}"})
            QVERIFY(readFlow(quoted(text))
                        .error()
                        .message.starts_with("line 1, column 1: this is no flow"));
        QVERIFY(readFlow("{\n  \"signalbox\": 1,\n}").error().message.find("line 3, column 1") !=
                std::string::npos);
        QCOMPARE(readFlow(std::string(100'000, '[')).error().code, ErrorCode::TooLarge);
        QCOMPARE(readFlow(std::string(65 * 1024 * 1024, ' ')).error().code, ErrorCode::TooLarge);
    }

    void readsTenThousandStepsWithoutSquaringTheTime()
    {
        std::string steps;
        for (int i = 0; i < 10'000; ++i)
            steps += (i ? ",\"s" : "\"s") + std::to_string(i) +
                     "':{'kind':'timer','after':'PT1S','next':'s'}";
        const ReadFlow flow = read("{'signalbox':1,'steps':{" + steps + "}}");
        QCOMPARE(flow.flow.steps.size(), std::size_t{10'000});
        QVERIFY(flow.problems.empty());
    }
};

QTEST_GUILESS_MAIN(FlowReaderTest)
#include "flow_reader_test.moc"

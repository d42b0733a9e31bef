#include "engine/model/flow_reader.h"
#include "engine/model/flow_writer.h"
#include "tests/engine/model/random_flow.h"

#include <QDir>
#include <QTest>

#include <algorithm>

using namespace engine;

namespace {

/// Texts in this file have ' for ".
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

Flow flowOf(const std::string &text)
{
    auto read = readFlow(text);
    return read ? std::move(read->flow) : Flow{};
}

/// `text` after `edit` of its flow.
template<typename Edit>
std::string edited(const std::string &text, const Edit &edit)
{
    Flow flow = flowOf(text);
    edit(flow);
    return writeFlow(flow, text);
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "not found: " + from : text.replace(at, from.size(), to);
}

/// By hand, in a style of its own.
const std::string handmade = quoted(R"(
{ 'signalbox' : 1,
	'name':'Hand',   'future': {'x':  [1,2]},
	'start' : 'a',

	'steps': {
		'a': { 'next':'b', 'kind':'timer','after' : 'PT60M' },

		'b': {	'kind': 'activity', 'activity':'log', 'retry':{'growth':2},
			'onError': {'*':'c' , 'X' : 'c'}  , 'next': 'c', 'name': 7 },
		'c' : {'kind':'end'}   ,
		'u': {'kind':'collect','until':{'count': 3 } , 'next': 'c'}
	},
	'layout': {'steps':{'a':[0,0],'b': [0, 100]}}
}

)");

} // namespace

class FlowWriterTest : public QObject
{
    Q_OBJECT

private slots:
    void writesNewFlowsThatReadBackTheSame()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            const std::string text = writeFlow(tests::RandomFlow(seed).flow());
            QVERIFY(text.ends_with("}\n"));
            const auto read = readFlow(text);
            QVERIFY2(read, qPrintable(QString::number(seed)));
            QVERIFY2(read->problems.empty(), text.c_str());
            QCOMPARE(writeFlow(read->flow), text);
            QCOMPARE(writeFlow(read->flow, text), text);
        }
    }

    void readsBackEveryMemberOfAFlow()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            const Flow flow = tests::RandomFlow(seed).flow();
            const Flow once = flowOf(writeFlow(flow));
            QCOMPARE(once.steps.size(), flow.steps.size());
            for (std::size_t i = 0; i < flow.steps.size(); ++i)
                QVERIFY2(transitionsFrom(once.steps[i]) == transitionsFrom(flow.steps[i]),
                    qPrintable(QString::number(seed)));
            QVERIFY(once.layout == flow.layout);
            QVERIFY(flowOf(writeFlow(once)) == once);
        }
    }

    void turnsAnyFlowIntoAnyOther()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            const Flow target = flowOf(writeFlow(tests::RandomFlow(seed + 1000).flow()));
            const std::string text = writeFlow(target, writeFlow(tests::RandomFlow(seed).flow()));
            const auto read = readFlow(text);
            QVERIFY2(read, text.c_str());
            QVERIFY2(read->problems.empty(), text.c_str());
            // Values keep the spelling of the original where they are equal, so compare
            // canonically.
            QCOMPARE(writeFlow(read->flow), writeFlow(target));
            QCOMPARE(writeFlow(read->flow, text), text);
        }
    }

    void keepsEveryByteOfAnUntouchedFile()
    {
        const auto untouched = [](Flow &) {};
        QCOMPARE(edited(handmade, untouched), handmade);
        std::string windows = handmade;
        for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2)
            windows.insert(at, 1, '\r');
        QCOMPARE(edited(windows, untouched), windows);
    }

    void keepsTheExamplesAsTheyAre()
    {
        const QDir folder(QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples"));
        for (const QString &name : folder.entryList({QStringLiteral("*.flow.json")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string text = file.readAll().toStdString();
            QCOMPARE(writeFlow(flowOf(text), text), text);
            QCOMPARE(QString::fromStdString(writeFlow(flowOf(text))), QString::fromStdString(text));
        }
    }

    void movesAStepInOneLine()
    {
        QCOMPARE(edited(handmade,
                     [](Flow &flow) {
                         flow.layout.steps[1].second = {50, 100};
                     }),
            replaced(handmade, "[0, 100]", "[50, 100]"));
    }

    void rewritesOnlyTheMemberThatChanged()
    {
        QCOMPARE(edited(handmade, [](Flow &flow) { setTransition(flow.steps[0], {}, {"c"}); }),
            replaced(handmade, quoted("'next':'b'"), quoted("'next':'c'")));
        QCOMPARE(edited(handmade, [](Flow &flow) { setTransition(flow.steps[3], {}, {"a"}); }),
            replaced(handmade, quoted("} , 'next': 'c'"), quoted("} , 'next': 'a'")));
        QCOMPARE(edited(handmade, [](Flow &flow) { flow.steps[1].name = "Log it"; }),
            replaced(handmade, quoted("'name': 7"), quoted("'name': 'Log it'")));
        QCOMPARE(
            edited(handmade,
                [](Flow &flow) { std::get<ActivityStep>(flow.steps[1].body).retry->growth = 3; }),
            replaced(handmade, quoted("{'growth':2}"), quoted("{'growth':3}")));
    }

    void addsAMemberInTheStyleOfItsNeighbours()
    {
        QCOMPARE(edited(handmade, [](Flow &flow) { flow.steps[0].name = "Wait a bit"; }),
            replaced(handmade, quoted("'kind':'timer',"),
                quoted("'kind':'timer', 'name':'Wait a bit',")));
        QCOMPARE(edited(handmade, [](Flow &flow) { flow.description = "D"; }),
            replaced(handmade, quoted("'name':'Hand',"),
                quoted("'name':'Hand',\n\t'description' : 'D',")));
    }

    void addsAStep()
    {
        QCOMPARE(
            edited(handmade,
                [](Flow &flow) {
                    flow.steps.insert(flow.steps.begin() + 2, Step{{"n"}, "", EndStep{}, {}, {}});
                }),
            replaced(handmade, quoted("'name': 7 },"),
                quoted("'name': 7 },\n\n\t\t'n': { 'kind': 'end' },")));
    }

    void removesAStep()
    {
        QCOMPARE(edited(handmade, [](Flow &flow) { flow.steps.erase(flow.steps.begin() + 2); }),
            replaced(handmade, quoted("\n\t\t'c' : {'kind':'end'}   ,"), ""));
        const std::string first =
            edited(handmade, [](Flow &flow) { flow.steps.erase(flow.steps.begin()); });
        QVERIFY2(first.find(quoted("'steps': {\n\t\t'b': {	'kind'")) != std::string::npos,
            first.c_str());
        const std::string last = edited(handmade, [](Flow &flow) { flow.steps.pop_back(); });
        QVERIFY2(last.find(quoted("{'kind':'end'}   \n\t},")) != std::string::npos, last.c_str());
        const std::string none = edited(handmade, [](Flow &flow) { flow.steps.clear(); });
        QVERIFY2(none.find(quoted("'steps': {},")) != std::string::npos, none.c_str());
    }

    void renamesAStepAndKeepsItsBody()
    {
        QCOMPARE(edited(handmade,
                     [](Flow &flow) {
                         flow.steps[1].id = {"note"};
                         setTransition(flow.steps[0], {}, {"note"});
                         flow.layout.steps[1].first = {"note"};
                     }),
            replaced(replaced(replaced(handmade, quoted("'b': {	'kind'"),
                                  quoted("'note': {	'kind'")),
                         quoted("'next':'b'"), quoted("'next':'note'")),
                quoted("'b': [0, 100]"), quoted("'note': [0, 100]")));
    }

    void writesStepsInTheirNewOrder()
    {
        const std::string text = quoted("{'signalbox':1,'steps':{ 'a' : {'kind':'end' } ,\n\t'b': {},"
                                        "\n\t'c':{ 'kind':'resume'}  }}");
        QCOMPARE(edited(text, [](Flow &flow) { std::swap(flow.steps[0], flow.steps[1]); }),
            quoted("{'signalbox':1,'steps':{ 'b': {},\n\t'a' : {'kind':'end' } ,"
                   "\n\t'c':{ 'kind':'resume'}  }}"));
    }

    void breaksALineThatAnEditMadeTooLong()
    {
        const std::string text =
            edited(handmade, [](Flow &flow) { flow.steps[2].name = std::string(90, 'x'); });
        QVERIFY2(text.find(quoted("'c' : {\n\t\t\t'kind': 'end',\n\t\t\t'name': 'xxx")) !=
                     std::string::npos,
            text.c_str());
    }

    /// Only what an edit made too long is broken, however long another line was written.
    void leavesLongLinesThatNobodyEdited()
    {
        const std::string text = quoted("{'signalbox':1,'steps':{\n 'a':{'kind':'end','name':'") +
                                 std::string(100, 'x') + quoted("'},\n 'b':{'kind':'end'}\n}}");
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps[1].name = "B"; }),
            replaced(text, quoted("'b':{'kind':'end'"), quoted("'b':{'kind':'end','name':'B'")));
    }

    void indentsWhatIsBrokenInAListAsItsElement()
    {
        const std::string text = quoted("{\n 'signalbox':1,\n 'steps':{\n  's':{'kind':'activity',"
                                        "'with':[\n      {},\n      1]}}}");
        const std::string long1(60, 'x');
        const std::string element =
            quoted("{\n       'a': '") + long1 + quoted("',\n       'b': '") + long1 + quoted("'\n      }");
        QCOMPARE(QString::fromStdString(edited(text,
                     [&](Flow &flow) {
                         std::get<ActivityStep>(flow.steps[0].body).with =
                             templateFrom(JsonText::trusted(quoted("[{'a':'") + long1 +
                                                            quoted("','b':'") + long1 + quoted("'},1]")));
                     })),
            QString::fromStdString(replaced(text, "{},", element + ",")));
    }

    void readsKeysWithQuotes()
    {
        const std::string text =
            quoted("{'signalbox':1,'steps':{'a\\'b'  : {'kind':'end'}, 'c':{'kind':'end'}}}");
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps[0].id = {"n"}; }),
            replaced(text, quoted("'a\\'b'"), quoted("'n'")));
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps.push_back({{"d"}, {}, EndStep{}, {}, {}}); }),
            replaced(text, "}}}", quoted("}, 'd'  : { 'kind': 'end' }}}")));
    }

    void rewritesOnlyTheInterruptThatChanged()
    {
        const std::string text = quoted(R"({ 'signalbox': 1, 'name': 'F',
  'interrupts':  {
    'A': { 'mode' : 'queue', 'next':'a', 'x': [ ] } ,
    'B':{'next':'b','blocking':true}},
  'steps': { 'p': {'interrupts': { 'C':{'next': 'a'} }, 'kind': 'parallel'} } })");
        QCOMPARE(edited(text, [](Flow &flow) { flow.interrupts[0].next = {"c"}; }),
            replaced(text, quoted("'next':'a'"), quoted("'next':'c'")));
        QCOMPARE(edited(text, [](Flow &flow) { flow.interrupts[0].mode = InterruptMode::Drop; }),
            replaced(text, quoted("'queue'"), quoted("'drop'")));
        QCOMPARE(edited(text, [](Flow &flow) { flow.interrupts[1].blocking = false; }),
            replaced(text, quoted("'blocking':true"), quoted("'blocking':false")));
        QCOMPARE(edited(text,
                     [](Flow &flow) {
                         std::get<ParallelStep>(flow.steps[0].body).interrupts[0].next = {"d"};
                     }),
            replaced(text, quoted("'next': 'a'"), quoted("'next': 'd'")));
        QCOMPARE(edited(text,
                     [](Flow &flow) {
                         flow.interrupts.push_back({"D", {"d"}, InterruptMode::Latest, false});
                     }),
            replaced(text, quoted("'blocking':true}"),
                quoted("'blocking':true},\n    'D': { 'next': 'd', 'mode': 'latest', 'blocking': false }")));
    }

    /// What is read into other words than the file's (`PT60S` is a minute) keeps the words of the
    /// file where another member of its step changes; the like of what cannot be read.
    void keepsTheSpellingBesideAnEdit_data()
    {
        QTest::addColumn<QString>("member");
        const auto row = [](const char *name, const std::string &member) {
            QTest::newRow(name) << QString::fromStdString(quoted(member));
        };
        row("duration", "'timeout':'PT60S'");
        row("escaped text", "'activity':'\\u006cog'");
        row("escaped key", "'\\u0061ctivity':'log'");
        row("number", "'retry': {'growth':2.50}");
        row("absent as null", "'note':null");
        row("empty list", "'with':[ ]");
        row("empty object", "'onError': {  }");
        row("list", "'with':[1,  2 , {'a' :1}]");
        row("of a wrong type", "'timeout':60");
        row("list with a wrong element", "'retry':{'never':['A', 7]}");
        row("unknown", "'colour':{'x' :1,  'y':[1e3]}");
        row("unknown, keys twice", "'colour':{'x':1, 'y':2, 'x':3, 'z':4}");
        row("unknown twice", "'colour':1, 'smell':2, 'colour':3");
        row("known twice", "'timeout':'PT1S', 'retry':{}, 'timeout':'PT2S'");
    }
    void keepsTheSpellingBesideAnEdit()
    {
        QFETCH(QString, member);
        const std::string text = quoted("{'signalbox':1,'steps':{'s':{'kind':'activity', ") +
                                 member.toStdString() + quoted(" , 'next':'a'  } } }\n");
        QCOMPARE(edited(text, [](Flow &flow) { setTransition(flow.steps[0], {}, {"b"}); }),
            replaced(text, quoted("'next':'a'"), quoted("'next':'b'")));
    }

    /// A list whose entries are not all read cannot be matched with what was read of it.
    void keepsAListWithAWrongEntryBesideAnEdit()
    {
        const std::string text = quoted("{'signalbox':1,'steps':{'s':{'kind':'choice',"
                                        "'cases':[ 7, {'when':'=1' ,'next':'a'}],'otherwise':'a'}}}");
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps[0].name = "Which"; }),
            replaced(text, quoted("'kind':'choice',"), quoted("'kind':'choice','name':'Which',")));
    }

    void keepsWhatStandsTwice()
    {
        const std::string text = quoted(R"({'signalbox':1, 'future':1, 'name':'F', 'past':0, 'future':2,
 'steps':{
  'a':{'kind':'end'},
  'b':{'kind':'end'},
  'a':{'kind':'resume'},
  'c':{'kind':'end'}
 }, 'x':3})");
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps[1].name = "B"; }),
            replaced(text, quoted("'b':{'kind':'end'"), quoted("'b':{'kind':'end','name':'B'")));
        // Of a step that goes or gets another id the second text must not become the first.
        const std::string without =
            replaced(text, quoted("\n  'a':{'kind':'resume'},"), std::string());
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps[0].id = {"z"}; }),
            replaced(without, quoted("'a':{"), quoted("'z':{")));
        QCOMPARE(edited(text, [](Flow &flow) { flow.steps.erase(flow.steps.begin()); }),
            replaced(without, quoted("\n  'a':{'kind':'end'},"), std::string()));
    }

    /// As when a removed step comes back after the file was saved, or is pasted into another flow.
    void writesWhatIsNotKnownIntoNewText()
    {
        const Flow flow = flowOf(quoted(
            "{'signalbox':1,'events':{'E':{'u1':1}},'steps':{'s':{'kind':'end','u2':{'a':2}},"
            "'d':{'kind':'dance','u3':3},'p':{'kind':'parallel','interrupts':{'E':{'u4':4}}}},"
            "'interrupts':{'E':{'u5':5}},'u6':6,'layout':{'u7':7}}"));
        const std::string saved = writeFlow(flow);
        QCOMPARE(writeFlow(flowOf(saved)), saved);
        const std::string removed = writeFlow(flowOf(quoted("{'signalbox':1}")), saved);
        QCOMPARE(writeFlow(flow, removed), saved);
        for (const char *unknown : {"u1", "u2", "u3", "u4", "u5", "u6", "u7"})
            QVERIFY2(saved.find(unknown) != std::string::npos, unknown);
    }

    void breaksLinesAsTheFileDoes()
    {
        const std::string text =
            quoted("{\r\n\t'signalbox':1,\r\n\t'steps':{\r\n\t\t'a':{'kind':'end'}\r\n\t}\r\n}");
        const std::string added = edited(text, [](Flow &flow) {
            flow.steps.push_back({{"b"}, std::string(90, 'x'), EndStep{}, {}, {}});
        });
        QCOMPARE(QString::fromStdString(added),
            QString::fromStdString(replaced(text, quoted("{'kind':'end'}"),
                quoted("{'kind':'end'},\r\n\t\t'b':{\r\n\t\t\t'kind': 'end',\r\n\t\t\t'name': '") +
                    std::string(90, 'x') + quoted("'\r\n\t\t}"))));
    }

    void writesAFreshFileWhereTheOriginalCannotBeRead()
    {
        const Flow flow = flowOf(handmade);
        QCOMPARE(writeFlow(flow, "{ not json"), writeFlow(flow));
    }
};

QTEST_GUILESS_MAIN(FlowWriterTest)
#include "flow_writer_test.moc"

#include "engine/model/flow_reader.h"
#include "engine/model/flow_writer.h"
#include "engine/model/known_members.h"
#include "engine/model/mend.h"
#include "engine/model/schema/schema.h"
#include "tests/engine/model/random_flow.h"

#include <QDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <set>

using namespace engine;

namespace {

const QString resources = QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources");

std::string contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

JsonText flowSchema()
{
    const auto schema = JsonText::parse(contentOf(resources + QStringLiteral("/flow.schema.json")));
    return schema ? *schema : JsonText();
}

std::string faults(const std::string &flow)
{
    const auto text = JsonText::parse(flow);
    if (!text)
        return text.error().message;
    static const JsonText schema = flowSchema();
    std::string result;
    for (const SchemaFault &fault : validate(schema, *text))
        result += fault.message + "\n";
    return result;
}

/// Fields without a description, by pointer.
void collectSilent(const nlohmann::json &schema, const std::string &pointer, std::string &silent)
{
    if (schema.contains("properties"))
        for (const auto &[key, field] : schema["properties"].items()) {
            if (!field.contains("description"))
                silent += pointer + "/" + key + "\n";
            collectSilent(field, pointer + "/" + key, silent);
        }
    if (schema.contains("$defs"))
        for (const auto &[key, inner] : schema["$defs"].items())
            collectSilent(inner, pointer + "#" + key, silent);
}

} // namespace

class FlowSchemaTest : public QObject
{
    Q_OBJECT

private slots:
    void isASchema()
    {
        QVERIFY(flowSchema().tree().is_object());
        for (const SchemaFault &fault : schemaProblems(flowSchema()))
            QFAIL((fault.pointer + ": " + fault.message).c_str());
    }

    void describesEveryField()
    {
        std::string silent;
        collectSilent(flowSchema().tree(), {}, silent);
        QVERIFY2(silent.empty(), silent.c_str());
    }

    void acceptsEveryExample()
    {
        const QDir examples(resources + QStringLiteral("/examples"));
        const QStringList files = examples.entryList({QStringLiteral("*.flow.json")});
        QVERIFY(!files.isEmpty());
        for (const QString &file : files) {
            const std::string found = faults(contentOf(examples.filePath(file)));
            QVERIFY2(found.empty(), found.c_str());
        }
    }

    /// Every object of the schema is closed, so a member that the writer knows and the schema does
    /// not would be refused. What only looks right in a checked flow is set right first.
    void hasEveryMemberThatTheReaderKnows()
    {
        for (unsigned seed = 0; seed < 100; ++seed) {
            Flow flow = tests::RandomFlow(seed, tests::UnknownParts::None).flow();
            flow.input.reset();
            for (Interrupt &interrupt : flow.interrupts)
                interrupt.next = {"s0"};
            flow.name = {"F"};
            flow.start = {"s0"};
            for (EventDeclaration &event : flow.events)
                event.schema = JsonText::trusted("true");
            for (Step &step : flow.steps) {
                if (auto *choice = std::get_if<ChoiceStep>(&step.body)) {
                    choice->otherwise = {"s0"};
                    for (ChoiceCase &one : choice->cases)
                        one.next = {"s0"};
                }
                if (auto *approval = std::get_if<ApprovalStep>(&step.body)) {
                    for (ApprovalOutcome &one : approval->outcomes)
                        one.next = {"s0"};
                }
                const Template text = templateFrom(JsonText::ofString("X"));
                if (auto *fail = std::get_if<FailStep>(&step.body))
                    fail->type = text;
                if (auto *collect = std::get_if<CollectStep>(&step.body))
                    collect->count = 1;
                if (auto *parallel = std::get_if<ParallelStep>(&step.body)) {
                    parallel->join = {"s0"};
                    for (Interrupt &interrupt : parallel->interrupts)
                        interrupt.next = {"s0"};
                }
                if (auto *each = std::get_if<ForEachStep>(&step.body))
                    each->first = each->join = {"s0"};
                if (auto *sub = std::get_if<SubFlowStep>(&step.body))
                    sub->flow = text;
            }
            const std::string found = faults(writeFlow(flow));
            QVERIFY2(found.empty(), (found + writeFlow(flow)).c_str());
        }
    }

    void knowsTheSameMembersAsTheCheck()
    {
        const nlohmann::json schema = flowSchema().tree();
        const auto keys = [](const nlohmann::json &object) {
            std::set<std::string> names;
            for (const auto &[key, field] : object["properties"].items())
                names.insert(key);
            return names;
        };
        const auto set = [](const std::vector<std::string> &names) {
            return std::set<std::string>(names.begin(), names.end());
        };
        QVERIFY(keys(schema) == set(flowMembers()));
        QVERIFY(keys(schema["$defs"]["event"]) == set(eventMembers()));
        QVERIFY(keys(schema["$defs"]["interrupt"]) == set(interruptMembers()));
        std::set<std::string> kinds;
        for (const auto &one : schema["$defs"]["step"]["oneOf"]) {
            const std::string kind =
                one["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
            kinds.insert(kind);
            QVERIFY2(keys(schema["$defs"][kind]) == set(stepMembers(kind)), kind.c_str());
        }
        QVERIFY(kinds == set(stepKinds()));
    }

    /// What breaks a flow for the reader breaks it for the schema, and the other way round for what
    /// has the wrong type.
    void refusesEveryValueOfTheWrongType()
    {
        int refused = 0;
        for (unsigned seed = 0; seed < 7; ++seed) {
            Flow flow = tests::RandomFlow(seed, tests::UnknownParts::None).flow();
            const std::string text = writeFlow(flow);
            const auto read = readFlow(text);
            QVERIFY(read && read->problems.empty());
            for (const auto &[pointer, line] : read->lines) {
                for (const char *value : {"[[]]", "\"x/\"", "-7.5", "{\"zzz\":1}"}) {
                    const auto broken = mended(text, Mend{Mend::Kind::Replace, pointer, value});
                    if (!broken)
                        continue; // the flow as a whole
                    const auto again = readFlow(*broken);
                    if (!again || again->problems.empty())
                        continue;
                    ++refused;
                    QVERIFY2(!faults(*broken).empty(), (pointer + "\n" + *broken).c_str());
                }
            }
        }
        QVERIFY2(refused > 1'000, qPrintable(QString::number(refused)));
    }

    void refusesWhatTheReaderRefuses_data()
    {
        QTest::addColumn<QByteArray>("step");
        for (const char *step :
            {"7", "{}", "{'kind':'collect'}", "{'kind':'end','colour':1}",
                "{'kind':'timer','after':5}", "{'kind':'activity','activity':'log','timeout':'5m'}",
                "{'kind':'activity','activity':'log','retry':{'attempts':0}}",
                "{'kind':'wait','anyOf':['A']}", "{'kind':'choice','cases':{},'otherwise':'s'}",
                "{'kind':'choice','cases':[{'when':true,'next':'s'}],'otherwise':'s'}"})
            QTest::newRow(step) << QByteArray(step).replace('\'', '"');
    }
    void refusesWhatTheReaderRefuses()
    {
        QFETCH(QByteArray, step);
        QVERIFY(!faults("{\"signalbox\":1,\"name\":\"F\",\"start\":\"s\",\"steps\":{\"s\":" +
                        step.toStdString() + "}}")
                     .empty());
        QVERIFY(faults(
            "{\"signalbox\":1,\"name\":\"F\",\"start\":\"s\",\"steps\":{\"s\":{\"kind\":\"end\"}}}")
                    .empty());
    }
};

QTEST_GUILESS_MAIN(FlowSchemaTest)
#include "flow_schema_test.moc"

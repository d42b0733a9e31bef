#include "tests/support/flow_case.h"

#include <QDir>
#include <QFile>
#include <QTest>

using nlohmann::json;

/// The tables in tests/cases/approvals: what an approval comes to, by its policy, the answers and the
/// time. All by hand. An entry has
///   "name"; "ask": members of the approval besides those below; "input" of the instance; "event": the
///       declaration of the event Approval, if it has one
///   "interrupts": true: the event Stop halts it until Go comes, and Cancel ends it
///   "script": as tests/support/flow_case.h says, after the start of the instance
///   "answers": how each entry of the script was answered that has an answer: `accepted`, `duplicate`, or
///       an error by its name, or by its name and words that it must have: `WrongState: ann`
///   "comes": members of what comes out: `way` (an outcome, `late`, an error type) and those of the
///       approval's result; or "waits": true
///   "facts": types that the history must have so many of, "undelivered": how many events nobody took
/// The approval has three outcomes: approve (positive), reject (negative), defer (neutral).
class ApprovalCasesTest : public QObject
{
    Q_OBJECT

private slots:
    void thereAreCases();
    void itComesToWhatItMust_data();
    void itComesToWhatItMust();
};

namespace {

json tableIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return json::array();
    return json::parse(file.readAll().toStdString());
}

QStringList tables()
{
    const QDir directory(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/approvals"));
    QStringList paths;
    for (const QString &name : directory.entryList({QStringLiteral("*.json")}, QDir::Files))
        paths << directory.filePath(name);
    return paths;
}

/// An end that says by which way it was reached.
json endBy(const std::string &way)
{
    return {{"kind", "end"}, {"output", {{"way", way}, {"result", "=steps.ask"}}}};
}

json flowOf(const json &row)
{
    json ask = {{"kind", "approval"},
        {"outcomes",
            {{"approve", {{"kind", "positive"}, {"next", "approve"}}},
                {"reject", {{"kind", "negative"}, {"next", "reject"}}},
                {"defer", {{"kind", "neutral"}, {"next", "defer"}}}}},
        {"onError", {{"*", "broken"}}}};
    ask.update(row.value("ask", json::object()), true);
    json flow = {{"signalbox", 1}, {"name", "Case"}, {"start", "ask"}};
    flow["steps"] = {{"ask", ask}, {"approve", endBy("approve")}, {"reject", endBy("reject")},
        {"defer", endBy("defer")}, {"late", endBy("late")},
        {"broken",
            {{"kind", "end"},
                {"output", {{"way", "=error.type"}, {"result", {{"error", "=error.message"}}}}}}}};
    if (row.contains("event"))
        flow["events"]["Approval"] = row.at("event");
    if (row.value("interrupts", false)) {
        flow["interrupts"] = {{"Stop", {{"next", "hold"}}}, {"Cancel", {{"next", "cancelled"}}}};
        flow["steps"]["hold"] = {{"kind", "wait"}, {"event", "Go"}, {"next", "back"}};
        flow["steps"]["back"] = {{"kind", "resume"}};
        flow["steps"]["cancelled"] = endBy("cancelled");
    }
    return flow;
}

json scriptOf(const json &row)
{
    json script = {{{"start", "a"}, {"input", row.value("input", json())}}};
    for (const json &entry : row.at("script"))
        script.push_back(entry);
    return {{"script", script}};
}

/// Whether an answer is as expected: the same name, and the words after the colon among its own.
bool isAnswer(const std::string &answer, const std::string &expected)
{
    const std::size_t colon = expected.find(": ");
    const std::string name = expected.substr(0, colon);
    return answer.substr(0, answer.find(':')) == name &&
           (colon == std::string::npos ||
               answer.find(expected.substr(colon + 2)) != std::string::npos);
}

void compareAnswers(const json &transcript, const json &row)
{
    const json &answers = transcript.at("answers");
    const json expected = row.value("answers", json::array());
    if (!row.contains("answers")) {
        for (const json &answer : answers)
            QVERIFY2(answer == "accepted", answer.dump().c_str());
        return;
    }
    QVERIFY2(answers.size() == expected.size() + 1, answers.dump().c_str());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY2(isAnswer(answers[i + 1], expected[i]),
            ("answer " + std::to_string(i + 1) + " is " + answers[i + 1].dump()).c_str());
}

void compareOutcome(const json &instance, const json &row)
{
    QVERIFY2(instance.at("setAside") == "", instance.at("setAside").dump().c_str());
    if (row.value("waits", false)) {
        QVERIFY2(instance.at("status") == "Running" || instance.at("status") == "Suspended",
            instance.at("output").dump().c_str());
        return;
    }
    const json &output = instance.at("output");
    QVERIFY2(instance.at("status") == row.value("status", "Completed"), instance.dump(1).c_str());
    const json comes = row.value("comes", json::object());
    for (const auto &[member, value] : comes.items()) {
        const json &reached = member == "way" ? output.at("way") : output.at("result").at(member);
        QVERIFY2(reached == value, (member + " is " + reached.dump()).c_str());
    }
}

void compareFacts(const json &instance, const json &row)
{
    std::map<std::string, int> counts;
    for (const json &fact : instance.at("history"))
        ++counts[fact.at("type")];
    const json expected = row.value("facts", json::object());
    for (const auto &[type, count] : expected.items())
        QVERIFY2(counts[type] == count.get<int>(),
            (type + ": " + std::to_string(counts[type])).c_str());
}

} // namespace

void ApprovalCasesTest::thereAreCases()
{
    std::size_t cases = 0;
    for (const QString &path : tables())
        cases += tableIn(path).size();
    QVERIFY2(cases >= 60, std::to_string(cases).c_str());
}

void ApprovalCasesTest::itComesToWhatItMust_data()
{
    QTest::addColumn<QByteArray>("row");
    for (const QString &path : tables()) {
        const json table = tableIn(path);
        for (const json &row : table)
            QTest::newRow(row.at("name").get<std::string>().c_str())
                << QByteArray::fromStdString(row.dump());
    }
}

void ApprovalCasesTest::itComesToWhatItMust()
{
    QFETCH(QByteArray, row);
    const json one = json::parse(row.toStdString());
    const tests::FlowCase flowCase{flowOf(one).dump(), {}, scriptOf(one)};
    const json transcript = tests::play(flowCase, 100);
    const json &instance = transcript.at("instances").at("a");
    QVERIFY2(!instance.is_null(), transcript.dump(1).c_str());
    compareAnswers(transcript, one);
    compareOutcome(instance, one);
    compareFacts(instance, one);
    QCOMPARE(transcript.value("undelivered", json::array()).size(),
        one.value("undelivered", std::size_t(0)));
    QVERIFY2(tests::play(flowCase, 0) == transcript, "by replay it comes to something else");
}

QTEST_GUILESS_MAIN(ApprovalCasesTest)
#include "approval_cases_test.moc"

#include "engine/base/json_pointer.h"
#include "engine/model/flow_reader.h"
#include "engine/model/flow_writer.h"
#include "tests/engine/model/random_flow.h"

#include <QTest>

#include <algorithm>
#include <sstream>

using namespace engine;

namespace {

using Lines = std::vector<std::string>;

Lines linesOf(const std::string &text)
{
    Lines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// Lines from 1, the last included.
struct Range {
    int first = 0;
    int last = 0;
};

/// The lines of `before` that `after` has no more. Empty: last is before first.
Range changedLines(const Lines &before, const Lines &after)
{
    std::size_t same = 0;
    while (same < std::min(before.size(), after.size()) && before[same] == after[same])
        ++same;
    std::size_t sameEnd = 0;
    while (sameEnd < std::min(before.size(), after.size()) - same &&
           before[before.size() - 1 - sameEnd] == after[after.size() - 1 - sameEnd])
        ++sameEnd;
    return {static_cast<int>(same) + 1, static_cast<int>(before.size() - sameEnd)};
}

/// From the line of the step's key to the line before the next step or the closing brace.
Range blockOf(const ReadFlow &read, std::size_t step, const Lines &lines)
{
    const auto lineOf = [&read](const StepId &id) {
        return read.lines.at(childPointer("/steps", id.value));
    };
    const int first = lineOf(read.flow.steps[step].id);
    if (step + 1 < read.flow.steps.size())
        return {first, lineOf(read.flow.steps[step + 1].id) - 1};
    const std::string indent = lines[static_cast<std::size_t>(read.lines.at("/steps")) - 1];
    const std::string closing = indent.substr(0, indent.find('"')) + "}";
    const auto end = std::find_if(lines.begin() + first, lines.end(),
        [&closing](const std::string &line) { return line.starts_with(closing); });
    return {first, static_cast<int>(end - lines.begin())};
}

std::string replacedAll(std::string text, const std::string &from, const std::string &to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

/// The same flow as other people write it.
std::string inAnotherStyle(const std::string &text, unsigned seed)
{
    switch (seed % 4) {
    case 1: return replacedAll(text, "\n  ", "\n\t  ");
    case 2: return replacedAll(text, "\n", "\r\n");
    case 3: return replacedAll(replacedAll(text, "\": ", "\" :  "), "{ \"", "{\"");
    default: return text;
    }
}

/// One edit of the kind that the designer makes.
void edit(Step &step, tests::RandomFlow &random)
{
    const auto ways = transitionsFrom(step);
    switch (random.below(4)) {
    case 0: step.name = step.name == "Other" ? "Another" : "Other"; break;
    case 1: step.body = random.step("s").body; break;
    case 2:
        if (!ways.empty())
            setTransition(step, ways.front(), {"elsewhere"});
        break;
    default: step = random.step(step.id.value); break;
    }
}

/// The tokens of a JSON text alone.
std::string withoutSpace(const std::string &text)
{
    std::string out;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\' || !inString))
            inString = !inString;
        if (inString || (text[i] != ' ' && text[i] != '\n'))
            out += text[i];
    }
    return out;
}

} // namespace

class FlowEditsTest : public QObject
{
    Q_OBJECT

private slots:
    void anEditRewritesOnlyItsStep()
    {
        int rewritten = 0;
        for (unsigned seed = 0; seed < 1'000; ++seed) {
            tests::RandomFlow random(seed);
            const std::string text = inAnotherStyle(writeFlow(random.flow()), seed);
            const auto read = readFlow(text);
            QVERIFY2(read, text.c_str());
            if (read->flow.steps.empty())
                continue;
            const auto which =
                static_cast<std::size_t>(random.below(static_cast<int>(read->flow.steps.size())));
            Flow flow = read->flow;
            edit(flow.steps[which], random);
            const std::string edited = writeFlow(flow, text);
            const Lines before = linesOf(text);
            const Range changed = changedLines(before, linesOf(edited));
            const Range block = blockOf(*read, which, before);
            rewritten += edited == text ? 0 : 1;
            QVERIFY2(edited == text || (changed.first >= block.first && changed.last <= block.last),
                (text + "\n" + edited).c_str());
        }
        QVERIFY2(rewritten > 600, qPrintable(QString::number(rewritten)));
    }

    void aMoveRewritesOneLineOfTheLayout()
    {
        int moved = 0;
        for (unsigned seed = 0; seed < 500; ++seed) {
            tests::RandomFlow random(seed);
            const std::string text = inAnotherStyle(writeFlow(random.flow()), seed);
            const auto read = readFlow(text);
            QVERIFY2(read, text.c_str());
            if (read->flow.layout.steps.empty())
                continue;
            Flow flow = read->flow;
            const auto which =
                static_cast<std::size_t>(random.below(static_cast<int>(flow.layout.steps.size())));
            auto &[id, position] = flow.layout.steps[which];
            position = {position.x + 10, position.y - 20};
            const Lines before = linesOf(text);
            const Range changed = changedLines(before, linesOf(writeFlow(flow, text)));
            const int line = read->lines.at(childPointer("/layout/steps", id.value));
            QCOMPARE(changed.first, line);
            QCOMPARE(changed.last, line);
            ++moved;
        }
        QVERIFY2(moved > 300, qPrintable(QString::number(moved)));
    }

    /// And back: the file says what it said; a step that needed several lines may keep them.
    void anEditTakenBackLeavesNoTraceButLines()
    {
        for (unsigned seed = 0; seed < 500; ++seed) {
            tests::RandomFlow random(seed);
            const std::string text = writeFlow(random.flow());
            const auto read = readFlow(text);
            if (read->flow.steps.empty())
                continue;
            Flow flow = read->flow;
            flow.steps.front().name = "Other";
            const std::string edited = writeFlow(flow, text);
            QCOMPARE(withoutSpace(writeFlow(read->flow, edited)), withoutSpace(text));
        }
    }
};

QTEST_GUILESS_MAIN(FlowEditsTest)
#include "flow_edits_test.moc"

#include "engine/model/demands.h"
#include "engine/model/flow_reader.h"
#include "engine/model/flow_writer.h"

#include <QDir>
#include <QTest>

#include <random>

using namespace engine;

namespace {

/// The examples and the wrong flows: all that has ever been worth reading.
std::vector<std::string> corpus()
{
    std::vector<std::string> texts;
    const auto add = [&texts](const QString &path) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            texts.push_back(file.readAll().toStdString());
    };
    const QDir examples(QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples"));
    for (const QString &name : examples.entryList({QStringLiteral("*.flow.json")}))
        add(examples.filePath(name));
    const QDir wrong(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/wrong_flows"));
    for (const QString &name : wrong.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        add(wrong.filePath(name + QStringLiteral("/flow.json")));
    return texts;
}

/// Bytes changed, cut, doubled, and values put in the place of others.
std::string damaged(std::string text, std::mt19937 &random)
{
    constexpr const char *values[] = {"null", "7", "-1e400", "\"\"", "[]", "{}", "[[[[",
        "\"\\ud800\"", "true", "{\"kind\":\"wait\"}", "99999999999999999999", "\"=\"", "\xFF"};
    for (unsigned i = random() % 4 + 1; i > 0 && !text.empty(); --i) {
        const std::size_t at = random() % text.size();
        switch (random() % 5) {
        case 0: text[at] = static_cast<char>(random()); break;
        case 1: text.erase(at, random() % 20); break;
        case 2: text.insert(at, text.substr(random() % text.size(), random() % 40)); break;
        case 3: text[at] = "{}[],:\"\\"[random() % 8]; break;
        default:
            if (const std::size_t colon = text.find(": ", at); colon != std::string::npos) {
                const std::size_t end = text.find_first_of(",\n}", colon);
                text.replace(colon + 2, end == std::string::npos ? 0 : end - colon - 2,
                    values[random() % 13]);
            }
        }
    }
    return text;
}

} // namespace

class FlowReaderFuzzTest : public QObject
{
    Q_OBJECT

private slots:
    void survivesDamagedFiles()
    {
        const auto texts = corpus();
        QVERIFY(texts.size() > 10);
        std::mt19937 random(20261121);
        int flows = 0;
        int withProblems = 0;
        for (int round = 0; round < 5'000; ++round) {
            const std::string text = damaged(texts[random() % texts.size()], random);
            const auto read = readFlow(text);
            if (!read) {
                QVERIFY(!read.error().message.empty());
                continue;
            }
            ++flows;
            withProblems += read->problems.empty() ? 0 : 1;
            QCOMPARE(writeFlow(read->flow, text), text);
            const std::string fresh = writeFlow(read->flow);
            const auto again = readFlow(fresh);
            QVERIFY2(again, text.c_str());
            QCOMPARE(writeFlow(again->flow), fresh);
            for (const Step &step : read->flow.steps)
                QVERIFY(displayName(step).size() <= 2 * step.id.value.size() + step.name.size());
            demandsOf(read->flow);
        }
        QVERIFY(flows > 300);
        QVERIFY(withProblems > 100);
    }
};

QTEST_GUILESS_MAIN(FlowReaderFuzzTest)
#include "flow_reader_fuzz_test.moc"

#include "tests/support/flow_case.h"

#include <QDir>
#include <QFile>
#include <QTest>

using nlohmann::json;

/// Every folder of tests/cases/flows: what a flow does with what arrives, fact by fact. With
/// SIGNALBOX_REWRITE_CASES set, history.json is written instead of compared: read the difference.
class FlowCasesTest : public QObject
{
    Q_OBJECT

private slots:
    void thereAreCases();
    void historyIsAsWritten_data();
    void historyIsAsWritten();
};

namespace {

const QDir &cases()
{
    static const QDir directory(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/flows"));
    return directory;
}

QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One fact a line, so that a difference is read in one look.
std::string pretty(const json &transcript) { return transcript.dump(1) + "\n"; }

} // namespace

void FlowCasesTest::thereAreCases()
{
    QVERIFY(cases().entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 25);
}

void FlowCasesTest::historyIsAsWritten_data()
{
    QTest::addColumn<QString>("directory");
    for (const QString &name : cases().entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        QTest::newRow(qPrintable(name)) << cases().filePath(name);
}

void FlowCasesTest::historyIsAsWritten()
{
    QFETCH(QString, directory);
    const QByteArray flow = textOf(directory + QStringLiteral("/flow.json"));
    const QByteArray script = textOf(directory + QStringLiteral("/script.json"));
    const tests::FlowCase flowCase{
        flow.toStdString(), directory.toStdString(), json::parse(script.toStdString())};

    const json transcript = tests::play(flowCase, 100);
    // Written by hand, and not rewritten with the history.
    const json outcomes = flowCase.script.value("outcomes", json::object());
    for (const auto &[instance, outcome] : outcomes.items()) {
        for (const auto &[member, value] : outcome.items()) {
            const json &reached = transcript.at("instances").at(instance).at(member);
            QVERIFY2(reached == value,
                (instance + ": " + member + " is " + reached.dump()).c_str());
        }
    }
    const std::string cached = pretty(transcript);
    const std::string replayed = pretty(tests::play(flowCase, 0));
    QCOMPARE(QString::fromStdString(replayed), QString::fromStdString(cached));

    QFile expected(directory + QStringLiteral("/history.json"));
    if (qEnvironmentVariableIsSet("SIGNALBOX_REWRITE_CASES")) {
        QVERIFY(expected.open(QIODevice::WriteOnly));
        expected.write(cached.data(), qint64(cached.size()));
        return;
    }
    QVERIFY2(expected.open(QIODevice::ReadOnly), qPrintable(expected.fileName()));
    QCOMPARE(QString::fromStdString(cached), QString::fromUtf8(expected.readAll()));
}

QTEST_GUILESS_MAIN(FlowCasesTest)
#include "flow_cases_test.moc"

#include "engine/model/flow_reader.h"

#include <QDir>
#include <QTest>

using namespace engine;

class ExamplesTest : public QObject
{
    Q_OBJECT

private slots:
    void areReadWithoutProblems_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples"));
        const QStringList files = folder.entryList({QStringLiteral("*.flow.json")});
        QVERIFY(files.size() >= 4);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << folder.filePath(file);
    }
    void areReadWithoutProblems()
    {
        QFETCH(QString, file);
        QFile opened(file);
        QVERIFY(opened.open(QIODevice::ReadOnly));
        const auto read = readFlow(opened.readAll().toStdString());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        for (const Problem &problem : read->problems)
            QFAIL(message(problem).c_str());
        QCOMPARE(QString::fromStdString(read->flow.name.value) + QStringLiteral(".flow.json"),
            QFileInfo(file).fileName());
        QVERIFY(findStep(read->flow, read->flow.start));
        for (const Step &step : read->flow.steps) {
            QVERIFY(!std::holds_alternative<UnknownStep>(step.body));
            for (const Transition &transition : transitionsFrom(step)) {
                // A timeout without a way fails the step, which may be caught.
                QVERIFY2(findStep(read->flow, transition.to) ||
                             (transition.kind == Transition::Kind::Timeout && transition.to.empty()),
                    step.id.value.c_str());
            }
        }
        QCOMPARE(read->flow.layout.steps.size(), read->flow.steps.size());
    }
};

QTEST_GUILESS_MAIN(ExamplesTest)
#include "examples_test.moc"

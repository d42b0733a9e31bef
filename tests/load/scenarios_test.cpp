#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace {

using Figures = std::map<std::string, double>;

/// What the program prints about a scenario at its tiny size; by the size of the row.
std::map<std::string, Figures> rowsOf(const QString &scenario)
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(QStringLiteral("figures.json"));
    QProcess load;
    load.setProcessChannelMode(QProcess::ForwardedChannels);
    load.start(QStringLiteral(SIGNALBOX_LOAD),
        {QStringLiteral("--size"), QStringLiteral("tiny"), QStringLiteral("--directory"),
            directory.path(), QStringLiteral("--json"), file, scenario});
    if (!load.waitForFinished(-1) || load.exitCode() != 0)
        return {};
    QFile json(file);
    if (!json.open(QIODevice::ReadOnly))
        return {};
    std::map<std::string, Figures> rows;
    for (const auto &row : nlohmann::json::parse(json.readAll().toStdString())) {
        Figures &figures = rows[row["size"]];
        for (const auto &figure : row["figures"])
            figures[figure["name"]] = figure["value"];
    }
    return rows;
}

} // namespace

/// The load program at sizes that take a moment: every scenario works and counts what it should.
/// How fast it is says nothing here.
class TestScenarios : public QObject
{
    Q_OBJECT

private slots:
    void ordersAreApproved_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("in process") << QStringLiteral("approval-in-process");
        QTest::newRow("through REST") << QStringLiteral("approval-rest");
    }
    void ordersAreApproved()
    {
        QFETCH(QString, scenario);
        auto rows = rowsOf(scenario);
        QCOMPARE(rows.size(), std::size_t(2));
        Figures &single = rows["1 at once"];
        Figures &several = rows["8 at once"];
        QCOMPARE(single["instances"], 4.0);
        QCOMPARE(several["instances"], 40.0);
        QCOMPARE(single["facts an instance"], several["facts an instance"]);
        QVERIFY(several["facts an instance"] >= 14);
        QVERIFY(several["throughput"] > 0);
        QVERIFY(several["start to end on disk p50"] >= several["event answered p50"] / 2);
        QVERIFY(several["start to end on disk p99"] >= several["start to end on disk p50"]);
    }

    void eventsComeAtTheirRate()
    {
        auto rows = rowsOf(QStringLiteral("event-rate"));
        Figures &figures = rows["1000 events/s"];
        QCOMPARE(figures["events"], 50.0);
        QVERIFY(figures["event on disk p99"] > 0);
        // Fifty events a millisecond apart cannot be over sooner.
        QVERIFY(figures["rate"] <= 50 / 0.049);
    }

    void timersAreNeverEarly()
    {
        auto rows = rowsOf(QStringLiteral("timer-precision"));
        QCOMPARE(rows["1,000 a second"]["timers"], 30.0);
        QCOMPARE(rows["all at one instant"]["timers"], 30.0);
        QVERIFY(rows["1,000 a second"]["late, on disk p50"] >= 0);
        QVERIFY(rows["all at one instant"]["late, on disk max"] > 0);
    }

    void aLongHistoryIsAsLongAsAsked()
    {
        auto rows = rowsOf(QStringLiteral("long-history"));
        Figures &figures = rows["200 history events"];
        QVERIFY(figures["history events"] >= 200);
        QVERIFY(figures["first event after it (replay)"] > 0);
        QVERIFY(figures["database"] > 0);
    }

    void waitingInstancesAreThereAfterAStart_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("for ever") << QStringLiteral("waiting");
        QTest::newRow("with a timeout") << QStringLiteral("waiting-with-timeout");
    }
    void waitingInstancesAreThereAfterAStart()
    {
        QFETCH(QString, scenario);
        auto rows = rowsOf(scenario);
        QCOMPARE(rows.size(), std::size_t(2));
        for (auto &[size, figures] : rows) {
            QVERIFY(figures["start-up"] > 0);
            QVERIFY(figures["memory after start-up"] > 0);
            QVERIFY(figures["random events, 64 at once"] > 0);
        }
    }

    void anUnknownScenarioIsAnError()
    {
        QVERIFY(rowsOf(QStringLiteral("nothing")).empty());
    }
};

QTEST_GUILESS_MAIN(TestScenarios)
#include "scenarios_test.moc"

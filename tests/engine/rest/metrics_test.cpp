#include "tests/engine/rest/rest_fixture.h"
#include "tests/engine/rest/stream_client.h"
#include "tests/support/engine_over_rest.h"

#include <QRegularExpression>

#include <cmath>
#include <map>
#include <set>

using namespace engine;
using tests::EngineOverRest;
using tests::RestFixture;

namespace {

/// What a scraper reads: every line must be one of the format.
struct Scraped {
    std::map<QString, QString> types;
    std::map<QString, QString> helps;
    std::map<QString, double> samples; ///< by name with labels
    QStringList order;                 ///< names of families, as they came

    static Scraped from(const QByteArray &text)
    {
        static const QRegularExpression help(
            QStringLiteral("^# HELP ([a-z_]+) (\\S.*)$"));
        static const QRegularExpression type(
            QStringLiteral("^# TYPE ([a-z_]+) (counter|gauge|histogram)$"));
        static const QRegularExpression sample(QStringLiteral(
            "^([a-z_]+)(\\{[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\""
            "(?:,[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")*\\})? "
            "([0-9]+(?:\\.[0-9]+)?(?:e[+-][0-9]+)?)$"));
        Scraped scraped;
        if (!text.endsWith('\n'))
            qFatal("the last line does not end");
        QString family;
        for (const QString &line : QString::fromUtf8(text).chopped(1).split(u'\n')) {
            if (const auto match = help.match(line); match.hasMatch()) {
                family = match.captured(1);
                scraped.order += family;
                scraped.helps[family] = match.captured(2);
            } else if (const auto typed = type.match(line); typed.hasMatch()) {
                if (typed.captured(1) != family || scraped.types.contains(family))
                    qFatal("a type out of place: %s", qPrintable(line));
                scraped.types[family] = typed.captured(2);
            } else if (const auto value = sample.match(line); value.hasMatch()) {
                const QString name = value.captured(1);
                const bool isOf =
                    name == family || (scraped.types[family] == QStringLiteral("histogram") &&
                                          (name == family + QStringLiteral("_bucket") ||
                                              name == family + QStringLiteral("_sum") ||
                                              name == family + QStringLiteral("_count")));
                if (!isOf)
                    qFatal("a sample out of place: %s", qPrintable(line));
                const QString key = name + value.captured(2);
                if (scraped.samples.contains(key))
                    qFatal("twice: %s", qPrintable(line));
                scraped.samples[key] = value.captured(3).toDouble();
            } else {
                qFatal("no line of the format: %s", qPrintable(line));
            }
        }
        return scraped;
    }
    double value(const char *name) const { return samples.at(QString::fromUtf8(name)); }
};

} // namespace

/// `/api/v1/metrics`, in Prometheus' text format 0.0.4.
class MetricsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyLineIsOfTheFormat()
    {
        RestFixture rest;
        rest.door.figures.running = true;
        rest.door.figures.instances = {{{"A \"b\" \\ \nc"}, 1, 2, 3, 4, 5, 6}, {{"Möbel"}, 9, 0, 0, 0, 0, 0}};
        rest.door.figures.commitTime.add(0.0004);
        rest.door.figures.commitTime.add(0.001);
        rest.door.figures.commitTime.add(7);
        const auto answer = rest.call("GET", "/api/v1/metrics");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("content-type"),
            QByteArray("text/plain; version=0.0.4; charset=utf-8"));
        const auto scraped = Scraped::from(answer.body);
        QCOMPARE(std::set<QString>(scraped.order.begin(), scraped.order.end()).size(),
            std::size_t(scraped.order.size()));
        for (const QString &family : scraped.order) {
            QVERIFY2(family.startsWith(QStringLiteral("signalbox_")), qPrintable(family));
            QVERIFY2(scraped.types.contains(family), qPrintable(family));
            QVERIFY2(scraped.helps.at(family).endsWith(u'.'), qPrintable(family));
            QCOMPARE(scraped.types.at(family) == QStringLiteral("counter"),
                family.endsWith(QStringLiteral("_total")));
        }
        QCOMPARE(scraped.value("signalbox_instances{flow=\"A \\\"b\\\" \\\\ \\nc\",state=\"failed\"}"),
            5.0);
        QCOMPARE(scraped.value(R"(signalbox_instances{flow="Möbel",state="waiting"})"), 9.0);
    }

    void bucketsOfAHistogramCountWhatIsNotLonger()
    {
        RestFixture rest;
        for (const double seconds : {0.0001, 0.0005, 0.001, 0.0011, 4.0, 70.0})
            rest.door.figures.commitTime.add(seconds);
        const auto scraped = Scraped::from(rest.call("GET", "/api/v1/metrics").body);
        const std::map<std::string, double> expected{{"0.0005", 2}, {"0.001", 3}, {"0.0025", 4},
            {"1", 4}, {"5", 5}, {"+Inf", 6}};
        for (const auto &[bound, count] : expected)
            QCOMPARE(scraped.value(("signalbox_commit_seconds_bucket{le=\"" + bound + "\"}").c_str()),
                count);
        QCOMPARE(scraped.value("signalbox_commit_seconds_count"), 6.0);
        QVERIFY(std::abs(scraped.value("signalbox_commit_seconds_sum") - 74.0027) < 1e-9);
    }

    void theFiguresAreThoseOfTheEngine()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(R"({"signalbox": 1, "name": "Wait", "start": "w", "steps": {
            "w": {"kind": "wait", "event": "Go", "next": "e"}, "e": {"kind": "end"}}})"));
        const auto before = Scraped::from(rest.call("GET", "/api/v1/metrics").body);
        for (const char *id : {"a", "b", "c"})
            QVERIFY(rest.starts("Wait", id));
        QCOMPARE(rest.call("POST", "/api/v1/instances/a/events/Go").status, 202);
        QCOMPARE(rest.call("GET", "/api/v1/instances/nobody").status, 404);
        const tests::StreamClient reader(rest.port());
        const auto now = Scraped::from(rest.call("GET", "/api/v1/metrics").body);
        const auto grew = [&](const char *name) { return now.value(name) - before.value(name); };
        QCOMPARE(now.value("signalbox_up"), 1.0);
        QCOMPARE(grew("signalbox_messages_total"), 4.0);
        QCOMPARE(grew("signalbox_decisions_total"), 4.0);
        QVERIFY(grew("signalbox_facts_total") > 4);
        QVERIFY(grew("signalbox_commit_seconds_count") >= 2);
        QCOMPARE(now.value("signalbox_messages_refused_total"), 0.0);
        QCOMPARE(now.value("signalbox_inbox_limit"), 10'000.0);
        QCOMPARE(now.value("signalbox_instances{flow=\"Wait\",state=\"waiting\"}"), 2.0);
        QCOMPARE(now.value("signalbox_instances{flow=\"Wait\",state=\"completed\"}"), 1.0);
        QVERIFY(now.value("signalbox_database_bytes") > 4096);
        QVERIFY(now.samples.contains(QStringLiteral("signalbox_database_log_bytes")));
        QCOMPARE(now.value("signalbox_streams"), 1.0);
        QCOMPARE(now.value("signalbox_http_requests_total{status=\"202\"}"), 1.0);
        QCOMPARE(now.value("signalbox_http_requests_total{status=\"404\"}"), 1.0);
        QVERIFY(grew("signalbox_http_request_seconds_count") >= 3);
    }

    void itIsForThoseWithAKey()
    {
        RestFixture rest;
        QCOMPARE(tests::HttpClient(rest.port()).call("GET", "/api/v1/metrics").status, 401);
        QCOMPARE(rest.call("GET", "/api/v1/metrics?all=1").status, 400);
        rest.door.refusal = Error{ErrorCode::Unavailable, "the disk is gone", {}};
        QCOMPARE(rest.call("GET", "/api/v1/metrics").status, 503);
    }
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"

#include "tests/engine/patterns/pattern_world.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;
using nlohmann::json;
using tests::PatternWorld;

namespace {

const QString root = QStringLiteral(SIGNALBOX_SOURCE_DIR);

std::string contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString scenarioFile(const QString &flow)
{
    return root + QStringLiteral("/tests/cases/patterns/%1.json").arg(flow);
}

std::string exampleOf(const QString &flow)
{
    return contentOf(root + QStringLiteral("/resources/examples/%1.flow.json").arg(flow));
}

json scenarioOf(const QString &flow) { return json::parse(contentOf(scenarioFile(flow))); }

std::string withPartner(std::string text, const std::string &partner)
{
    const std::string name = "${partner}";
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
        text.replace(at, name.size(), partner);
    return text;
}

QByteArray bytes(const std::string &text) { return QByteArray::fromStdString(text); }

/// The events of a script, in front of its pauses or behind them; else in their order.
json eventsFirst(const json &script)
{
    json sorted = json::array();
    for (const bool events : {true, false})
        for (const json &action : script)
            if (action.contains("pass") != events)
                sorted.push_back(action);
    return sorted;
}

} // namespace

/// Every flow of the examples under every hardship, over REST. A scenario in cases/patterns has
/// the `input`, a `script` of events (`to` a sub-flow; `correlate`: for whoever waits under their key) and pauses and steps to be reached, the
/// `result`; a `wrong` event; what happens when time passes instead (`late`); further scripts by
/// name (`others`); and the flows that it calls (`with`).
class PatternsTest : public QObject
{
    Q_OBJECT

    static constexpr auto id = "pattern-1";
    std::unique_ptr<PatternWorld> m_world;

    enum class Pace { Settled, AtOnce, Killed };

    void begin(const QString &flow, const json &scenario)
    {
        std::vector<std::string> flows{exampleOf(flow)};
        for (const json &other : scenario.value("with", json::array()))
            flows.push_back(exampleOf(QString::fromStdString(other)));
        try {
            m_world = std::make_unique<PatternWorld>(std::move(flows));
        } catch (const std::exception &fault) {
            QFAIL(fault.what());
        }
        const auto input = withPartner(scenario.at("input").dump(), m_world->partner());
        const auto answer =
            m_world->call("POST", "orchestrators/" + flow.toUtf8() + '/' + id, bytes(input));
        QVERIFY2(answer.status == 202, answer.body);
    }

    tests::HttpAnswer raise(const json &action, const QByteArray &headers = {})
    {
        if (action.contains("correlate"))
            return m_world->callOwn("POST",
                "events/" + bytes(action.at("correlate").get<std::string>()),
                bytes(action.value("data", json()).dump()), headers);
        return m_world->call("POST",
            "instances/" + bytes(action.value("to", id)) + "/raiseEvent/" +
                bytes(action.at("event").get<std::string>()),
            bytes(action.value("data", json()).dump()), headers);
    }

    void settle(const std::string &instance = id)
    {
        // Once is enough: what a sub-flow answers may set it going again between two looks.
        bool once = false;
        QTRY_VERIFY2_WITH_TIMEOUT(once || (once = m_world->isSettled(instance)),
            m_world->call("GET", QByteArray("instances/") + id + "?showHistory=true").body, 20'000);
    }

    void pass(const json &duration)
    {
        settle();
        const auto time = durationFromText(duration.get<std::string>());
        QVERIFY(time);
        m_world->pass(*time);
        QTRY_VERIFY_WITH_TIMEOUT(m_world->hasMovedNow(id), 20'000);
        settle();
    }

    void play(const json &script, Pace pace, int times = 1)
    {
        int number = 0;
        for (const json &action : script) {
            if (action.contains("pass")) {
                pass(action.at("pass"));
            } else if (action.contains("stands")) {
                QTRY_VERIFY_WITH_TIMEOUT(m_world->standsAt(id, action.at("stands")), 20'000);
            } else {
                if (action.contains("to"))
                    settle(action.at("to")); // an event for a sub-flow finds it, or is lost
                const auto key = "Idempotency-Key: event-" + QByteArray::number(++number) + "\r\n";
                for (int i = 0; i < times; ++i) {
                    const auto answer = raise(action, key);
                    QVERIFY2(answer.status == 202, answer.body);
                }
            }
            if (pace == Pace::Killed)
                m_world->killAndRestart();
            if (pace == Pace::Settled)
                settle();
        }
    }

    void compare(const json &expected)
    {
        settle();
        QByteArray status;
        const auto isAsExpected = [&] {
            status = m_world->call("GET", QByteArray("instances/") + id).body;
            const json found = json::parse(status.toStdString());
            for (const auto &[key, value] : expected.items())
                if (found.value(key, json()) != value)
                    return false;
            return true;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isAsExpected(), status, 20'000);
    }

private slots:
    void everyPatternHoldsUnderEveryHardship_data()
    {
        QTest::addColumn<QString>("flow");
        QTest::addColumn<QString>("hardship");
        const QDir scenarios(root + QStringLiteral("/tests/cases/patterns"));
        for (const QString &file : scenarios.entryList({QStringLiteral("*.json")})) {
            const QString flow = file.chopped(5);
            QStringList hardships{QStringLiteral("normal"), QStringLiteral("early"),
                QStringLiteral("twice"), QStringLiteral("late"), QStringLiteral("wrong payload"),
                QStringLiteral("killed and restarted")};
            const json scenario = scenarioOf(flow);
            const json others = scenario.value("others", json::object());
            for (const auto &[name, other] : others.items())
                hardships += QString::fromStdString(name);
            for (const QString &hardship : hardships)
                QTest::addRow("%s: %s", qPrintable(flow), qPrintable(hardship)) << flow << hardship;
        }
    }

    void everyPatternHoldsUnderEveryHardship()
    {
        QFETCH(QString, flow);
        QFETCH(QString, hardship);
        const json scenario = scenarioOf(flow);
        const json &script = scenario.at("script");
        const json &result = scenario.at("result");
        begin(flow, scenario);
        if (QTest::currentTestFailed())
            return;
        if (hardship == QStringLiteral("normal")) {
            settle();
            play(script, Pace::Settled);
            compare(result);
        } else if (hardship == QStringLiteral("early")) {
            // Before anybody has looked whether the instance waits for them yet.
            play(eventsFirst(script), Pace::AtOnce);
            compare(result);
        } else if (hardship == QStringLiteral("twice")) {
            play(script, Pace::AtOnce, 2);
            compare(result);
        } else if (hardship == QStringLiteral("late")) {
            playLate(scenario);
        } else if (hardship == QStringLiteral("wrong payload")) {
            playWrong(scenario);
        } else if (hardship == QStringLiteral("killed and restarted")) {
            m_world->killAndRestart();
            play(script, Pace::Killed);
            compare(result);
        } else {
            const json &other = scenario.at("others").at(hardship.toStdString());
            play(other.at("script"), Pace::Settled);
            compare(other.at("result"));
        }
        comparePartner();
    }

    void everyExampleThatWaitsHasAScenario()
    {
        const QDir examples(root + QStringLiteral("/resources/examples"));
        for (const QString &file : examples.entryList({QStringLiteral("*.flow.json")})) {
            const std::string flow = contentOf(examples.filePath(file));
            const bool waits = flow.find("\"kind\": \"wait\"") != std::string::npos ||
                               flow.find("\"kind\": \"approval\"") != std::string::npos;
            QVERIFY2(!waits || QFile::exists(scenarioFile(file.chopped(10))), qPrintable(file));
        }
    }

private:
    /// What comes after the end is refused, kept for the operator, and changes nothing.
    void playLate(const json &scenario)
    {
        const json late = scenario.value("late", json::object());
        settle();
        if (late.contains("script"))
            play(late.at("script"), Pace::Settled);
        else
            play(scenario.at("script"), Pace::Settled);
        const json &result = late.value("result", scenario.at("result"));
        compare(result);
        for (const json &action : scenario.at("script"))
            if (action.contains("event") && !action.contains("to"))
                QCOMPARE(raise(action).status, 410);
        for (const json &action : scenario.at("script"))
            if (action.contains("correlate")) {
                const json answer = json::parse(raise(action).body.toStdString());
                QVERIFY(answer.at("reached").empty() && answer.at("keptUntil").is_string());
            }
        compare(result);
    }

    void playWrong(const json &scenario)
    {
        settle();
        const auto before = m_world->call("GET", QByteArray("instances/") + id).body;
        const auto answer = raise(scenario.at("wrong"));
        QVERIFY2(answer.status == 400, answer.body);
        QCOMPARE(m_world->call("GET", QByteArray("instances/") + id).body, before);
        play(scenario.at("script"), Pace::Settled);
        compare(scenario.at("result"));
    }

    /// However often the partner was called, it could see that it was the same piece of work.
    void comparePartner()
    {
        auto keys = m_world->partnerKeys();
        std::ranges::sort(keys);
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        QVERIFY(keys.size() <= 1);
    }
};

QTEST_GUILESS_MAIN(PatternsTest)
#include "patterns_test.moc"

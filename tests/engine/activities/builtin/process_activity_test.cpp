#include "engine/activities/builtin/process_activity.h"

#include "tests/support/net_place.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::valueOf;

namespace {

/// A named pipe on which a program says what happens to it. It is at its end when nobody is left
/// that could still write.
class Witness
{
public:
    explicit Witness(const QString &path)
        : m_path(path.toStdString())
    {
        ::mkfifo(m_path.c_str(), 0600);
    }
    ~Witness()
    {
        if (m_file >= 0)
            ::close(m_file);
    }

    /// The next line; empty: all who could write are gone.
    std::string line()
    {
        if (m_file < 0)
            m_file = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC);
        std::string text;
        for (char c = 0; ::read(m_file, &c, 1) == 1 && c != '\n';)
            text += c;
        return text;
    }

private:
    std::string m_path;
    int m_file = -1;
};

/// Says "ready", then "asked" at each SIGTERM, and never ends by itself; its child does not even
/// say so.
constexpr auto stubborn = R"(
import os, signal, sys
out = os.open(sys.argv[1], os.O_WRONLY)
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(out, b'child\n')
    while True: signal.pause()
signal.signal(signal.SIGTERM, lambda *_: os.write(out, b'asked\n'))
os.write(out, b'ready\n')
while True: signal.pause()
)";

/// Heeds a SIGTERM, but has something to do before it ends.
constexpr auto tidy = R"(
import os, signal, sys
out = os.open(sys.argv[1], os.O_WRONLY)
def tidy_up(*_):
    os.write(out, b'asked\n')
    for number in range(5000000): pass
    os.write(out, b'tidied\n')
    sys.exit()
signal.signal(signal.SIGTERM, tidy_up)
os.write(out, b'ready\n')
while True: signal.pause()
)";

} // namespace

class ProcessActivityTest : public QObject
{
    Q_OBJECT

    tests::NetPlace m_net;
    std::unique_ptr<ProcessActivity> m_activity;
    QTemporaryDir m_directory;
    Sequence m_lastTask = 0;

    ActivityRequest request(const json &with, Milliseconds timeout = 0ms)
    {
        return {.key = {RunKey{7}, ++m_lastTask},
            .instance = {"order-1"},
            .activity = "process",
            .with = JsonText::of(with),
            .timeout = timeout,
            .granted = {"*"}};
    }

    ActivityOutcome run(const json &with) { return tests::begin(*m_activity, request(with)).get(); }

    static json shell(const char *script) { return {{"command", {"sh", "-c", script}}}; }

    static void whenReady(Witness &witness)
    {
        const std::string first = witness.line();
        const std::string second = witness.line();
        QVERIFY((first == "ready" && second == "child") || (first == "child" && second == "ready"));
    }

private slots:
    void init() { m_activity = std::make_unique<ProcessActivity>(m_net.place(), 20ms); }

    void whatAProgramPrintsIsItsOutput()
    {
        QVERIFY(valueOf(run(shell("printf '{\"a\":[1,2.50]}'"))) ==
                json::parse(R"({"exitCode":0,"output":{"a":[1,2.50]}})"));
        QVERIFY(valueOf(run(shell("echo hello")))["output"] == json("hello\n"));
        QVERIFY(valueOf(run(shell("")))["output"] == json(""));
    }

    void theInputIsJsonOnStandardInput()
    {
        QVERIFY(valueOf(run({{"command", {"cat"}}, {"input", {{"id", "ä"}}}}))["output"] ==
                json({{"id", "ä"}}));
        QVERIFY(valueOf(run({{"command", {"cat"}}}))["output"] == json(""));
        // One that does not read it is no fault.
        const std::string large(600 * 1024, 'x');
        QVERIFY(valueOf(run({{"command", {"true"}}, {"input", large}}))["exitCode"] == json(0));
    }

    void noShellReadsTheArguments()
    {
        const json with{{"command", {"printf", "%s|", "$HOME", "a b; ls", 5, true}}};
        QVERIFY(valueOf(run(with))["output"] == json("$HOME|a b; ls|5|true|"));
    }

    void environmentAndDirectoryAreAsAsked()
    {
        json with = shell("printf '%s %s %s' \"$MINE\" \"$IDEMPOTENCY_KEY\" \"$(pwd)\"");
        with["env"] = {{"MINE", "yes"}};
        with["cwd"] = "/usr";
        const json output = valueOf(run(with))["output"];
        QVERIFY(output == json("yes 7/" + std::to_string(m_lastTask) + " /usr"));
    }

    void theKeyOfOurPortIsNotPassedOn()
    {
        qputenv("SIGNALBOX_KEY", "hidden");
        QVERIFY(valueOf(run(shell("printf \"<$SIGNALBOX_KEY>\"")))["output"] == json("<>"));
        qunsetenv("SIGNALBOX_KEY");
    }

    void anotherExitCodeIsAProcessError()
    {
        const auto failure = std::get<Failure>(run(shell("echo 1; echo bad >&2; exit 3")));
        QCOMPARE(failure.type, std::string("ProcessError"));
        QVERIFY(failure.retriable);
        QVERIFY(
            failure.details.tree() == json({{"exitCode", 3}, {"output", 1}, {"errors", "bad\n"}}));
    }

    void aProgramThatCrashesIsAProcessError()
    {
        const auto failure = std::get<Failure>(run(shell("kill -9 $$")));
        QCOMPARE(failure.message, std::string("process: 'sh' was ended by signal 9"));
        QVERIFY(failure.details.tree()["exitCode"].is_null());
    }

    void aProgramThatIsNotThereIsAProcessError()
    {
        const auto failure = std::get<Failure>(run({{"command", {"/no/such/program"}}}));
        QCOMPARE(failure.type, std::string("ProcessError"));
        QVERIFY(!failure.retriable);
        json with = shell("true");
        with["cwd"] = "/no/such/directory";
        QCOMPARE(std::get<Failure>(run(with)).type, std::string("ProcessError"));
    }

    void moreOutputThanMayBeKeptEndsTheProgram()
    {
        const auto failure = std::get<Failure>(run({{"command", {"yes"}}}));
        QCOMPARE(failure.type, std::string("ProcessError"));
        QVERIFY(!failure.retriable);
    }

    void cancelingAsksFirstAndThenKillsAlsoTheChildren()
    {
        const QString pipe = m_directory.filePath(QStringLiteral("cancel"));
        Witness witness(pipe);
        const auto asked = request({{"command", {"python3", "-c", stubborn, pipe.toStdString()}}});
        auto outcome = tests::begin(*m_activity, asked);
        whenReady(witness);
        m_activity->cancel(asked.key);
        QCOMPARE(witness.line(), std::string("asked"));
        QCOMPARE(witness.line(), std::string());
        QVERIFY(std::holds_alternative<Failure>(outcome.get()));
    }

    void aProgramThatHeedsTheQuestionLeavesNoChildren()
    {
        m_activity = std::make_unique<ProcessActivity>(m_net.place(), 1h);
        const QString pipe = m_directory.filePath(QStringLiteral("heeds"));
        Witness witness(pipe);
        const std::string polite = std::string(stubborn).replace(
            std::string(stubborn).find("signal.signal(signal.SIGTERM, lambda"), 0, "\nif False: ");
        const auto asked = request({{"command", {"python3", "-c", polite, pipe.toStdString()}}});
        auto outcome = tests::begin(*m_activity, asked);
        whenReady(witness);
        m_activity->cancel(asked.key);
        QCOMPARE(witness.line(), std::string());
        QVERIFY(std::holds_alternative<Failure>(outcome.get()));
    }

    void whoIsAskedToEndHasTimeToTidyUp()
    {
        m_activity = std::make_unique<ProcessActivity>(m_net.place()); // as the program has it
        const QString pipe = m_directory.filePath(QStringLiteral("tidy"));
        Witness witness(pipe);
        const auto asked = request({{"command", {"python3", "-c", tidy, pipe.toStdString()}}});
        auto outcome = tests::begin(*m_activity, asked);
        QCOMPARE(witness.line(), std::string("ready"));
        m_activity->cancel(asked.key);
        QCOMPARE(witness.line(), std::string("asked"));
        QCOMPARE(witness.line(), std::string("tidied"));
        QVERIFY(std::holds_alternative<Failure>(outcome.get()));
    }

    void theTimeoutEndsAProgramTheSameWay()
    {
        // Nothing but the timeout ends it; it may come before the program is ready.
        const auto asked =
            request({{"command", {"python3", "-c",
                                     "import signal\nsignal.signal(signal.SIGTERM, "
                                     "signal.SIG_IGN)\nwhile True: signal.pause()"}}},
                30ms);
        const auto failure = std::get<Failure>(tests::begin(*m_activity, asked).get());
        QCOMPARE(failure.type, std::string("ActivityTimeout"));
        QVERIFY(failure.retriable);
    }

    void nothingRunsOnWhenTheEngineEnds()
    {
        const QString pipe = m_directory.filePath(QStringLiteral("end"));
        Witness witness(pipe);
        {
            tests::NetPlace net;
            ProcessActivity activity(net.place(), 1h);
            tests::begin(
                activity, request({{"command", {"python3", "-c", stubborn, pipe.toStdString()}}}));
            whenReady(witness);
        }
        QCOMPARE(witness.line(), std::string());
    }

    void onlyGrantedProgramsRun()
    {
        auto asked = request(shell("true"));
        asked.granted = {"git"};
        const auto refused = std::get<Failure>(tests::begin(*m_activity, asked).get());
        QCOMPARE(refused.type, std::string("NotAllowed"));
        asked.granted = {"sh"};
        QVERIFY(std::holds_alternative<JsonText>(tests::begin(*m_activity, asked).get()));
    }

    void manyProgramsRunAtOnce()
    {
        std::vector<std::future<ActivityOutcome>> outcomes;
        for (int i = 0; i < 50; ++i)
            outcomes.push_back(tests::begin(*m_activity, request({{"command", {"echo", i}}})));
        for (int i = 0; i < 50; ++i)
            QVERIFY(valueOf(outcomes[std::size_t(i)].get())["output"] == json(i));
    }

    void wrongInputIsRefused_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with : {"null", "{}", "{'command':'ls'}", "{'command':[]}",
                 "{'command':['']}", "{'command':['ls',{}]}", "{'command':['ls','a\\u0000b']}",
                 "{'command':['ls'],'env':[]}", "{'command':['ls'],'env':{'A=B':'c'}}",
                 "{'command':['ls'],'env':{'A':null}}", "{'command':['ls'],'cwd':[]}"})
            QTest::newRow(with) << QByteArray(with).replace('\'', '"');
    }
    void wrongInputIsRefused()
    {
        QFETCH(const QByteArray, with);
        const auto failure = std::get<Failure>(run(json::parse(with.toStdString())));
        QCOMPARE(failure.type, std::string("ValidationError"));
        QVERIFY(!failure.retriable);
    }
};

QTEST_GUILESS_MAIN(ProcessActivityTest)
#include "process_activity_test.moc"

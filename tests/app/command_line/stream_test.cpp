#include "tests/app/command_line/program.h"
#include "tests/support/http_stub.h"

#include <set>

using namespace tests;
using nlohmann::json;

class StreamTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        serve();
    }

    void changesComeAsTheyHappen()
    {
        Background stream = follow("--after 0");
        start("Asking", "a");
        QVERIFY(stream.line().contains("task 1-3 opened"));
        const QByteArray line = stream.line();
        QVERIFY2(line.contains("  a  ") && line.contains("Asking 1: Waiting, at ask  ("),
            line.constData());
        stream.send(SIGINT);
        QCOMPARE(stream.status(), 0);
    }

    void eachChangeIsALineOfJson()
    {
        Background stream = follow("--after 0 --json");
        start("Waiting", "a");
        const auto first = parsed(stream.line());
        QVERIFY(first.at("event") == "instance");
        QVERIFY(first.at("data").at("instance") == "a");
        QVERIFY(first.at("data").at("waiting") == true);
        QCOMPARE(m_program->run("terminate a").status, 0);
        QCOMPARE(m_program->run("purge a").status, 0);
        QVERIFY(parsed(stream.line()).at("data").at("run") == first.at("data").at("run"));
        json last = parsed(stream.line());
        QVERIFY2(last.at("event") == "purged", last.dump().c_str());
        stream.send(SIGTERM);
        QCOMPARE(stream.status(), 0);
    }

    void onlyWhatIsWantedIsShown()
    {
        Background ofFlow = follow("--after 0 --flow Asking --json");
        Background ofInstance = follow("--after 0 --instance b --json");
        start("Waiting", "a");
        start("Asking", "b");
        start("Asking", "c");
        QVERIFY(parsed(ofFlow.line()).at("data").at("instance") == "b"); // its task
        QVERIFY(parsed(ofFlow.line()).at("data").at("instance") == "b");
        QVERIFY(parsed(ofFlow.line()).at("data").at("instance") == "c");
        QVERIFY(parsed(ofInstance.line()).at("event") == "task");
        QVERIFY(parsed(ofInstance.line()).at("event") == "instance");
        QCOMPARE(m_program->run("terminate c b").status, 0);
        QVERIFY(parsed(ofInstance.line()).at("event") == "task");
        QVERIFY(parsed(ofInstance.line()).at("data").at("status") == "Terminated");
    }

    void itEndsWhenTheStateIsThere()
    {
        start("Waiting", "a");
        start("Waiting", "b");
        Background completed = follow("--instance a --until completed");
        Background failed = follow("--instance a --until Failed");
        Background any = follow("--after 0 --until Completed");
        QCOMPARE(m_program->run("terminate b").status, 0);
        QCOMPARE(m_program->run("raise a Go").status, 0);
        QCOMPARE(completed.status(), 0);
        QCOMPARE(failed.status(), 1);
        QVERIFY(failed.errorLine().contains("has ended as Completed"));
        QCOMPARE(any.status(), 0);
    }

    void aStateThatIsThereAlreadyIsNotWaitedFor()
    {
        start("Waiting", "a");
        QCOMPARE(m_program->run("raise a Go").status, 0);
        QCOMPARE(m_program->run("stream --instance a --until Finished").status, 0);
        QCOMPARE(m_program->run("stream --instance a --until Failed").status, 1);
        const auto none = m_program->run("stream --instance none --until Failed");
        QCOMPARE(none.status, 1);
        QVERIFY2(none.errors.contains("'none'"), none.errors.constData());
    }

    void itGoesOnAfterAKill()
    {
        Background stream = follow("--after 0 --json");
        start("Waiting", "a");
        std::set<std::string> places{parsed(stream.line()).at("id").get<std::string>()};
        m_server->endBy(SIGKILL);
        QVERIFY(stream.errorLine().contains("the connection is lost"));
        serve(); // at another port
        QVERIFY(stream.errorLine().contains("connected again"));
        start("Waiting", "b");
        for (;;) {
            const auto event = parsed(stream.line());
            QVERIFY(event.is_object());
            QVERIFY(places.insert(event.at("id").get<std::string>()).second);
            if (event.at("data").at("instance") == "b")
                break;
        }
        stream.send(SIGINT);
        QCOMPARE(stream.status(), 0);
    }

    void aKeyThatIsRevokedEndsIt()
    {
        const QByteArray key =
            m_program->run("keys make reader --scope read-only").output.trimmed();
        Background stream(
            words("stream --after 0 --json --url") + QStringList{m_server->url()}, key);
        start("Waiting", "a");
        QVERIFY(parsed(stream.line()).is_object());
        QCOMPARE(m_program->run("keys revoke reader").status, 0);
        start("Waiting", "b");
        QCOMPARE(stream.status(), 1);
        const auto wrong = signalbox(words("stream --url") + QStringList{m_server->url()}, "wrong");
        QCOMPARE(wrong.status, 1);
        QVERIFY2(wrong.errors.contains("key"), wrong.errors.constData());
    }

    void whoeverReadsNoMoreEndsIt()
    {
        QProcess pipe;
        pipe.start(QStringLiteral("bash"),
            {QStringLiteral("-c"),
                QStringLiteral(
                    "\"$0\" stream --after 0 --data \"$1\" | head -1; exit ${PIPESTATUS[0]}"),
                QStringLiteral(SIGNALBOX_BINARY), m_program->data()});
        start("Waiting", "a");
        while (!pipe.canReadLine() && pipe.waitForReadyRead(patience)) {
        }
        QVERIFY(pipe.readLine().contains("  a  "));
        start("Waiting", "b");
        QVERIFY(pipe.waitForFinished(patience));
        QCOMPARE(pipe.exitCode(), 0);
    }

    void whatIsNoStreamIsSaid()
    {
        QCOMPARE(signalbox(words("stream --url http://127.0.0.1:1")).status, 3);
        HttpStub other([](const HttpStub::Request &) -> std::optional<HttpStub::Answer> {
            return HttpStub::Answer{200, "Content-Type: text/html\r\n", "<html>"};
        });
        const auto strange = signalbox(words("stream --url") + QStringList{other.url(QString())});
        QCOMPARE(strange.status, 3);
        QVERIFY2(strange.errors.contains("is the address right?"), strange.errors.constData());
        QCOMPARE(m_program->run("stream --after everything").status, 1);
    }

private:
    void serve()
    {
        m_server = std::make_unique<Server>(m_program->serving());
        QVERIFY2(m_server->isReady(), m_server->errors().constData());
    }
    Background follow(const char *line) const
    {
        return Background(words("stream") + words(line) +
                          QStringList{QStringLiteral("--data"), m_program->data()});
    }
    void start(const char *flow, const char *instance) const
    {
        QCOMPARE(m_program
                     ->run(words("start --id") +
                           QStringList{QLatin1String(instance), QLatin1String(flow)})
                     .status,
            0);
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Server> m_server;
};

QTEST_GUILESS_MAIN(StreamTest)
#include "stream_test.moc"

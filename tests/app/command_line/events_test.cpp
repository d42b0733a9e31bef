#include "tests/app/command_line/program.h"
#include "tests/support/http_stub.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <atomic>
#include <memory>

using namespace tests;
using nlohmann::json;

class EventsTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_server = std::make_unique<Server>(m_program->serving());
        QVERIFY2(m_server->isReady(), m_server->errors().constData());
    }

    void linesAreRaisedAndBadOnesNamed()
    {
        start("Waiting", "a");
        start("Waiting", "b");
        start("Parcel", "p");
        m_program->write("lines",
            "{\"instance\": \"a\", \"event\": \"Go\", \"data\": {\"n\": 12345678901234567890}, "
            "\"id\": \"e-1\"}\n"
            "\n"
            "{\"instance\": \"a\", \"event\": \n"
            "{\"instance\": \"none\", \"event\": \"Go\"}\n"
            "{\"event\": \"Go\"}\n"
            "{\"instance\": \"b\", \"event\": \"Go\", \"date\": 1}\n"
            "{\"instance\": \"b\", \"key\": \"k\", \"event\": \"Go\"}\n"
            "{\"key\": \"P-1\", \"event\": \"Scan\", \"data\": {\"parcel\": \"P-1\"}}\n"
            "{\"instance\": \"b\", \"event\": \"Go\"}");
        const auto raised =
            m_program->run(words("raise --from") + QStringList{m_program->file("lines")});
        QCOMPARE(raised.status, 1);
        QCOMPARE(raised.output.count('\n'), 3);
        QVERIFY(raised.output.startsWith("raised Go for a\nraised Scan"));
        QVERIFY(raised.output.endsWith("raised Go for b\n"));
        for (const char *named :
            {"line 3: it is not JSON", "line 4: ", "'none'", "line 5: it needs 'instance'",
                "line 6: ", "'date'", "line 7: it has both", "3 raised, 5 not"})
            QVERIFY2(raised.errors.contains(named), raised.errors.constData());
        QVERIFY(!raised.errors.contains("line 1:") && !raised.errors.contains("line 9:"));
        QVERIFY(m_program->shown("a").at("output").dump() == R"({"n":12345678901234567890})");
        QVERIFY(m_program->shown("b").at("status") == "Completed");
    }

    void aBadLineInTheMiddleIsNoSuccess()
    {
        start("Waiting", "a");
        const QByteArray good = "{\"instance\": \"a\", \"event\": \"Other\"}\n";
        m_program->write("lines", good + "no JSON\n" + good);
        const auto raised =
            m_program->run(words("raise --from") + QStringList{m_program->file("lines")});
        QCOMPARE(raised.status, 1);
        QCOMPARE(raised.output, QByteArray("raised Other for a\nraised Other for a\n"));
        QVERIFY2(raised.errors.startsWith("signalbox: line 2: it is not JSON"),
            raised.errors.constData());
        QCOMPARE(m_program->shown("a").at("kept").size(), 2u);
    }

    void linesComeOnStandardInput()
    {
        start("Waiting", "a");
        Background raise(words("raise --json --from - --data") + QStringList{m_program->data()});
        const QByteArray line = "{\"instance\": \"a\", \"event\": \"Other\", \"id\": \"e-1\"}\n";
        raise.write(line);
        QVERIFY(parsed(raise.line()).at("duplicate") == false); // before the input has ended
        raise.write(line);
        QVERIFY(parsed(raise.line()).at("duplicate") == true);
        raise.write("{\"instance\": \"none\", \"event\": \"Other\"}\n");
        QVERIFY(parsed(raise.line()).at("status") == 404);
        QVERIFY(raise.errorLine().startsWith("signalbox: line 3: "));
        raise.endInput();
        QCOMPARE(raise.status(), 1);
    }

    void linesWaitWhileTheEngineIsBusy()
    {
        std::atomic<int> calls = 0;
        HttpStub busy([&](const HttpStub::Request &) -> std::optional<HttpStub::Answer> {
            const QByteArray later = "Retry-After: 1\r\n";
            if (++calls == 1)
                return HttpStub::Answer{503, later, R"({"detail": "busy"})"};
            return HttpStub::Answer{202, {}, R"({"instance": "a", "run": 1, "duplicate": false})"};
        });
        m_program->write("lines", "{\"instance\": \"a\", \"event\": \"Go\"}\n");
        const auto raised = signalbox(words("raise --url") + QStringList{busy.url(QString())} +
                                      words("--from") + QStringList{m_program->file("lines")});
        QCOMPARE(raised.output, QByteArray("raised Go for a\n"));
        QCOMPARE(raised.status, 0);
        QCOMPARE(calls.load(), 2);
    }

    void linesEndWhereTheEngineIsGone()
    {
        start("Waiting", "a");
        Background raise(words("raise --from - --url") + QStringList{m_server->url()}, key());
        raise.write("{\"instance\": \"a\", \"event\": \"Other\"}\n");
        QCOMPARE(raise.line(), QByteArray("raised Other for a\n"));
        m_server.reset();
        raise.write("{\"instance\": \"a\", \"event\": \"Other\"}\n{\"instance\": \"a\", \"event\": "
                    "\"Go\"}\n");
        const QByteArray error = raise.errorLine();
        QVERIFY2(error.startsWith("signalbox: line 2: no Signalbox answers"), error.constData());
        QVERIFY(error.endsWith("no line behind it was raised\n"));
        QCOMPARE(raise.status(), 3);
    }

    void whatMayHaveBeenDoneIsNotSentAgain()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Background raise(
            words("raise a Go --url") +
            QStringList{QStringLiteral("http://127.0.0.1:%1").arg(silent.serverPort())});
        QVERIFY(silent.waitForNewConnection(patience));
        const std::unique_ptr<QTcpSocket> first(silent.nextPendingConnection());
        QByteArray request;
        while (!request.endsWith("null") && first->waitForReadyRead(patience))
            request += first->readAll();
        QVERIFY(request.startsWith("POST /api/v1/instances/a/events/Go "));
        first->disconnectFromHost();
        const QByteArray error = raise.errorLine();
        QVERIFY2(error.contains("may have been done all the same"), error.constData());
        QCOMPARE(raise.status(), 3);
        QVERIFY(!silent.waitForNewConnection(0));
    }

    void anIdStaysInItsLine()
    {
        const auto raised = run({"raise", "a", "Go", "1", "--event-id", "e\r\nX-Other: 1"});
        QCOMPARE(raised.status, 2);
        QVERIFY2(raised.errors.contains("line break"), raised.errors.constData());
    }

    void aFileOfLinesMustBeThere()
    {
        const auto missing = m_program->run("raise --from /none");
        QCOMPARE(missing.status, 2);
        QVERIFY2(missing.errors.contains("'/none'"), missing.errors.constData());
        QCOMPARE(m_program->run("raise --from /").status, 2);
    }

    void anEventFindsItsInstanceByItsKey()
    {
        QCOMPARE(
            run({"start", "Parcel", "--id", "p", "--input", "{\"parcel\": \"P-1\"}"}).status, 0);
        QCOMPARE(run({"raise", "Scan", "{\"parcel\": \"P-1\"}", "--correlate", "--event-id", "s-1"})
                     .output,
            QByteArray("raised Scan for p\n"));
        QCOMPARE(run({"raise", "Scan", "{\"parcel\": \"P-1\"}", "--correlate", "--event-id", "s-1"})
                     .output,
            QByteArray("raised Scan (it was raised before)\n"));
        const auto kept = run({"raise", "Scan", "{}", "--correlation-key", "P-2"});
        QVERIFY2(kept.output.startsWith("raised Scan, kept until 20"), kept.output.constData());
        const auto listed = m_program->run("events");
        QVERIFY2(listed.output.contains("P-2"), listed.output.constData());
        QVERIFY(
            parsed(m_program->run("events --json").output).at("events")[0].at("name") == "Scan");
        start("Waiting", "w");
        const auto number = [this] {
            const auto events = parsed(m_program->run("events --json").output).at("events");
            return QString::fromStdString(events.at(0).at("id").dump());
        };
        const auto sent =
            m_program->run(words("events replay --under-key --to w") + QStringList{number()});
        QVERIFY2(sent.status == 0, sent.errors.constData());
        QVERIFY(m_program->run("events").output.startsWith("no events"));
        QVERIFY(m_program->shown("w").at("kept")[0].at("name") == "Scan");
        QCOMPARE(run({"raise", "Scan", "{}", "--correlation-key", "P-2"}).status, 0);
        QCOMPARE(
            m_program->run(words("events delete --under-key") + QStringList{number()}).status, 0);
        QVERIFY(m_program->run("events").output.startsWith("no events"));
        const auto nobody = run({"raise", "Unheard", "1", "--correlate"});
        QCOMPARE(nobody.status, 1);
        QVERIFY2(nobody.errors.contains("Unheard"), nobody.errors.constData());
    }

    void undeliveredEventsAreReplayedAndDeleted()
    {
        start("Waiting", "a");
        start("Waiting", "b");
        QCOMPARE(m_program->run("terminate a").status, 0);
        QCOMPARE(run({"raise", "a", "Go", "1"}).status, 1);
        QCOMPARE(run({"raise", "a", "Go", "2"}).status, 1);
        const auto listed =
            parsed(m_program->run("events undelivered --json").output).at("undelivered");
        QCOMPARE(listed.size(), 2u);
        const QString newest = QString::fromStdString(listed[0].at("id").dump());
        const QString oldest = QString::fromStdString(listed[1].at("id").dump());
        QCOMPARE(
            m_program->run(words("events replay") + QStringList{newest}).status, 1); // a is over
        QCOMPARE(m_program->run(words("events replay --to b") + QStringList{newest}).output,
            QByteArray("raised for b\n"));
        QVERIFY(m_program->shown("b").at("output") == 2);
        QCOMPARE(m_program->run(words("events delete") + QStringList{oldest}).status, 0);
        QCOMPARE(m_program->run(words("events delete") + QStringList{oldest}).status, 1);
        QCOMPARE(m_program->run("events delete many").status, 1);
    }

    void keptEventsAreHandedOnAndDeleted()
    {
        start("Waiting", "a");
        start("Waiting", "b");
        QCOMPARE(m_program->run("events kept a").output, QByteArray("no kept events\n"));
        for (const char *payload : {"1", "2"})
            QCOMPARE(run({"raise", "a", "Later", payload}).status, 0);
        const auto kept = m_program->shown("a").at("kept");
        QCOMPARE(kept.size(), 2u);
        const auto number = [&kept](std::size_t i) {
            return QString::fromStdString(kept[i].at("sequence").dump());
        };
        QVERIFY(m_program->run("events kept a").output.contains("Later"));
        const QStringList ofA = words("--instance a");
        QCOMPARE(
            m_program->run(words("events replay --to b") + ofA + QStringList{number(0)}).status, 0);
        QVERIFY(m_program->shown("b").at("kept")[0].at("payload") == 1);
        QCOMPARE(
            m_program->run(words("events delete --reason twice") + ofA + QStringList{number(1)})
                .status,
            0);
        QCOMPARE(m_program->run(words("events delete") + ofA + QStringList{number(1)}).status, 1);
        QVERIFY(m_program->shown("a").at("kept").empty());
    }

    void webhooksArePutListedAndRemoved()
    {
        m_program->write("shop.webhook.json", R"({"path": "shop/{token}", "scheme": "token",
            "secret": "SHOP", "event": "Go", "instance": "=body.id", "payload": "=body"})");
        const auto put = m_program->run(
            words("webhooks put") + QStringList{m_program->file("shop.webhook.json")});
        QCOMPARE(put.output, QByteArray("put: POST /api/v1/webhooks/shop/{token}\n"));
        QVERIFY(m_program->run("webhooks").output.contains("shop/{token}  token"));
        m_program->write("shop.webhook.json", "{\"path\": 7}");
        QCOMPARE(
            m_program->run(
                         words("webhooks put") + QStringList{m_program->file("shop.webhook.json")})
                .status,
            1);
        QCOMPARE(m_program->run("webhooks put /none").status, 2);
        QCOMPARE(m_program->run("webhooks remove shop/{token}").output,
            QByteArray("removed shop/{token}\n"));
        QCOMPARE(m_program->run("webhooks remove shop/{token}").status, 1);
        QCOMPARE(m_program->run("webhooks").output, QByteArray("no webhooks\n"));
    }

private:
    Outcome run(const std::vector<const char *> &all) const
    {
        QStringList list;
        for (const char *word : all)
            list += QString::fromUtf8(word);
        return m_program->run(list);
    }
    void start(const char *flow, const char *instance) const
    {
        QCOMPARE(
            run({"start", flow, "--id", instance, "--input", "{\"parcel\": \"P-9\"}"}).status, 0);
    }
    QByteArray key() const
    {
        QFile file(m_program->data() + QStringLiteral("/key"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Server> m_server;
};

QTEST_GUILESS_MAIN(EventsTest)
#include "events_test.moc"

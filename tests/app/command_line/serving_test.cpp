#include "tests/app/command_line/program.h"
#include "tests/engine/rest/http_client.h"

#include <QTcpServer>

using namespace tests;
using nlohmann::json;

class ServingTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void serveSaysWhereItIsAndEndsCleanly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void serveSaysWhereItIsAndEndsCleanly()
    {
        QFETCH(int, signal);
        Server server({QStringLiteral("--data"), m_program->data(), QStringLiteral("--hub"),
            QStringLiteral("box")});
        QVERIFY2(server.isReady(), server.errors().constData());
        QVERIFY(server.ready().size() == 3u);
        QVERIFY(server.ready().at("hub") == "box");
        QVERIFY(server.ready().at("pid") == server.process().processId());
        QVERIFY(server.url().startsWith(QStringLiteral("http://127.0.0.1:")));
        QVERIFY(QFile::exists(m_program->data() + QStringLiteral("/server.json")));
        QCOMPARE(server.endBy(signal), 0);
        QVERIFY(!QFile::exists(m_program->data() + QStringLiteral("/server.json")));
        QVERIFY(QFile::exists(m_program->data() + QStringLiteral("/key")));
    }

    void wrongFilesAmongFlowsAreReportedAndSkipped()
    {
        Server server({QStringLiteral("--data"), m_program->data(), QStringLiteral("--flows"),
            m_program->directory()});
        QVERIFY(server.isReady());
        QCOMPARE(m_program->run({QStringLiteral("start"), QStringLiteral("Waiting")}).status, 0);
        QCOMPARE(m_program->run({QStringLiteral("start"), QStringLiteral("Dangling")}).status, 1);
        QCOMPARE(server.endBy(SIGTERM), 0);
        const auto errors = server.errors();
        QVERIFY2(errors.contains("dangling.flow.json:6: wait:"), errors.constData());
    }

    void anotherKeyIsUnderstoodEverywhere()
    {
        Server server({QStringLiteral("--data"), m_program->data(), QStringLiteral("--key"),
            QStringLiteral("mine")});
        QVERIFY(server.isReady());
        QCOMPARE(m_program->run({QStringLiteral("list")}).status, 0);
        const QStringList byUrl{QStringLiteral("list"), QStringLiteral("--url"), server.url()};
        QCOMPARE(
            signalbox(byUrl + QStringList{QStringLiteral("--key"), QStringLiteral("mine")}).status,
            0);
        QCOMPARE(signalbox(byUrl, "mine").status, 0);
        const auto refused = signalbox(byUrl, "yours");
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.errors.contains("key"));
    }

    void theServerLiesOnLoopbackWithAKey()
    {
        Server server({QStringLiteral("--data"), m_program->data()});
        QVERIFY(server.isReady());
        tests::HttpClient client(static_cast<quint16>(server.url().section(u':', 2).toUInt()));
        QCOMPARE(client.call("GET", "/api/v1/health").status, 200);
        QCOMPARE(client.call("GET", "/runtime/webhooks/durabletask/instances").status, 401);
        QFile key(m_program->data() + QStringLiteral("/key"));
        QVERIFY(key.open(QIODevice::ReadOnly));
        QCOMPARE(client
                     .call("GET",
                         "/runtime/webhooks/durabletask/instances?code=" + key.readAll().trimmed())
                     .status,
            200);
        QCOMPARE(client.call("GET", "/durabletask/instances").status, 401);
    }

    void rpcIsSwitchedOn()
    {
        Server server({QStringLiteral("--data"), m_program->data(), QStringLiteral("--rpc")});
        QVERIFY(server.isReady());
        tests::HttpClient client(static_cast<quint16>(server.url().section(u':', 2).toUInt()));
        QCOMPARE(client.call("GET", "/durabletask/instances").status, 200);
    }

    void aStaleServerFileIsNoHindrance()
    {
        {
            Server server({QStringLiteral("--data"), m_program->data()});
            QVERIFY(server.isReady());
            QCOMPARE(server.endBy(SIGKILL), -1);
        }
        QVERIFY(QFile::exists(m_program->data() + QStringLiteral("/server.json")));
        QCOMPARE(m_program->run({QStringLiteral("list")}).output, QByteArray("no instances\n"));
    }

    void aDirectoryHasOneOwner()
    {
        Server server({QStringLiteral("--data"), m_program->data()});
        QVERIFY(server.isReady());
        const auto second = m_program->run({QStringLiteral("serve")});
        QCOMPARE(second.status, 1);
        QVERIFY2(second.errors.contains(m_program->data().toUtf8()), second.errors.constData());
    }

    void aTakenPortIsNamed()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto port = QString::number(other.serverPort());
        const auto refused =
            m_program->run({QStringLiteral("serve"), QStringLiteral("--port"), port});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(port.toLatin1()), refused.errors.constData());
        QVERIFY(refused.output.isEmpty());
    }

    void aDirectoryThatCannotBeIsNamed()
    {
        const QString impossible = QStringLiteral("/dev/null/data");
        const auto serve =
            signalbox({QStringLiteral("serve"), QStringLiteral("--data"), impossible});
        QCOMPARE(serve.status, 1);
        QVERIFY2(serve.errors.contains(impossible.toUtf8()), serve.errors.constData());
        const auto list = signalbox({QStringLiteral("list"), QStringLiteral("--data"), impossible});
        QCOMPARE(list.status, 3);
        QVERIFY(list.errors.contains(impossible.toUtf8()));
    }

    void aDirectoryOfFlowsMustBeThere()
    {
        const auto refused = m_program->run(
            {QStringLiteral("serve"), QStringLiteral("--flows"), QStringLiteral("/none")});
        QCOMPARE(refused.status, 2);
        QVERIFY(refused.errors.contains("/none"));
    }

private:
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(ServingTest)
#include "serving_test.moc"

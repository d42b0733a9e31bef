#include "tests/app/command_line/program.h"

#include <optional>

using namespace tests;
using nlohmann::json;

class KeysTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void keysAreMadeRotatedAndRevoked_data()
    {
        QTest::addColumn<bool>("serving");
        QTest::newRow("with a server") << true;
        QTest::newRow("without one") << false;
    }

    void keysAreMadeRotatedAndRevoked()
    {
        QFETCH(bool, serving);
        std::optional<Server> server;
        if (serving)
            server.emplace(QStringList{QStringLiteral("--data"), m_program->data()});
        const auto keys = [this](const QStringList &words) {
            return m_program->run(QStringList{QStringLiteral("keys")} + words);
        };
        const auto made = keys({QStringLiteral("make"), QStringLiteral("shop"),
            QStringLiteral("--scope"), QStringLiteral("read-only")});
        QCOMPARE(made.status, 0);
        const QByteArray key = made.output.trimmed();
        QCOMPARE(key.size(), 64);
        const auto listed = keys({});
        QVERIFY(listed.output.contains("default") && listed.output.contains("read-only"));
        QVERIFY(!listed.output.contains(key));
        QCOMPARE(keys({QStringLiteral("make"), QStringLiteral("shop")}).status, 1);
        if (server) {
            const QStringList byUrl{QStringLiteral("--url"), server->url()};
            QCOMPARE(signalbox(QStringList{QStringLiteral("list")} + byUrl, key).status, 0);
            const auto refused = signalbox(
                QStringList{QStringLiteral("start"), QStringLiteral("Waiting")} + byUrl, key);
            QCOMPARE(refused.status, 1);
            QVERIFY(refused.errors.contains("read-only"));
        }
        const auto rotated = keys({QStringLiteral("rotate"), QStringLiteral("shop")});
        QCOMPARE(rotated.status, 0);
        QVERIFY(rotated.output.trimmed().size() == 64 && rotated.output.trimmed() != key);
        QCOMPARE(keys({QStringLiteral("revoke"), QStringLiteral("shop")}).output,
            QByteArray("revoked shop\n"));
        QCOMPARE(keys({QStringLiteral("revoke"), QStringLiteral("shop")}).status, 1);
        QVERIFY(!keys({}).output.contains("shop"));
    }

private:
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(KeysTest)
#include "keys_test.moc"

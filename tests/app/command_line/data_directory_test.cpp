#include "app/command_line/data_directory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace app;

namespace {

constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                        QFileDevice::WriteOther;

} // namespace

class DataDirectoryTest : public QObject
{
    Q_OBJECT

private slots:
    void aNewKeyIsKeptForTheUserAlone()
    {
        const QTemporaryDir directory;
        const auto path = directory.path().toStdString();
        QCOMPARE(keptKey(path).error().code, engine::ErrorCode::NotFound);
        const auto made = keptOrNewKey(path);
        QVERIFY(made);
        QCOMPARE(made->size(), 64u);
        QCOMPARE(*keptOrNewKey(path), *made);
        QCOMPARE(*keptKey(path), *made);
        QVERIFY((QFile(directory.filePath(QStringLiteral("key"))).permissions() & others) == 0);
    }

    void aDirectoryThatTakesNothingIsNamed()
    {
        const auto made = keptOrNewKey("/proc/none");
        QVERIFY(!made);
        QVERIFY(made.error().message.find("/proc/none/key") != std::string::npos);
    }

    void aRunningServerIsKnownWhileItRuns()
    {
        const QTemporaryDir directory;
        const auto path = directory.path().toStdString();
        QVERIFY(!runningServer(path));
        const RunningServer server{"http://127.0.0.1:1", "h", 42, "k"};
        {
            const auto file = ServerFile::write(path, server);
            QVERIFY(file);
            QCOMPARE(runningServer(path), std::optional(server));
            QVERIFY((QFile(directory.filePath(QStringLiteral("server.json"))).permissions() &
                        others) == 0);
        }
        QVERIFY(!runningServer(path));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 0);
    }

    void aDamagedServerFileIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"url\":");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("wrong type") << QByteArray(R"({"url":1,"hub":"h","pid":1})");
        QTest::newRow("no pid") << QByteArray(R"({"url":"u","hub":"h"})");
    }
    void aDamagedServerFileIsNone()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("server.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(!runningServer(directory.path().toStdString()));
    }
};

QTEST_GUILESS_MAIN(DataDirectoryTest)
#include "data_directory_test.moc"

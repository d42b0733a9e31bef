#include "engine/secret_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace engine;

class SecretStoreTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    std::string directory() const
    {
        return m_directory.filePath(QStringLiteral("d")).toStdString();
    }
    QString path() const { return m_directory.filePath(QStringLiteral("d/secrets.json")); }

    static Result<std::string> find(const SecretStore &store, const char *name)
    {
        std::optional<Result<std::string>> found;
        store.find(name, [&found](Result<std::string> value) { found = std::move(value); });
        if (!QTest::qWaitFor([&found] { return found.has_value(); }, 30'000))
            return Error{ErrorCode::Busy, "no answer", {}};
        return *found;
    }

private slots:
    void init() { QFile::remove(path()); }

    void whatIsKeptIsFound()
    {
        const SecretStore store(directory());
        QVERIFY(store.set("B", "b ä\n", SecretStore::Keychain::Never));
        QVERIFY(store.set("A", "old", SecretStore::Keychain::Never));
        QVERIFY(store.set("A", "new", SecretStore::Keychain::Never));
        const SecretStore other(directory());
        QCOMPARE(*other.names(), (std::vector<std::string>{"A", "B"}));
        QCOMPARE(*find(other, "A"), std::string("new"));
        QCOMPARE(*find(other, "B"), std::string("b ä\n"));
        QVERIFY(other.remove("A"));
        QCOMPARE(find(store, "A").error().code, ErrorCode::NotFound);
        QCOMPARE(store.remove("A").error().code, ErrorCode::NotFound);
    }

    void theFileIsForTheUserAlone()
    {
        const SecretStore store(directory());
        QVERIFY(store.set("A", "a", SecretStore::Keychain::Never));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther |
                            QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(path()) & others));
        QVERIFY(store.set("B", "b", SecretStore::Keychain::Never));
        QVERIFY(!(QFile::permissions(path()) & others));
    }

    /// With a keychain or without: what was set is found, and with one it is not in the file.
    void theKeychainIsAskedWhereOneRuns()
    {
        const SecretStore store(directory());
        QVERIFY(store.set("K", "in the keychain", SecretStore::Keychain::IfItRuns));
        QCOMPARE(*find(store, "K"), std::string("in the keychain"));
        QFile file(path());
        QVERIFY(file.open(QFile::ReadOnly));
        const bool inFile = file.readAll().contains("in the keychain");
        QCOMPARE(inFile, qEnvironmentVariableIsEmpty("SIGNALBOX_TEST_KEYCHAIN"));
        QVERIFY(store.remove("K"));
        QCOMPARE(find(store, "K").error().code, ErrorCode::NotFound);
    }

    void aDamagedFileIsSaid()
    {
        QVERIFY(SecretStore(directory()).set("A", "a", SecretStore::Keychain::Never));
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("{\"version\":2}");
        file.close();
        const SecretStore store(directory());
        QCOMPARE(store.names().error().code, ErrorCode::Damaged);
        QCOMPARE(find(store, "A").error().code, ErrorCode::Damaged);
        QCOMPARE(
            store.set("B", "b", SecretStore::Keychain::Never).error().code, ErrorCode::Damaged);
    }

    void whatCannotBeReadOrWrittenIsSaid()
    {
        QVERIFY(QDir().mkpath(path())); // a directory where the file should be
        const SecretStore unreadable(directory());
        QCOMPARE(find(unreadable, "A").error().code, ErrorCode::Unavailable);
        QVERIFY(unreadable.names().error().message.find("cannot be read") != std::string::npos);
        QVERIFY(QDir().rmdir(path()));

        QVERIFY(unreadable.set("A", "a", SecretStore::Keychain::Never));
        const SecretStore nowhere(path().toStdString() + "/below"); // a file where the directory should be
        const auto kept = nowhere.set("A", "a", SecretStore::Keychain::Never);
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, ErrorCode::Unavailable);
        QVERIFY2(kept.error().message.find("cannot be written") != std::string::npos,
            kept.error().message.c_str());
    }

    void wrongNamesAndValuesAreRefused()
    {
        const SecretStore store(directory());
        for (const char *name : {"", "a b", "../x", "a}"})
            QCOMPARE(store.set(name, "x", SecretStore::Keychain::Never).error().code,
                ErrorCode::InvalidArgument);
        for (const std::string &value :
            {std::string(), std::string("\xff"), std::string(70'000, 'x')})
            QCOMPARE(store.set("A", value, SecretStore::Keychain::Never).error().code,
                ErrorCode::InvalidArgument);
        QVERIFY(store.names()->empty());
    }
};

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "secret_store_test.moc"

#include "engine/activities/builtin/file_activity.h"

#include "tests/support/net_place.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <unistd.h>

using namespace engine;
using nlohmann::json;
using tests::valueOf;

class FileActivityTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::unique_ptr<FileActivity> m_activity;
    Sequence m_lastTask = 0;

    std::string path(const char *name) const
    {
        return m_directory.filePath(QString::fromLatin1(name)).toStdString();
    }
    void put(const char *name, const QByteArray &content) const
    {
        QFile file(m_directory.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    QByteArray content(const char *name) const
    {
        QFile file(m_directory.filePath(QString::fromLatin1(name)));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("none");
    }

    ActivityOutcome run(const json &with, std::set<std::string> granted = {"*"})
    {
        return tests::begin(*m_activity, {.key = {RunKey{7}, ++m_lastTask},
                                             .activity = "file",
                                             .with = JsonText::of(with),
                                             .granted = std::move(granted)})
            .get();
    }
    ActivityOutcome write(const std::string &where, const json &what, const char *mode = "write",
        std::set<std::string> granted = {"*"})
    {
        return run({{"path", where}, {"mode", mode}, {"content", what}}, std::move(granted));
    }
    static std::string type(const ActivityOutcome &outcome)
    {
        const auto *failure = std::get_if<Failure>(&outcome);
        return failure ? failure->type : std::string();
    }

private slots:
    void initTestCase()
    {
        m_activity = std::make_unique<FileActivity>(
            [](const std::function<void()> &job) { job(); }, [this] { return path("files"); });
        QVERIFY(QDir(m_directory.path()).mkpath(QStringLiteral("in/deep")));
        QVERIFY(QDir(m_directory.path()).mkpath(QStringLiteral("out")));
    }

    void readingGivesTheTextOrTheJsonInIt()
    {
        put("in/a.txt", "hello ä\n");
        put("in/a.json", "{\"n\":1}\n");
        QVERIFY(valueOf(run({{"path", path("in/a.txt")}})) == json("hello ä\n"));
        QVERIFY(valueOf(run({{"path", path("in/a.json")}, {"mode", "read"}})) == json({{"n", 1}}));
    }

    void writingReplacesTheWholeFile()
    {
        put("in/w", "a long text that was there before");
        QVERIFY(QFile::setPermissions(
            m_directory.filePath(QStringLiteral("in/w")), QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(valueOf(write(path("in/w"), "new")).is_null());
        QCOMPARE(content("in/w"), QByteArray("new"));
        struct stat about {
        };
        QCOMPARE(::stat(path("in/w").c_str(), &about), 0);
        QCOMPARE(about.st_mode & 0777, mode_t(0600));
        QVERIFY(valueOf(write(path("in/v"), {{"a", 1}})).is_null());
        QCOMPARE(content("in/v"), QByteArray("{\"a\":1}"));
    }

    void aReaderSeesTheOldFileOrTheNewOne()
    {
        put("in/swap", "old");
        QFile reader(m_directory.filePath(QStringLiteral("in/swap")));
        QVERIFY(reader.open(QFile::ReadOnly));
        QVERIFY(valueOf(write(path("in/swap"), "new")).is_null());
        QCOMPARE(reader.readAll(), QByteArray("old")); // still the whole old one
        QCOMPARE(content("in/swap"), QByteArray("new"));
        QVERIFY(QDir(m_directory.filePath(QStringLiteral("in")))
                    .entryList({QStringLiteral("*.part")}, QDir::Files | QDir::Hidden)
                    .isEmpty());
    }

    void whatAnAttemptLeftBehindIsInNobodysWay()
    {
        put(("in/.signalbox-7-" + std::to_string(m_lastTask + 1) + ".part").c_str(), "half");
        QVERIFY(valueOf(write(path("in/again"), "x")).is_null());
        QCOMPARE(content("in/again"), QByteArray("x"));
    }

    void appendingAdds()
    {
        QVERIFY(valueOf(write(path("in/log"), "a\n", "append")).is_null());
        QVERIFY(valueOf(write(path("in/log"), "b\n", "append")).is_null());
        QCOMPARE(content("in/log"), QByteArray("a\nb\n"));
    }

    void relativePathsBeginInTheDirectoryOfFiles()
    {
        QVERIFY(valueOf(write("x.txt", "y", "write", {"."})).is_null());
        QCOMPARE(content("files/x.txt"), QByteArray("y"));
        QCOMPARE(type(write("x.txt", "y", "write", {m_directory.path().toStdString()})),
            std::string("NotAllowed"));
    }

    void onlyGrantedDirectoriesAreReached_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("in it") << QByteArray("out/x") << true;
        QTest::newRow("beside it") << QByteArray("in/x") << false;
        QTest::newRow("the same beginning") << QByteArray("outer") << false;
        QTest::newRow("out by dots") << QByteArray("out/../in/x") << false;
        QTest::newRow("in by dots") << QByteArray("in/../out/x") << false;
        QTest::newRow("a linked directory") << QByteArray("out/link/x") << false;
        QTest::newRow("a linked file") << QByteArray("out/linked") << false;
    }
    void onlyGrantedDirectoriesAreReached()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const bool, allowed);
        QFile::link(m_directory.filePath(QStringLiteral("in")),
            m_directory.filePath(QStringLiteral("out/link")));
        put("in/target", "untouched");
        QFile::link(m_directory.filePath(QStringLiteral("in/target")),
            m_directory.filePath(QStringLiteral("out/linked")));
        const std::set<std::string> granted{this->path("out")};
        for (const char *mode : {"write", "append", "read"}) {
            const auto outcome = write(this->path(path.constData()), "z", mode, granted);
            QCOMPARE(type(outcome), std::string(allowed ? "" : "NotAllowed"));
        }
        QCOMPARE(content("in/target"), QByteArray("untouched"));
        QVERIFY(!QFile::exists(m_directory.filePath(QStringLiteral("in/x"))));
    }

    void aDirectoryInTheDirectoryOfFilesIsNotTheOneOfTheSystem()
    {
        const std::string relative = path("out").substr(1); // the same names, without the slash
        QCOMPARE(type(write(path("out/n"), "z", "write", {relative})), std::string("NotAllowed"));
        QVERIFY(!QFile::exists(m_directory.filePath(QStringLiteral("out/n"))));
        QCOMPARE(type(write("in/n", "z", "write", {"/in"})), std::string("NotAllowed"));
    }

    void withoutAGrantNothingIsReached()
    {
        QCOMPARE(type(write(path("out/n"), "z", "write", {})), std::string("NotAllowed"));
    }

    void whatIsNoFileIsAFileError()
    {
        QCOMPARE(::mkfifo(path("in/pipe").c_str(), 0600), 0);
        for (const char *name : {"in/pipe", "in/deep"})
            for (const char *mode : {"read", "write", "append"})
                QCOMPARE(type(write(path(name), "z", mode)), std::string("FileError"));
        QCOMPARE(type(run({{"path", path("in/deep") + "/"}})), std::string("FileError"));
    }

    void aFileThatIsMissingMayCome()
    {
        const auto failure = std::get<Failure>(run({{"path", path("in/missing")}}));
        QCOMPARE(failure.type, std::string("FileError"));
        QVERIFY(failure.retriable);
        QVERIFY(failure.message.find("in/missing") != std::string::npos);
        QCOMPARE(type(write(path("no/such/x"), "z")), std::string("FileError"));
    }

    void whatCannotBeKeptIsAFileError()
    {
        put("in/large", QByteArray(1024 * 1024 + 1, 'x'));
        put("in/latin", "caf\xe9");
        put("in/escapes", QByteArray(400 * 1024, '\1'));
        for (const char *name : {"in/large", "in/latin", "in/escapes"})
            QCOMPARE(type(run({{"path", path(name)}})), std::string("FileError"));
    }

    void wrongInputIsRefused_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with : {"null", "{}", "{'path':5}", "{'path':''}",
                 "{'path':'/tmp/x','mode':'delete'}", "{'path':'/tmp/x','mode':'write'}"})
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

QTEST_GUILESS_MAIN(FileActivityTest)
#include "file_activity_test.moc"

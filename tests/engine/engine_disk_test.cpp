#include "engine/engine.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "tests/support/patient_expressions.h"
#include "tests/support/sqlite_directory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

namespace {

const Source window{"window", "me"};
SystemClock systemClock;
SystemRandom systemRandom;

constexpr auto waitFlow = R"({ "signalbox": 1, "name": "W", "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "Go", "next": "done" },
    "done": { "kind": "end", "output": "=input.length" } } })";

Result<std::unique_ptr<Engine>> openOn(const QString &directory)
{
    return Engine::open({.directory = directory.toStdString()},
        {systemClock, systemRandom, makePatientExpressions});
}

Result<Acceptance> start(Engine &engine, const std::string &id, std::size_t size)
{
    return engine
        .start({.flow = {"W"},
            .instance = {id},
            .input = JsonText::ofString(std::string(size, 'x')),
            .source = window})
        .result();
}

std::string errorOf(const auto &result) { return result ? std::string() : result.error().message; }

bool has(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// Instances of 100 KB are started until the engine refuses one. Answers why, and how many there
/// are.
std::pair<std::string, int> startUntilRefused(Engine &engine)
{
    for (int number = 0; number < 10'000; ++number) {
        if (const auto started = start(engine, "i-" + std::to_string(number), 100'000); !started)
            return {started.error().message, number};
    }
    return {"", 10'000};
}

/// All `count` instances are there and go on, and there is no other.
std::string faultAfter(const QString &directory, int count)
{
    const auto engine = openOn(directory);
    if (!engine)
        return engine.error().message;
    const auto counts = (*engine)->counts().result();
    if (!counts || counts->size() != 1 || counts->front().waiting != count)
        return "other instances are there than were answered";
    for (int number = 0; number < count; ++number) {
        const auto raised =
            (*engine)
                ->raise(
                    {.instance = {"i-" + std::to_string(number)}, .name = "Go", .source = window})
                .result();
        if (!raised)
            return raised.error().message;
    }
    return errorOf(start(**engine, "fresh", 10));
}

/// On a disk of its own of 3 MB, in a process that may mount one: prints what is wrong.
int liveOnASmallDisk(const QString &directory)
{
    const auto say = [](const std::string &text) {
        std::printf("%s\n", text.c_str());
        return 1;
    };
    int answered = 0;
    {
        const auto engine = openOn(directory);
        if (!engine)
            return say(engine.error().message);
        if (const auto deployed = (*engine)->deploy({waitFlow, true, window}).result(); !deployed)
            return say(deployed.error().message);
        const auto [why, count] = startUntilRefused(**engine);
        answered = count;
        if (!has(why, "the disk is full; free some space") || !has(why, directory.toStdString()))
            return say("refused with: " + why);
        if (!has(errorOf(start(**engine, "after", 1)), "the disk is full"))
            return say("the engine did not stop");
        // What is there can still be read.
        if (const auto found = (*engine)->find({"i-0"}).result(); !found)
            return say("not to be read: " + found.error().message);
    }
    if (answered < 5)
        return say("hardly anything fits");
    if (QProcess::execute(u"mount"_s, {u"-o"_s, u"remount,size=64m"_s, directory}) != 0)
        return say("the disk cannot be made larger");
    const std::string fault = faultAfter(directory, answered);
    return fault.empty() ? 0 : say("after the next start: " + fault);
}

/// Prints why the engine does not open.
int tryToOpen(const QString &directory)
{
    const auto engine = openOn(directory);
    std::printf("%s\n", engine ? "it opened" : engine.error().message.c_str());
    return 0;
}

} // namespace

/// The whole engine on disks that do not serve (semantics 11.3, 11.4).
class EngineDiskTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    QString path() const { return m_directory->path() + u"/data"_s; }
    QString file() const { return databaseFile(path()); }
    std::unique_ptr<Engine> open() const
    {
        auto engine = openOn(path());
        if (!engine)
            qFatal("%s", engine.error().message.c_str());
        return *std::move(engine);
    }
    void populate(int count) const
    {
        const auto engine = open();
        (void)engine->deploy({waitFlow, true, window}).result();
        for (int number = 0; number < count; ++number)
            (void)start(*engine, "i-" + std::to_string(number), 10);
    }
    std::string refusalToOthers() const;

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void aFullDiskHaltsTheEngineAndTheNextStartGoesOn();
    void afterAWriteThatTheDiskRefusesTheNextStartGoesOn();
    void filesThatMayNotBeWrittenAreNamed_data();
    void filesThatMayNotBeWrittenAreNamed();
    void aDatabaseThatAnotherProgramHoldsIsNamed();
    void aDatabaseThatIsTakenAwayHaltsTheEngine();
};

/// A real one: its own small file system.
void EngineDiskTest::aFullDiskHaltsTheEngineAndTheNextStartGoesOn()
{
    QVERIFY(QDir().mkpath(path()));
    QProcess probe;
    probe.start(u"unshare"_s, {u"-rm"_s, u"mount"_s, u"-t"_s, u"tmpfs"_s, u"none"_s, path()});
    if (!probe.waitForFinished() || probe.exitCode() != 0)
        QSKIP("this system lets nobody mount a file system of his own");
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(u"unshare"_s,
        {u"-rm"_s, u"sh"_s, u"-c"_s,
            u"mount -t tmpfs -o size=3m none \"$1\" && exec \"$0\" --on-a-small-disk \"$1\""_s,
            QCoreApplication::applicationFilePath(), path()});
    QVERIFY(child.waitForFinished(120'000));
    const QByteArray said = child.readAllStandardOutput();
    QVERIFY2(child.exitCode() == 0, said.constData());
}

void EngineDiskTest::afterAWriteThatTheDiskRefusesTheNextStartGoesOn()
{
    populate(3);
    {
        const auto engine = open();
        QStringList halted;
        connect(engine.get(), &Engine::halted, this, [&](const QString &why) { halted += why; });
        const tests::FileSizeLimit limit(300'000);
        const auto refused = start(*engine, "large", 1'000'000);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY2(
            has(refused.error().message, file().toStdString()), refused.error().message.c_str());
        QVERIFY2(has(refused.error().message, "check the disk"), refused.error().message.c_str());
        QTRY_COMPARE(halted.size(), 1);
        QVERIFY(has(halted.front().toStdString(), "The engine stopped: "));
        QVERIFY(!start(*engine, "small", 1));
    }
    const std::string fault = faultAfter(path(), 3);
    QVERIFY2(fault.empty(), fault.c_str());
}

/// What a process hears that is not root's; only root has to become somebody else for it.
std::string EngineDiskTest::refusalToOthers() const
{
    QProcess child;
    if (geteuid() == 0)
        child.setChildProcessModifier([] {
            if (setgid(65'534) != 0 || setuid(65'534) != 0)
                _exit(9);
        });
    child.start(QCoreApplication::applicationFilePath(), {u"--open"_s, path()});
    (void)child.waitForFinished(60'000);
    return child.readAllStandardOutput().trimmed().toStdString();
}

void EngineDiskTest::filesThatMayNotBeWrittenAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("permissions");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *title, const char *name, int permissions, const char *said) {
        QTest::newRow(title) << QString::fromLatin1(name) << permissions
                             << QString::fromLatin1(said);
    };
    constexpr int all = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther | QFile::WriteOther;
    constexpr int others = QFile::ReadOwner | QFile::ReadOther;
    row("the directory", "", others | QFile::ExeOwner | QFile::ExeOther, "cannot be written");
    row("the database", "/signalbox.db", others, "check the permissions");
    row("the database may not be read", "/signalbox.db", QFile::WriteOther,
        "check the permissions");
    row("nothing is wrong", "/signalbox.db", all, "it opened");
}

void EngineDiskTest::filesThatMayNotBeWrittenAreNamed()
{
    QFETCH(const QString, name);
    QFETCH(const int, permissions);
    QFETCH(const QString, said);
    populate(3);
    const auto everything = QFile::Permissions(0x7777);
    for (const QString &open : {m_directory->path(), path(), file()})
        QVERIFY(QFile::setPermissions(open, everything));
    QFile database(file());
    QVERIFY(database.open(QIODevice::ReadOnly));
    const QByteArray before = database.readAll();
    QVERIFY(QFile::setPermissions(path() + name, QFile::Permissions(permissions)));
    const std::string heard = refusalToOthers();
    QVERIFY(QFile::setPermissions(path() + name, everything));
    QVERIFY2(has(heard, said.toStdString()), heard.c_str());
    if (said == u"it opened"_s)
        return;
    QVERIFY2(has(heard, (path() + name).toStdString()), heard.c_str());
    database.seek(0);
    QCOMPARE(database.readAll(), before);
    const std::string fault = faultAfter(path(), 3);
    QVERIFY2(fault.empty(), fault.c_str());
}

void EngineDiskTest::aDatabaseThatAnotherProgramHoldsIsNamed()
{
    populate(3);
    {
        const auto other = *SqliteConnection::open(file(), SqliteConnection::Access::ReadWrite);
        QVERIFY(other->run(u"pragma locking_mode = exclusive"_s));
        QVERIFY(other->run(u"begin immediate"_s));
        const auto refused = openOn(path());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY2(has(refused.error().message, "another program has it locked"),
            refused.error().message.c_str());
        QVERIFY(has(refused.error().message, file().toStdString()));
    }
    const std::string fault = faultAfter(path(), 3);
    QVERIFY2(fault.empty(), fault.c_str());
}

/// Whatever is written to a file that has no name any more is gone with the program.
void EngineDiskTest::aDatabaseThatIsTakenAwayHaltsTheEngine()
{
    populate(3);
    {
        const auto engine = open();
        QVERIFY(QFile::rename(file(), file() + u".elsewhere"_s));
        const auto refused = start(*engine, "more", 10);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY2(
            has(refused.error().message, "was moved or removed"), refused.error().message.c_str());
        QVERIFY(has(refused.error().message, file().toStdString()));
        QVERIFY(QFile::rename(file() + u".elsewhere"_s, file()));
    }
    const std::string fault = faultAfter(path(), 3);
    QVERIFY2(fault.empty(), fault.c_str());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == QByteArrayView("--on-a-small-disk"))
        return liveOnASmallDisk(QFile::decodeName(argv[2]));
    if (argc == 3 && QByteArrayView(argv[1]) == QByteArrayView("--open"))
        return tryToOpen(QFile::decodeName(argv[2]));
    EngineDiskTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "engine_disk_test.moc"

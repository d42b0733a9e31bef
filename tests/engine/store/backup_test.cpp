#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/sqlite_backup.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"
#include "tests/support/random_facts.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int runsPerTurn = 5;

/// What turn `number` writes: five instances, and a message with its number.
Turn turnOfNumber(std::int64_t number)
{
    std::vector<InstanceCommit> commits;
    for (std::int64_t run = (number - 1) * runsPerTurn + 1; run <= number * runsPerTurn; ++run) {
        RandomFacts random(static_cast<std::uint64_t>(run));
        commits.push_back(started(run, "order-" + std::to_string(run), random.facts(4)));
    }
    Turn turn = turnOf(std::move(commits));
    turn.sent = {{number, {{"order"}, {}, GoOn{}}}};
    return turn;
}

std::unique_ptr<SqliteStore> opened(const QString &directory)
{
    auto store = SqliteStore::open(directory.toStdString());
    if (!store)
        qFatal("%s", store.error().message.c_str());
    return *std::move(store);
}

/// The number of the last turn in a copy, or 0 if it is not the state after a turn.
std::int64_t lastWholeTurn(const QString &copy)
{
    const QTemporaryDir place;
    if (!QFile::copy(copy, databaseFile(place.path())))
        return 0;
    const PageReport pages = checkPages(databaseFile(place.path()));
    if (!pages.hasChecksums || !pages.damaged.empty() || pages.isCutOff)
        return 0;
    const auto store = opened(place.path());
    const auto recovered = store->recover();
    const std::int64_t last = recovered->lastMessage;
    if (recovered->lastRun.value != last * runsPerTurn ||
        recovered->inbox.size() != std::size_t(last))
        return 0;
    for (std::int64_t number = 1; number <= last; ++number) {
        for (const InstanceCommit &commit : turnOfNumber(number).instances) {
            const auto rows = store->history(commit.row.run);
            const auto summary = store->find(commit.summary.instance);
            if (!rows || *rows != std::vector{commit.row} || !summary ||
                **summary != commit.summary)
                return 0;
        }
    }
    return store->commit(turnOfNumber(last + 1)) ? last : 0;
}

} // namespace

/// Copies of a database that is in use (semantics 11.5).
class BackupTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<QTemporaryDir> m_copies;

    QString copy(const QString &name) const { return m_copies->filePath(name); }
    Result<std::int64_t> backUpTo(const QString &target) const
    {
        return backUpDatabase(m_data->path().toStdString(), target.toStdString());
    }

private slots:
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        m_copies = std::make_unique<QTemporaryDir>();
    }

    void aCopyIsTheStateOfOneCommit()
    {
        std::atomic<bool> stop{false};
        std::atomic<std::int64_t> answered{0};
        {
            opened(m_data->path());
        }
        std::thread writer([&] {
            const auto store = opened(m_data->path());
            for (std::int64_t number = 1; !stop; ++number) {
                if (!store->commit(turnOfNumber(number)))
                    return;
                answered = number;
            }
        });
        std::int64_t before = 0;
        QStringList wrong;
        for (int round = 0; round < 8; ++round) {
            while (answered < before + 10)
                std::this_thread::yield();
            before = answered;
            const QString target = copy(QString::number(round));
            const auto bytes = backUpTo(target);
            const std::int64_t after = answered;
            if (!bytes || *bytes != QFileInfo(target).size())
                wrong +=
                    u"no copy: "_s + QString::fromStdString(bytes ? "" : bytes.error().message);
            const std::int64_t whole = bytes ? lastWholeTurn(target) : 0;
            // Everything that was answered before it began is in it.
            if (whole < before || whole > after + 1)
                wrong += QStringLiteral("turn %1, from %2 to %3").arg(whole).arg(before).arg(after);
        }
        stop = true;
        writer.join();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(QDir(m_copies->path()).entryList(QDir::Files).size(), 8);
    }

    /// Larger than SQLite's cache, so that its first page is not the first to be written.
    void aLargeCopyHasItsChecksums()
    {
        {
            const auto store = opened(m_data->path());
            for (std::int64_t number = 1; number <= 10; ++number) {
                Turn turn = turnOfNumber(number);
                turn.flows = {{{"F"}, int(number), Instant{}, std::string(2'000'000, 'f')}};
                QVERIFY(store->commit(turn));
            }
        }
        QVERIFY(backUpTo(copy(u"copy.db"_s)));
        const PageReport pages = checkPages(copy(u"copy.db"_s));
        QVERIFY(pages.hasChecksums);
        QCOMPARE(pages.damaged.size(), std::size_t(0));
        QCOMPARE(lastWholeTurn(copy(u"copy.db"_s)), 10);
    }

    void whatIsThereStaysAsItIs()
    {
        QVERIFY(opened(m_data->path())->commit(turnOfNumber(1)));
        QFile file(copy(u"letter"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("dear") == 4);
        file.close();
        QVERIFY(QFile::link(copy(u"nowhere"_s), copy(u"link"_s)));
        for (const QString &name : {u"letter"_s, u"link"_s}) {
            const auto refused = backUpTo(copy(name));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
            QVERIFY(refused.error().message.starts_with(copy(name).toStdString() + ": "));
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("dear"));
        QCOMPARE(backUpTo(databaseFile(m_data->path())).error().code, ErrorCode::AlreadyExists);
        QVERIFY(backUpTo(copy(u"first"_s)));
        QCOMPARE(backUpTo(copy(u"first"_s)).error().code, ErrorCode::AlreadyExists);
    }

    void pathsThatDoNotServeAreNamed()
    {
        {
            opened(m_data->path());
        }
        for (const QString &path : {u"copy.db"_s, u""_s, copy(u"no/such/copy.db"_s)}) {
            const auto refused = backUpTo(path);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        }
        const auto refused = backUpTo(u"/proc/copy.db"_s); // not even for root
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().message.starts_with("/proc/copy.db"));
    }

    /// Pages that nobody has read for long, too.
    void aDamagedDatabaseIsNotCopied()
    {
        for (std::int64_t number = 1; number <= 20; ++number)
            QVERIFY(opened(m_data->path())->commit(turnOfNumber(number)));
        QFile raw(databaseFile(m_data->path()));
        QVERIFY(raw.open(QIODevice::ReadWrite) && raw.seek(raw.size() - 3'000));
        const QByteArray byte = raw.peek(1);
        QVERIFY(raw.write(QByteArray(1, char(byte[0] ^ 4))) == 1);
        raw.close();
        const auto refused = backUpTo(copy(u"copy.db"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Damaged);
        QVERIFY(refused.error().message.find("start Signalbox again") != std::string::npos);
        QVERIFY(QFile::exists(databaseFile(m_data->path()) + u".damaged"_s));
        QVERIFY(QDir(m_copies->path()).isEmpty());
    }

    void whatABackupThatWasCutOffLeftIsInNobodysWay()
    {
        QVERIFY(opened(m_data->path())->commit(turnOfNumber(1)));
        QFile rest(copy(u"copy.db.unfinished"_s));
        QVERIFY(rest.open(QIODevice::WriteOnly) && rest.write("half") == 4);
        rest.close();
        QVERIFY(backUpTo(copy(u"copy.db"_s)));
        QCOMPARE(lastWholeTurn(copy(u"copy.db"_s)), 1);
        QVERIFY(!rest.exists());
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "backup_test.moc"

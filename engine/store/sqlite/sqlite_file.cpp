#include "engine/store/sqlite/sqlite_file.h"

#include "engine/store/sqlite/change_rows.h"

#include "engine/store/sqlite/file_head.h"
#include "engine/store/sqlite/log_check.h"
#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/sqlite_schema.h"

#include <QFile>
#include <QFileInfo>
#include <QVariant>

#include <array>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

constexpr std::array writerPragmas{
    "pragma synchronous = full",         // what was answered survives a power cut (semantics 11.1)
    "pragma wal_autocheckpoint = 64000", // a last resort at 256 MB: it would stop the engine
                                         // thread, so the checkpoint thread must come first
    "pragma cache_size = -32000",        // KiB: upper pages of the trees stay in memory
    "pragma temp_store = memory",
};

constexpr std::array readerPragmas{
    "pragma query_only = on",
    "pragma cache_size = -16000",
    "pragma temp_store = memory",
};

Result<void> runAll(SqliteConnection &connection, const auto &pragmas)
{
    for (const char *pragma : pragmas) {
        if (auto done = connection.run(QString::fromUtf8(pragma)); !done)
            return done;
    }
    return {};
}

Error refusal(ErrorCode code, const QString &path, const char *what)
{
    return {code, path.toStdString() + ": " + what, {}};
}

Result<void> checkDirectory(const QString &directory)
{
    const QFileInfo place(directory);
    if (!place.exists())
        return refusal(ErrorCode::Unavailable, directory,
            "this data directory does not exist; create it or choose another");
    if (!place.isDir())
        return refusal(ErrorCode::Unavailable, directory,
            "this is no directory; choose a directory for the data");
    if (!place.isWritable())
        return refusal(ErrorCode::Unavailable, directory,
            "this data directory cannot be written; change its permissions or choose another");
    return {};
}

Error damagedHead(const QString &path)
{
    return refusal(ErrorCode::Damaged, path,
        "its first page or its list of tables is damaged, and without them nothing in it can be "
        "found; restore a backup, or move it away to begin with an empty one");
}

/// The first format had no checksums in its pages: every page is written again.
Result<void> giveChecksums(SqliteConnection &connection)
{
    if (connection.reserved() == checksumBytes)
        return {};
    connection.reserve();
    if (auto done = connection.run(u"vacuum"_s); !done)
        return done;
    const auto moved = connection.value(u"pragma wal_checkpoint(truncate)"_s);
    return moved ? Result<void>() : Result<void>(moved.error());
}

} // namespace

/// SQLite takes an empty file for an empty database; here it is one that was cut off.
Result<void> checkHeader(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refusal(
            ErrorCode::Unavailable, path, "it cannot be read; check the permissions of the file");
    if (file.read(16) != QByteArray("SQLite format 3", 16))
        return refusal(ErrorCode::Damaged, path,
            "this is no database, or it is damaged; restore a backup, or move it away to begin "
            "with "
            "an empty one");
    if (hidesChecksums(path))
        return damagedHead(path);
    return {};
}

namespace {

/// The log-keeping mode stands in the file's header, so it is set once, before the file has its
/// name.
Result<void> makeWriteAhead(SqliteConnection &connection)
{
    const auto mode = connection.value(u"pragma journal_mode = wal"_s);
    if (!mode)
        return mode.error();
    if (mode->toString() != u"wal"_s)
        return refusal(ErrorCode::Unavailable, connection.file(),
            "the file system does not serve a write-ahead log; choose a local disk");
    return {};
}

Result<void> fill(const QString &path)
{
    auto connection = SqliteConnection::create(path);
    if (!connection)
        return connection.error();
    if (auto done = makeWriteAhead(**connection); !done)
        return done;
    if (auto migrated = migrate(**connection); !migrated)
        return migrated;
    return nameEpoch(**connection);
}

/// Made under another name and renamed when it is whole: a kill leaves no half database.
Result<void> makeDatabase(const QString &path)
{
    const QString log = path + u"-wal"_s;
    if (QFileInfo(log).size() > 0)
        return refusal(ErrorCode::Damaged, path,
            "the database is gone, but its log is there; restore both, or move the log away to "
            "begin "
            "with an empty database");
    QFile::remove(log);
    const QString unfinished = path + u".new"_s;
    for (const auto &ending : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(unfinished + ending);
    if (auto filled = fill(unfinished); !filled)
        return filled;
    if (!QFile::rename(unfinished, path))
        return refusal(ErrorCode::Unavailable, path,
            "it cannot be created; check the permissions of the data directory");
    return {};
}

} // namespace

Result<std::unique_ptr<SqliteConnection>> openForWriting(const std::string &directory)
{
    const QString place = QString::fromStdString(directory);
    if (auto checked = checkDirectory(place); !checked)
        return checked.error();
    const QString path = databaseFile(place);
    if (auto ready = QFile::exists(path) ? checkHeader(path) : makeDatabase(path); !ready)
        return ready.error();
    const LogBefore log = logBefore(path);
    auto connection = SqliteConnection::open(path, SqliteConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    if (auto whole = (*connection)->value(u"select count(*) from sqlite_schema"_s); !whole)
        return whole.error().code == ErrorCode::Damaged ? damagedHead(path) : whole.error();
    if (auto whole = checkLog(path, log); !whole)
        return whole.error();
    if (auto migrated = migrate(**connection); !migrated)
        return migrated.error();
    if (auto named = nameEpoch(**connection); !named)
        return named.error();
    if (auto done = makeWriteAhead(**connection); !done)
        return done.error();
    if (auto done = runAll(**connection, writerPragmas); !done)
        return done.error();
    if (auto done = giveChecksums(**connection); !done)
        return done.error();
    keepHead(**connection);
    markOpen(path);
    return connection;
}

Result<std::unique_ptr<SqliteConnection>> openForReading(const std::string &directory)
{
    const QString path = databaseFile(QString::fromStdString(directory));
    auto connection = SqliteConnection::open(path, SqliteConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    if (auto done = runAll(**connection, readerPragmas); !done)
        return done.error();
    return connection;
}

} // namespace engine

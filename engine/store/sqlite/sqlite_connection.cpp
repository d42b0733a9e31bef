#include "engine/store/sqlite/sqlite_connection.h"

#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/sqlite_errors.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QUuid>
#include <QVariant>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

/// Long enough for another connection's checkpoint, short enough to say soon that a file is locked.
constexpr int busyTimeoutMs = 2'000;

thread_local int openedByOurLibrary = 0;

int countOpening(sqlite3 *, const char **, const struct sqlite3_api_routines *)
{
    ++openedByOurLibrary;
    return SQLITE_OK;
}

/// Without this every allocation takes a lock, to count bytes that nobody reads. Refused, which does
/// no harm, if SQLite is in use already.
void countNoMemory()
{
    static const int refused = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)refused;
}

/// Statements are prepared on the handle of Qt's driver, so both must be one SQLite in memory. Our
/// library hears of every opening done with it.
class LibraryCheck
{
public:
    LibraryCheck()
        : m_before(openedByOurLibrary)
    {
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(countOpening));
    }
    bool isOurs() const { return openedByOurLibrary > m_before; }

private:
    int m_before;
};

/// The file with its pages checked.
QString addressOf(const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    return u"file://"_s + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")) + u"?vfs="_s +
           QLatin1String(checkedFiles());
}

Error foreignLibrary()
{
    return {ErrorCode::Unavailable,
        "Qt's SQLite driver carries a SQLite of its own; install the driver of your system's "
        "packages (Debian: libqt6sql6-sqlite)",
        {}};
}

} // namespace

QString databaseFile(const QString &directory) { return directory + u"/signalbox.db"_s; }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString &file, Access access)
{
    // SQLite would make an empty file, and an empty database must never hide a lost one.
    if (!QFile::exists(file))
        return Error{ErrorCode::Unavailable,
            file.toStdString() + ": the database is gone; restore it, or start again", {}};
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(QUuid::createUuid().toString(), file));
    auto options = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(busyTimeoutMs);
    if (access == Access::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    if (auto connected = connection->connect(options); !connected)
        return connected.error();
    // SQLite opens for reading what it may not write, and would say so at the first commit.
    if (access == Access::ReadWrite && sqlite3_db_readonly(connection->handle(), "main") == 1)
        return sqliteError(SQLITE_READONLY, u"opened for reading alone"_s, file);
    return connection;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::create(const QString &file)
{
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(QUuid::createUuid().toString(), file));
    if (auto connected = connection->connect({}); !connected)
        return connected.error();
    connection->reserve();
    return connection;
}

SqliteConnection::SqliteConnection(QString name, QString file)
    : m_name(std::move(name))
    , m_file(std::move(file))
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name))
{}

SqliteConnection::~SqliteConnection()
{
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<void> SqliteConnection::connect(const QString &options)
{
    if (!m_database.isValid())
        return Error{ErrorCode::Unavailable,
            "Qt has no SQLite driver; install it (Debian: libqt6sql6-sqlite)", {}};
    countNoMemory();
    m_database.setDatabaseName(addressOf(m_file));
    m_database.setConnectOptions(u"QSQLITE_OPEN_URI;"_s + options);
    const LibraryCheck library;
    if (!m_database.open())
        return sqliteError(m_database.lastError(), m_file);
    if (!library.isOurs())
        return foreignLibrary();
    return {};
}

sqlite3 *SqliteConnection::handle() const
{
    return *static_cast<sqlite3 *const *>(m_database.driver()->handle().constData());
}

bool SqliteConnection::hasMoved() const
{
    int moved = 0;
    (void)sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

int SqliteConnection::reserved() const
{
    int bytes = -1; // asks
    (void)sqlite3_file_control(handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
    return bytes;
}

void SqliteConnection::reserve()
{
    int bytes = checksumBytes;
    (void)sqlite3_file_control(handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

Result<void> SqliteConnection::run(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return errorOf(query);
    return {};
}

Result<QVariant> SqliteConnection::value(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return errorOf(query);
    return query.next() ? query.value(0) : QVariant();
}

Error SqliteConnection::errorOf(const QSqlQuery &query) const
{
    return sqliteError(query.lastError(), m_file);
}

} // namespace engine

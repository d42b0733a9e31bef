#include "engine/store/sqlite/sqlite_checkpoint.h"

#include "engine/store/sqlite/sqlite_connection.h"

#include <QFileInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

constexpr qint64 longLog = 64 * 1024 * 1024;

} // namespace

Result<std::unique_ptr<SqliteCheckpoint>> SqliteCheckpoint::open(const std::string &directory)
{
    auto connection = SqliteConnection::open(
        databaseFile(QString::fromStdString(directory)), SqliteConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    return std::unique_ptr<SqliteCheckpoint>(new SqliteCheckpoint(*std::move(connection)));
}

SqliteCheckpoint::SqliteCheckpoint(std::unique_ptr<SqliteConnection> connection)
    : m_connection(std::move(connection))
{}

SqliteCheckpoint::~SqliteCheckpoint() = default;

Result<void> SqliteCheckpoint::checkpoint()
{
    const bool isLong = QFileInfo(m_connection->file() + u"-wal"_s).size() > longLog;
    // Always first: it stands in nobody's way, and leaves little to the one that does.
    auto done = m_connection->value(u"pragma wal_checkpoint(passive)"_s);
    if (done && isLong)
        done = m_connection->value(u"pragma wal_checkpoint(restart)"_s);
    if (!done)
        return done.error();
    return {};
}

} // namespace engine

#include "engine/activities/builtin/sql_connection.h"

#include <QSqlDriver>
#include <QSqlQuery>
#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <memory>

#include <libpq-fe.h>
#include <sqlite3.h>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds longestLock = 5s; // that a statement waits for another program's

/// Qt's name of the driver for an address; empty: there is none.
QString driverFor(const QUrl &address)
{
    const QString scheme = address.scheme();
    if (scheme == "sqlite"_L1)
        return u"QSQLITE"_s;
    if (scheme == "postgresql"_L1 || scheme == "postgres"_L1)
        return u"QPSQL"_s;
    if (scheme == "mysql"_L1 || scheme == "mariadb"_L1)
        return u"QMYSQL"_s;
    return scheme == "odbc"_L1 ? u"QODBC"_s : QString();
}

/// `a=b;c=d` for the driver: `options` and those that the address has besides host, port and user.
QString optionsOf(const QUrlQuery &query, QStringList options)
{
    for (const auto &[name, value] : query.queryItems(QUrl::FullyDecoded))
        if (name != "host"_L1 && name != "port"_L1 && name != "user"_L1)
            options += name + u'=' + value;
    return options.join(u';');
}

void describeFile(QSqlDatabase &database, const QUrl &address, Milliseconds limit)
{
    database.setDatabaseName(address.path(QUrl::FullyDecoded));
    const Milliseconds wait = limit > 0ms ? std::min(limit, longestLock) : longestLock;
    database.setConnectOptions(
        optionsOf(QUrlQuery(address), {u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(wait.count())}));
}

void describeServer(QSqlDatabase &database, const QUrl &address)
{
    const QUrlQuery query(address);
    const auto part = [&query](const QString &name, const QString &otherwise) {
        return query.hasQueryItem(name) ? query.queryItemValue(name, QUrl::FullyDecoded)
                                        : otherwise;
    };
    database.setDatabaseName(address.path(QUrl::FullyDecoded).mid(1));
    database.setHostName(part(u"host"_s, address.host()));
    database.setPort(part(u"port"_s, QString::number(address.port())).toInt());
    database.setUserName(part(u"user"_s, address.userName(QUrl::FullyDecoded)));
    database.setPassword(address.password(QUrl::FullyDecoded));
    QStringList options;
    if (database.driverName() == "QPSQL"_L1) // a server that has gone without a word is noticed
        options = {u"connect_timeout=10"_s, u"keepalives_idle=30"_s, u"keepalives_interval=10"_s,
            u"keepalives_count=3"_s, u"tcp_user_timeout=60000"_s};
    database.setConnectOptions(optionsOf(query, options));
}

/// The handle of the database's own library; nullptr: it is another database's.
template<typename T>
T handleOf(const QSqlDatabase &database, const char *type)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || std::strcmp(handle.typeName(), type) != 0)
        return nullptr;
    return *static_cast<T const *>(handle.constData());
}

sqlite3 *sqliteOf(const QSqlDatabase &database)
{
    return handleOf<sqlite3 *>(database, "sqlite3*");
}

/// SQLite's own codes; the lowest byte says what kind (sqlite.org/rescode.html).
bool mayPassInSqlite(const QString &code)
{
    const std::array passing{
        SQLITE_BUSY, SQLITE_LOCKED, SQLITE_INTERRUPT, SQLITE_NOMEM, SQLITE_IOERR, SQLITE_FULL};
    return std::ranges::find(passing, code.toInt() & 0xff) != passing.end();
}

/// SQLSTATE; without one nothing came from the server.
bool mayPassInPostgres(const QString &code)
{
    // Classes: connection, rolled back, resources, not now, operator.
    constexpr std::array passing{"08"_L1, "40"_L1, "53"_L1, "55"_L1, "57"_L1};
    return code.isEmpty() || std::ranges::any_of(passing, [&code](QLatin1StringView start) {
        return code.startsWith(start);
    });
}

Failure failureOf(const std::string &doing, const QSqlError &error, bool retriable)
{
    const JsonText code = JsonText::ofString(error.nativeErrorCode().toStdString());
    const QString said = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    return {.type = "SqlError",
        .message = "sql: " + doing + ": " + said.trimmed().toStdString(),
        .details = JsonText::trusted(R"({"code":)" + code.text() + "}"),
        .retriable = retriable};
}

} // namespace

Failure sqlFailure(const std::string &doing, const QSqlQuery &query)
{
    const QSqlError error = query.lastError();
    const QString driver = QString::fromLatin1(query.driver()->metaObject()->className());
    const bool passing = driver == "QSQLiteDriver"_L1 ? mayPassInSqlite(error.nativeErrorCode())
                         : driver == "QPSQLDriver"_L1 ? mayPassInPostgres(error.nativeErrorCode())
                                                      : error.type() == QSqlError::ConnectionError;
    return failureOf(doing, error, passing);
}

SqlConnection::SqlConnection()
{
    static std::atomic<int> last{0};
    m_name = u"sql-activity-%1"_s.arg(++last);
}

SqlConnection::~SqlConnection()
{
    m_database = {}; // Qt closes a connection only when nobody holds it
    QSqlDatabase::removeDatabase(m_name);
}

std::optional<Failure> SqlConnection::open(const QUrl &address, Milliseconds limit)
{
    const QString driver = driverFor(address);
    if (driver.isEmpty() || !QSqlDatabase::isDriverAvailable(driver))
        return Failure{.type = "SqlError",
            .message = "sql: there is no driver for '" + address.scheme().toStdString() +
                       "' here; the drivers are " +
                       QSqlDatabase::drivers().join(u", "_s).toStdString(),
            .retriable = false};
    m_database = QSqlDatabase::addDatabase(driver, m_name);
    const bool isFile = driver == "QSQLITE"_L1;
    if (isFile)
        describeFile(m_database, address, limit);
    else
        describeServer(m_database, address);
    if (!m_database.open())
        return failureOf(
            "cannot open " +
                address.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString(),
            m_database.lastError(), !isFile);
    if (sqlite3 *sqlite = sqliteOf(m_database))
        sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, 0); // the file that was allowed, no other
    else if (driver == "QPSQL"_L1 && limit > 0ms)
        QSqlQuery(m_database).exec(u"set statement_timeout = %1"_s.arg(limit.count()));
    return {};
}

std::function<void()> SqlConnection::interrupt() const
{
    if (sqlite3 *sqlite = sqliteOf(m_database))
        return [sqlite] { sqlite3_interrupt(sqlite); };
    // libpq's name of the struct, which Qt 6 finds by itself; PGconn is another name for it.
    auto *postgres = handleOf<PGconn *>(m_database, "pg_conn*");
    if (!postgres)
        return {};
    return [cancel = std::shared_ptr<PGcancel>(PQgetCancel(postgres), PQfreeCancel)] {
        std::array<char, 256> fault{};
        PQcancel(cancel.get(), fault.data(), int(fault.size()));
    };
}

} // namespace engine

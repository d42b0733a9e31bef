#include "engine/activities/builtin/sql_connections.h"

#include <QSqlDriver>
#include <QSqlQuery>
#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <optional>

#include <libpq-fe.h>
#include <sqlite3.h>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostConnections = 8; // of one thread

Failure noConnection(const std::string &message, bool retriable)
{
    return {.type = "SqlError", .message = "sql: " + message, .retriable = retriable};
}

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

/// `a=b;c=d` of the query of an address, for the driver.
QString optionsOf(const QUrlQuery &query, QStringList options)
{
    for (const auto &[name, value] : query.queryItems(QUrl::FullyDecoded))
        if (name != "host"_L1 && name != "port"_L1 && name != "user"_L1)
            options += name + u'=' + value;
    return options.join(u';');
}

void describe(QSqlDatabase &database, const QUrl &address)
{
    const QUrlQuery query(address);
    const bool isFile = database.driverName() == "QSQLITE"_L1;
    database.setDatabaseName(isFile ? address.path() : address.path().mid(1));
    QStringList options;
    if (isFile) {
        options += u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    } else {
        const auto part = [&query](const QString &name, const QString &otherwise) {
            return query.hasQueryItem(name) ? query.queryItemValue(name, QUrl::FullyDecoded)
                                            : otherwise;
        };
        database.setHostName(part(u"host"_s, address.host()));
        database.setPort(part(u"port"_s, QString::number(address.port())).toInt());
        database.setUserName(part(u"user"_s, address.userName(QUrl::FullyDecoded)));
        database.setPassword(address.password(QUrl::FullyDecoded));
    }
    if (database.driverName() == "QPSQL"_L1)
        // A server that has gone without a word is noticed.
        options += {u"connect_timeout=10"_s, u"keepalives_idle=30"_s, u"keepalives_interval=10"_s,
            u"keepalives_count=3"_s, u"tcp_user_timeout=60000"_s};
    database.setConnectOptions(optionsOf(query, options));
}

/// The address without what nobody may see.
std::string shown(const QUrl &address)
{
    return address.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString();
}

template<typename T>
T handleOf(const QSqlDatabase &database, const char *type)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || std::strcmp(handle.typeName(), type) != 0)
        return nullptr;
    return *static_cast<T const *>(handle.constData());
}

bool mayPass(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    if (error.type() == QSqlError::ConnectionError || code == "5"_L1 || code == "6"_L1)
        return true; // SQLite: busy, locked
    // PostgreSQL's classes: connection, rolled back, resources, not now, operator.
    constexpr std::array passing{"08", "40", "53", "55", "57"};
    return code.size() == 5 && std::ranges::any_of(passing, [&code](const char *start) {
        return code.startsWith(QLatin1StringView(start));
    });
}

} // namespace

Failure sqlFailure(const std::string &doing, const QSqlError &error)
{
    Failure failure =
        noConnection(doing + ": " + error.databaseText().trimmed().toStdString(), mayPass(error));
    if (error.databaseText().isEmpty())
        failure.message = "sql: " + doing + ": " + error.text().trimmed().toStdString();
    failure.details = JsonText::trusted(
        "{\"code\":" + JsonText::ofString(error.nativeErrorCode().toStdString()).text() + "}");
    return failure;
}

SqlInterrupt::~SqlInterrupt() { unwatch(); }

void SqlInterrupt::watch(const QSqlDatabase &database)
{
    const std::lock_guard lock(m_mutex);
    m_sqlite = handleOf<sqlite3 *>(database, "sqlite3*");
    if (auto *postgres = handleOf<PGconn *>(database, "PGconn*"))
        m_postgres = PQgetCancel(postgres);
}

void SqlInterrupt::unwatch()
{
    const std::lock_guard lock(m_mutex);
    m_sqlite = nullptr;
    PQfreeCancel(m_postgres);
    m_postgres = nullptr;
}

void SqlInterrupt::interrupt()
{
    const std::lock_guard lock(m_mutex);
    m_interrupted = true;
    if (m_sqlite)
        sqlite3_interrupt(m_sqlite);
    std::array<char, 256> fault{};
    if (m_postgres)
        PQcancel(m_postgres, fault.data(), int(fault.size()));
}

bool SqlInterrupt::wasInterrupted() const
{
    const std::lock_guard lock(m_mutex);
    return m_interrupted;
}

SqlConnections::~SqlConnections()
{
    while (!m_order.empty())
        closeOldest();
}

void SqlConnections::closeOldest() { close(QUrl(m_order.front())); }

void SqlConnections::close(const QUrl &address)
{
    const QString key = address.toString(QUrl::FullyEncoded);
    std::erase(m_order, key);
    if (const auto name = m_names.extract(key))
        QSqlDatabase::removeDatabase(name.mapped());
}

std::variant<QSqlDatabase, Failure> SqlConnections::open(const QUrl &address)
{
    const QString key = address.toString(QUrl::FullyEncoded);
    if (const auto found = m_names.find(key); found != m_names.end()) {
        auto database = QSqlDatabase::database(found->second, false);
        const bool isFile = database.driverName() == "QSQLITE"_L1;
        if (isFile || QSqlQuery(database).exec(u"select 1"_s))
            return database;
        database = {};
        close(address);
    }
    const QString driver = driverFor(address);
    if (driver.isEmpty() || !QSqlDatabase::isDriverAvailable(driver))
        return noConnection("there is no driver for '" + address.scheme().toStdString() +
                                "' here; the drivers are " +
                                QSqlDatabase::drivers().join(u", "_s).toStdString(),
            false);
    if (m_names.size() >= mostConnections)
        closeOldest();
    static std::atomic<int> last{0};
    const QString name = u"activity-%1"_s.arg(++last);
    m_names.emplace(key, name);
    m_order.push_back(key);
    std::optional<Failure> failure;
    {
        auto database = QSqlDatabase::addDatabase(driver, name);
        describe(database, address);
        if (database.open())
            return database;
        failure = sqlFailure("cannot open " + shown(address), database.lastError());
        failure->retriable = true;
    }
    close(address);
    return *failure;
}

} // namespace engine

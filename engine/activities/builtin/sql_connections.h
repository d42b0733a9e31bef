#pragma once

#include "engine/base/failure.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>

struct sqlite3;
struct pg_cancel;

namespace engine {

/// SqlError of what a driver says. A lost connection and a busy database may pass.
Failure sqlFailure(const std::string &doing, const QSqlError &error);

/// The statement that a connection is running, so that another thread can end it early.
class SqlInterrupt
{
public:
    ~SqlInterrupt();

    /// The thread of the connection, before and after its statement.
    void watch(const QSqlDatabase &database);
    void unwatch();
    /// Any thread: the statement ends soon with an error, if its database can do that.
    void interrupt();
    bool wasInterrupted() const;

private:
    mutable std::mutex m_mutex;
    sqlite3 *m_sqlite = nullptr;
    pg_cancel *m_postgres = nullptr;
    bool m_interrupted = false;
};

/// The databases that one thread has open, a few at a time. QtSql's connections never change their
/// thread.
class SqlConnections
{
public:
    SqlConnections() = default;
    ~SqlConnections();

    /// An open connection, checked to be alive. SqlError says why there is none.
    std::variant<QSqlDatabase, Failure> open(const QUrl &address);
    /// After an error: the next attempt gets a fresh connection.
    void close(const QUrl &address);

private:
    void closeOldest();

    std::map<QString, QString> m_names; ///< of Qt's connections, by address
    std::deque<QString> m_order;        ///< addresses, the oldest first
};

} // namespace engine
